// Charts by Vega-Lite, in the page's colours; its expressions are interpreted, so the page needs no eval.

const formats = {
  vi: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] },
  en: { decimal: ".", thousands: ",", grouping: [3], currency: ["", ""] },
};

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

function chartConfig() {
  const [ink, quiet, line] = ["ink", "quiet", "line"].map(colour);
  return {
    background: null,
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    mark: { invalid: "show", aria: false }, // a table beside each chart says the same in words
    axis: { aria: false, labelColor: quiet, titleColor: quiet, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400, labelLimit: 190 },
    legend: { aria: false, labelColor: ink, titleColor: quiet, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400, labelLimit: 200 },
    text: { color: ink },
  };
}

// Draws a chart into an element in place of an older one; returns its view.
async function drawChart(element, spec, description) {
  element.view?.finalize();
  const compiled = charts.compile({ ...spec, description }, { config: chartConfig() }).spec;
  const view = new charts.View(charts.parse(compiled, undefined, { ast: true }), {
    expr: charts.expressionInterpreter,
    renderer: "svg",
    hover: true,
    locale: { number: formats[page.language] },
  });
  view.tooltip(showTip);
  element.view = view;
  element.replaceChildren();
  await view.initialize(element).runAsync();
  return view;
}

let tip = null;
function showTip(_handler, event, _item, value) {
  tip?.remove();
  tip = null;
  if (!value) return;
  const text = typeof value === "object" ? Object.values(value).join("\n") : String(value);
  tip = make("div", { className: "tip" }, text);
  document.body.append(tip);
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(event.clientX + 12, innerWidth - box.width - 6)) + "px";
  tip.style.top = Math.max(4, event.clientY - box.height - 10) + "px";
}

// Bars, a row a name: rows of {name, count, part?}; `parts` gives the colours of the parts of a bar.
async function drawBars(element, rows, description, parts) {
  const labels = rows.map((row) => row.name).filter((name, at, all) => all.indexOf(name) === at);
  const chart = make("div", {});
  fill(element, chart, barTable(rows));
  const longest = Math.max(...labels.map((label) => label.length), 4);
  const room = Math.min(190, longest * 7 + 14);
  const spec = {
    width: Math.max(120, element.clientWidth - room - 30),
    height: { step: 26 },
    data: { values: rows.map((row) => ({ ...row, tip: `${row.name}${row.part ? ", " + row.part : ""}: ${number(row.count)}` })) },
    mark: { type: "bar", cornerRadiusEnd: 2, height: { band: 0.72 } },
    encoding: {
      y: { field: "name", type: "nominal", sort: labels, title: null, axis: { ticks: false, domain: false, labelPadding: 8 } },
      x: { field: "count", type: "quantitative", title: null, axis: { tickCount: 4, format: ",d", domain: false, ticks: false }, scale: { nice: true } },
      tooltip: { field: "tip" },
      ...(parts
        ? {
            color: { field: "part", type: "nominal", title: null, scale: { domain: parts.map((one) => one[0]), range: parts.map((one) => one[1]) }, legend: parts.length > 1 && !parts.silent ? { orient: "bottom", symbolType: "square", columns: element.clientWidth < 420 ? 2 : 4 } : null },
            order: { field: "rank", type: "quantitative" },
          }
        : { color: { value: colour("accent") } }),
    },
  };
  await drawChart(chart, spec, description);
}

function barTable(rows) {
  const body = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.part && row.part !== row.name ? `${row.name}, ${row.part}` : row.name), make("td", { className: "number" }, number(row.count))));
  return make("details", { className: "as-table" }, make("summary", {}, say("page.table")), table([{ text: "" }, { text: say("overview.count"), number: true }], body));
}
