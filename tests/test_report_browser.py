"""The report in a real browser: filters, cards, map, languages, themes, accessibility, hostile text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import html5lib
import pytest
from sample_run import ARTICLES, HOSTILE, make_run

from extract.data.dataset import load_table
from extract.data.report import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not find_spec("playwright") or not find_spec("axe_playwright_python"):
    pytest.skip("no playwright here: pip install playwright axe-playwright-python", allow_module_level=True)
if not CHROMIUM:
    pytest.skip("no browser here: apt-get install chromium", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, Dialog, Page, sync_playwright  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
VIEWS = ("overview", "map", "articles", "checks", "compare")
SERIOUS = ("serious", "critical")
FIGURES = """[...document.querySelectorAll('#article .text .mark')].flatMap(
  (mark) => mark.spans.filter((span) => span.kind).map((span) => [span.id, mark.textContent]))"""
CHOSEN = "(href) => document.querySelector('#article-list [aria-current]')?.getAttribute('href') === href"
COLOURS = "[...document.querySelectorAll('#map-chart path')].map((one) => one.getAttribute('fill'))"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_run(tmp_path_factory.mktemp("browser"))
    write_report(folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Report:
    """An open report, and what went wrong in it."""

    def __init__(self, browser: Browser, path: Path, **context: Any) -> None:
        self.context = browser.new_context(**{"locale": "vi-VN", "viewport": {"width": 1280, "height": 900}, **context})
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on(
            "console", lambda told: self.errors.append(told.text) if told.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self.refuse)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.path = path

    def refuse(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def open(self, view: str, address: str = "") -> Page:
        self.page.goto(f"{self.path.as_uri()}#view={view}{address}")
        self.page.reload()
        self.page.wait_for_selector(f"body[data-ready={view}]")
        return self.page


@pytest.fixture
def report(browser: Browser, out: Path) -> Iterator[Report]:
    report = Report(browser, out / "report.html")
    yield report
    report.context.close()
    assert report.errors == []
    assert [url for url in report.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_without_error_and_is_valid(report: Report, view: str) -> None:
    page = report.open(view)
    assert page.locator("section:visible h1").count() == 1
    html5lib.HTMLParser(strict=True).parse("<!DOCTYPE html>" + page.evaluate("document.documentElement.outerHTML"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(browser: Browser, out: Path, view: str, scheme: str) -> None:
    report = Report(browser, out / "report.html", color_scheme=scheme, bypass_csp=True)
    page = report.open(view)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    if view == "articles":
        page.locator("#article .text .mark").first.click()
    found = Axe().run(page).response["violations"]
    report.context.close()
    assert [
        (one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found if one["impact"] in SERIOUS
    ] == []


def test_the_article_view_shows_exactly_the_rows_of_figures(report: Report, out: Path) -> None:
    page = report.open("articles")
    shown = []
    for link in page.locator("#article-list a").all():
        link.click()
        page.wait_for_function(CHOSEN, arg=link.get_attribute("href"))
        shown += page.evaluate(FIGURES)
    figures = load_table(out, "figures")
    assert sorted(map(tuple, shown)) == sorted(zip(figures["figure"], figures["text"], strict=True))


def test_markup_in_an_article_is_shown_as_text(report: Report) -> None:
    page = report.open("articles", f"&article={HOSTILE}")
    assert page.locator("#article .text").text_content() == ARTICLES[HOSTILE]
    assert page.locator("#article script, #article img, #article b").count() == 0
    assert page.locator("body > script").count() == 4


@pytest.mark.parametrize(
    ("name", "value", "column"),
    [("province", "02", "province"), ("status", "target", "status"), ("kind", "amount", "kind")],
)
def test_a_filter_changes_what_is_shown(report: Report, out: Path, name: str, value: str, column: str) -> None:
    page = report.open("articles")
    before = page.locator("#article-list li").count()
    page.select_option(f"#filters [name={name}]", value)
    figures = load_table(out, "figures")
    kept = figures[figures[column] == value]
    assert page.locator("#article-list li").count() == kept["article"].nunique() < before
    assert page.locator("#matching").text_content() == f"{len(kept)} số liệu khớp, {kept['article'].nunique()} bài"
    page.click("#filters [type=reset]")
    page.wait_for_function("(count) => document.querySelectorAll('#article-list li').length === count", arg=before)


def test_search_and_verdict_filter(report: Report, out: Path) -> None:
    page = report.open("articles")
    page.fill("#filters [name=search]", "sắp xếp")
    assert page.locator("#article-list li").count() == 1
    page.fill("#filters [name=search]", "")
    page.select_option("#filters [name=verdict]", "inconsistent")
    checks = load_table(out, "checks")
    ids = {id_ for cell in checks[checks["verdict"] == "inconsistent"]["figures"] for id_ in cell.split("; ")}
    assert page.locator("#article-list li").count() == len({id_.rpartition(":")[0] for id_ in ids}) >= 1
    assert page.locator("#article .text .mark.alarmed:not(.off)").count() >= 1


def test_a_mark_opens_its_card_by_pointer_and_by_keyboard(report: Report) -> None:
    page = report.open("articles", "&article=son-la/muc-tieu")
    card, mark = page.locator("#card"), page.locator("#article .text .mark.amount")
    mark.hover()
    assert "4.200,5 tỷ đồng" in (card.text_content() or "")
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")
    mark.click()
    for word in ("Sơn La", "2021", "thu ngân sách", "numeral"):
        assert word.lower() in (card.text_content() or "").lower()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    mark.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#card') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('amount')")
    page.keyboard.press("ArrowLeft")
    assert "amount" not in page.evaluate("document.activeElement.className").split()


def test_a_link_to_a_figure_opens_it(report: Report, out: Path) -> None:
    row = load_table(out, "figures").iloc[0]
    page = report.open("articles", f"&article={row['article']}&figure={row['start']}")
    assert page.locator(".mark.open").text_content() == row["text"]


def test_the_map_changes_with_indicator_and_boundaries(report: Report) -> None:
    page = report.open("map")
    options = page.eval_on_selector_all("#map-choice [name=indicator] option", "(all) => all.map((one) => one.value)")
    seen = set()
    for value in options[:3]:
        page.select_option("#map-choice [name=indicator]", value)
        page.wait_for_timeout(300)
        seen.add(tuple(page.evaluate(COLOURS)))
    assert len(seen) == len(options[:3]) > 1
    assert len(set(page.evaluate(COLOURS))) > 1
    assert page.locator("#map-chart svg g.mark-shape").first.locator("path").count() == 63
    page.select_option("#map-choice [name=boundaries]", "34")
    page.wait_for_timeout(300)
    assert page.locator("#map-chart svg g.mark-shape").first.locator("path").count() == 34


def test_the_map_has_the_same_values_as_its_table(report: Report) -> None:
    page = report.open("map")
    page.select_option("#map-choice [name=indicator]", "poverty.rate")
    page.wait_for_timeout(300)
    rows = page.locator("#map-table tbody tr").all_text_contents()
    assert [re.sub(r"\s+", " ", row) for row in rows] == [
        "Sơn La21,25%20211",
        "Hà Giang18,5%20211",
        "Tuyên Quang7,25%20221",
    ]
    assert page.locator("#trend svg").count() == 1
    page.locator("#map-table button").first.click()
    assert "tỷ lệ hộ nghèo của tỉnh Sơn La là 21,25%" in (page.locator("#card").text_content() or "")


def test_checks_are_worst_first_with_arithmetic_and_repair(report: Report) -> None:
    page = report.open("checks")
    first = page.locator("#check-list > li").first
    text = first.text_content() or ""
    assert "không khớp" in text
    assert "27,6865%" in text
    assert "Gợi ý sửa" in text
    assert first.locator(".mark").count() >= 2
    loose = page.locator("#check-list > li", has_text="Lai Châu").first
    assert loose.locator(".mark").all_text_contents() == ["1.200", "300", "26%"], "letters that are not composed"
    every = page.locator("#check-list > li").count()
    page.select_option("#check-filters [name=verdict]", "not_testable")
    assert page.locator("#check-list > li").count() not in (0, every)


def test_a_contradiction_is_marked_in_the_comparison(report: Report) -> None:
    page = report.open("compare")
    cell = page.locator("td.contradiction")
    assert cell.count() == 1
    assert re.search("193 ≠ 195|195 ≠ 193", cell.text_content() or "")
    cell.locator("button").click()
    assert page.locator("#card .statement").count() == 2


def test_language_changes_words_and_number_formats(report: Report) -> None:
    page = report.open("articles", "&article=son-la/muc-tieu")
    assert page.locator("h1:visible").text_content() == "Bài viết và số liệu trong bài"
    page.click("[data-language=en]")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.locator("h1:visible").text_content() == "Articles and their figures"
    page.locator("#article .text .mark.amount").click()
    assert "4,200.5 billion VND" in (page.locator("#card").text_content() or "")
    assert "·" not in (page.locator("nav.tabs").text_content() or "")
    page.reload()
    page.wait_for_selector("body[data-ready=articles]")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_theme_follows_the_machine_and_the_switch(browser: Browser, out: Path) -> None:
    report = Report(browser, out / "report.html", color_scheme="dark")
    page = report.open("overview")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-theme-choice=light]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    report.context.close()
    assert report.errors == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, out: Path, view: str) -> None:
    report = Report(
        browser, out / "report.html", viewport={"width": 360, "height": 760}, is_mobile=True, has_touch=True
    )
    page = report.open(view)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    report.context.close()
    assert report.errors == []


def test_a_later_page_of_a_split_run_opens(browser: Browser, out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    _, second, _ = write_report(copy, page_articles=3)
    report = Report(browser, copy / second)
    page = report.open("articles")
    assert page.locator("#article-list li").count() == 3
    assert page.locator("nav.pages a").count() == 3
    report.context.close()
    assert report.errors == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_run_without_any_figure_opens(browser: Browser, tmp_path: Path, view: str) -> None:
    write_report(make_run(tmp_path, {}))
    report = Report(browser, tmp_path / "out" / "report.html")
    report.open(view)
    report.context.close()
    assert report.errors == []
