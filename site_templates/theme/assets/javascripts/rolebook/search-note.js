// Says so where the search knows titles and other names only: in a large handbook that is opened as a file.
(() => {
  const results = document.querySelector(".md-search__output");
  const note = () => {
    if (!window.__index?.titles_only || results.querySelector(".search-note")) return;
    const line = document.createElement("p");
    line.className = "search-note";
    line.textContent = window.rolebook.say(
      "This large handbook is open as a file, so the search knows titles and other names. From a web server it knows every word.",
    );
    results.prepend(line);
  };
  document.querySelector(".md-search__input")?.addEventListener("input", note);
})();
