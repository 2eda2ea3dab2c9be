// The map: one indicator, breakdown and period over the provinces of one list, with the same values as a table.

const choice = { indicator: "", series: "", period: "latest", boundaries: "63" };

const seriesKey = (cell) => [cell.breakdown, cell.measure, cell.unit, cell.whole, cell.status].map((part) => part || "").join("|");

// What a cell shows: its value, an interval, or the values that contradict each other.
function cellText(cell) {
  if (cell.either) return cell.either.map((value) => valueOf({ ...value, kind: cell.measure, unit: cell.unit ? value.unit : "" })).join(cell.agreement === "contradiction" ? " ≠ " : " | ");
  return cell.numbers.value || cell.numbers.low ? valueOf({ ...cell.numbers, kind: cell.measure, unit: cell.unit }) : "–";
}

// The number a cell is drawn with; an interval by its middle; none where the values contradict each other.
function cellNumber(cell) {
  const { value, low, high, of } = cell.numbers;
  const least = Number(value ?? low ?? NaN);
  const middle = high ? (least + Number(high)) / 2 : least;
  return of ? (middle / Number(of)) * 100 : middle;
}

function seriesName(cell) {
  const [whole, ...part] = (cell.whole || "").split("; ");
  const share = whole ? `${say("map.share")} ${[indicatorName(whole), ...part].join(", ")}` : "";
  const unit = cell.unit ? cell.unit.replace("VND", say("magnitude.VND")) : say("kind." + cell.measure);
  return [cell.breakdown || say("map.total"), unit, share, cell.status && say("status." + cell.status)].filter(Boolean).join(", ");
}

// The distinct values of `get` over cells, in the cells' order (the series that most provinces share come first).
function distinct(cells, get) {
  return [...new Map(cells.map((cell) => [get(cell), cell]))];
}

const placesOf = (cells) => new Set(cells.map((cell) => cell.province).filter((code) => code !== "VN")).size;

function fillMapChoice() {
  const form = byId("map-choice");
  const cells = page.data.cells[choice.boundaries];
  const codes = distinct(cells, (cell) => cell.indicator).map(([code]) => code);
  if (!codes.includes(choice.indicator)) choice.indicator = codes[0] || "";
  const counts = new Map(codes.map((code) => [code, placesOf(cells.filter((cell) => cell.indicator === code))]));
  const named = codes.filter((code) => counts.get(code)).map((code) => [code, `${indicatorName(code)} (${number(counts.get(code))})`]);
  fillSelect(form.elements.indicator, named, choice.indicator);
  const ofIndicator = cells.filter((cell) => cell.indicator === choice.indicator);
  const series = distinct(ofIndicator, seriesKey).map(([key, cell]) => [key, seriesName(cell)]);
  if (!series.some(([key]) => key === choice.series)) choice.series = series[0]?.[0] || "";
  fillSelect(form.elements.series, series, choice.series);
  const ofSeries = ofIndicator.filter((cell) => seriesKey(cell) === choice.series);
  const periods = [...new Set(ofSeries.map((cell) => cell.period))].sort().reverse();
  if (!periods.includes(choice.period)) choice.period = "latest";
  fillSelect(form.elements.period, [["latest", say("map.latest")], ...periods.map((period) => [period, periodName(period)])], choice.period);
  fillSelect(form.elements.boundaries, [["63", say("map.old")], ["34", say("map.new")]], choice.boundaries);
  return ofSeries;
}

// One cell a province: the chosen period's, or the one whose period ends last.
function chosenCells(cells, period = choice.period) {
  const kept = new Map();
  for (const cell of cells) {
    if (period !== "latest" && cell.period !== period) continue;
    const other = kept.get(cell.province);
    if (!other || (cell.period_end || "") > (other.period_end || "")) kept.set(cell.province, cell);
  }
  const size = (cell) => (Number.isFinite(cellNumber(cell)) ? cellNumber(cell) : -Infinity);
  return [...kept.values()].sort((one, two) => size(two) - size(one) || one.province.localeCompare(two.province));
}

