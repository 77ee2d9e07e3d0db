"use strict";
// The article: its text with everything found in it, and its deals, each of which shows its evidence when pointed at.

const KINDS = { organizations: "организации", people: "люди", locations: "места", dates: "даты", amounts: "суммы" };

function namesOf(labels) {
  return {
    type: (id) => labels.types[id]?.[0] ?? id,
    fullType: (id) => labels.types[id]?.[1] ?? id,
    status: (id) => labels.statuses[id]?.[0] ?? id,
    fullStatus: (id) => labels.statuses[id]?.[1] ?? id,
    role: (type, id) => labels.roles[`${type}.${id}`] ?? labels.roles[id] ?? id,
    kind: (id) => labels.kinds[id] ?? id ?? "",
    unit: (id) => labels.currencies[id] ?? id ?? "",
    relation: (id) => labels.relations[id] ?? id,
    relationRole: (id) => labels.relation_roles[id] ?? id,
  };
}

// «3–5», «от 3», «до 5», «≈ 5»: a number with what bounds it.
const bounded = (write, value, { min = null, max = null, approximate = null }) => {
  if (min !== null && max !== null) return `${write(min)}–${write(max)}`;
  return `${min !== null ? "от " : max !== null ? "до " : approximate ? "≈ " : ""}${write(value)}`;
};
const sum = (names, amount) => (amount ? `${bounded(short, amount.value, amount)} ${names.unit(amount.currency)}` : "");
const percent = (deal) => (deal.stake === null || deal.stake === undefined ? ""
  : `${bounded(numbers.format, deal.stake, deal.range ?? {})} %`);

function articleView(article, labels) {
  const names = namesOf(labels);
  const text = articleText(article, names);
  const cards = article.deals.map((deal) => dealCard(deal, names));
  let fixed = null;

  const show = (id) => {
    cards.forEach((card, i) => card.classList.toggle("pointed", article.deals[i].id === id));
    text.point(article.deals.find((deal) => deal.id === id) ?? null);
  };
  const fix = (id) => {
    fixed = id;
    cards[article.deals.findIndex((deal) => deal.id === id)]?.scrollIntoView({ block: "nearest" });
    cards.forEach((card, i) => card.setAttribute("aria-pressed", String(article.deals[i].id === id)));
    show(id);
  };
  cards.forEach((card, i) => {
    const id = article.deals[i].id;
    // Not on mouseenter: that comes, too, when the article opens under a pointer at rest.
    card.addEventListener("mousemove", (event) => { if (event.movementX || event.movementY) show(id); });
    card.addEventListener("mouseleave", () => show(fixed));
    card.addEventListener("focus", () => show(id));
    card.addEventListener("blur", () => show(fixed));
    card.addEventListener("click", () => { fix(fixed === id ? null : id); text.reveal(); });
  });

  const node = el("article", { class: "article" },
    el("h2", {}, article.title || "Без заголовка"),
    el("p", { class: "meta" }, [article.published && `опубликовано ${day(article.published)}`, article.id].filter(Boolean).join(" · "),
      article.url && [" · ", el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, "оригинал")]),
    cards.length
      ? el("div", { class: "cards", role: "group", "aria-label": "Сделки статьи" }, cards)
      : el("p", { class: "meta" }, "Сделок в статье не найдено."),
    text.legend, text.node, lists(article, names));
  return { node, fix: (id, scroll = true) => { fix(id); if (scroll) text.reveal(); }, redraw: text.draw };
}

function dealCard(deal, names) {
  const facts = [sum(names, deal.amount), percent(deal), deal.date && day(deal.date.value)].filter(Boolean);
  return el("button", { class: "card", type: "button", "aria-pressed": "false" },
    el("span", { class: "line" }, el("strong", { title: names.fullType(deal.type) }, names.type(deal.type)),
      el("span", { class: `status ${deal.status}`, title: names.fullStatus(deal.status) }, names.status(deal.status)),
      facts.join(" · ")),
    el("span", { class: "roles" }, deal.participants.map((party) =>
      el("span", { class: "party" }, el("small", {}, `${names.role(deal.type, party.role)} `), party.name))),
    deal.subject && el("span", { class: "subject" }, el("small", {}, "предмет "), deal.subject),
    el("small", { class: "rule" }, `достоверность ${numbers.format(deal.confidence)} · правило ${deal.rule}`));
}

