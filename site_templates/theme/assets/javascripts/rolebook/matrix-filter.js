/* Filters the whole matrix by process, function, role and letter; what is chosen stands in the address. */

(() => {
  const LETTERS = ["R", "A", "C", "I"];
  const NAMES = ["process", "function", "role", "letter"];
  const { say } = window.rolebook;

  /** The processes of the page, each with what belongs to it and its lines. */
  function processes() {
    return [...document.querySelectorAll("table.lines")].map((table) => {
      const section = table.closest(".page-section");
      const heading = section.previousElementSibling;
      const lines = [...table.tBodies[0].rows].map((row) => ({
        row,
        links: [...row.cells].slice(1).map((cell) => [...cell.querySelectorAll("a")]),
      }));
      const entries = [...document.querySelectorAll(`nav a[href="#${heading.id}"]`)].map((link) => link.closest("li"));
      return { id: heading.id, parts: [heading, section, ...entries], lines };
    });
  }

  /** Which links count, by what is chosen: a function of a link. */
  function wanted(form, chosen) {
    const options = [...form.elements.role.options].filter((option) => option.dataset.href);
    const own = options.filter(
      (option) =>
        (!chosen.role || option.value === chosen.role) &&
        (!chosen.function || option.parentElement.dataset.function === chosen.function),
    );
    const addresses = new Set(own.map((option) => option.dataset.href));
    return (link) => addresses.has(link.getAttribute("href"));
  }

  function chosenIn(form) {
    return Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));
  }

  function show(form, all) {
    const chosen = chosenIn(form);
    const counts = wanted(form, chosen);
    const marking = Boolean(chosen.role || chosen.function);
    const active = NAMES.some((name) => chosen[name]);
    const found = new Set();
    let shownLines = 0;
    let shownProcesses = 0;
    for (const process of all) {
      let shown = 0;
      for (const line of process.lines) {
        const matching = line.links
          .filter((_, position) => !chosen.letter || LETTERS[position] === chosen.letter)
          .flat()
          .filter(counts);
        const visible = matching.length > 0 && (!chosen.process || process.id === chosen.process);
        line.row.hidden = active && !visible;
        line.links.flat().forEach((link) => link.classList.toggle("is-found", marking && matching.includes(link)));
        if (!active || visible) {
          shown += 1;
          matching.forEach((link) => found.add(link.getAttribute("href")));
        }
      }
      process.parts.forEach((part) => (part.hidden = shown === 0));
      shownLines += shown;
      shownProcesses += shown > 0 ? 1 : 0;
    }
    showLoads(active && found);
    form.querySelector("button").hidden = !active;
    const total = all.reduce((sum, process) => sum + process.lines.length, 0);
    const counted = { shown: shownLines, all: total, parts: shownProcesses, processes: all.length };
    form.querySelector("[role=status]").textContent = active
      ? say("{shown} of {all} activities, in {parts} of {processes} processes", counted)
      : say("{all} activities in {processes} processes", counted);
  }

  /** Show the loads of the roles whose address was found, or of all. */
  function showLoads(found) {
    document.querySelectorAll("table.load tbody").forEach((body) => {
      const loads = [...body.rows].slice(1);
      loads.forEach((row) => (row.hidden = found && !found.has(row.querySelector("a").getAttribute("href"))));
      body.hidden = loads.every((row) => row.hidden);
    });
  }

  /** Take over from the address what is chosen there; false when it speaks of something else. */
  function read(form) {
    const given = new URLSearchParams(location.hash.slice(1));
    if (!NAMES.some((name) => given.has(name))) return false;
    for (const name of NAMES) {
      const field = form.elements[name];
      field.value = given.get(name) ?? "";
      if (field.selectedIndex < 0) field.value = "";
    }
    return true;
  }

  function write(form) {
    const chosen = Object.entries(chosenIn(form)).filter(([, value]) => value);
    const address = location.pathname + location.search;
    history.replaceState(history.state, "", chosen.length ? `#${new URLSearchParams(chosen)}` : address);
  }

  function clear(form) {
    NAMES.forEach((name) => (form.elements[name].value = ""));
  }

  function start() {
    const form = document.querySelector(".matrix-filter");
    if (!form) return;
    const all = processes();
    clear(form);
    read(form);
    show(form, all);
    form.hidden = false;
    form.addEventListener("change", () => {
      write(form);
      show(form, all);
    });
    form.querySelector("button").addEventListener("click", () => {
      clear(form);
      write(form);
      show(form, all);
      form.elements.process.focus();
    });
    addEventListener("hashchange", () => read(form) && show(form, all));
  }

  if (window.document$) window.document$.subscribe(start);
  else start();
})();
