// Provinces side by side: a row a province, a column a series and period; contradictions are marked.

const MOST_COLUMNS = 12;
let columnsOf = "";

// Columns of cells: of one indicator by period, of the shared ones each province's latest value.
function comparisonColumns(cells) {
  const key = (cell) => [cell.indicator, seriesKey(cell), columnsOf ? cell.period : ""].join("\n");
  const columns = new Map();
  for (const cell of cells) {
    if (columnsOf && cell.indicator !== columnsOf) continue;
    if (!columns.has(key(cell))) columns.set(key(cell), []);
    columns.get(key(cell)).push(cell);
  }
  const latest = [...columns.values()].map((column) => chosenCells(column, "latest"));
  const ranked = latest.filter((column) => placesOf(column)).sort((one, two) => placesOf(two) - placesOf(one));
  return ranked.slice(0, columnsOf ? 40 : MOST_COLUMNS);
}

function showCompare() {
  const form = byId("compare-choice");
  const cells = page.data.cells[choice.boundaries];
  const counts = distinct(cells, (cell) => cell.indicator).map(([code]) => [code, placesOf(cells.filter((cell) => cell.indicator === code))]);
  const named = counts.map(([code, count]) => [code, `${indicatorName(code)} (${number(count)})`]);
  if (!counts.some(([code]) => code === columnsOf)) columnsOf = "";
  fillSelect(form.elements.columns, [["", say("compare.shared")], ...named], columnsOf);
  fillSelect(form.elements.boundaries, [["63", say("map.old")], ["34", say("map.new")]], choice.boundaries);
  const columns = comparisonColumns(cells);
  const places = [...new Set(columns.flat().map((cell) => cell.province))].sort((one, two) => (one === "VN") - (two === "VN") || one.localeCompare(two));
  const contradictions = columns.flat().filter((cell) => cell.agreement === "contradiction").length;
  fill(byId("contradictions"), contradictions ? make("span", { className: "badge alarm" }, count(contradictions, "compare.contradictions")) : null);
  if (!columns.length) return fill(byId("comparison"), make("p", { className: "quiet" }, say("map.nothing")));
  const head = make("tr", {}, make("th", { scope: "col" }, say("map.province")), columns.map(([cell]) => make("th", { scope: "col", className: "number" },
    indicatorName(cell.indicator), make("small", {}, seriesName(cell)), columnsOf ? make("small", {}, periodName(cell.period)) : null)));
  const body = places.map((place) => make("tr", {}, make("th", { scope: "row" }, provinceName(place, choice.boundaries)), columns.map((column) => {
    const cell = column.find((one) => one.province === place);
    if (!cell) return make("td", { className: "number" });
    const conflict = cell.agreement === "contradiction";
    return make("td", { className: "number" + (conflict ? " contradiction" : "") }, cellButtons(cell), columnsOf ? null : make("span", { className: "period" }, periodName(cell.period)));
  })));
  return fill(byId("comparison"), make("table", {}, make("thead", {}, head), make("tbody", {}, body)));
}

function startCompare() {
  const form = byId("compare-choice");
  form.addEventListener("input", () => {
    columnsOf = form.elements.columns.value;
    choice.boundaries = form.elements.boundaries.value;
    showCompare();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
