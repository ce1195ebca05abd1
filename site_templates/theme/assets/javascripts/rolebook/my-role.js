/* “My role”: chosen once, remembered by the browser, and marked on the pages of processes and in the matrix. */

(() => {
  const KEY = "rolebook.my-role";
  const site = new URL("../../../", document.currentScript.src).href;
  const { say } = window.rolebook;

  /** The id of the role whose page lies at an address; "" for any other page. */
  function roleAt(address) {
    const [, id] = /^roles\/([a-z0-9-]+)(?:\.html|\/|$)/.exec(inSite(address)) ?? [];
    return id && id !== "index" ? id : "";
  }

  /** An address from the top of the site on, without what follows the path. */
  function inSite(address) {
    const path = address.split(/[?#]/)[0];
    return path.startsWith(site) ? path.slice(site.length) : "";
  }

  let onThisPage = null;

  function remembered() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      return /^[a-z0-9-]+$/.test(found?.id) && typeof found.name === "string" ? found : null;
    } catch {
      return onThisPage;
    }
  }

  function remember(role) {
    onThisPage = role;
    try {
      if (role) localStorage.setItem(KEY, JSON.stringify(role));
      else localStorage.removeItem(KEY);
    } catch {
      /* A browser that keeps nothing still marks this page. */
    }
  }

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** The links to roles in the content of the page, by the role's id. */
  function linksIn(article) {
    const found = new Map();
    for (const link of article.querySelectorAll("a[href]:not([href^='#'])")) {
      const id = typeof link.href === "string" && !link.closest(".my-role") && roleAt(link.href);
      if (id) found.set(id, [...(found.get(id) ?? []), link]);
    }
    return found;
  }

  /** Mark a role everywhere in the content; return in how many activities it takes part there. */
  function mark(article, id, links) {
    article.querySelectorAll(".is-mine").forEach((marked) => marked.classList.remove("is-mine"));
    if (!id) return 0;
    const mine = (part) => part.classList.add("is-mine");
    const rows = new Set();
    article.querySelectorAll(`[data-role="${id}"], [data-roles~="${id}"]`).forEach(mine);
    for (const link of links.get(id) ?? []) {
      mine(link);
      const column = link.closest("table.matrix thead th");
      for (const cell of column ? cellsBelow(column) : []) {
        [cell, cell.parentElement].forEach(mine);
        rows.add(cell.parentElement);
      }
      const row = link.closest("table:is(.lines, .load) tbody tr");
      if (row) mine(row);
      if (row?.closest(".lines")) rows.add(row);
      const letter = link.closest("dd")?.previousElementSibling;
      const activity = letter?.querySelector("[class^='raci-']") && link.closest(".page-section");
      if (activity) {
        mine(activity);
        rows.add(activity);
      }
    }
    return rows.size;
  }

  function cellsBelow(head) {
    const rows = [...head.closest("table").querySelectorAll("tbody tr")];
    return rows.map((row) => row.cells[head.cellIndex]).filter((cell) => cell?.textContent.trim());
  }

  /** What is said about the marks on this page. */
  function told(article, role, activities) {
    if (!role) return say("Choose your role, and this page marks what you do.");
    const about = { name: role.name, n: activities };
    if (activities) {
      return say(
        ["{name} is marked “me”: {n} activity on this page.", "{name} is marked “me”: {n} activities on this page."],
        about,
      );
    }
    if (article.querySelector(".is-mine")) return say("{name} is marked “me” on this page.", about);
    return say("{name} takes part in no activity on this page.", about);
  }

  /** The control of a page with activities: a list of the roles that take part there. */
  function chooser(article) {
    const links = linksIn(article);
    const select = element("select", { id: "my_role" });
    const status = element("span", { role: "status", className: "my-role-told" });
    const further = element("span", { className: "my-role-further" });
    const names = new Map([...links].map(([id, [first]]) => [id, first.textContent]));
    const show = () => {
      const role = remembered();
      const known = new Map(role ? [...names, [role.id, names.get(role.id) ?? role.name]] : names);
      const sorted = [...known].sort(([, one], [, other]) => one.localeCompare(other));
      select.replaceChildren(new Option(say("None"), ""), ...sorted.map(([id, name]) => new Option(name, id)));
      select.value = role?.id ?? "";
      status.textContent = told(article, role, mark(article, role?.id, links));
      further.replaceChildren(...ways(role, article, links));
    };
    select.addEventListener("change", () => {
      remember(select.value ? { id: select.value, name: select.selectedOptions[0].text } : null);
      show();
    });
    const label = element("label", { htmlFor: "my_role", textContent: say("My role") });
    return [element("div", { className: "my-role" }, label, select, status, further), show];
  }

  /** Where to go on from here with one's role. */
  function ways(role, article, links) {
    if (!role) return [];
    const page = links.get(role.id)?.[0].href;
    const filter = [...(article.querySelector(".matrix-filter")?.elements.role.options ?? [])];
    const found = [];
    if (filter.some((option) => option.value === role.id)) {
      found.push(element("a", { href: `#role=${role.id}`, textContent: say("Show only these") }));
    }
    if (page) found.push(element("a", { href: page, textContent: say("Everything I do") }));
    return found;
  }

  /** The control of a role's own page: this is my role, or not. */
  function toggle(article, role) {
    const button = element("button", { type: "button", textContent: say("This is my role") });
    const status = element("span", { role: "status", className: "my-role-told" });
    let mine = false;
    const show = () => {
      const known = remembered();
      mine = known?.id === role.id;
      button.setAttribute("aria-pressed", String(mine));
      status.textContent = mine
        ? say("It is marked on the pages of processes and in the matrix.")
        : known
          ? say("At present your role is {name}.", known)
          : say("Pages of processes and the matrix will mark what you do.");
    };
    button.addEventListener("click", () => {
      remember(mine ? null : role);
      show();
    });
    return [element("div", { className: "my-role" }, button, status), show];
  }

  /** On the home page, the way to one's own role; where the page names no roles, nothing. */
  function welcome(article, finder) {
    const line = element("p", { className: "my-role-home" });
    const links = linksIn(article);
    const show = () => {
      const role = remembered();
      const page = role && links.get(role.id)?.[0].href;
      line.replaceChildren(...(page ? [`${say("My role")}: `, element("a", { href: page, textContent: role.name })] : []));
    };
    finder.before(line);
    show();
    addEventListener("storage", show);
  }

  /** What the style sheet writes behind links to one's role, and how it is read out. */
  function teach(style) {
    style.setProperty("--rb-me", JSON.stringify(say("me")));
    style.setProperty("--rb-my-role", JSON.stringify(` (${say("my role")})`));
  }

  function start() {
    const heading = document.querySelector("article h1");
    if (!heading || document.querySelector(".my-role")) return;
    const article = heading.closest("article");
    const finder = article.querySelector(".finder");
    if (finder) return welcome(article, finder);
    const id = roleAt(location.href);
    const [control, show] = id
      ? toggle(article, { id, name: heading.firstChild.textContent.trim() })
      : /^(processes\/(?!index\b).|matrix)/.test(inSite(location.href))
        ? chooser(article)
        : [];
    if (!control) return;
    teach(article.style);
    const lead = article.querySelector(".page-lead");
    if (lead && !id) lead.append(control);
    else heading.after(control);
    show();
    addEventListener("storage", show);
  }

  if (window.document$) window.document$.subscribe(start);
  else start();
})();
