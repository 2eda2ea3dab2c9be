"""Does every figure get its period? One row a text, figures in brackets, paragraphs parted by ¶."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.finding.term.terms import find_terms
from extract.linking.period.periods import link_periods
from extract.linking.scope import make_scope
from extract.patterns import Patterns, load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Cues, Kind, PeriodLink, Quantity

ISO = re.compile(r"now|recurring|\d{4}(?:-\d\d){0,2}(?:/(?:now|\d{4}(?:-\d\d){0,2}))?")
CASES = Path(__file__).with_name("periods_cases.tsv")


def read_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def quantities_of(marked: str) -> tuple[str, list[Quantity]]:
    """The text without brackets, and what stood in them."""
    text, quantities = "", []
    for part in re.split(r"(\[[^\]]*\])", marked.replace(" ¶ ", "\n")):
        if not part.startswith("["):
            text += part
            continue
        kind: Kind = "percent" if "%" in part else "amount" if re.search(r"[^\W\d_]", part) else "count"
        unit = part[1:-1].rpartition(" ")[2].replace("đồng/", "VND/") if kind == "amount" else None
        digits = re.sub(r"[^\d,]", "", part.partition("/")[0]).strip(",").replace(",", ".") or "1"
        value = Decimal(digits) if digits.count(".") < 2 else Decimal(1)
        quantities.append(Quantity(len(text), len(text) + len(part) - 2, part[1:-1], kind, value, unit=unit))
        text += part[1:-1]
    return text, quantities


def link(marked: str, published: str | None, patterns: Patterns) -> list[PeriodLink]:
    text, quantities = quantities_of(marked)
    view = make_view(text, patterns)
    sentences = find_sentences(view, (), patterns)
    terms = find_terms(view, sentences, patterns, published=published)
    return link_periods(make_scope(view, sentences, quantities), terms, patterns, published=published)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["text"])
def test_figures_get_their_periods(case: dict[str, str], patterns: Patterns) -> None:
    links = link(case["text"], case["published"] or None, patterns)
    assert "; ".join(found.period or "" for found in links) == (case["periods"] or "")


@given(st.lists(st.sampled_from([case["text"] for case in read_cases()]), max_size=6))
def test_every_quantity_gets_one_answer(texts: list[str]) -> None:
    marked = " ¶ ".join(texts)
    links = link(marked, "2024-07-08", load_patterns())
    assert len(links) == len(quantities_of(marked)[1])
    assert all(found.period is None or ISO.fullmatch(found.period) for found in links)
    assert links == link(marked, "2024-07-08", load_patterns())


def test_cues_tell_targets_and_rules(patterns: Patterns) -> None:
    text, quantities = quantities_of("Toàn tỉnh có [12] xã. Mỗi xã có [2] cán bộ.")
    view = make_view(text, patterns)
    scope = make_scope(view, find_sentences(view, (), patterns), quantities)
    links = link_periods(scope, [], patterns, cues=[Cues(status="target"), Cues(status="criterion")])
    assert [found.period for found in links] == [None, "recurring"]
