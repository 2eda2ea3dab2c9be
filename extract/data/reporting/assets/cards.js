// Marks in a text and the card that a mark opens.

const card = { opener: null, pinned: false };

// The text with its marks, as nodes. `spans` are figures and refused numbers with `at`; overlapping ones share a mark.
function markText(text, spans, decorate) {
  const nodes = [];
  let at = 0;
  for (const group of groupSpans(spans)) {
    if (group.start > at) nodes.push(text.slice(at, group.start));
    nodes.push(makeMark(text.slice(group.start, group.end), group.spans, decorate));
    at = group.end;
  }
  nodes.push(text.slice(at));
  return nodes;
}

function groupSpans(spans) {
  const groups = [];
  for (const span of [...spans].sort((one, two) => one.at[0] - two.at[0] || one.at[1] - two.at[1])) {
    const last = groups.at(-1);
    if (last && span.at[0] < last.end) {
      last.end = Math.max(last.end, span.at[1]);
      last.spans.push(span);
    } else groups.push({ start: span.at[0], end: span.at[1], spans: [span] });
  }
  return groups;
}

function makeMark(text, spans, decorate) {
  const span = spans.find((one) => one.kind) || spans[0];
  const alarmed = spans.some((one) => one.checks?.some((check) => check.level === "alarm"));
  const className = span.kind ? `mark ${span.kind} ${span.status}${alarmed ? " alarmed" : ""}` : "mark refused";
  const mark = make("span", { className, tabIndex: 0, role: "button", "aria-haspopup": "dialog", "aria-expanded": "false" }, text);
  mark.spans = spans;
  if (span.id) mark.dataset.figure = span.id;
  decorate?.(mark, spans);
  mark.addEventListener("mouseenter", () => { if (!card.pinned) openCard(mark, figureCards(spans), false); });
  mark.addEventListener("mouseleave", () => { if (!card.pinned) closeCard(); });
  mark.addEventListener("click", () => openCard(mark, figureCards(spans), true));
  mark.addEventListener("keydown", onMarkKey);
  return mark;
}

function onMarkKey(event) {
  const mark = event.currentTarget;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openCard(mark, figureCards(mark.spans), true);
    byId("card").querySelector(".close").focus();
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const marks = [...mark.parentElement.querySelectorAll(".mark")];
    const next = marks[marks.indexOf(mark) + (event.key === "ArrowRight" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function openCard(opener, content, pinned) {
  closeCard();
  const element = byId("card");
  const close = make("button", { type: "button", className: "close", "aria-label": say("page.close"), on: { click: () => { const back = card.opener; closeCard(); back?.focus(); } } }, "✕");
  fill(element, close, content);
  element.hidden = false;
  element.scrollTop = 0;
  Object.assign(card, { opener, pinned });
  opener.setAttribute("aria-expanded", "true");
  opener.classList.add("open");
  placeCard(element, opener);
}

function placeCard(element, opener) {
  const boxes = opener.getClientRects();
  const box = boxes[0] || opener.getBoundingClientRect();
  const own = element.getBoundingClientRect();
  const below = box.bottom + 8 + own.height < innerHeight;
  element.style.left = Math.max(8, Math.min(box.left - 12, document.documentElement.clientWidth - own.width - 8)) + "px";
  element.style.top = (below ? box.bottom + 8 : Math.max(8, box.top - own.height - 8)) + "px";
}

function closeCard() {
  card.opener?.setAttribute("aria-expanded", "false");
  card.opener?.classList.remove("open");
  Object.assign(card, { opener: null, pinned: false });
  byId("card").hidden = true;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || byId("card").hidden) return;
  const back = card.opener;
  closeCard();
  back?.focus();
});
document.addEventListener("click", (event) => {
  if (card.pinned && !byId("card").contains(event.target) && !card.opener.contains(event.target)) closeCard();
});
document.addEventListener("scroll", () => { if (card.opener && card.opener.isConnected) placeCard(byId("card"), card.opener); }, { passive: true });

function figureCards(spans) {
  return spans.flatMap((span) => (span.kind ? figureCard(span) : refusedCard(span)));
}

function refusedCard(refused) {
  return [
    make("h3", {}, refused.text),
    make("span", { className: "badge" }, say("card.refused")),
    make("dl", {}, facts([["card.reason", say("reason." + refused.reason)]])),
  ];
}

function figureCard(figure) {
  const place = [figure.place, figure.place_level && `(${say("level." + figure.place_level)}${figure.place_rule ? ", " + say("place_rule." + figure.place_rule) : ""})`].filter(Boolean).join(" ");
  const bound = figure.bound === "exact" ? "" : say("bound." + figure.bound);
  const change = figure.change === "none" ? "" : say("change." + figure.change);
  const period = [periodName(figure.period), figure.period_text && figure.period_text !== figure.period ? `“${figure.period_text}”` : ""].filter(Boolean).join(" ");
  const moved = figure.province_2025 && figure.province_2025_name !== figure.province_name ? figure.province_2025_name : "";
  const rests = [figure.share_num, figure.share_den].filter(Boolean).map((id) => page.data.figureOf.get(id)?.text || id).join(" / ");
  return [
    make("h3", {}, valueOf(figure)),
    make("span", { className: "badge" }, say("kind." + figure.kind)), " ",
    make("span", { className: "badge" }, say("status." + figure.status)),
    make("dl", {}, facts([
      ["card.indicator", indicatorName(figure.indicator, "")],
      ["card.label", figure.indicator_label || figure.subject],
      ["card.breakdown", figure.breakdown],
      ["card.unit", figure.unit],
      ["card.bound", bound], ["card.change", change], ["card.vs", figure.vs],
      ["card.place", place],
      ["card.province", figure.province ? figure.province_name || provinceName(figure.province) : ""],
      ["card.province_2025", moved],
      ["card.period", period],
      ["card.share", rests],
      ["card.rule", figure.rule && make("code", {}, figure.rule)],
    ])),
    figure.checks.length ? null : make("p", { className: "check quiet" }, `${say("card.verdict")}: ${say("articles.unchecked")}`),
    ...figure.checks.map((check) => make("div", { className: "check" }, badge(check), " ", message(check))),
  ];
}

const message = (check) => (page.language === "vi" ? check.message_vi || check.message : check.message) || "";

// A figure's sentence with the figures of it that `chosen` accepts marked.
function markSentence(figure, chosen) {
  const [start, end] = spanOfSentence(figure);
  if (end < 0) return [figure.sentence];
  const inside = figure.from.figures.filter((one) => one.at[0] >= start && one.at[1] <= end && chosen(one));
  return markText(figure.from.text.slice(start, end), inside.map((one) => Object.assign(Object.create(one), { at: [one.at[0] - start, one.at[1] - start] })));
}

// Where a figure's sentence stands in its article. The table holds it with composed letters; the article may not.
function spanOfSentence({ sentence, at: [first, last], from: { text } }) {
  const start = text.lastIndexOf(sentence, first);
  if (start >= 0 && last <= start + sentence.length) return [start, start + sentence.length];
  const [from, to] = [text.lastIndexOf("\n", first) + 1, text.indexOf("\n", last)];
  const line = text.slice(from, to < 0 ? undefined : to);
  for (let at = first - from; at >= 0; at -= 1) {
    if (!line.slice(at).normalize("NFC").startsWith(sentence)) continue;
    let end = at + sentence.length;
    while (line.slice(at, end).normalize("NFC").length < sentence.length) end += 1;
    if (from + end >= last) return [from + at, from + end];
  }
  return [-1, -1];
}
