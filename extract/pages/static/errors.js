"use strict";
// Gold beside prediction: what is wrong by article, the filter, and the places in the text.

(() => {
  const { labels, articles } = JSON.parse(document.getElementById("data").textContent);
  const names = namesOf(labels);
  const form = document.getElementById("filters"), search = document.getElementById("search"), list = document.getElementById("articles");
  const more = el("button", { type: "button", class: "more" }, "Показать ещё");
  const ENTITIES = { ORG: "организация", PER: "человек", LOC: "место", DATE: "дата", MONEY: "сумма" };
  const OUTCOMES = { missed: "пропущено", false: "лишнее", right: "верно" };
  const AT_ONCE = 20;
  const NONE = "-"; // the choice «no cause told»
  const type = (id) => ENTITIES[id] ?? labels.types[id]?.[0] ?? labels.relations[id] ?? id;
  const cause = (id) => labels.causes[id] ?? id;
  // «buyer: Лютик» → «покупатель: Лютик»; a type stands alone.
  const inRussian = (text, dealType) => text.replace(/(^|[\s|(])([a-z_]+)(?=: |$)/g, (whole, before, id) =>
    before + (labels.roles[`${dealType}.${id}`] ?? labels.roles[id] ?? labels.relation_roles[id] ?? names.type(id))
  ).replace(/(^|: |· |predicted )(planned|negotiating|agreed|completed|cancelled|none)\b/g, (whole, before, id) =>
    before + (id === "none" ? "нет" : names.status(id))).replaceAll(", predicted ", ", найдено: ")
    .replaceAll("amount:", "сумма:").replaceAll("status:", "статус:").replaceAll("stake:", "доля:").replaceAll("date:", "дата:");
  for (const article of articles) {
    article.words = plain(`${article.title ?? ""} ${article.id} ${article.text}`);
    for (const item of article.items) {
      item.said = inRussian(item.what.replace(/ @\d+$/, ""), item.type);
      item.words = plain(`${item.said} ${item.rule ?? ""}`);
    }
  }

  const wanted = (item, filter) =>
    (filter.outcome === "all" || (filter.outcome ? item.outcome === filter.outcome : item.outcome !== "right")) &&
    (!filter.layer || item.layer === filter.layer) && (!filter.type || item.type === filter.type) &&
    (!filter.cause || item.cause === (filter.cause === NONE ? "" : filter.cause));

  function matching() {
    const filter = Object.fromEntries(new FormData(form));
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    return articles.map((article) => {
      const found = article.items.filter((item) => wanted(item, filter));
      const here = words.every((word) => article.words.includes(word));
      return [article, here ? found : found.filter((item) => words.every((word) => item.words.includes(word)))];
    }).filter(([, items]) => items.length);
  }

  function judged([article, items]) {
    const text = el("div", { class: "body" });
    const places = items.filter((item) => item.place);
    for (const piece of cutAt(article.text, places.map((item) => ({ start: item.place[0], end: item.place[1], item })))) {
      const outcomes = piece.spans.map((span) => span.item.outcome);
      if (!outcomes.length) { text.append(piece.text); continue; }
      const worst = ["missed", "false", "right"].find((outcome) => outcomes.includes(outcome));
      const mark = el("mark", { class: worst, title: piece.spans.map((span) => `${OUTCOMES[span.item.outcome]}: ${span.item.said}`).join("\n") }, piece.text);
      for (const span of piece.spans) span.item.mark ??= mark;
      text.append(mark);
    }
    const side = (outcomes) => el("ul", {}, items.filter((item) => outcomes.includes(item.outcome)).map(line));
    const wrong = items.filter((item) => item.outcome !== "right").length;
    return el("article", { class: "judged" }, el("h2", {}, article.title || article.text.trim().split("\n", 1)[0]),
      el("p", { class: "meta" }, `${article.id} · ошибок: ${wrong}`),
      el("div", { class: "pair" },
        el("section", {}, el("h3", {}, "Разметка"), side(["right", "missed"])),
        el("section", {}, el("h3", {}, "Программа"), side(["right", "false"]))),
      el("details", { open: true }, el("summary", {}, "Текст"), text));
  }

  function line(item) {
    const reason = [item.cause && cause(item.cause), item.detail && `на другой стороне: ${inRussian(item.detail, item.type)}`, item.rule && `правило ${item.rule}`];
    return el("li", { class: item.outcome }, el("small", {}, `${labels.layers[item.layer] ?? item.layer}, ${type(item.type)}: ${OUTCOMES[item.outcome]} `),
      item.place ? el("button", { type: "button", class: "link", onclick: () => show(item) }, item.said) : item.said,
      reason.some(Boolean) && el("small", {}, el("br"), reason.filter(Boolean).join(" · ")));
  }

  function show(item) {
    item.mark.closest("details").open = true;
    item.mark.tabIndex = -1;
    item.mark.focus({ preventScroll: true });
    item.mark.scrollIntoView({ block: "center" });
  }

  let found = [], shown = 0;
  function extend() {
    for (const [, items] of found.slice(shown, shown + AT_ONCE)) for (const item of items) delete item.mark;
    list.append(...found.slice(shown, shown + AT_ONCE).map(judged));
    shown += AT_ONCE;
    more.hidden = shown >= found.length;
  }
  function update() {
    [found, shown] = [matching(), 0];
    const items = found.flatMap(([, all]) => all);
    const count = (outcome) => numbers.format(items.filter((item) => item.outcome === outcome).length);
    document.getElementById("found").textContent = items.length
      ? `Статей: ${found.length}; пропущено: ${count("missed")}, лишнего: ${count("false")}${form.outcome.value === "all" ? `, верно: ${count("right")}` : ""}`
      : "Под этот отбор ничего не подходит.";
    list.replaceChildren();
    extend();
  }

  const options = (select, key, name) => {
    const counts = new Map();
    for (const article of articles) for (const item of article.items) {
      if (item.outcome === "right") continue;
      const id = item[key] || NONE;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    select.append(...[...counts].sort(([, a], [, b]) => b - a).map(([id, number]) =>
      el("option", { value: id }, `${id === NONE ? "не определена" : name(id)} (${number})`)));
  };
  options(form.layer, "layer", (id) => labels.layers[id] ?? id);
  options(form.cause, "cause", cause);
  options(form.type, "type", type);
  if (articles.some((article) => article.items.some((item) => item.layer === "deals"))) form.layer.value = "deals";
  list.after(more);
  more.addEventListener("click", extend);
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { search.value = ""; setTimeout(update); });
  search.addEventListener("input", update);
  update();
})();
