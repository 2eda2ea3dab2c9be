"""The report's pages: what stands in them, that nothing in them is markup, that bytes repeat."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_run import ARTICLES, HOSTILE, make_run

from extract.data.dataset import DatasetError, iter_table, load_table
from extract.data.report import write_report
from extract.data.reporting.embedding import embed_json, embed_packed, unpack
from extract.data.reporting.marked import marked_html
from extract.data.reporting.marks import Units, lay_marks
from extract.data.reporting.page import ASSETS, SCRIPTS
from extract.data.reporting.slices import iter_slices, plan_slices
from extract.data.reporting.words import load_words
from extract.data.tables import ARTICLES as TABLE
from extract.data.tables import TABLES
from extract.data.texts import NAME, encode_texts, iter_texts
from extract.patterns import Patterns
from extract.pipeline import find_figures
from extract.reading.articles import make_article

SAID = re.compile(
    r'say\("([^"]+)"|count\([^,]+, "([^"]+)"|\["((?:card|checks)\.\w+)"|\b(?:t|label)\("(\w+\.\w+)"|data-t="([\w.]+)"'
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def page(out: Path) -> str:
    (name,) = write_report(out)
    return (out / name).read_text(encoding="utf-8")


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/octet-stream" id="data">([^<]*)</script>', page)
    assert found
    return unpack(found[1])


def test_the_page_holds_exactly_the_rows_of_figures(out: Path, page: str) -> None:
    shown = {
        (f"{article['article']}:{figure['start']}", cut(article["text"], figure["at"]))
        for article in data_of(page)["articles"]
        for figure in article["figures"]
    }
    figures = load_table(out, "figures")
    assert shown == set(zip(figures["figure"], figures["text"], strict=True))
    assert len(shown) == len(figures) > 10


def test_every_article_and_refused_number_is_there(out: Path, page: str) -> None:
    articles = data_of(page)["articles"]
    assert [article["article"] for article in articles] == list(load_table(out, "articles")["article"])
    assert {article["article"]: article["text"] for article in articles if article["text"]} == dict(iter_texts(out))
    refused = [(article["article"], one["text"]) for article in articles for one in article["refused"]]
    table = load_table(out, "rejected")
    assert refused == list(zip(table["article"], table["text"], strict=True)) != []
    assert all(cut(article["text"], one["at"]) == one["text"] for article in articles for one in article["refused"])


def cut(text: str, at: list[int]) -> str:
    """What a browser cuts out of a string at these units."""
    return text.encode("utf-16-le", "surrogatepass")[2 * at[0] : 2 * at[1]].decode("utf-16-le", "surrogatepass")


def test_checks_come_worst_first(out: Path, page: str) -> None:
    checks = data_of(page)["checks"]
    assert checks[0]["verdict"] == "inconsistent"
    assert sorted(check["check"] for check in checks) == sorted(load_table(out, "checks")["check"])


def test_a_contradiction_keeps_both_values(page: str) -> None:
    cells = [cell for cell in data_of(page)["cells"]["63"] if cell.get("agreement") == "contradiction"]
    assert [sorted(value["value"] for value in cell["either"]) for cell in cells] == [["193", "195"]]


def test_the_totals_count_the_tables(out: Path, page: str) -> None:
    totals = data_of(page)["totals"]
    assert totals["figures"] == len(load_table(out, "figures"))
    assert sum(count for _, count in totals["reasons"]) == len(load_table(out, "rejected"))
    assert (totals["articles"], totals["errors"]) == (len(ARTICLES) + 1, 1)


def test_nothing_of_an_article_is_markup(page: str) -> None:
    assert "alert(1)" not in page
    assert "src=x" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "script-src 'sha256-" in policy[1]
    assert "unsafe-eval" not in policy[1]
    assert not re.search(r"https?://(?!www\.w3\.org|vega\.github\.io)", "".join(asset_texts()))


def asset_texts() -> list[str]:
    return [(ASSETS / name).read_text(encoding="utf-8") for name in (*SCRIPTS, "report.html.j2", "report.css")]


@pytest.mark.parametrize("word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch("])
def test_scripts_never_make_markup_of_text(word: str) -> None:
    assert word not in "".join(asset_texts())


def test_the_same_run_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    assert [(out / name).read_bytes() for name in write_report(out)] == [
        (copy / name).read_bytes() for name in write_report(copy)
    ]


def test_the_html_has_no_parse_error(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page)


def test_tidy_finds_no_error(out: Path, page: str) -> None:
    if not shutil.which("tidy"):
        pytest.skip("no tidy here: apt-get install tidy")
    command = ["tidy", "-errors", "-quiet", "-utf8", str(out / "report.html")]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_a_large_run_is_split_by_page(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    (copy / "report-9.html").write_text("of an earlier run", encoding="utf-8")
    names = write_report(copy, page_articles=3)
    assert names == ["report.html", "report-2.html", "report-3.html"]
    assert sorted(path.name for path in copy.glob("report*.html")) == sorted(names)
    pages = [copy / name for name in names]
    data = [data_of(path.read_text(encoding="utf-8")) for path in pages]
    shown = [article["article"] for one in data for article in one["articles"]]
    assert shown == list(load_table(out, "articles")["article"])
    assert ["totals" in one for one in data] == [True, False, False]
    known = {
        f"{article['article']}:{figure['start']}" for article in data[0]["articles"] for figure in article["figures"]
    }
    used = {id_ for cells in data[0]["cells"].values() for cell in cells for id_ in cell["figures"]}
    assert used <= known | set(data[0]["elsewhere"])
    for path in pages[1:]:
        assert path.stat().st_size < 200_000, "only the first page carries the charts"
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_checks_between_articles_that_stand_last_are_shown(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    checks = (copy / "checks.csv").read_text(encoding="utf-8").splitlines()
    (copy / "checks.csv").write_text("\n".join([checks[0], *checks[2:], checks[1]]) + "\n", encoding="utf-8")
    (shown,) = [checks for _, _, checks in iter_slices(copy, plan_slices(iter_table(copy, TABLE)))]
    assert len(shown) == len(checks) - 1


def test_rows_apart_from_their_article_are_told(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    lines = (copy / "figures.csv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    (copy / "figures.csv").write_text("\n".join([lines[0], *lines[2:], lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="stand apart from their article"):
        write_report(copy)


def test_a_page_stays_under_five_megabytes(out: Path, tmp_path: Path) -> None:
    """500 articles of 6,000 characters with 20 figures and 10 checks each, of random words: worse than any language."""
    big = tmp_path / "big"
    big.mkdir()
    rows = {table.name: load_table(out, table.name) for table in TABLES}
    words = "".join(
        chr(0x61 + (at * at * 31 + at // 7) % 26) + (" " if at % 5 == 0 else "") for at in range(6000 * 500)
    )
    texts = [(f"article-{at:03}", f"{words[at * 6000 : at * 6000 + 6000]}") for at in range(500)]
    article, figure, check = (rows[name].iloc[0] for name in ("articles", "figures", "checks"))
    write(big, "articles", [{**article, "article": name, "characters": "6000", "figures": "20"} for name, _ in texts])
    write(big, "figures", [
        {**figure, "article": name, "figure": f"{name}:{at * 300}", "start": str(at * 300), "end": str(at * 300 + 4),
         "text": text[at * 300 : at * 300 + 4], "sentence": text[at * 300 : at * 300 + 150]}
        for name, text in texts for at in range(20)
    ])  # fmt: skip
    write(big, "checks", [{**check, "article": name, "check": f"{name}:{at}"} for name, _ in texts for at in range(10)])
    write(big, "rejected", [])
    (big / NAME).write_bytes(encode_texts(texts))
    (name,) = write_report(big)
    assert (big / name).stat().st_size < 5_000_000


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    columns = next(table.columns for table in TABLES if table.name == name)
    lines = [",".join('"{}"'.format(str(row[column]).replace('"', '""')) for column in columns) for row in rows]
    (folder / f"{name}.csv").write_text("\n".join([",".join(columns), *lines]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("missing", ["articles.csv", NAME])
def test_a_folder_without_tables_or_texts_is_told_so(out: Path, tmp_path: Path, missing: str) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    for path in copy.glob(f"{missing.partition('.')[0]}.*"):
        path.unlink()
    with pytest.raises(DatasetError, match=missing):
        write_report(copy)


def test_every_word_the_page_says_is_known(patterns: Patterns) -> None:
    words = load_words(patterns)
    said = {next(filter(None, groups)) for text in asset_texts() for groups in SAID.findall(text)}
    assert {key for key in said if not key.endswith(".")} - set(words) == set()
    assert len(said) > 60


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_value_of_a_table_has_words(table: Any, patterns: Patterns) -> None:
    words = load_words(patterns)
    sections = {"place_level": "level", "level": "level_word"}
    spoken = {"kind", "bound", "change", "place_level", "place_rule", "status"}
    for field in table.fields:
        if field.name in spoken:
            assert [
                f"{sections.get(field.name, field.name)}.{value}"
                for value in field.values
                if f"{sections.get(field.name, field.name)}.{value}" not in words
            ] == []


@pytest.mark.parametrize("name", ["lookalikes.csv", "lookalike_shapes.csv"])
def test_every_reason_has_words(name: str, patterns: Patterns) -> None:
    words = load_words(patterns)
    columns = tuple(patterns.text(name).partition("\n")[0].split(","))
    reasons = {row["reason"] for row in patterns.rows(name, columns, key=columns, blank=columns)} - {"allow"}
    assert {reason for reason in reasons if f"reason.{reason}" not in words} == set()


def test_words_are_in_both_languages(patterns: Patterns) -> None:
    assert all(vietnamese and english for vietnamese, english in load_words(patterns).values())


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))), max_size=12)


@given(SPANS)
def test_marks_hold_every_span_once_and_never_overlap(spans: list[tuple[int, int]]) -> None:
    marks = lay_marks(spans)
    assert sorted(index for mark in marks for index in mark.spans) == list(range(len(spans)))
    assert all(one.end <= other.start for one, other in pairwise(marks))
    assert all(mark.start <= spans[index][0] and spans[index][1] <= mark.end for mark in marks for index in mark.spans)


@given(st.text(), st.integers(0, 50))
def test_units_count_as_browsers_do(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert Units(text)(offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_embedded_values_come_back_and_hold_no_markup(value: Any) -> None:
    embedded = str(embed_json(value))
    assert json.loads(embedded) == value
    assert not set("<>&\u2028\u2029") & set(embedded)
    assert unpack(embed_packed(value)) == value


def test_texts_come_back_from_members_put_together(tmp_path: Path) -> None:
    first, second = [("a", "12 xã\r\n\u2028"), ("b", "\ud800")], [("c", "")]
    (tmp_path / NAME).write_bytes(encode_texts(first) + encode_texts([]) + encode_texts(second))
    assert list(iter_texts(tmp_path)) == first + second


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_notebook_shows_the_text_with_its_figures(language: str, patterns: Patterns) -> None:
    article = make_article("text", "", ARTICLES[HOSTILE], patterns)
    figures = find_figures(article, patterns).figures
    html = marked_html(article.text, figures, patterns=patterns, language=language)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    assert [mark.text for mark in tree.iter("mark")] == [figure.text for figure in figures] != []
    (text,) = (div for div in tree.iter("div") if div.get("class") == "text")
    assert "".join(text.itertext()) == article.text
    assert not list(tree.iter("script")) + list(tree.iter("img"))