// The text cut at every edge of the spans; a piece knows the spans that it belongs to.
function cutAt(text, spans) {
  const edges = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const index = new Map(edges.map((edge, i) => [edge, i]));
  const pieces = edges.slice(0, -1).map((start, i) => ({ text: text.slice(start, edges[i + 1]), spans: [] }));
  for (const span of spans) {
    for (let i = index.get(span.start); i < index.get(span.end); i++) pieces[i].spans.push(span);
  }
  return pieces;
}

// Mentions in their colours, and over them the evidence, trigger and roles of the deal that is pointed at.
function articleText(article, names) {
  const spans = [];
  for (const kind of Object.keys(KINDS)) {
    for (const item of article[kind]) {
      const title = { organizations: names.kind(item.kind), locations: names.kind(item.kind) }[kind];
      const label = item.name ?? (kind === "dates" ? item.value : `${short(item.value)} ${names.unit(item.unit ?? "%")}`);
      for (const [start, end, anaphor] of item.mentions) {
        spans.push({ start, end, kind, id: item.id, anaphor, label: [label, title].filter(Boolean).join(", ") });
      }
    }
  }
  const mentions = spans.slice();
  for (const deal of article.deals) {
    // Evidence may end inside a mention («5 млн руб» of «5 млн руб.»): shown, it takes in the whole.
    for (const [start, end] of deal.evidence) {
      const crossing = mentions.filter((span) => span.start < end && span.end > end);
      spans.push({ start, end: Math.max(end, ...crossing.map((span) => span.end)), deal: deal.id });
    }
    if (deal.trigger) spans.push({ start: deal.trigger[0], end: deal.trigger[1], trigger: deal.id });
    for (const party of deal.participants) {
      if (party.mention) spans.push({ start: party.mention[0], end: party.mention[1], party });
    }
  }
  const pieces = cutAt(article.text, spans);
  const body = el("div", { class: "body" });
  for (const piece of pieces) {
    const mention = piece.spans.filter((span) => span.kind).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    if (!piece.spans.length) body.append(piece.text);
    else {
      piece.node = el(mention ? "mark" : "span", mention
        ? { class: `${mention.kind}${mention.anaphor ? " anaphor" : ""}`, title: `${mention.label}${mention.anaphor ? " (отсылка)" : ""}` } : {}, piece.text);
      body.append(piece.node);
    }
  }
  const lines = svg("svg", { class: "lines", "aria-hidden": "true" });
  const node = el("div", { class: "text show-organizations show-people show-locations show-dates show-amounts" }, body, lines);
  let pointed = null;

  const within = (piece, key, value) => piece.spans.some((span) => span[key] === value);
  const firstOf = (key, value) => pieces.find((piece) => piece.node && within(piece, key, value));

  // The mention of a sum or date in the deal's evidence, the fullest sentence first; elsewhere the first one.
  const valueOf = (deal, ref) => {
    const all = spans.filter((span) => span.id === ref);
    const rank = (span) => {
      const at = deal.evidence.findIndex(([start, end]) => span.start >= start && span.end <= end);
      return at < 0 ? deal.evidence.length : at;
    };
    return all.sort((a, b) => rank(a) - rank(b) || a.start - b.start)[0];
  };

  const evidenceOf = (deal) => {
    const [first] = spans.filter((span) => span.deal === deal.id);
    return pieces.filter((piece) => first && piece.spans.includes(first)).map((piece) => piece.node);
  };

  const point = (deal) => {
    pointed = null;
    for (const piece of pieces) {
      if (!piece.node) continue;
      piece.node.classList.remove("filler", "trigger");
      piece.node.classList.toggle("evidence", deal !== null && within(piece, "deal", deal.id));
      piece.node.removeAttribute("data-role");
    }
    if (deal) pointed = mark(deal);
    draw();
  };

  const mark = (deal) => {
    const trigger = firstOf("trigger", deal.id);
    trigger?.node.classList.add("trigger");
    const wanted = deal.participants.map((party) => [
      spans.find((span) => span.party === party), names.role(deal.type, party.role),
    ]);
    if (deal.amount?.ref) wanted.push([valueOf(deal, deal.amount.ref), "сумма"]);
    if (deal.date?.ref) wanted.push([valueOf(deal, deal.date.ref), "дата"]);
    const fillers = [];
    for (const [mention, role] of wanted) {
      const parts = mention ? pieces.filter((piece) => piece.node && piece.spans.includes(mention)) : [];
      parts.forEach((piece) => piece.node.classList.add("filler"));
      if (!parts.length) continue;
      const before = parts[0].node.getAttribute("data-role");
      parts[0].node.setAttribute("data-role", (before ? `${before}, ${role}` : role).replaceAll(" ", "\u00a0"));
      fillers.push(parts[0].node);
    }
    return { trigger: trigger?.node ?? null, fillers, evidence: evidenceOf(deal) };
  };

  const draw = () => {
    lines.replaceChildren();
    if (!pointed || !node.isConnected) return;
    const { trigger, fillers } = pointed;
    const frame = node.getBoundingClientRect();
    lines.setAttribute("width", frame.width);
    lines.setAttribute("height", frame.height);
    const top = (mark) => {
      const box = mark.getClientRects()[0];
      return box && { x: box.left + box.width / 2 - frame.left, y: box.top - frame.top };
    };
    const from = top(trigger ?? fillers[0] ?? node);
    if (!from) return; // not laid out yet, or hidden
    for (const to of fillers.filter((filler) => filler !== trigger).map(top)) {
      if (!to || (from.x === to.x && from.y === to.y)) continue;
      const lift = Math.min(from.y, to.y) - 14 - Math.min(14, Math.abs(from.x - to.x) / 30);
      lines.append(svg("path", { d: `M${from.x} ${from.y}C${from.x} ${lift} ${to.x} ${lift} ${to.x} ${to.y}` }));
      lines.append(svg("circle", { cx: to.x, cy: to.y, r: 3 }));
    }
    lines.append(svg("circle", { cx: from.x, cy: from.y, r: 3, class: "from" }));
  };
  new ResizeObserver(draw).observe(node);

  const reveal = () => {
    pointed?.evidence.at(-1)?.scrollIntoView({ block: "nearest" });
    pointed?.evidence[0]?.scrollIntoView({ block: "nearest" });
  };
  const legend = el("div", { class: "legend", role: "group", "aria-label": "Что выделять" },
    Object.entries(KINDS).filter(([kind]) => article[kind].length).map(([kind, name]) => {
      const box = el("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => { node.classList.toggle(`show-${kind}`, box.checked); draw(); });
      return el("label", {}, box, el("mark", { class: kind }, name));
    }));
  return { node, legend, point, draw, reveal };
}

function lists(article, names) {
  const named = (item) => [item.name, item.aliases.length ? el("small", {}, ` (${item.aliases.join(", ")})`) : "",
    item.kind ? el("small", {}, ` ${names.kind(item.kind)}`) : ""];
  const post = (position) => `${position.former ? "бывш. " : ""}${position.title}${position.organization ? `, ${position.organization}` : ""}`;
  const groups = [
    ["Организации", article.organizations.map(named)],
    ["Люди", article.people.map((person) => [...named(person), person.positions.length ? ` — ${person.positions.map(post).join("; ")}` : ""])],
    ["Места", article.locations.map(named)],
    ["Отношения", article.relations.map((relation) => [`${names.relation(relation.type)}: `,
      relation.arguments.map((argument) => `${names.relationRole(argument.role)} ${argument.name}`).join(", "),
      el("small", {}, ` ${relation.rule}`)])],
  ].filter(([, items]) => items.length);
  return el("details", { class: "lists", open: true }, el("summary", {}, "Кто и что в статье"),
    groups.map(([title, items]) => el("section", {}, el("h3", {}, title), el("ul", {}, items.map((item) => el("li", {}, item))))));
}
