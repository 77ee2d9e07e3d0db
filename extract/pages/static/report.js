"use strict";
// The report: sections, search, filters, and the article beside them.

(() => {
  const { labels, articles } = JSON.parse(document.getElementById("data").textContent);
  const names = namesOf(labels);
  const rows = rowsOf(articles, labels);
  let organizations = [], people = []; // gathered once the table is on the screen
  const $ = (id) => document.getElementById(id);
  const TABS = ["deals", "charts", "organizations", "people", "articles"];
  const form = $("filters"), reader = $("reader"), search = $("search");
  const state = { tab: "deals", names: [], month: "", column: "date", descending: true, article: null };
  let view = null, opener = null;

  // One entry for all the articles that speak of somebody under the same name.
  function gathered(kind) {
    const all = new Map();
    articles.forEach((article, at) => {
      for (const item of article[kind]) {
        const key = plain(item.name);
        const entry = all.get(key) ?? { name: item.name, kind: item.kind, aliases: new Set(), posts: new Map(), at: new Set(), deals: 0 };
        all.set(key, entry);
        entry.at.add(at);
        item.aliases.forEach((alias) => entry.aliases.add(alias));
        for (const post of item.positions ?? []) {
          const said = `${post.former ? "бывш. " : ""}${post.title}${post.organization ? `, ${post.organization}` : ""}`;
          if (!entry.posts.has(said)) entry.posts.set(said, at);
        }
      }
    });
    for (const row of rows) {
      const here = new Set(row.keys.filter((_, i) => row.kinds[i] === kind));
      for (const key of here) if (all.has(key)) all.get(key).deals += 1;
    }
    for (const entry of all.values()) entry.words = plain([entry.name, ...entry.aliases, ...entry.posts.keys()].join(" "));
    return [...all.values()].sort((a, b) => b.deals - a.deals || b.at.size - a.at.size);
  }

  const hrefOf = (at, deal) => `#article=${at}${deal ? `&deal=${encodeURIComponent(deal)}` : ""}`;
  const href = (row) => hrefOf(row.at, row.deal.id);
  const words = () => plain(search.value).split(/\s+/).filter(Boolean);
  const filter = () => ({
    type: form.type.value, status: form.status.value, party: plain(form.party.value).trim(), from: form.from.value, to: form.to.value,
    confidence: Number(form.confidence.value), names: state.names, month: state.month, words: words(),
  });

  // Sections

  const table = dealTable(labels, { href, onSort: (column) => {
    state.descending = state.column === column ? !state.descending : ["date", "amount", "stake", "confidence"].includes(column);
    state.column = column;
    update();
  } });
  const save = el("button", { type: "button", id: "csv" }, "Скачать CSV");
  $("deals").append(table.node);
  const charts = chartsPanel(labels, {
    filter: ({ names = [], month = "", type = "" }) => {
      state.names = names;
      state.month = month;
      if (type) form.type.value = type;
      go("deals");
    },
    open: (row) => { location.hash = href(row); },
  });
  $("charts").append(...charts.nodes);

  function entityTable(kind, title, middle, cell) {
    const body = el("tbody");
    const more = el("button", { type: "button", class: "more" }, "Показать ещё");
    $(kind).append(el("table", { class: "list" }, el("thead", {}, el("tr", {},
      [title, ...middle, "Сделки", "Статьи"].map((name) => el("th", { scope: "col" }, name)))), body), more);
    let entries = [], shown = 0;
    const extend = () => {
      body.append(...entries.slice(shown, shown + PAGE_ROWS).map((entry) => el("tr", {},
        el("th", { scope: "row", "data-label": title }, entry.name), cell(entry),
        el("td", { "data-label": "Сделки" }, entry.deals
          ? el("button", { type: "button", class: "link", onclick: () => { state.names = [entry.name]; go("deals"); } }, plural(entry.deals, "сделка", "сделки", "сделок")) : "—"),
        el("td", { "data-label": "Статьи" }, articleLinks([...entry.at])))));
      shown += PAGE_ROWS;
      more.hidden = shown >= entries.length;
    };
    more.addEventListener("click", extend);
    return (wanted) => { entries = wanted; shown = 0; body.replaceChildren(); extend(); };
  }

  const link = (at) => el("a", { href: hrefOf(at) }, articles[at].title || articles[at].id || `статья ${at + 1}`);
  function articleLinks(found) {
    if (found.length === 1) return link(found[0]);
    const list = el("ul", {});
    const node = el("details", {}, el("summary", {}, plural(found.length, "статья", "статьи", "статей")), list);
    node.addEventListener("toggle", () => { if (node.open && !list.firstChild) list.append(...found.map((at) => el("li", {}, link(at)))); });
    return node;
  }
  const joined = (set) => [...set].join(", ") || "—";
  const showOrganizations = entityTable("organizations", "Организация", ["Другие имена", "Вид"], (entry) => [
    el("td", { "data-label": "Другие имена" }, joined(entry.aliases)), el("td", { "data-label": "Вид" }, names.kind(entry.kind))]);
  const showPeople = entityTable("people", "Человек", ["Должности", "Другие имена"], (entry) => [
    el("td", { "data-label": "Должности" }, entry.posts.size
      ? el("ul", {}, [...entry.posts].map(([said, at]) => el("li", {}, el("a", { href: hrefOf(at) }, said)))) : "—"),
    el("td", { "data-label": "Другие имена" }, joined(entry.aliases))]);

  const articleBody = el("tbody");
  const moreArticles = el("button", { type: "button", class: "more" }, "Показать ещё");
  $("articles").append(el("table", { class: "list" }, el("thead", {}, el("tr", {},
    ["Опубликована", "Статья", "Сделок"].map((name) => el("th", { scope: "col" }, name)))), articleBody), moreArticles);
  let listed = [];
  function extendArticles() {
    const from = articleBody.rows.length;
    articleBody.append(...listed.slice(from, from + PAGE_ROWS).map((at) => el("tr", {},
      el("td", { "data-label": "Опубликована" }, day(articles[at].published) || "—"), el("td", { "data-label": "Статья" }, link(at)),
      el("td", { "data-label": "Сделок", class: "number" }, articles[at].deals.length))));
    moreArticles.hidden = articleBody.rows.length >= listed.length;
  }
  moreArticles.addEventListener("click", extendArticles);

  let texts = null; // made at the first search: lower case of everything takes a moment
  const mentions = (at, wanted) => {
    texts ??= articles.map((article) => plain(`${article.title ?? ""} ${article.id ?? ""} ${article.text}`));
    return wanted.every((word) => texts[at].includes(word));
  };

  // What is shown

  // What the search lets through in each section, told in the tabs.
  function count() {
    const wanted = filter();
    const has = (entry) => wanted.words.every((word) => entry.words.includes(word));
    const counts = {
      deals: rows.filter((row) => matches(row, wanted)), organizations: organizations.filter(has), people: people.filter(has),
      articles: articles.map((_, at) => at).filter((at) => !wanted.words.length || mentions(at, wanted.words)),
    };
    for (const [tab, all] of Object.entries(counts)) $(`tab-${tab}`).querySelector(".count").textContent = numbers.format(all.length);
    return counts;
  }

  function update() {
    const counts = count();
    const found = sorted(counts.deals, state.column, state.descending);
    const onDeals = ["deals", "charts"].includes(state.tab);
    $("filter-box").hidden = $("found").hidden = !onDeals;
    if (state.tab === "deals") table.show(found, state.column, state.descending);
    if (state.tab === "charts") charts.show(found);
    if (state.tab === "organizations") showOrganizations(counts.organizations);
    if (state.tab === "people") showPeople(counts.people);
    if (state.tab === "articles") { listed = counts.articles; articleBody.replaceChildren(); extendArticles(); }
    if (onDeals) say(found);
    chips();
  }

  function say(found) {
    const sums = countBy(found.map((row) => row.deal.amount?.currency).filter(Boolean)).slice(0, 3).map(([code]) =>
      sum(names, { currency: code, value: found.reduce((all, { deal }) => all + (deal.amount?.currency === code ? deal.amount.value : 0), 0) }));
    const parties = new Set(found.flatMap((row) => row.keys)).size;
    const text = found.length
      ? `${plural(found.length, "сделка", "сделки", "сделок")}${found.length < rows.length ? ` из ${numbers.format(rows.length)}` : ""}, ${plural(parties, "участник", "участника", "участников")}${sums.length ? `; названные суммы: ${sums.join(", ")}` : ""}`
      : "Под этот отбор не подходит ни одна сделка. Снимите часть условий.";
    $("found").replaceChildren(text);
    if (found.length) $("found").append(save);
    save.onclick = () => {
      const url = URL.createObjectURL(new Blob([csv(found, labels)], { type: "text/csv" }));
      el("a", { href: url, download: "сделки.csv" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    };
  }

  function chips() {
    const chip = (text, drop) => el("button", { type: "button", class: "chip", "aria-label": `Убрать условие: ${text}`, onclick: () => { drop(); update(); } }, text, el("span", { "aria-hidden": "true" }, " ×"));
    $("chips").replaceChildren(...state.names.map((name) => chip(name, () => { state.names = state.names.filter((other) => other !== name); })),
      ...(state.month ? [chip(`месяц ${state.month}`, () => { state.month = ""; })] : []));
  }

  function go(tab) {
    state.tab = tab;
    for (const id of TABS) {
      const button = $(`tab-${id}`);
      button.setAttribute("aria-selected", String(id === tab));
      button.tabIndex = id === tab ? 0 : -1;
      $(id).hidden = id !== tab;
    }
    update();
  }

  // The article

  function route() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const at = wanted.has("article") ? Number(wanted.get("article")) : null;
    if (at === null || !articles[at]) return close();
    if (state.article === null) opener = document.activeElement;
    if (state.article !== at) {
      state.article = at;
      view = articleView(articles[at], labels);
      reader.replaceChildren(el("div", { class: "tools" },
        el("button", { type: "button", "aria-label": "Предыдущая сделка", onclick: () => step(-1) }, "← Пред."), el("button", { type: "button", "aria-label": "Следующая сделка", onclick: () => step(1) }, "След. →"),
        el("button", { type: "button", class: "close", onclick: leave }, "Закрыть ×")), view.node);
    }
    reader.hidden = false;
    document.body.classList.add("reading");
    reader.scrollTop = 0;
    reader.focus({ preventScroll: true });
    view.fix(wanted.get("deal"));
    view.redraw();
    table.point(location.hash);
  }

  function close() {
    if (state.article === null) return;
    const last = lastHash;
    state.article = null;
    reader.hidden = true;
    reader.replaceChildren();
    document.body.classList.remove("reading");
    table.point(null);
    if (state.tab === "deals") table.focus(last);
    else opener?.focus();
  }

  const leave = () => { history.pushState(null, "", location.pathname + location.search); close(); };

  // The next deal in the table's order.
  function step(by) {
    const found = sorted(rows.filter((row) => matches(row, filter())), state.column, state.descending);
    const now = found.findIndex((row) => href(row) === location.hash);
    const next = found[now + by] ?? (now < 0 ? found[0] : null);
    if (next) location.hash = href(next);
  }

  let lastHash = location.hash;
  addEventListener("hashchange", () => { if (location.hash) lastHash = location.hash; route(); });
  addEventListener("popstate", () => { if (!location.hash) close(); });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.article !== null) leave();
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) { event.preventDefault(); search.focus(); }
  });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); $("main").focus(); });

  // Controls

  TABS.forEach((id, i) => {
    $(`tab-${id}`).addEventListener("click", () => go(id));
    $(`tab-${id}`).addEventListener("keydown", (event) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: TABS.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = TABS[(to + TABS.length) % TABS.length];
      $(`tab-${next}`).focus();
      go(next);
    });
  });
  const options = (select, values, name) => select.append(...countBy(values).map(([id, number]) => el("option", { value: id }, `${name(id)} (${number})`)));
  options(form.type, rows.map((row) => row.deal.type), names.type);
  options(form.status, rows.map((row) => row.deal.status), names.status);
  $("parties").append(...countBy(rows.flatMap((row) => row.names)).slice(0, 1000).map(([name]) => el("option", { value: name })));
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(update, 120); };
  search.addEventListener("input", soon);
  form.addEventListener("input", () => { form.querySelector("output").value = numbers.format(Number(form.confidence.value)); soon(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    Object.assign(state, { names: [], month: "" });
    search.value = "";
    setTimeout(() => { form.querySelector("output").value = "0"; update(); });
  });

  $("filter-box").open = innerWidth > 700; // on a phone the deals come first
  go("deals");
  route();
  setTimeout(() => {
    organizations = gathered("organizations");
    people = gathered("people");
    count();
  });
})();
