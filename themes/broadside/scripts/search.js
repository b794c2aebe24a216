// The search of the site. Pagefind, which made the index, is loaded when a reader turns to the field, and not before.
"use strict";
{
  const AT_ONCE = 5; // results that are shown, each of which loads its text, and added when a reader asks for more
  const form = document.querySelector("form.search");
  const list = document.querySelector("ol.found");
  const more = document.querySelector("p.more");
  const said = form.querySelector("[role=status]");
  const { base, lang, waiting, found, nothing, failed } = form.dataset;
  let pagefind;
  let rest = [];
  let turn = 0; // the last search that was asked for: what an earlier one finds comes too late

  function load() {
    pagefind ??= import(`${base}search/pagefind/pagefind.js`).then(async (module) => {
      // A worker would load the program once more, to spare a few milliseconds.
      await module.options({ baseUrl: "/", excerptLength: 40, noWorker: true });
      await module.init();
      return module;
    });
    return pagefind;
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // Pagefind's excerpt is HTML, in which it marks words and escapes angle brackets: all of it is taken as text.
  function marked(excerpt) {
    const texts = excerpt.split(/<\/?mark>/).map((text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
    return texts.map((text, place) => (place % 2 ? element("mark", {}, text) : text));
  }

  function address(url) {
    return base + url.replace(/^\/+/, "").split("/").map(encodeURIComponent).join("/");
  }

  function shown({ url, excerpt, meta }) {
    const language = meta.lang && meta.lang !== lang ? { lang: meta.lang, dir: "auto" } : {};
    const link = element("a", { href: address(url), ...language }, meta.title || url);
    const day = meta.date ? [element("p", { class: "dateline" }, meta.date)] : [];
    return element("li", {}, ...day, element("h2", {}, link), element("p", { class: "excerpt", ...language }, ...marked(excerpt)));
  }

  async function show(now) {
    const next = await Promise.all(rest.slice(0, AT_ONCE).map((result) => result.data()));
    if (now !== turn) return;
    rest = rest.slice(AT_ONCE);
    list.append(...next.map(shown));
    more.hidden = !rest.length;
  }

  async function search(words) {
    const now = ++turn;
    said.textContent = waiting;
    list.replaceChildren();
    more.hidden = true;
    try {
      const { results } = await (await load()).search(words);
      if (now !== turn) return;
      rest = results;
      await show(now);
      if (now === turn) said.textContent = (results.length ? found : nothing).replace("{n}", results.length);
    } catch {
      pagefind = undefined;
      if (now === turn) said.textContent = failed;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = form.elements.q.value.trim();
    history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
    if (words) search(words);
  });
  form.elements.q.addEventListener("focus", () => load().catch(() => (pagefind = undefined)));
  more.querySelector("button").addEventListener("click", () => show(turn).catch(() => (said.textContent = failed)));
  form.hidden = false;
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  if (form.elements.q.value.trim()) search(form.elements.q.value.trim());
}
