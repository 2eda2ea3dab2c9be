// Articles: filters, the list, and the text with its figures marked.

const filters = { search: "", province: "", indicator: "", verdict: "", kind: "", status: "" };
let showRefused = true;

const matchers = {
  province: (figure) => (figure.province || "-") === filters.province,
  indicator: (figure) => (figure.indicator || "-") === filters.indicator,
  verdict: (figure) => (verdictOf(figure) || "-") === filters.verdict,
  kind: (figure) => figure.kind === filters.kind,
  status: (figure) => figure.status === filters.status,
};

function matches(figure) {
  return Object.keys(matchers).every((name) => !filters[name] || matchers[name](figure));
}

const filtering = () => Object.keys(matchers).some((name) => filters[name]);

function titleOf(article) {
  return article.title || article.article.split("/").at(-1) || say("articles.untitled");
}

function fillArticleFilters() {
  const form = byId("filters");
  const figures = [...page.data.figureOf.values()];
  const counted = (get, name, order) => {
    const counts = new Map();
    for (const figure of figures) counts.set(get(figure), (counts.get(get(figure)) || 0) + 1);
    const pairs = [...counts].map(([value, count]) => [value, `${name(value)} (${number(count)})`]);
    pairs.sort(order || ((one, two) => one[1].localeCompare(two[1], page.language)));
    return [["", say("page.all")], ...pairs];
  };
  fillSelect(form.elements.province, counted((one) => one.province || "-", (code) => (code === "-" ? say("page.blank") : provinceName(code))), filters.province);
  fillSelect(form.elements.indicator, counted((one) => one.indicator || "-", (code) => (code === "-" ? say("page.blank") : indicatorName(code))), filters.indicator);
  fillSelect(form.elements.verdict, counted((one) => verdictOf(one) || "-", (verdict) => (verdict === "-" ? say("articles.unchecked") : say("verdict." + verdict)),
    (one, two) => severities.indexOf(one[0]) - severities.indexOf(two[0])), filters.verdict);
  fillSelect(form.elements.kind, counted((one) => one.kind, (kind) => say("kind." + kind)), filters.kind);
  fillSelect(form.elements.status, counted((one) => one.status, (status) => say("status." + status)), filters.status);
}

function listArticles() {
  const sought = filters.search.trim().toLocaleLowerCase("vi").normalize("NFC");
  const rows = [];
  let total = 0;
  for (const article of page.data.articles) {
    if (sought && !(article.title + "\n" + article.article + "\n" + article.text).toLocaleLowerCase("vi").normalize("NFC").includes(sought)) continue;
    const matching = article.figures.filter(matches).length;
    if (filtering() && !matching) continue;
    total += matching;
    rows.push({ article, matching });
  }
  return { rows, total };
}

function showArticles(address = readAddress()) {
  fillArticleFilters();
  const { rows, total } = listArticles();
  const named = page.data.articleOf.get(address.article);
  const current = named && rows.some((row) => row.article === named) ? named : rows[0]?.article;
  fill(byId("matching"), `${count(total, "articles.matching")}, ${count(rows.length, "articles.in_articles")}`);
  fill(byId("article-list"), rows.length ? rows.map((row) => listItem(row, row.article === current)) : make("li", { className: "quiet" }, say("page.none")));
  showArticle(current);
  if (address.figure && current === named) openFigure(`${address.article}:${address.figure}`);
}

function listItem({ article, matching }, current) {
  const total = count(matching, "articles.figures");
  const alarms = new Set(article.figures.flatMap((figure) => figure.checks.filter((check) => check.level === "alarm"))).size;
  return make("li", {}, make("a", { href: addressOf({ view: "articles", article: article.article }), "aria-current": current ? "true" : null },
    titleOf(article),
    make("small", {}, article.error ? article.error : total,
      alarms ? make("span", { className: "badge alarm" }, count(alarms, "articles.alarms")) : null)));
}

function showArticle(article) {
  const box = byId("article");
  closeCard();
  if (!article) return fill(box, make("p", { className: "quiet" }, say("articles.pick")));
  const meta = [article.article, article.outlet, article.published, article.province && provinceName(article.province)].filter(Boolean).join(" · ");
  const spans = [...article.figures, ...(showRefused ? article.refused : [])];
  const text = make("div", { className: "text", lang: "vi", role: "region", "aria-label": say("articles.text") },
    markText(article.text, spans, (mark, [span]) => { if (span.kind && !mark.spans.some((one) => one.kind && matches(one))) mark.classList.add("off"); }));
  return fill(box, make("h2", { lang: "vi" }, titleOf(article)), make("p", { className: "meta" }, meta),
    article.error ? make("p", { className: "notice" }, article.error) : null, legend(), make("p", { className: "keys" }, say("articles.keys")), text);
}

function legend() {
  const sample = (className, text) => make("span", { className: "mark sample " + className }, text);
  const box = make("input", { type: "checkbox", checked: showRefused, id: "show-refused", on: { change: (event) => { showRefused = event.target.checked; showArticles(); byId("show-refused")?.focus(); } } });
  return make("div", { className: "legend", role: "group", "aria-label": say("articles.legend") },
    ["count", "percent", "ratio", "amount"].map((kind) => sample(kind + " reported", say("kind." + kind))),
    ["target", "estimate", "criterion"].map((status) => sample("count " + status, say("status." + status))),
    make("label", {}, box, say("articles.refused")));
}

function openFigure(id) {
  const mark = [...document.querySelectorAll("#article .mark[data-figure]")].find((one) => one.spans.some((span) => span.id === id));
  if (!mark) return;
  mark.scrollIntoView({ block: "center" });
  openCard(mark, figureCards(mark.spans), true);
  mark.focus({ preventScroll: true });
}

function startArticles() {
  const form = byId("filters");
  const change = () => {
    for (const name of Object.keys(filters)) filters[name] = form.elements[name].value;
    showArticles({ article: readAddress().article });
  };
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(change));
}
