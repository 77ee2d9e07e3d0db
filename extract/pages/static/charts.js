"use strict";
// Charts of the deals that the filter lets through; a click leads to the deals behind a bar, a point, a line.

const CHARTS = [
  { id: "months", name: "Сделки по месяцам и типам", hint: "Сделка без даты стоит в месяце публикации. Нажмите на столбец, чтобы увидеть его сделки.", make: monthsChart },
  { id: "active", name: "Самые активные организации и участники", hint: "По числу сделок; нажмите, чтобы увидеть их.", make: activeChart },
  { id: "network", name: "Кто с кем", hint: "Линия — общие сделки, толщина — их число. Участников можно перетаскивать; нажмите на участника или линию.", make: networkChart },
  { id: "sums", name: "Суммы по типам", hint: "Логарифмическая шкала, каждая точка — сделка; нажмите, чтобы открыть её.", make: sumsChart },
];
const COLORS = ["#3b6fd4", "#d9822b", "#2f9e6e", "#a854c8", "#c94f5d", "#2aa3b5", "#8a7a2a", "#6b7280", "#e06fa6", "#5b8c3a",
  "#7d6be0", "#b5651d", "#1f7a8c", "#9c3d7a", "#4f7f52", "#c2a21a", "#4a5d8f"];
const KIND_COLORS = { organizations: "#3b6fd4", people: "#2f9e6e", locations: "#a854c8" };
const ACTIVE = 20, NODES = 80, NODES_NARROW = 25;

function chartsPanel(labels, actions) {
  const names = namesOf(labels);
  const colors = new Map(Object.keys(labels.types).map((type, i) => [type, COLORS[i % COLORS.length]]));
  const currency = el("select", { "aria-label": "Валюта" });
  const figures = CHARTS.map((chart) => {
    const canvas = el("div", { class: `chart ${chart.id}`, role: "img", "aria-label": `${chart.name}; те же данные в таблице под графиком` });
    const data = el("details", {}, el("summary", {}, "Таблицей"));
    const node = el("figure", {}, el("figcaption", {}, el("h2", {}, chart.name), chart.id === "sums" ? currency : "", el("p", {}, chart.hint)), canvas, data);
    return { ...chart, node, canvas, data, drawn: null };
  });
  let rows = [];

  const look = () => {
    const style = getComputedStyle(document.body);
    const value = (name) => style.getPropertyValue(name).trim();
    return { text: value("--text"), soft: value("--soft"), line: value("--line"), paper: value("--paper"), font: style.fontFamily };
  };
  const draw = () => {
    const theme = look();
    fillCurrencies(currency, rows, names);
    for (const figure of figures) {
      figure.drawn?.dispose();
      const made = figure.make(rows, { names, colors, theme, actions, currency: currency.value, narrow: innerWidth < 600 });
      figure.canvas.style.height = made.height ? `${made.height}px` : "";
      figure.data.replaceChildren(figure.data.firstElementChild, plainTable(made.head, made.table));
      figure.canvas.classList.toggle("empty", !made.table.length);
      if (!made.table.length) { figure.drawn = null; figure.canvas.textContent = "Нет данных для этого отбора."; continue; }
      figure.canvas.textContent = "";
      figure.drawn = echarts.init(figure.canvas, null, { renderer: "canvas" });
      figure.drawn.setOption({
        animation: false, color: COLORS, textStyle: { color: theme.text, fontFamily: theme.font },
        // Tooltips drawn on the canvas: those made of HTML would need inline styles, which the page's policy forbids.
        tooltip: { renderMode: "richText", confine: true, backgroundColor: theme.paper, borderColor: theme.line, textStyle: { color: theme.text } },
        ...made.option,
      });
      figure.drawn.on("click", made.click);
    }
  };
  currency.addEventListener("change", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => rows.length && figures[0].canvas.isConnected && draw());
  new ResizeObserver(() => figures.forEach((figure) => figure.canvas.clientWidth && figure.drawn?.resize())).observe(figures[0].canvas);
  return { nodes: figures.map((figure) => figure.node), show(wanted) { rows = wanted; draw(); } };
}

function plainTable(head, rows) {
  return el("table", { class: "list plain" }, el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((value, i) => el("td", { "data-label": head[i] }, String(value)))))));
}

