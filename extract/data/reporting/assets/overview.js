// The first screen: what the run came to.

const severities = ["inconsistent", "unattainable", "ceiling", "truncated", "half_even", "consistent", "not_testable"];

async function showOverview() {
  const { totals } = page.data;
  const sum = (rows) => rows.reduce((total, row) => total + row.at(-1), 0);
  const level = (name) => sum(totals.verdicts.filter((row) => row[1] === name));
  const tile = (key, value, className) => make("div", { className }, make("dt", {}, count(value, "overview." + key).replace(/^\S+ /, "")), make("dd", {}, number(value)));
  fill(byId("tiles"),
    tile("articles", totals.articles), tile("figures", totals.figures),
    tile("provinces", totals.provinces.filter(([code]) => /^\d\d$/.test(code)).length),
    tile("indicators", totals.indicators),
    tile("tested", sum(totals.verdicts.filter((row) => row[0] !== "not_testable"))),
    tile("alarms", level("alarm"), level("alarm") ? "alarm" : ""),
    tile("notices", level("notice"), level("notice") ? "notice-tile" : ""),
    tile("refused", sum(totals.reasons)),
    totals.errors ? tile("errors", totals.errors, "alarm") : null);
  fill(byId("unread"), totals.unread.length ? [make("h2", {}, say("overview.unread")), make("ul", {}, totals.unread.map((one) => make("li", {}, `${one.path}: ${one.error}`)))] : []);

  const statuses = ["reported", "estimate", "target", "criterion"];
  const shades = ["first", "second", "third", "fourth"].map((name) => colour("chart-" + name));
  const kinds = ["count", "percent", "ratio", "amount"].flatMap((kind) => statuses.map((status, rank) => ({
    name: say("kind." + kind), part: say("status." + status), rank,
    count: sum(totals.kinds.filter((row) => row[0] === kind && row[1] === status)),
  }))).filter((row) => row.count);
  await drawBars(byId("kinds"), kinds, say("overview.kinds"), statuses.map((status, at) => [say("status." + status), shades[at]]));

  const tones = { inconsistent: "alarm", unattainable: "alarm", ceiling: "notice", truncated: "notice", half_even: "good", consistent: "good", not_testable: "quiet" };
  const found = severities.map((verdict) => ({ name: say("verdict." + verdict), part: say("verdict." + verdict), rank: 0, count: sum(totals.verdicts.filter((row) => row[0] === verdict)) })).filter((row) => row.count);
  await drawBars(byId("verdicts"), found, say("overview.verdicts"), Object.assign(severities.map((verdict) => [say("verdict." + verdict), colour(tones[verdict])]), { silent: true }));

  const provinces = totals.provinces.slice(0, 12).map(([code, count]) => ({ name: code ? provinceName(code) : say("page.blank"), count }));
  await drawBars(byId("by-province"), provinces, say("overview.by_province"));
  await drawBars(byId("reasons"), totals.reasons.slice(0, 12).map(([reason, count]) => ({ name: say("reason." + reason), count })), say("overview.reasons"));
}
