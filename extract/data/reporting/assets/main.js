// Starts the page: language, theme, the view that the address names.

const views = { overview: showOverview, map: showMap, articles: showArticles, checks: showChecks, compare: showCompare };
const dark = matchMedia("(prefers-color-scheme: dark)");

function speak() {
  document.documentElement.lang = page.language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-aria-label]")) element.setAttribute("aria-label", say(element.dataset.tAriaLabel));
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === page.language));
  document.title = `${say("page.title")} · solieu`;
}

function paint() {
  const shown = page.theme === "auto" ? (dark.matches ? "dark" : "light") : page.theme;
  document.documentElement.dataset.theme = shown;
  for (const button of document.querySelectorAll("[data-theme-choice]")) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === page.theme));
}

// Draws the view of the address; an earlier drawing still under way is overtaken, not mixed in.
let drawing = Promise.resolve();
function show() {
  drawing = drawing.then(draw);
  return drawing;
}

async function draw() {
  const sections = [...document.querySelectorAll("[data-section]")];
  const address = readAddress();
  const wanted = sections.some((section) => section.id === address.view) ? address.view : sections[0].id;
  closeCard();
  for (const section of sections) section.hidden = section.id !== wanted;
  for (const tab of document.querySelectorAll("[data-view]")) {
    if (tab.dataset.view === wanted) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  await views[wanted]();
  document.body.dataset.ready = wanted;
}

async function start() {
  const spoken = remember("language") || (navigator.language || "").slice(0, 2);
  page.language = spoken === "en" ? "en" : "vi";
  page.theme = remember("theme") || "auto";
  paint();
  speak();
  byId("state").hidden = false;
  try {
    page.data = link(await unpack());
  } catch (error) {
    byId("state").textContent = say("page.broken");
    throw error;
  }
  byId("state").hidden = true;
  for (const begin of [startArticles, startChecks, ...(page.data.totals ? [startMap, startCompare] : [])]) begin();
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => { page.language = button.dataset.language; remember("language", page.language); speak(); show(); });
  }
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.addEventListener("click", () => { page.theme = button.dataset.themeChoice; remember("theme", page.theme); paint(); show(); });
  }
  dark.addEventListener("change", () => { paint(); show(); });
  addEventListener("hashchange", show);
  let width = innerWidth;
  let timer = 0;
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(() => { if (innerWidth !== width) { width = innerWidth; show(); } }, 200); });
  await show();
}

start();
