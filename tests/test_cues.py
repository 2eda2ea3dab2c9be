"""Do the words around a quantity give its bound, change, comparison and status?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import marked_scope

from extract.finding.cues import COLUMNS, CueTable, find_cues
from extract.finding.term.terms import find_terms
from extract.linking.cue.cues import link_cues
from extract.patterns import PatternError, Patterns, load_patterns
from extract.reading.view import make_view
from extract.records import Cues, Term

CASES = [line.split("\t") for line in Path(__file__).with_name("cues.tsv").read_text("utf-8").splitlines()]
ROWS = load_patterns().rows("cues.csv", COLUMNS, key=("surface", "slot"))
NUMBER = re.compile(r"\d[\d.,]*(?: ?%|(?: (?:triệu|tỷ))? (?:đồng(?:/\w+)*|tấn|ha|kg|km|m2|tạ)(?!\w))?")
DEFAULTS = ("exact", "none", "reported")


def shown(cues: Cues) -> str:
    """The cues that are not the default."""
    said = [value for value in (cues.bound, cues.change, cues.status) if value not in DEFAULTS]
    return " ".join(said) or "-"


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_cues(case: list[str], patterns: Patterns) -> None:
    marked, expected = case[0], case[1].split(" | ")
    scope, published = marked_scope(marked, patterns), case[2] if len(case) > 2 else None
    terms = find_terms(scope.view, scope.sentences, patterns, published=published)
    links = link_cues(scope, patterns, terms=terms, published=published)
    assert [shown(cues) for cues in links] == [wanted.partition(" vs:")[0] for wanted in expected]
    bases = [(wanted.partition(" vs:")[2], cues.vs) for wanted, cues in zip(expected, links, strict=True)]
    assert all(base == vs for base, vs in bases if base)


def example_cues(row: dict[str, str], patterns: Patterns) -> tuple[list[Cues], list[Cues]]:
    """The cues of the numbers before and after the surface in a row's example."""
    begin, end = row["example"].index("["), row["example"].index("]") - 1
    plain = row["example"].replace("[", "").replace("]", "")
    numbers = list(NUMBER.finditer(plain))
    marked = NUMBER.sub(lambda number: f"[{number[0].rstrip('.,')}]", plain)
    scope = marked_scope(marked, patterns)
    terms = find_terms(scope.view, scope.sentences, patterns, published="2050-01-01")
    links = link_cues(scope, patterns, terms=terms, published="2050-01-01")
    before = [cues for number, cues in zip(numbers, links, strict=True) if number.start() < begin]
    return before, [cues for number, cues in zip(numbers, links, strict=True) if number.start() >= end]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['slot']} {row['surface']}" for row in ROWS])
def test_every_row_reads_its_own_example(row: dict[str, str], patterns: Patterns) -> None:
    view = make_view(row["example"].replace("[", "").replace("]", ""), patterns)
    span = row["example"].index("["), row["example"].index("]") - 1
    table = patterns.compiled(CueTable)
    if row["slot"] != "none":
        assert (*span, row["slot"]) in [(cue.start, cue.end, cue.slot) for cue in find_cues(view, patterns)]
    assert view.folded[slice(*span)] in table.meanings
    before, after = example_cues(row, patterns)
    match row["slot"]:
        case "bound":
            assert (before[-1] if row["reach"] == "previous" else after[0]).bound == row["value"]
        case "change":
            assert after[0].change == row["value"]
        case "verb" | "break":
            assert all(cues.change == "none" for cues in after)
        case "status":
            assert after[0].status == row["value"]
        case "vs":
            assert any(cues.vs for cues in before + after)
        case "same":
            assert [cues.change for cues in before + after] == ["up", "up"]
        case "and":
            assert len({(cues.bound, cues.change) for cues in before + after}) == 1
        case "filler":
            assert after[0].bound in ("least", "most") or after[0].status == "target"
        case "sense" | "none":
            assert all(shown(cues) == "-" for cues in after)
        case "keep":
            assert after[0].status == "estimate"
        case "opener":
            assert after[0].status == "target"


def test_a_term_after_publication_makes_a_target(patterns: Patterns) -> None:
    scope = marked_scope("Năm 2026, huyện trồng mới [500 ha] rừng", patterns)
    term = Term(0, 8, "Năm 2026", "year", "2026")
    assert [
        link_cues(scope, patterns, terms=[term], published=day)[0].status for day in ("2025-03-03", "2026-03-03")
    ] == [
        "target",
        "reported",
    ]


@pytest.mark.parametrize(
    ("text", "at", "length", "status"),
    [
        ("Kế hoạch năm 2024, toàn xã trồng [25 ha] rừng", 9, 8, "target"),
        ("Kế hoạch vụ mùa năm 2024 của xã, các thôn gieo [25 ha] lúa", 16, 8, "target"),
        ("Ông Nam cho biết, mục tiêu năm 2024, xã đón [900] lượt khách", 27, 8, "target"),
        ("Chỉ tiêu năm 2024 giao sớm cho các xã nên [25 ha] đã trồng", 9, 8, "reported"),
        ("Mục tiêu năm 2024, xã đã trồng [25 ha] rừng", 9, 8, "reported"),
    ],
)
def test_a_plan_of_a_year_leads_its_clause(text: str, at: int, length: int, status: str, patterns: Patterns) -> None:
    term = Term(at, at + length, text[at : at + length], "year", "2024")
    assert link_cues(marked_scope(text, patterns), patterns, terms=[term])[0].status == status


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "cues.csv").write_text("surface,slot,value,reach,example\nhơn,bound,huge,next,[hơn] 5\n", "utf-8")
    (tmp_path / "orthography.toml").write_text(
        (load_patterns().folder / "orthography.toml").read_text("utf-8"), "utf-8"
    )
    with pytest.raises(PatternError, match=r"cues\.csv:2"):
        Patterns(tmp_path).compiled(CueTable)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["tăng", "giảm", "ước", "phấn đấu", "hơn", "từ", "[5%]", "[12]", ",", ";", ". ", "và", "(", ")", "đạt"]
        )
    )
)
def test_any_text_gets_one_answer_a_quantity(words: list[str]) -> None:
    patterns = load_patterns()
    scope = marked_scope(" ".join(words), patterns)
    assert len(link_cues(scope, patterns)) == len(scope.quantities)
