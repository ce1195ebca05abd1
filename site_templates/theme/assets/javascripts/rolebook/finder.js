// A field that finds roles by their names and by other words for them, as one types. The names come from a file of
// their own, which is asked for when the field is first used; without this script the lists on the page remain.
(() => {
  const script = document.currentScript;
  const site = new URL("../../../", script.src);
  const MOST = 8;
  const { say } = window.rolebook;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** How well the words fit a name: 0 not at all, more is better. */
  const fit = (words, text) => {
    const name = plain(text);
    const parts = name.split(/[^\p{L}\p{N}]+/u);
    if (!words.every((word) => name.includes(word))) return 0;
    if (name.startsWith(words.join(" "))) return 3;
    return words.every((word) => parts.some((part) => part.startsWith(word))) ? 2 : 1;
  };

  const find = (names, text) => {
    const words = plain(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return names
      .map(([name, url, also]) => {
        const best = also.map((word) => [fit(words, word), word]).sort((a, b) => b[0] - a[0])[0] ?? [0];
        const own = fit(words, name) * 2;
        return { name, url, also: own ? "" : best[1], score: Math.max(own, best[0] * 2 - 1) };
      })
      .filter((found) => found.score > 0)
      .sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
  };

  const load = (kind) =>
    new Promise((resolve) => {
      if (window.rolebook?.[kind]) return resolve(window.rolebook[kind]);
      const tag = document.createElement("script");
      tag.src = new URL(`names/${kind}.js`, script.src).href;
      tag.onload = () => resolve(window.rolebook?.[kind] ?? []);
      tag.onerror = () => resolve([]);
      document.head.append(tag);
    });

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const furnish = (place) => {
    if (matchMedia("(max-width: 44.9375em)").matches) place.parentElement.querySelector(".all-roles")?.removeAttribute("open");
    const field = element("input", { type: "search", id: "rolebook-finder", autocomplete: "off", spellcheck: false });
    const results = element("ul", { className: "finder-results" });
    const status = element("p", { className: "finder-status" });
    status.setAttribute("role", "status");
    const show = async () => {
      const names = await load(place.dataset.find);
      const text = field.value.trim();
      const found = find(names, text);
      results.replaceChildren(
        ...found.slice(0, MOST).map(({ name, url, also }) => {
          const link = element("a", { href: new URL(url, site).href }, name);
          if (also) link.append(" ", element("span", { className: "muted" }, say("also called {name}", { name: also })));
          return element("li", {}, link);
        }),
      );
      const counts = { n: found.length, most: MOST };
      if (!text) status.textContent = "";
      else if (!found.length) status.textContent = place.dataset.none;
      else if (found.length > MOST) status.textContent = say("{n} found, the first {most} are shown: type more", counts);
      else status.textContent = say("{n} found", counts);
    };
    field.addEventListener("input", show);
    field.addEventListener("focus", () => load(place.dataset.find));
    field.addEventListener("keydown", (event) => {
      const first = results.querySelector("a");
      if (event.key === "ArrowDown" && first) first.focus();
      else if (event.key === "Enter" && first) location.assign(first.href);
      else if (event.key === "Escape") field.value = "";
      else return;
      event.preventDefault();
      if (event.key === "Escape") show();
    });
    results.addEventListener("keydown", (event) => {
      const links = [...results.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown") links[at + 1]?.focus();
      else if (event.key === "ArrowUp") (links[at - 1] ?? field).focus();
      else if (event.key === "Escape") field.focus();
      else return;
      event.preventDefault();
    });
    place.replaceChildren(element("label", { htmlFor: field.id }, place.dataset.label), field, status, results);
  };

  document.querySelectorAll("[data-find]").forEach(furnish);
})();
