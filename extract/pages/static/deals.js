"use strict";
// Deals of all articles as rows: which are wanted, in which order, as a table and as CSV.

const COLUMNS = [
  { id: "date", name: "Дата", sort: (row) => row.day || null },
  { id: "type", name: "Тип", sort: (row) => row.type },
  { id: "status", name: "Статус", sort: (row) => row.statusRank },
  { id: "parties", name: "Участники", sort: (row) => row.names[0] ?? "" },
  { id: "amount", name: "Сумма", sort: (row) => row.deal.amount?.value ?? null, number: true },
  { id: "stake", name: "Доля", sort: (row) => row.deal.stake, number: true },
  { id: "source", name: "Источник", sort: (row) => row.article.title ?? row.article.id ?? "" },
  { id: "confidence", name: "Достоверность", sort: (row) => row.deal.confidence, number: true },
];
const PAGE_ROWS = 100;

function rowsOf(articles, labels) {
  const names = namesOf(labels);
  const statuses = Object.keys(labels.statuses);
  return articles.flatMap((article, at) => article.deals.map((deal) => {
    const parties = deal.participants.map((party) => party.name);
    const said = deal.evidence.map(([start, end]) => article.text.slice(start, end));
    return {
      at, article, deal, names: parties, kinds: deal.participants.map((party) => kindOf(article, party.ref)), type: names.type(deal.type), statusRank: statuses.indexOf(deal.status),
      day: period(deal.date?.value)?.[0] ?? "", // the first that the date can mean
      month: monthOf(deal.date?.value) ?? monthOf(article.published),
      keys: parties.map(plain),
      words: plain([...parties, deal.subject, names.type(deal.type), article.title, article.id, deal.rule, ...said].join(" ")),
    };
  }));
}

const kindOf = (article, ref) =>
  ["people", "locations"].find((kind) => article[kind].some((item) => item.id === ref)) ?? "organizations";

function monthOf(value) {
  const match = /^(\d{4})-(\d\d)/.exec(value ?? "");
  return match ? `${match[1]}-${match[2]}` : null;
}

// The days that a TIMEX3 value can span, for the filter by period.
function period(value) {
  const [from, to = from] = (value ?? "").split("/");
  const year = /^\d{4}/.exec(from)?.[0];
  if (!year) return null;
  const quarter = /-Q([1-4])$/.exec(from)?.[1];
  if (quarter) return [`${year}-${String(quarter * 3 - 2).padStart(2, "0")}-01`, `${year}-${String(quarter * 3).padStart(2, "0")}-31`];
  const season = { SP: ["03", "05"], SU: ["06", "08"], AU: ["09", "11"] }[/-(SP|SU|AU|WI)$/.exec(from)?.[1]];
  if (season) return [`${year}-${season[0]}-01`, `${year}-${season[1]}-31`];
  const week = /-W(\d\d)$/.exec(from)?.[1];
  if (week) {
    const monday = new Date(Date.UTC(+year, 0, 4));
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7) + (week - 1) * 7);
    const sunday = new Date(monday.getTime() + 6 * 864e5);
    return [monday, sunday].map((date) => date.toISOString().slice(0, 10));
  }
  if (/-WI$/.test(from)) return [`${year}-12-01`, `${+year + 1}-02-29`];
  const last = /^\d{4}/.test(to) ? to : from;
  return [from.padEnd(10, "-01"), last.length > 7 ? last : last.length > 4 ? `${last}-31` : `${last}-12-31`];
}

function matches(row, filter) {
  const { deal, article } = row;
  if (filter.type && deal.type !== filter.type) return false;
  if (filter.status && deal.status !== filter.status) return false;
  if (deal.confidence < filter.confidence) return false;
  if (filter.party && !row.keys.some((key) => key.includes(filter.party))) return false;
  if (filter.names.some((name) => !row.keys.includes(plain(name)))) return false;
  if (filter.month && row.month !== filter.month) return false;
  if (filter.from || filter.to) {
    const days = period(deal.date?.value) ?? period(article.published);
    if (!days || (filter.to && days[0] > filter.to) || (filter.from && days[1] < filter.from)) return false;
  }
  return filter.words.every((word) => row.words.includes(word));
}

// What isn't known goes last, whichever way the rest is sorted.
function sorted(rows, column, descending) {
  const sort = COLUMNS.find(({ id }) => id === column).sort;
  const collator = new Intl.Collator("ru");
  const compare = (a, b) => (typeof a === "string" ? collator.compare(a, b) : a - b);
  return rows.map((row) => [sort(row), row]).sort(([a], [b]) => {
    const [no, none] = [a === null || a === undefined || a === "", b === null || b === undefined || b === ""];
    return no || none ? no - none : descending ? compare(b, a) : compare(a, b);
  }).map(([, row]) => row);
}

