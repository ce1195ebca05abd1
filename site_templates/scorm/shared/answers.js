/* What a participant has answered: how it is scored, and how it is written down within the 4096 letters of SCORM 1.2. */

(() => {
  const ROOM = 4096;
  const LENGTHS = [2000, 500, 200, 80, 20, 0];

  /** JSON in ASCII alone: a learning system may count bytes, and take no other letters. */
  const plain = (json) => json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

  /** The questions of a page, each with the numbers that were tried, or a text and its mark of 0, 1 or 2. */
  function answers(questions) {
    const given = questions.map(() => ({ tries: [], text: "", shown: false, mark: null }));

    const isDone = (at) => {
      const { tries, mark } = given[at];
      return questions[at].right === null ? mark !== null : tries.at(-1) === questions[at].right;
    };

    const points = (at) => {
      if (!isDone(at)) return 0;
      return questions[at].right === null ? given[at].mark / 2 : Number(given[at].tries[0] === questions[at].right);
    };

    /** An answer in short: the numbers tried; or the mark, -1 before there is one, and the text. */
    const short = (at, length) => {
      const { tries, text, shown, mark } = given[at];
      if (questions[at].right !== null) return tries;
      if (!shown && !text) return 0;
      return [shown ? (mark ?? -1) : -2, Array.from(text).slice(0, length).join("")];
    };

    return {
      given,
      isDone,
      points,
      done: () => questions.filter((_, at) => isDone(at)).length,
      /** Of 100 points, with at most two decimals. */
      score: () => Math.round((questions.reduce((sum, _, at) => sum + points(at), 0) / questions.length) * 10000) / 100,
      /** All answers as a text, with the beginnings of long ones; "" where even these have no room. */
      written(name) {
        for (const length of LENGTHS) {
          const text = plain(JSON.stringify({ v: 1, q: name, a: questions.map((_, at) => short(at, length)) }));
          if (text.length <= ROOM) return text;
        }
        return "";
      },
      /** Take over what was written, unless it belongs to other questions, or is damaged. */
      read(text, name) {
        let found;
        try {
          found = JSON.parse(text);
        } catch {
          return;
        }
        if (found?.v !== 1 || found.q !== name || !Array.isArray(found.a)) return;
        questions.forEach(({ right, choices }, at) => {
          const one = found.a[at];
          if (!Array.isArray(one)) return;
          if (right !== null) {
            given[at].tries = one.filter((number) => Number.isInteger(number) && number >= 0 && number < choices);
            const first = given[at].tries.indexOf(right);
            if (first >= 0) given[at].tries.length = first + 1;
          } else if (typeof one[1] === "string") {
            given[at].text = one[1];
            given[at].shown = one[0] !== -2;
            given[at].mark = [0, 1, 2].includes(one[0]) ? one[0] : null;
          }
        });
      },
    };
  }

  (window.rolebook ??= {}).answers = answers;
})();