async function showMap() {
  const cells = fillMapChoice();
  const rows = chosenCells(cells);
  mapTable(rows);
  await drawMap(rows);
  await drawTrend(cells);
}

function mapTable(rows) {
  const body = rows.map((cell) => make("tr", { "data-province": cell.province },
    make("th", { scope: "row" }, provinceName(cell.province, choice.boundaries)),
    make("td", { className: "number" + (cell.agreement === "contradiction" ? " contradiction" : "") }, cellButtons(cell)),
    make("td", {}, periodName(cell.period)),
    make("td", { className: "number" }, number(new Set(cell.figures.map((id) => id.slice(0, id.lastIndexOf(":")))).size))));
  fill(byId("map-table"), rows.length
    ? table([{ text: say("map.province") }, { text: say("map.value"), number: true }, { text: say("map.period") }, { text: say("map.sources"), number: true }], body)
    : make("p", { className: "quiet" }, say("map.nothing")));
}

// A cell as a button that opens its sentences, and how its value came about where it was not simply read.
function cellButtons(cell) {
  const open = (event) => {
    openCard(event.currentTarget, statements(cell), true);
    byId("card").querySelector(".close").focus();
  };
  const state = ["contradiction", "undated", "several", "update"].includes(cell.agreement) ? "agreement." + cell.agreement : cell.basis ? "basis." + cell.basis : "";
  return [make("button", { type: "button", className: "link", "aria-haspopup": "dialog", on: { click: open } }, cellText(cell)),
    state ? make("span", { className: "period" }, say(state)) : null];
}

function statements(cell) {
  const told = new Set();
  return [make("h3", {}, `${provinceName(cell.province, choice.boundaries)}, ${periodName(cell.period)}: ${cellText(cell)}`),
    make("p", { className: "quiet" }, `${indicatorName(cell.indicator)} · ${seriesName(cell)}`),
    cell.basis && cell.note ? make("p", { className: "quiet" }, cell.note) : null,
    ...[...cell.figures, ...(cell.older || [])].map((id) => {
      const figure = page.data.figureOf.get(id);
      const far = page.data.elsewhere[id];
      if (!figure && !far) return null;
      const article = id.slice(0, id.lastIndexOf(":"));
      if (told.has(article + (figure || far).sentence)) return null;
      told.add(article + (figure || far).sentence);
      const address = figure ? figureAddress(id) : page.data.pages[far.page - 1][0] + figureAddress(id);
      return make("p", { className: "statement", lang: "vi" }, (figure || far).sentence, " ",
        make("a", { href: address }, figure ? titleOf(figure.from) : article));
    })];
}

