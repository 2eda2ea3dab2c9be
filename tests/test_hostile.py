"""Input that means harm: no pattern takes more than linear time, no input raises, no file stops a run."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import extract
from extract import batch
from extract.data.checks import check_figures
from extract.data.dataset import load_table
from extract.patterns import PatternError, Patterns
from extract.pipeline import find_figures
from extract.reading.articles import make_article
from extract.reading.sentences import LONGEST, find_sentences
from extract.reading.view import make_view
from extract.records import Figure, Rejected, Term
from extract.running.limits import time_limit
from extract.running.work import prepare

LENGTH = 100_000
LONG_AGO = 20  # seconds: what is linear takes a hundredth, what is quadratic many times that
REPEATED = (
    *(" ", "a", "1", "1.", "1,", "1-", "1/", "a ", "(", "()", "\n", ".", "-", "\u2026", "1 1 ", "a.", "a-", "A", "I"),
    *("e\u0302\u0301\u0323", "\u0301", "<a ", "<", "&amp;", "a@", "http://a.", "www.a.vn/", "\ud800", "\0", "\u200b"),
    *(
        "\t",
        "\xa0",
        "“",
        "”",
        "đ",
        "1đ",
        "1.000",
        "11.111,1 ",
        "a\n",
        "1\n",
        "01/01/2021 10:00\n",
        "năm ",
        "số ",
        "1% ",
    ),
    *(
        "ngày 1/1/2021 - ",
        "tỉnh ",
        "Hà Giang ",
        "xã A, ",
        "huyện A xã B thôn C ",
        "từ 1 đến 2 ",
        "năm 2021 ",
        "so với năm ",
    ),
    *(
        "nhiệm kỳ 2020 - 2025, ",
        "tăng 1 ",
        "trong đó có 1 người, ",
        "chiếm 1% ",
        "1/2 ",
        "một hai ba ",
        "mươi ",
        "1 triệu ",
    ),
    *(
        "quý I/2021, ",
        "1 xã, ",
        "1 xã.\n",
        "TỈNH HÀ GIANG\n",
        "(1%) ",
        "1 người (1%), ",
        "1 x 1 ",
        "gấp 1 lần ",
        "hơn ",
    ),
    *("các xã A, B và ", "1, 2 và 3 ", "Ảnh: A\n", "tổng 3 người gồm 1 nam, 2 nữ; ", "giảm từ 5 xuống 4 (20%); "),
)


def fill(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def show(unit: str) -> str:
    return unit.encode("unicode_escape").decode()


@pytest.mark.parametrize("unit", REPEATED, ids=show)
def test_an_article_that_repeats_one_thing_takes_linear_time(unit: str, patterns: Patterns) -> None:
    with time_limit(LONG_AGO):
        article = make_article("a", "a.txt", fill(unit, LENGTH // 5), patterns)
        found = find_figures(article, patterns)
        check_figures(found.figures, patterns)
    assert all(article.text[figure.start : figure.end] == figure.text for figure in found.figures)


def expressions(patterns: Patterns) -> dict[str, Any]:
    """Every compiled expression that the package holds, in its modules or in what it made of the patterns."""
    prepare(patterns)
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(extract.__path__, "extract.")]
    found: dict[str, Any] = {}
    seen = set[int]()
    waiting: list[Any] = [vars(module) for module in modules]
    waiting.append(patterns)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, re.Pattern | regex.Pattern) and isinstance(thing.pattern, str):
            found[thing.pattern] = thing
        else:
            waiting += parts_of(thing)
    return found


def parts_of(thing: Any) -> Iterator[Any]:
    if isinstance(thing, dict):
        yield from thing.values()
    elif isinstance(thing, list | tuple | set | frozenset):
        yield from thing
    elif type(thing).__module__.startswith("extract."):
        yield vars(thing) if hasattr(thing, "__dict__") else {}
        yield from (getattr(thing, name, None) for name in getattr(type(thing), "__slots__", ()))


def test_no_expression_takes_more_than_linear_time(patterns: Patterns) -> None:
    """From where it is tried; how often it is tried in an article the test above shows."""
    slow = []
    for pattern, expression in expressions(patterns).items():
        words = re.findall(r"[^\W\d_]+", pattern)[:40]
        own = [" ".join(words), "\n".join(words), *(f"{word} " for word in words[:3])]
        for unit in filter(None, (*REPEATED, *own)):
            try:
                with time_limit(LONG_AGO / 4):
                    for start in (0, 1, 2, LENGTH // 3):
                        expression.match(fill(unit, LENGTH), start)
            except BaseException as error:  # TimeUp is one
                slow.append((pattern[:80], show(unit)[:40], type(error).__name__))
                break
    assert slow == []


def test_a_sentence_longer_than_any_is_cut_at_blanks(patterns: Patterns) -> None:
    text = fill("xã hội và  ", LENGTH).strip()
    view = make_view(text, patterns)
    found = find_sentences(view, (), patterns)
    assert max(one.end - one.start for one in found) <= LONGEST
    assert [word for one in found for word in text[one.start : one.end].split()] == text.split()


TEXTS = st.text(st.characters(codec=None), max_size=400)
PIECES = st.lists(st.one_of(st.sampled_from(REPEATED), TEXTS), max_size=30).map("".join)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(text=PIECES)
@example(text="\ud800(1%) ")
def test_any_text_gives_figures_that_its_words_prove(text: str, patterns: Patterns) -> None:
    article = make_article("a", "a.txt", text, patterns)
    found = find_figures(article, patterns)
    check_figures(found.figures, patterns)
    records: list[Figure | Term | Rejected] = [*found.figures, *found.terms, *found.rejected]
    for record in records:
        assert text[record.start : record.end] == record.text


@QUIET
@given(content=st.one_of(st.binary(max_size=2000), PIECES.map(lambda text: text.encode("utf-8", "surrogatepass"))))
@pytest.mark.parametrize("suffix", [".txt", ".html", ".csv", ".jsonl", ".parquet"])
def test_any_bytes_are_rows(content: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    heads = {".csv": b"text,title\n", ".jsonl": b'{"text": "', ".html": b"<html><body><p>", ".parquet": b"PAR1"}
    (folder / f"bytes{suffix}").write_bytes(content)
    (folder / f"headed{suffix}").write_bytes(heads.get(suffix, b"") + content)
    tally = batch.run(folder, folder / "out")
    assert tally.files == 2
    assert not [error for error in tally.errors if "Error:" in error], "an error of ours"


@QUIET
@given(content=st.one_of(st.binary(max_size=300), PIECES.map(lambda text: text.encode("utf-8", "surrogatepass"))))
@pytest.mark.parametrize("name", ["units.csv", "checks.toml"])
def test_any_bytes_in_the_patterns_are_told(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("patterns")
    (folder / name).write_bytes(content)
    patterns = Patterns(folder)
    try:
        if name.endswith(".csv"):
            patterns.rows(name, ("surface", "unit", "factor", "example"))
        else:
            patterns.sections(name)
    except PatternError as error:
        assert name in str(error)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_that_look_like_formulas_stay_as_they_are_in_csv(start: str, tmp_path: Path) -> None:
    """The tables prove `text == article[start:end]`, so nothing is added; what is for spreadsheets is guarded there."""
    (tmp_path / "in").mkdir()
    title = f"{start}cmd|' /C calc'!A0"
    text = f"Xã có 12 thôn {start}1+2 và 25 hộ."
    (tmp_path / "in" / "a.jsonl").write_text(json.dumps({"text": text, "title": title}), encoding="utf-8")
    batch.run(tmp_path / "in", tmp_path / "out")
    figures = load_table(tmp_path / "out", "figures")
    for row in figures.to_dict("records"):
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(io.StringIO(file.read())))["title"] == title.strip()


def test_odd_folders_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "bài viết của tôi"
    (folder / "năm 2021").mkdir(parents=True)
    (folder / "năm 2021" / "xã hội.txt").write_text("Xã có 12 thôn.", encoding="utf-8")
    (folder / "vòng").symlink_to(folder, target_is_directory=True)
    (folder / "hỏng.txt").symlink_to(folder / "không có.txt")
    os.mkfifo(folder / "ống.txt")
    (folder / os.fsdecode(b"\xff.txt")).write_text("Xã có 13 thôn.", encoding="utf-8")
    tally = batch.run(folder, tmp_path / "out", workers=2)
    assert tally.articles == 4
    assert len(tally.errors) == 2
    assert batch.run(folder, tmp_path / "out").reused == 4