function dealTable(labels, { onSort, href }) {
  const names = namesOf(labels);
  const heads = COLUMNS.map((column) => el("th", { scope: "col", class: column.number && "number" },
    el("button", { type: "button", onclick: () => onSort(column.id) }, column.name)));
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more" });
  const table = el("table", { class: "list deals" },
    el("caption", { class: "hidden" }, "Сделки; заголовки столбцов сортируют"), el("thead", {}, el("tr", {}, heads)), body);
  let rows = [], shown = 0, current = null;

  const extend = (count) => {
    body.append(...rows.slice(shown, shown + count).map((row) => dealRow(row, names, href)));
    shown = Math.min(rows.length, shown + count);
    more.hidden = shown >= rows.length;
    more.textContent = `Показать ещё ${Math.min(PAGE_ROWS, rows.length - shown)} из ${rows.length - shown}`;
    mark();
  };
  const mark = () => {
    for (const line of body.rows) line.classList.toggle("current", line.querySelector("a").getAttribute("href") === current);
  };
  more.addEventListener("click", () => {
    const next = shown;
    extend(PAGE_ROWS);
    body.rows[next]?.querySelector("a").focus();
  });
  body.addEventListener("click", (event) => {
    if (!event.target.closest("a") && String(getSelection()) === "") event.target.closest("tr")?.querySelector("a").click();
  });
  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    event.target.closest("tr")[step]?.querySelector("a").focus();
  });
  new IntersectionObserver(([seen]) => seen.isIntersecting && shown && !more.hidden && extend(PAGE_ROWS), { rootMargin: "600px" }).observe(more);
  addEventListener("beforeprint", () => extend(rows.length - shown));

  return {
    node: el("div", {}, table, more),
    show(wanted, column, descending) {
      [rows, shown] = [wanted, 0];
      body.replaceChildren();
      heads.forEach((head, i) => {
        if (COLUMNS[i].id === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      extend(PAGE_ROWS);
    },
    point(link) { current = link; mark(); },
    focus(link) { [...body.querySelectorAll("a")].find((a) => a.getAttribute("href") === link)?.focus(); },
  };
}

function dealRow(row, names, href) {
  const { deal, article } = row;
  const cell = (name, content, props = {}) => el("td", { "data-label": name, ...props }, content || el("span", { class: "none" }, "—"));
  const date = deal.date ? day(deal.date.value)
    : article.published && el("span", { class: "none", title: "дата публикации: в статье у сделки нет даты" }, `публ. ${day(article.published)}`);
  return el("tr", {},
    cell("Дата", date),
    cell("Тип", el("span", { title: names.fullType(deal.type) }, names.type(deal.type))),
    cell("Статус", el("span", { class: `status ${deal.status}`, title: names.fullStatus(deal.status) }, names.status(deal.status))),
    cell("Участники", deal.participants.map((party) => el("span", { class: "party" },
      el("small", {}, `${names.role(deal.type, party.role)} `), party.name)), { class: "parties" }),
    cell("Сумма", sum(names, deal.amount), { class: "number", title: deal.amount && `${numbers.format(deal.amount.value)} ${deal.amount.currency}` }),
    cell("Доля", percent(deal), { class: "number" }),
    cell("Источник", el("a", { href: href(row) }, article.title || article.id || "статья"), { class: "source" }),
    cell("Достоверность", el("span", { class: "bar" }, el("meter", { min: 0, max: 1, value: deal.confidence, "aria-hidden": "true" }),
      numbers.format(deal.confidence)), { class: "number" }));
}

// For spreadsheets: semicolons, UTF-8 with its mark, and no cell that a spreadsheet would run as a formula.
function csv(rows, labels) {
  const names = namesOf(labels);
  const quote = (value) => {
    const text = String(value ?? "");
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const header = ["дата", "тип", "статус", "участники", "сумма", "валюта", "доля, %", "предмет", "достоверность", "правило",
    "опубликовано", "статья", "заголовок", "адрес", "цитата"];
  const lines = rows.map(({ deal, article }) => [
    deal.date?.value, names.type(deal.type), names.status(deal.status),
    deal.participants.map((party) => `${names.role(deal.type, party.role)}: ${party.name}`).join("; "),
    deal.amount?.value, deal.amount?.currency, deal.stake, deal.subject, deal.confidence, deal.rule,
    article.published, article.id, article.title, article.url, deal.evidence.map(([start, end]) => article.text.slice(start, end))[0],
  ]);
  return "\ufeff" + [header, ...lines].map((line) => line.map(quote).join(";")).join("\r\n") + "\r\n";
}
