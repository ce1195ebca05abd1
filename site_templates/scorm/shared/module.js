/* The page of a module: its questions, what comes of them, and what the learning system is told. */

(() => {
  const LONGEST = 255;
  const { say, lms, answers } = window.rolebook;
  const finish = document.getElementById("finish");
  const { name, questions: asked } = finish.dataset;
  const result = document.getElementById("result");
  const places = [...finish.querySelectorAll(".question")];
  const questions = places.map((place) => {
    if (place.dataset.kind === "words") return { right: null };
    const options = [...place.querySelectorAll("input")];
    return { right: options.findIndex((option) => "right" in option.dataset), choices: options.length };
  });
  const own = answers(questions);
  const status = lms.get("cmi.core.lesson_status");
  const isReview = lms.get("cmi.core.lesson_mode") === "review";
  let isFinished = ["completed", "passed"].includes(status);
  let order = null;
  let failed = false;

  function connection(text) {
    const place = document.getElementById("connection");
    place.textContent = text;
    place.hidden = !text;
  }

  /** Have the learning system keep what was answered, and tell where it did not. */
  function keep() {
    if (!lms.connected || isReview) return;
    if (questions.length) {
      lms.set("cmi.suspend_data", own.written(asked));
      if (!isFinished || own.done() === questions.length) {
        lms.set("cmi.core.score.min", 0);
        lms.set("cmi.core.score.max", 100);
        lms.set("cmi.core.score.raw", own.score());
      }
    }
    const went = lms.commit();
    if (went !== failed) return;
    failed = !went;
    connection(failed ? say("The learning system could not keep this. Is it still open, and are you still signed in?") : "");
  }

  /** Report one answer as an interaction, which the learning system keeps by number. */
  function report(at) {
    if (!lms.connected || isReview) return;
    order ??= Array(Number(lms.get("cmi.interactions._count")) || 0).fill(-1);
    if (!order.includes(at)) order.push(at);
    const { right } = questions[at];
    const { tries, text, mark } = own.given[at];
    const letter = (number) => "abcdefghijklmnopqrstuvwxyz0123456789"[number] ?? "";
    const one = `cmi.interactions.${order.indexOf(at)}`;
    lms.set(`${one}.id`, `${name}__${at + 1}`);
    lms.set(`${one}.type`, right === null ? "fill-in" : "choice");
    lms.set(`${one}.time`, new Date().toTimeString().slice(0, 8));
    if (right !== null && letter(right)) {
      lms.set(`${one}.correct_responses.0.pattern`, letter(right));
      lms.set(`${one}.student_response`, letter(tries[0]));
    } else if (right === null) {
      lms.set(`${one}.student_response`, text.replace(/\s+/g, " ").slice(0, LONGEST).replace(/[\ud800-\udbff]$/, ""));
    }
    lms.set(`${one}.result`, right === null ? ["wrong", "0.5", "correct"][mark] : own.points(at) ? "correct" : "wrong");
  }

  function complete() {
    if (isReview) return;
    if (!isFinished) lms.set("cmi.core.lesson_status", "completed");
    isFinished = true;
    keep();
  }

  /** Show how far the participant has come; what is told at the end is also said to those who do not see it. */
  function count() {
    if (!questions.length) return;
    document.getElementById("counted").textContent = say("{n} of {all} answered", { n: own.done(), all: questions.length });
    if (own.done() < questions.length) return;
    const words = say("All questions are answered: {score} of 100 points.", { score: own.score() });
    result.textContent = lms.connected ? `${words} ${say("You may close this page.")}` : words;
  }

  function tell(at, text, isRight) {
    const told = places[at].querySelector(".told");
    told.textContent = text;
    told.classList.toggle("right", isRight);
    return told;
  }

  /** Mark what was chosen so far, and close the question once the right answer is found. */
  function showChoice(at) {
    const { right } = questions[at];
    const { tries } = own.given[at];
    places[at].querySelectorAll("input").forEach((option, number) => {
      const isRight = number === right && own.isDone(at);
      if (!isRight && !tries.includes(number)) return void (option.disabled = own.isDone(at));
      option.checked = isRight;
      option.disabled = true;
      const label = option.closest("label");
      label.classList.add(isRight ? "right" : "wrong");
      if (!label.querySelector("em")) {
        label.append(Object.assign(document.createElement("em"), { textContent: isRight ? say("right") : say("not right") }));
      }
    });
    places[at].querySelector(".check").hidden = own.isDone(at);
    if (!tries.length) return null;
    if (!own.isDone(at)) return tell(at, say("That is not right. Think again, and choose another answer."), false);
    return tell(at, tries.length > 1 ? say("That is right now. The first choice counts: no point.") : say("That is right: one point."), true);
  }

  function choose(at) {
    const chosen = places[at].querySelector("input:checked");
    if (!chosen) return tell(at, say("Choose an answer first."), false).focus();
    own.given[at].tries.push(Number(chosen.value));
    const told = showChoice(at);
    if (own.given[at].tries.length === 1) report(at);
    answered(at);
    told.focus();
  }

  function showWords(at) {
    const { text, shown, mark } = own.given[at];
    const place = places[at];
    const field = place.querySelector("textarea");
    field.value = text;
    field.readOnly = shown;
    place.querySelector(".check").hidden = shown;
    place.querySelector(".expected").hidden = !shown;
    place.querySelectorAll(".mark input").forEach((option) => {
      option.checked = Number(option.value) === mark && mark !== null;
      option.disabled = isReview;
    });
    if (mark === null) return;
    tell(at, [say("No point."), say("Half a point."), say("One point.")][mark], mark === 2);
  }

  function compare(at) {
    const text = places[at].querySelector("textarea").value.trim();
    if (!text) return tell(at, say("Write an answer first: who has tried remembers it better."), false).focus();
    Object.assign(own.given[at], { text, shown: true });
    tell(at, "", false);
    showWords(at);
    places[at].querySelector(".expected").focus();
    keep();
  }

  function mark(at, value) {
    own.given[at].mark = value;
    showWords(at);
    report(at);
    answered(at);
  }

  function answered(at) {
    count();
    if (own.isDone(at) && own.done() === questions.length) complete();
    else keep();
  }

  function begin(place, at) {
    const isWords = questions[at].right === null;
    const show = isWords ? showWords : showChoice;
    show(at);
    const check = place.querySelector(".check");
    check.disabled = isReview;
    check.addEventListener("click", () => (isWords ? compare(at) : choose(at)));
    if (!isWords) return;
    place.querySelector("textarea").addEventListener("input", (event) => (own.given[at].text = event.target.value));
    place.querySelectorAll(".mark input").forEach((option) => {
      option.addEventListener("change", () => mark(at, Number(option.value)));
    });
  }

  function leave() {
    keep();
    lms.finish(isFinished ? "" : "suspend");
  }

  if (lms.refuses) connection(say("The learning system does not answer: nothing is recorded."));
  else if (!lms.connected) connection(say("This page was not opened from a learning system: nothing is recorded."));
  else if (isReview) connection(say("This is what was answered then. Nothing is recorded now."));
  else if (!isFinished) lms.set("cmi.core.lesson_status", "incomplete");

  own.read(lms.get("cmi.suspend_data"), asked);
  places.forEach(begin);
  count();
  const read = document.getElementById("read");
  const confirmed = () => {
    read.disabled = true;
    result.textContent = lms.connected ? say("Done. You may close this page.") : say("Done.");
  };
  read?.addEventListener("click", () => {
    complete();
    confirmed();
  });
  if (read && isFinished) confirmed();
  if (read && isReview) read.disabled = true;

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