function fillCurrencies(select, rows, names) {
  const counts = countBy(rows.map((row) => row.deal.amount?.currency).filter(Boolean));
  const before = select.value;
  select.replaceChildren(...counts.map(([code, number]) => el("option", { value: code }, `${code} ${names.unit(code)} (${number})`)));
  if (counts.some(([code]) => code === before)) select.value = before;
}

function countBy(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

const axis = (theme) => ({ axisLabel: { color: theme.soft }, axisLine: { lineStyle: { color: theme.line } }, splitLine: { lineStyle: { color: theme.line } } });
const cut = (text, length = 28) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function stacked(rows, types, keys, keyOf, { names, colors }) {
  const counts = new Map();
  for (const row of rows) for (const key of keyOf(row)) {
    const cell = `${row.deal.type}\u0000${key}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const number = (type, key) => counts.get(`${type}\u0000${key}`) ?? 0;
  const series = types.map((type) => ({ type: "bar", stack: "all", id: type, name: names.type(type), itemStyle: { color: colors.get(type) },
    barMaxWidth: 36, data: keys.map((key) => number(type, key) || null) }));
  return { series, number };
}

function monthsChart(rows, look) {
  const { names, theme, actions } = look;
  const dated = rows.filter((row) => row.month);
  // Months without deals keep their place, unless one old or mistaken date would stretch the axis over decades.
  const known = [...new Set(dated.map((row) => row.month))].sort();
  const months = gapless(known) ?? known;
  const types = countBy(dated.map((row) => row.deal.type)).map(([type]) => type);
  const { series, number } = stacked(dated, types, months, (row) => [row.month], look);
  const total = (month) => types.reduce((all, type) => all + number(type, month), 0);
  return {
    head: ["Месяц", ...types.map(names.type), "Всего"],
    table: known.map((month) => [month, ...types.map((type) => number(type, month)), total(month)]),
    option: {
      legend: { type: "scroll", bottom: 0, textStyle: { color: theme.text }, pageTextStyle: { color: theme.text }, pageIconColor: theme.text },
      grid: { left: 8, right: 16, top: 16, bottom: 76, containLabel: true },
      xAxis: { type: "category", data: months, ...axis(theme) }, yAxis: { type: "value", minInterval: 1, ...axis(theme) },
      dataZoom: months.length > 24 ? [{ type: "slider", bottom: 32, height: 20, startValue: Math.max(0, months.length - 36), endValue: months.length - 1, textStyle: { color: theme.soft } }] : [],
      series,
    },
    click: ({ name, seriesId }) => actions.filter({ month: name, type: seriesId }),
  };
}

function gapless(months) {
  if (!months.length) return months;
  const at = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const first = at(months[0]), length = at(months.at(-1)) - first + 1;
  if (length > 120) return null;
  return Array.from({ length }, (_, i) => `${Math.floor((first + i) / 12)}-${String(((first + i) % 12) + 1).padStart(2, "0")}`);
}

function activeChart(rows, look) {
  const { names, theme, actions, narrow } = look;
  const counts = countBy(rows.flatMap((row) => [...new Set(row.names)]));
  const best = counts.slice(0, ACTIVE).map(([name]) => name).reverse();
  const wanted = new Set(best);
  const types = countBy(rows.filter((row) => row.names.some((name) => wanted.has(name))).map((row) => row.deal.type)).map(([type]) => type);
  const { series } = stacked(rows, types, best, (row) => new Set(row.names.filter((name) => wanted.has(name))), look);
  return {
    height: 60 + best.length * 24 + 40,
    head: ["Участник", "Сделок"], table: counts.slice(0, ACTIVE),
    option: {
      legend: { type: "scroll", bottom: 0, textStyle: { color: theme.text }, pageTextStyle: { color: theme.text }, pageIconColor: theme.text },
      grid: { left: 24, right: 24, top: 8, bottom: 40, containLabel: true },
      yAxis: { type: "category", data: best, triggerEvent: true, ...axis(theme), axisLabel: { color: theme.text, interval: 0, formatter: (name) => cut(name, narrow ? 16 : 28) } },
      xAxis: { type: "value", minInterval: 1, ...axis(theme) }, series,
    },
    click: ({ componentType, name, value, seriesId }) =>
      actions.filter({ names: [componentType === "yAxis" ? value : name], type: componentType === "yAxis" ? "" : seriesId }),
  };
}

function networkChart(rows, { theme, actions, narrow }) {
  const pairs = new Map();
  for (const row of rows) {
    const parties = [...new Set(row.names)].sort();
    parties.forEach((one, i) => parties.slice(i + 1).forEach((other) => {
      const key = JSON.stringify([one, other]);
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    }));
  }
  const edges = [...pairs].map(([key, number]) => [...JSON.parse(key), number]).sort((a, b) => b[2] - a[2]);
  const degree = new Map(countBy(edges.flatMap(([one, other, number]) => Array(number).fill([one, other])).flat()));
  const kept = new Set([...degree].sort(([, a], [, b]) => b - a).slice(0, narrow ? NODES_NARROW : NODES).map(([name]) => name));
  const links = edges.filter(([one, other]) => kept.has(one) && kept.has(other));
  const linked = new Set(links.flatMap(([one, other]) => [one, other]));
  const most = Math.max(1, ...degree.values());
  const kinds = new Map(rows.flatMap((row) => row.names.map((name, i) => [name, row.kinds[i]])));
  const groups = Object.keys(KIND_COLORS);
  return {
    head: ["Участник", "Участник", "Общих сделок"], table: edges.slice(0, 200),
    option: {
      legend: { bottom: 0, textStyle: { color: theme.text } },
      series: [{
        categories: groups.map((kind) => ({ name: KINDS[kind], itemStyle: { color: KIND_COLORS[kind] } })),
        type: "graph", top: 24, bottom: 48, left: 40, right: 120, preserveAspect: "contain", layout: "force", roam: narrow ? false : "move", draggable: true, labelLayout: { hideOverlap: true },
        force: { repulsion: narrow ? 60 : 160, edgeLength: [30, narrow ? 60 : 110], gravity: 0.25, layoutAnimation: false },
        label: { show: true, position: "right", color: theme.text, formatter: ({ name }) => cut(name, narrow ? 14 : 24) },
        emphasis: { focus: "adjacency", label: { show: true } },
        lineStyle: { color: theme.soft, opacity: 0.55, curveness: 0.08 },
        itemStyle: { borderColor: theme.paper, borderWidth: 1 },
        data: [...linked].map((name) => ({ id: name, name, category: groups.indexOf(kinds.get(name)), value: degree.get(name), symbolSize: 8 + 24 * Math.sqrt(degree.get(name) / most) })),
        links: links.map(([source, target, value]) => ({ source, target, value, lineStyle: { width: Math.min(8, 1 + value) } })),
      }],
    },
    click: ({ dataType, data }) => actions.filter({ names: dataType === "edge" ? [data.source, data.target] : [data.name] }),
  };
}

function sumsChart(rows, { names, colors, theme, actions, currency, narrow }) {
  const priced = rows.filter((row) => row.deal.amount?.currency === currency && row.deal.amount.value > 0);
  const types = countBy(priced.map((row) => row.deal.type)).map(([type]) => type).reverse();
  const about = (row) => `${row.names.join(" · ")}: ${sum(names, row.deal.amount)}`;
  return {
    height: 110 + types.length * 34,
    head: ["Тип", "Участники", "Сумма"],
    table: sorted(priced, "amount", true).slice(0, 200).map((row) => [row.type, row.names.join(", "), sum(names, row.deal.amount)]),
    option: {
      grid: { left: 24, right: 24, top: 8, bottom: 40, containLabel: true },
      xAxis: { type: "log", ...axis(theme), axisLabel: { color: theme.soft, hideOverlap: true, formatter: short }, name: names.unit(currency), nameLocation: "middle", nameGap: 28, nameTextStyle: { color: theme.soft } },
      yAxis: { type: "category", data: types.map((type) => cut(names.type(type), narrow ? 16 : 28)), ...axis(theme), axisLabel: { color: theme.text } },
      series: [{
        type: "scatter", symbolSize: 12, itemStyle: { opacity: 0.7 },
        tooltip: { formatter: ({ data }) => cut(about(data.row), 90) },
        data: priced.map((row) => ({ value: [row.deal.amount.value, types.indexOf(row.deal.type)], row, itemStyle: { color: colors.get(row.deal.type) } })),
      }],
    },
    click: ({ data }) => actions.open(data.row),
  };
}