async function drawMap(rows) {
  const values = rows.filter((cell) => cell.province !== "VN").map((cell) => ({
    code: cell.province, number: cellNumber(cell), shown: cellText(cell),
  }));
  const names = Object.entries(page.data.provinces[choice.boundaries]);
  const look = [{ lookup: "id", from: { data: { values: names.map(([code, name]) => ({ code, name })) }, key: "code", fields: ["name"] } },
    { lookup: "id", from: { data: { values }, key: "code", fields: ["number", "shown"] }, default: null },
    { calculate: `datum.name + ': ' + (datum.shown || '${say("map.no_data").replaceAll("'", "’")}')`, as: "tip" }];
  const numbers = values.map((one) => one.number).filter(Number.isFinite);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const paint = {
    field: "number", type: "quantitative", title: null,
    scale: { range: [colour("map-low"), colour("map-high")], domain: least === most ? [0, most || 1] : [least, most], interpolate: "lab" },
    legend: numbers.length ? { orient: "none", legendX: 14, legendY: 520, gradientLength: 120, gradientThickness: 9, tickCount: 3, format: ",~f", direction: "horizontal" } : null,
  };
  const valued = [...look, { filter: "isValid(datum.number)" }];
  const land = { data: { values: page.data.map, format: { type: "topojson", feature: choice.boundaries } } };
  // The two archipelagos lie far out: they are drawn nearer, as maps of the country do in an inset.
  const islands = { data: { values: [{ id: "48", label: "Hoàng Sa", lon: 110.55, lat: 16.2 }, { id: "56", label: "Trường Sa", lon: 110.95, lat: 10.2 }] } };
  const area = { type: "geoshape", stroke: colour("panel"), strokeWidth: 0.7 };
  const dot = { type: "point", shape: "diamond", filled: true, size: 70, opacity: 1, stroke: colour("quiet"), strokeWidth: 0.6 };
  const at = { longitude: { field: "lon", type: "quantitative" }, latitude: { field: "lat", type: "quantitative" } };
  const none = { value: colour("map-none") };
  const tip = { field: "tip" };
  const spec = {
    width: Math.max(240, Math.min(430, byId("map-chart").clientWidth)),
    height: 570,
    projection: { type: "mercator" },
    layer: [
      { ...land, transform: look, mark: area, encoding: { color: none, tooltip: tip } },
      { ...land, transform: valued, mark: area, encoding: { color: paint, tooltip: tip } },
      { ...islands, transform: look, mark: dot, encoding: { ...at, color: none, tooltip: tip } },
      { ...islands, transform: valued, mark: dot, encoding: { ...at, color: paint, tooltip: tip } },
      { ...islands, mark: { type: "text", dy: 15, fontSize: 11, color: colour("quiet") }, encoding: { ...at, text: { field: "label" } } },
    ],
  };
  const view = await drawChart(byId("map-chart"), spec, say("map.description"));
  view.addEventListener("click", (_event, item) => chooseProvince(item?.datum?.id));
}

function chooseProvince(code) {
  for (const row of document.querySelectorAll("#map-table tr")) row.classList.toggle("chosen", row.dataset.province === code);
  document.querySelector("#map-table tr.chosen")?.scrollIntoView({ block: "nearest" });
}

async function drawTrend(cells) {
  const year = (period) => period.split("/").at(-1).slice(0, 10);
  const dated = cells.filter((cell) => /^\d{4}/.test(year(cell.period)) && Number.isFinite(cellNumber(cell)));
  const points = dated.map((cell) => ({
    place: provinceName(cell.province, choice.boundaries), when: year(cell.period), number: cellNumber(cell),
    tip: `${provinceName(cell.province, choice.boundaries)}, ${periodName(cell.period)}: ${cellText(cell)}`,
  }));
  const often = new Set(points.filter((point) => points.some((other) => other.place === point.place && other.when !== point.when)).map((point) => point.place));
  const shown = points.filter((point) => often.has(point.place));
  byId("trend-panel").hidden = !often.size;
  if (!often.size) return;
  const order = [...new Set(shown.map((point) => point.when))].sort();
  await drawChart(byId("trend"), {
    width: Math.max(160, byId("trend").clientWidth - 180), height: 210,
    data: { values: shown },
    mark: { type: "line", point: { filled: true, size: 50 }, strokeWidth: 2 },
    encoding: {
      x: { field: "when", type: "ordinal", sort: order, title: null, axis: { labelAngle: 0 } },
      y: { field: "number", type: "quantitative", title: null, scale: { zero: false }, axis: { tickCount: 5, format: ",~f", domain: false, ticks: false } },
      color: { field: "place", type: "nominal", title: null, scale: { scheme: "tableau10" }, legend: { symbolLimit: 12 } },
      tooltip: { field: "tip" },
    },
  }, say("map.trend_description"));
}

function startMap() {
  const form = byId("map-choice");
  form.addEventListener("input", (event) => {
    choice[event.target.name] = event.target.value;
    showMap();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
