"use strict";
// What every part of the page uses: words, numbers, elements, data and the state in the address.

const words = JSON.parse(document.getElementById("words").textContent);
const page = { language: "vi", theme: "auto", data: null };

function remember(name, value) {
  try {
    if (value === undefined) return localStorage.getItem("solieu." + name);
    localStorage.setItem("solieu." + name, value);
  } catch { /* a browser may forbid storage for files: the choice then lasts as long as the page */ }
  return null;
}

// The words for a name in the language shown; a value without words is shown as it is.
function say(key) {
  const pair = words[key];
  return pair ? pair[page.language === "vi" ? 0 : 1] : key.slice(key.indexOf(".") + 1);
}

// A number with its noun; English nouns may carry their plural after a bar.
function count(total, key) {
  const [one, more] = say(key).split("|");
  return `${number(total)} ${total === 1 || !more ? one : more}`;
}

// A decimal string in the language's format, exact however long it is.
function number(text, digits) {
  if (text === undefined || text === null || text === "") return "";
  const options = { maximumFractionDigits: 20 };
  if (digits) options.minimumFractionDigits = Number(digits);
  const format = new Intl.NumberFormat(page.language === "vi" ? "vi-VN" : "en-GB", options);
  return /^-?\d+(\.\d+)?$/.test(String(text)) ? format.format(text) : String(text);
}

// Makes an element; children that are no elements become text, so nothing from an article is ever markup.
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name in element && name !== "list" && name !== "role") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const byId = (id) => document.getElementById(id);

function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(Boolean));
}

function facts(pairs) {
  return pairs.filter(([, value]) => value !== "" && value !== undefined && value !== null)
    .flatMap(([key, value]) => [make("dt", {}, say(key)), make("dd", {}, value)]);
}

// Fills a select with [value, text] pairs and keeps its choice where that is still there.
function fillSelect(select, pairs, chosen = select.value) {
  fill(select, pairs.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function table(headings, rows) {
  return make("table", {},
    make("thead", {}, make("tr", {}, headings.map((one) => make("th", { scope: "col", className: one.number ? "number" : "" }, one.text)))),
    make("tbody", {}, rows));
}

// ---- the data of the page

async function unpack() {
  const bytes = Uint8Array.from(atob(byId("data").textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

// Puts the tables' rows together: every figure knows its id, article and checks.
function link(data) {
  data.figureOf = new Map();
  data.articleOf = new Map();
  for (const article of data.articles) {
    data.articleOf.set(article.article, article);
    for (const figure of article.figures) {
      figure.id = `${article.article}:${figure.start}`;
      figure.from = article;
      figure.sentence = article.sentences[figure.said];
      figure.checks = [];
      data.figureOf.set(figure.id, figure);
    }
  }
  for (const check of data.checks) {
    check.ids = check.figures.split("; ");
    for (const id of check.ids) data.figureOf.get(id)?.checks.push(check); // checks come worst first
  }
  return data;
}

const verdictOf = (figure) => (figure.checks.length ? figure.checks[0].verdict : "");

function toneOf(check) {
  if (check.level === "alarm" || check.level === "notice") return check.level;
  return check.verdict === "not_testable" ? "" : "good";
}

function badge(check) {
  return make("span", { className: "badge " + toneOf(check) }, say("verdict." + check.verdict));
}

function indicatorName(code, label) {
  const pair = page.data.indicators[code];
  return pair ? pair[page.language === "vi" ? 0 : 1] : label || code || "";
}

function provinceName(code, list = "63") {
  if (code === "VN") return say("map.country");
  return page.data.provinces[list][code] || code;
}

// A day, month or year of ISO 8601 as the language writes it; whatever else is shown as it is.
function dayName(text) {
  if (words["period." + text]) return say("period." + text);
  const [year, month, day] = text.split("-");
  if (!/^\d{4}-\d\d(-\d\d)?$/.test(text)) return text;
  if (page.language === "vi") return [day, month, year].filter(Boolean).join("/");
  const format = { year: "numeric", month: "short", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat("en-GB", format).format(new Date(Date.UTC(year, month - 1, day || 1)));
}

const periodName = (period) => (period || "").split("/").map(dayName).join("–");

// A decimal string with its mark moved to the left, exactly.
function shift(text, places) {
  const [whole, part = ""] = text.split(".");
  const digits = whole.padStart(places + 1, "0");
  return (digits.slice(0, -places) + "." + digits.slice(-places) + part).replace(/\.?0+$/, "");
}

// A figure's value as a reader says it: number, range or ratio, with its unit; much money in millions and billions.
function valueOf(figure) {
  const least = figure.low || figure.value;
  const money = /^(VND|USD)(?=$|\/)/.exec(figure.unit || "");
  const [name, places] = !money || least.length < 7 ? ["", 0] : least.split(".")[0].length > 9 ? ["billion", 9] : ["million", 6];
  const show = (text) => (places && /^\d+(\.\d+)?$/.test(text) ? number(shift(text, places)) : number(text, figure.kind === "percent" ? figure.decimals : 0));
  let text = show(least);
  if (figure.high) text += "–" + show(figure.high);
  if (figure.of) text += "/" + number(figure.of);
  if (name) text += " " + say("magnitude." + name);
  if (figure.unit) text += (figure.unit === "%" || figure.unit === "‰" ? "" : " ") + figure.unit.replace("VND", say("magnitude.VND"));
  return text;
}

// ---- the address says what is shown, so every view can be linked to

function readAddress() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

function addressOf(parameters) {
  return "#" + new URLSearchParams(parameters).toString();
}

function figureAddress(id) {
  const at = id.lastIndexOf(":");
  return addressOf({ view: "articles", article: id.slice(0, at), figure: id.slice(at + 1) });
}
