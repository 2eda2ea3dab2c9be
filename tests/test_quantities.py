"""Quantities: every case of the tables, every pattern row's own example, and what must hold for any text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.finding.quantity.numerals import compile_numerals, parse_numeral, text_style
from extract.finding.quantity.quantities import find_quantities
from extract.patterns import load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Quantity, Rejected, Term

HERE = Path(__file__).parent
PATTERNS = load_patterns()


def cases(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(left, right) for left, _, right in (line.partition("\t") for line in lines)]


def read(text: str, terms: tuple[Term, ...] = ()) -> tuple[list[Quantity], list[Rejected]]:
    view = make_view(text, PATTERNS)
    return find_quantities(view, find_sentences(view, (), PATTERNS), PATTERNS, terms=terms)


def show(quantity: Quantity) -> str:
    def number(value: Decimal) -> str:
        return format(value.normalize(), "f")

    said = f"{quantity.kind} {number(quantity.value)}"
    said += f"-{number(quantity.high)}" if quantity.high is not None else ""
    said += f"/{number(quantity.of)}" if quantity.of is not None else ""
    said += f" {quantity.unit}" if quantity.unit else ""
    return said + (" minus" if quantity.minus else "")


@pytest.mark.parametrize(("marked", "expected"), cases("quantities.tsv"), ids=lambda case: case)
def test_quantities(marked: str, expected: str) -> None:
    found, _ = read(re.sub(r"[\[\]]", "", marked))
    spans = re.findall(r"\[(.*?)\]", marked)
    assert [show(quantity) for quantity in found] == expected.split(" | ")
    # The table marks a count with its noun where only that shows what is meant.
    assert all(
        span.startswith(quantity.text) or quantity.text.startswith(span)
        for span, quantity in zip(spans, found, strict=True)
    )


@pytest.mark.parametrize(("marked", "reason"), cases("lookalikes.tsv"), ids=lambda case: case)
def test_lookalikes(marked: str, reason: str) -> None:
    found, rejected = read(re.sub(r"[<>]", "", marked))
    spans = re.findall(r"<(.*?)>", marked)
    assert found == []
    assert [refused.reason for refused in rejected] == ([] if reason == "-" else [reason])
    assert all(
        refused.text.startswith(span) or span.startswith(refused.text)
        for span, refused in zip(spans, rejected, strict=False)
    )


def examples(name: str, columns: tuple[str, ...], **options: tuple[str, ...]) -> list[tuple[str, str]]:
    rows = PATTERNS.rows(name, columns, **options)
    return [(row.get("surface") or row["regex"], row["example"]) for row in rows]


UNITS = examples("units.csv", ("surface", "unit", "factor", "sense", "example"), blank=("unit",))
RATES = examples("rates.csv", ("surface", "example"))
NUMERALS = examples("numerals.csv", ("surface", "role", "value", "example"))
CLASSIFIERS = examples("classifiers.csv", ("surface", "example"))
NAMING_COLUMNS = ("surface", "reason", "unless", "most", "example")


@pytest.mark.parametrize(("surface", "example"), UNITS + RATES, ids=lambda case: case)
def test_every_unit_and_rate_reads_its_own_example(surface: str, example: str) -> None:
    found, rejected = read(re.sub(r"[\[\]]", "", example))
    (span,) = re.findall(r"\[(.*?)\]", example)
    assert surface in span.lower()
    texts = [quantity.text for quantity in found] + [
        refused.text for refused in rejected if refused.reason in ("duration", "age")
    ]
    assert any(text.startswith(span) or (span.startswith(text) and len(text) > 3) for text in texts), (found, rejected)


@pytest.mark.parametrize(("surface", "example"), CLASSIFIERS, ids=lambda case: case)
def test_every_counted_noun_makes_a_number_word_a_count(surface: str, example: str) -> None:
    found, _ = read(re.sub(r"[\[\]]", "", example))
    (span,) = re.findall(r"\[(.*?)\]", example)
    assert [quantity.text for quantity in found] == [span]


@pytest.mark.parametrize(("surface", "example"), [row for row in NUMERALS if row[0] != "không"], ids=lambda case: case)
def test_every_number_word_reads_its_own_example(surface: str, example: str) -> None:
    found, _ = read(re.sub(r"[\[\]]", "", example))
    (span,) = re.findall(r"\[(.*?)\]", example)
    assert surface in span
    assert [quantity.text for quantity in found] == [span]


NAMING_ROWS = [
    *PATTERNS.rows("lookalikes.csv", NAMING_COLUMNS, blank=("most",)),
    *PATTERNS.rows("lookalike_shapes.csv", ("reason", "regex", "example"), key=("regex",)),
]


@pytest.mark.parametrize("row", NAMING_ROWS, ids=lambda row: row["example"])
def test_every_lookalike_row_refuses_its_own_example(row: dict[str, str]) -> None:
    found, rejected = read(re.sub(r"[\[\]]", "", row["example"]))
    if row["reason"] in ("allow", "vague"):
        assert len(found) == (row["reason"] == "allow")
        return
    assert found == []
    assert row["reason"] in [refused.reason for refused in rejected]


@pytest.mark.parametrize("text", ["1.2345", "12.34.56", "1,2,3", "1" * 30, "1.23.456"])
def test_what_is_not_one_well_formed_numeral_is_no_number(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1,234,567", "1234567"), ("1,234.5", "1234.5"), ("1,200", "1200"), ("12.5", "12.5")]
)
def test_english_separators_where_the_text_is_english(text: str, value: str) -> None:
    parsed = parse_numeral(text, "en")
    assert parsed is not None
    assert parsed.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "style"),
    [("có 1,234,567 người", "en"), ("có 1.234.567 người", "vi"), ("1,234,567 và 27,68%", "vi"), ("không có số", "vi")],
    ids=lambda case: case,
)
def test_style_of_a_text(text: str, style: str) -> None:
    assert text_style(text) == style


def test_an_english_article_is_read_in_english() -> None:
    found, _ = read("Cả tỉnh có 1,234,567 người, trong đó 12,300 người cao tuổi, chiếm 1.5%.")
    assert [show(quantity) for quantity in found] == ["count 1234567", "count 12300", "percent 1.5 %"]


DIGIT_WORDS = [
    word for word, row in PATTERNS.compiled(compile_numerals).items() if row.role == "digit" and row.value > 0
]
WORDS = ["", "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell(number: int) -> str:
    """A number below a million in words, as a speaker of the north writes it: an independent definition."""
    if number >= 1000:
        rest = number % 1000
        low = f" {'không trăm ' if rest < 100 else ''}{'linh ' if rest < 10 else ''}{spell(rest)}" if rest else ""
        return f"{spell(number // 1000)} nghìn{low}"
    if number >= 100:
        rest = number % 100
        return f"{WORDS[number // 100 + 1]} trăm" + (f" {'linh ' if rest < 10 else ''}{spell(rest)}" if rest else "")
    if number >= 20:
        unit = number % 10
        last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(unit, f" {WORDS[unit + 1]}")
        return f"{WORDS[number // 10 + 1]} mươi{last}"
    if number >= 10:
        unit = number % 10
        return "mười" + ("" if not unit else " lăm" if unit == 5 else f" {WORDS[unit + 1]}")
    return WORDS[number + 1]


@given(st.integers(min_value=2, max_value=999_999))
def test_number_words_say_their_number(number: int) -> None:
    if number >= 1000 and 0 < number % 1000 < 100:
        return  # "hai nghìn không trăm linh ba": the long form is tested by a case
    found, _ = read(f"Cả vùng trồng được {spell(number)} cây xanh.")
    assert [quantity.value for quantity in found] == [number]


@given(
    st.text(
        alphabet=st.sampled_from("0123456789.,/-%() \naàkmđồngtỷriệunghìnnămmươiộhx½²‰“”–\u0301\u200b😀"), max_size=80
    )
)
def test_any_text_gives_spans_of_itself(text: str) -> None:
    view = make_view(text, PATTERNS)
    found, rejected = read(text)
    records: list[Quantity | Rejected] = [*found, *rejected]
    for start, end, shown in [(record.start, record.end, record.text) for record in records]:
        assert view.text[start:end] == shown
    ends = [0, *[quantity.end for quantity in found]]
    assert all(end <= quantity.start for end, quantity in zip(ends, found, strict=False))
    assert all(quantity.high is None or quantity.high > quantity.value for quantity in found)


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "1." * 50_000, "1 " * 50_000, "1/" * 50_000, "năm " * 30_000, "1-" * 50_000]
)
def test_hostile_runs_of_numbers_end(text: str) -> None:
    found, rejected = read(text)
    assert isinstance(found, list)
    assert isinstance(rejected, list)
