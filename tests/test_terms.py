"""Are the stretches of time found, whole and with their periods?"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.finding.term.calendar import is_valid, month_of, months
from extract.finding.term.table import COLUMNS
from extract.finding.term.terms import find_terms
from extract.patterns import PatternError, Patterns, load_patterns
from extract.reading.view import make_view
from extract.records import Term

CASES = Path(__file__).with_name("terms_cases.tsv")
ISO = re.compile(r"now|recurring|\d{4}(?:-\d\d){0,2}(?:/(?:now|\d{4}(?:-\d\d){0,2}))?")  # what a period may look like
PIECES = [
    row["example"].replace("[", "").replace("]", "")
    for row in load_patterns().rows("periods.csv", COLUMNS, key=("form",))
]


def read_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def find(text: str, published: str | None, patterns: Patterns) -> list[Term]:
    return find_terms(make_view(text, patterns), (), patterns, published=published)


def marked(text: str, terms: list[Term]) -> str:
    for term in reversed(terms):
        text = f"{text[: term.start]}[{text[term.start : term.end]}]{text[term.end :]}"
    return text


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["text"])
def test_terms_and_their_periods(case: dict[str, str], patterns: Patterns) -> None:
    text = case["text"].replace("[", "").replace("]", "")
    terms = find(text, case["published"] or None, patterns)
    assert marked(text, terms) == case["text"]
    assert [term.period or "" for term in terms] == [part.strip() for part in (case["periods"] or "").split(";")][
        : len(terms)
    ]


@pytest.mark.parametrize(
    "row", load_patterns().rows("periods.csv", COLUMNS, key=("form",)), ids=lambda row: row["example"]
)
def test_every_form_finds_its_example(row: dict[str, str], patterns: Patterns) -> None:
    start, end = row["example"].index("["), row["example"].index("]") - 1
    terms = find(row["example"].replace("[", "").replace("]", ""), "2022-08-01", patterns)
    assert (start, end, row["type"]) in [(term.start, term.end, term.type) for term in terms]


@given(
    st.lists(st.sampled_from([*PIECES, "12/15 xã", "2018", "-", "/", ".", " ", "\n", "30", "tháng", "đến", "(", ")"]))
)
def test_terms_are_whole_and_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    at = 0
    for term in find(text, "2022-08-01", load_patterns()):
        assert at <= term.start < term.end
        assert term.text == text[term.start : term.end]
        assert not re.search(r"\d\d", text[max(0, term.start - 1) : term.start + 1])
        assert not re.search(r"\d\d", text[term.end - 1 : term.end + 1])
        assert term.period is None or ISO.fullmatch(term.period)
        at = term.end


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(-600, 600))
def test_months_count_on_and_back(year: int, month: int, shift: int) -> None:
    there = month_of(year, month, shift)
    assert month_of(int(there[:4]), int(there[5:]), -shift) == month_of(year, month)


def test_no_interval_runs_backwards() -> None:
    assert months(2020, 9, 6) is None
    assert not is_valid({"year": 2025, "year2": 2020})
    assert not is_valid({"day": 31, "month": 4})


@pytest.mark.parametrize(
    "row",
    ["năm {nothing},year,year,[năm 2018]", "năm {year},decade,year,[năm 2018]", "năm {year},year,guess,[năm 2018]"],
)
def test_a_row_that_cannot_be_used_is_named(row: str, patterns: Patterns, tmp_path: Path) -> None:
    for name in ("periods.toml", "orthography.toml"):
        (tmp_path / name).write_text(patterns.text(name), encoding="utf-8")
    (tmp_path / "periods.csv").write_text(f"form,type,reading,example\n{row}\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"periods\.csv:2"):
        find("năm 2018", None, load_patterns(tmp_path))
