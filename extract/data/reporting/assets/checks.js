// Checks, worst first, each with its sentence and its arithmetic.

const STEP = 50;
const checkFilters = { verdict: "tested", type: "", province: "" };
let checksShown = STEP;

function provinceOfCheck(check) {
  return page.data.figureOf.get(check.ids[0])?.province || "-";
}

function fillCheckFilters() {
  const form = byId("check-filters");
  const { checks } = page.data;
  const counted = (get, name) => {
    const counts = new Map();
    for (const check of checks) counts.set(get(check), (counts.get(get(check)) || 0) + 1);
    return [...counts].map(([value, count]) => [value, `${name(value)} (${number(count)})`]);
  };
  const tested = checks.filter((check) => check.verdict !== "not_testable").length;
  const verdicts = counted((one) => one.verdict, (verdict) => say("verdict." + verdict)).sort((one, two) => severities.indexOf(one[0]) - severities.indexOf(two[0]));
  fillSelect(form.elements.verdict, [["tested", `${say("checks.tested")} (${number(tested)})`], ["", `${say("page.all")} (${number(checks.length)})`], ...verdicts], checkFilters.verdict);
  fillSelect(form.elements.type, [["", say("page.all")], ...counted((one) => one.type, (type) => say("type." + type))], checkFilters.type);
  const provinces = counted(provinceOfCheck, (code) => (code === "-" ? say("page.blank") : provinceName(code)));
  fillSelect(form.elements.province, [["", say("page.all")], ...provinces.sort((one, two) => one[1].localeCompare(two[1], page.language))], checkFilters.province);
}

function showChecks() {
  fillCheckFilters();
  const { verdict, type, province } = checkFilters;
  const rows = page.data.checks.filter((check) =>
    (!verdict || (verdict === "tested" ? check.verdict !== "not_testable" : check.verdict === verdict))
    && (!type || check.type === type) && (!province || provinceOfCheck(check) === province));
  fill(byId("checks-shown"), count(rows.length, "checks.shown"));
  fill(byId("check-list"), rows.length ? rows.slice(0, checksShown).map(checkItem) : make("li", {}, say("page.none")));
  byId("more-checks").hidden = rows.length <= checksShown;
}

function checkItem(check) {
  const figures = check.ids.map((id) => page.data.figureOf.get(id)).filter(Boolean);
  const printed = figures.find((figure) => figure.value === check.reported) || figures[0];
  const unit = printed?.kind === "percent" ? "%" : "";
  const range = check.low && check.low !== check.high ? `${number(check.low)}${unit} – ${number(check.high)}${unit}` : "";
  const article = page.data.articleOf.get(check.article);
  const open = check.culprit || check.ids[0];
  return make("li", { className: toneOf(check) },
    make("p", { className: "check-head" }, badge(check), make("span", {}, say("type." + check.type)),
      make("a", { href: figureAddress(open), title: say("checks.open") }, article ? titleOf(article) : check.article)),
    make("p", { className: "arithmetic" }, message(check)),
    sentencesOf(figures, check).map((nodes) => make("p", { className: "said", lang: "vi" }, nodes)),
    make("dl", { className: "facts" }, [
      ["checks.reported", check.expected && number(check.reported) + unit],
      ["checks.expected", check.expected && number(check.expected) + unit],
      ["checks.range", range],
      ["checks.rounding", (check.rounding || "").split("; ").filter(Boolean).map((one) => say("rounding." + one)).join(", ")],
      ["checks.power", check.power && number(check.power)],
      ["checks.repair", repairs(check)],
    ].filter(([, value]) => value).map(([key, value]) => make("div", {}, facts([[key, value]])))));
}

// Each sentence once, the check's figures marked in it, the one to repair outlined.
function sentencesOf(figures, check) {
  const told = new Set();
  return figures.flatMap((figure) => {
    const key = figure.from.article + "\n" + figure.said;
    if (told.has(key)) return [];
    told.add(key);
    const nodes = markSentence(figure, (one) => check.ids.includes(one.id));
    for (const node of nodes) if (check.culprit && node.dataset?.figure === check.culprit) node.classList.add("culprit");
    return [nodes];
  });
}

function repairs(check) {
  return (check.repair || "").split("; ").filter(Boolean).map((one) => {
    const [, name, from, to] = one.match(/^(\S+) (\S+) -> (\S+)$/) || [];
    return name ? `${number(from)} → ${number(to)} (${say("repair." + name)})` : one;
  }).join("; ");
}

function startChecks() {
  const form = byId("check-filters");
  form.addEventListener("input", () => {
    for (const name of Object.keys(checkFilters)) checkFilters[name] = form.elements[name].value;
    checksShown = STEP;
    showChecks();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("more-checks").addEventListener("click", () => { checksShown += STEP; showChecks(); });
}
