// Terms of the glossary are explained where they are first used in a section: on hover and on focus. The terms come
// from a file of their own; without this script the text stands there as it was written.
(() => {
  const script = document.currentScript;
  const site = new URL("../../../", script.src);
  const NOT_HERE =
    "a, abbr, .facts dt, button, code, input, label, option, pre, script, select, style, summary, svg, th, .card, .count, .finder, .source-link, .told";

  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

  const element = (name, properties) => Object.assign(document.createElement(name), properties);

  /** The parts of the page below one heading of the second level each. */
  const parts = (article) => {
    const found = [[]];
    for (const child of article.children) {
      if (child.matches("h2")) found.push([]);
      if (child.matches(".page-lead, .page-section")) found.at(-1).push(child);
    }
    return found;
  };

  const texts = function* (root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(NOT_HERE)) yield walker.currentNode;
  };

  const mark = (text, terms, pattern, seen) => {
    for (const match of text.data.matchAll(pattern)) {
      const term = terms.get(match[0].toLowerCase()) ?? terms.get(match[0].toLowerCase().replace(/s$/, ""));
      const name = /^\p{Lu}/u.test(match[0]) && /^\s+\p{Lu}/u.test(text.data.slice(match.index + match[0].length));
      if (!term || name || seen.has(term)) continue;
      seen.add(term);
      const rest = text.splitText(match.index);
      const after = rest.splitText(match[0].length);
      const link = element("a", { className: "term", href: new URL(term[1], site).href, textContent: match[0] });
      link.dataset.means = term[3];
      rest.replaceWith(link);
      mark(after, terms, pattern, seen);
      return;
    }
  };

  const explain = () => {
    const tip = element("div", { className: "term-tip", id: "term-tip", hidden: true });
    tip.setAttribute("role", "tooltip");
    document.querySelector(".md-content").append(tip);
    let open = null;
    let closing = 0;
    const show = (link) => {
      clearTimeout(closing);
      if (open === link) return;
      hide();
      open = link;
      link.setAttribute("aria-describedby", tip.id);
      tip.textContent = link.dataset.means;
      tip.hidden = false;
      const frame = tip.offsetParent.getBoundingClientRect();
      const place = link.getClientRects()[0];
      const left = Math.max(0, Math.min(place.left - frame.left, frame.width - tip.offsetWidth));
      const above = place.bottom + tip.offsetHeight + 8 > innerHeight && place.top > tip.offsetHeight + 80;
      tip.style.left = `${left}px`;
      tip.style.top = `${(above ? place.top - tip.offsetHeight - 4 : place.bottom + 4) - frame.top}px`;
    };
    const hide = () => {
      open?.removeAttribute("aria-describedby");
      open = null;
      tip.hidden = true;
    };
    const soon = () => {
      clearTimeout(closing);
      closing = setTimeout(hide, 150);
    };
    const term = (event) => event.target.closest?.(".term");
    document.addEventListener("mouseover", (event) => {
      if (term(event)) show(term(event));
      else if (event.target.closest?.(".term-tip")) clearTimeout(closing);
      else if (open && open !== document.activeElement) soon();
    });
    document.addEventListener("focusin", (event) => (term(event) ? show(term(event)) : hide()));
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  };

  const begin = (names) => {
    const terms = new Map();
    for (const term of names) for (const word of [...term[2], term[0]]) terms.set(word.toLowerCase(), term);
    if (!terms.size || new URL(names[0][1], site).pathname === location.pathname) return;
    const words = [...terms.keys()].sort((a, b) => b.length - a.length).map(escaped);
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words.join("|")})s?(?![\\p{L}\\p{N}-])`, "giu");
    for (const part of parts(document.querySelector("article.md-content__inner"))) {
      const seen = new Set();
      for (const block of part) for (const text of [...texts(block)]) mark(text, terms, pattern, seen);
    }
    explain();
  };

  const article = document.querySelector("article.md-content__inner");
  if (!article?.querySelector(".page-lead, .page-section")) return;
  const tag = element("script", { src: new URL("names/terms.js", script.src).href });
  tag.onload = () => begin(window.rolebook?.terms ?? []);
  document.head.append(tag);
})();
