"""Are indicators found, told apart and lined up across papers? Every row of the registry, 210 wordings, 90 pairs."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.finding.indicators import Surfaces, find_concepts, topics_by_paragraph
from extract.finding.registry import Indicator, load_registry, search_indicators
from extract.finding.wording import Wording
from extract.linking.indicators import link_indicator
from extract.patterns import PatternError, Patterns, load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Kind, Term

PATTERNS = load_patterns()
REGISTRY = PATTERNS.compiled(load_registry)
ALIASES = [(indicator, alias) for indicator in REGISTRY.values() for alias in indicator.aliases]


def table(name: str) -> list[list[str]]:
    """The rows of a file beside this one; lines that begin with # are comments."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


WORDINGS = table("indicator_wordings.tsv")
PAIRS = table("indicator_pairs.tsv")
HIDDEN = {(short, long) for short, long in table("indicator_hidden.tsv")}


def concepts(text: str) -> list[Term]:
    view = make_view(text, PATTERNS)
    return find_concepts(view, find_sentences(view, (), PATTERNS), PATTERNS)


def link(phrase: str, kind: str, unit: str, *facets: str, **more: object) -> str | None:
    options = {"topics": frozenset[str](), "relative": False, **more}
    return link_indicator(
        phrase,
        kind=cast(Kind, kind),
        unit=unit,
        facets=facets,
        patterns=PATTERNS,
        **options,  # type: ignore[arg-type]
    ).code


def check_example(example: str, code: str) -> None:
    """The bracketed words of `example`, and no others there, are a mention of `code`."""
    start, end = example.index("["), example.index("]") - 1
    found = concepts(example.replace("[", "").replace("]", ""))
    assert (start, end, code) in [(term.start, term.end, term.code) for term in found]


@pytest.mark.parametrize(("indicator", "alias"), ALIASES, ids=[alias.surface for _, alias in ALIASES])
def test_every_alias_row_reads_its_own_example(indicator: Indicator, alias) -> None:  # type: ignore[no-untyped-def]
    bracketed = alias.example[alias.example.index("[") + 1 : alias.example.index("]")]
    assert PATTERNS.compiled(Wording).fold(bracketed) == alias.surface
    if alias.weak == "phrase":
        assert link(bracketed, "count", "") == indicator.code
    else:
        check_example(alias.example, indicator.code)


@pytest.mark.parametrize("indicator", REGISTRY.values(), ids=REGISTRY)
def test_every_indicator_row_reads_its_own_example(indicator: Indicator) -> None:
    check_example(indicator.example, indicator.code)


# Five wordings each.


@pytest.mark.parametrize(("code", "kind", "unit", "phrase", "facets"), WORDINGS, ids=[row[3] for row in WORDINGS])
def test_wordings_of_five_papers_get_one_code(code: str, kind: str, unit: str, phrase: str, facets: str) -> None:
    assert link(phrase, kind, unit, *filter(None, facets.split("; "))) == code


def test_there_are_forty_indicators_with_five_wordings() -> None:
    by_code = defaultdict[str, set[str]](set)
    for code, *_, phrase, facets in WORDINGS:
        by_code[code].add(f"{phrase} {facets}")
    assert len(by_code) >= 40
    assert all(len(phrases) >= 5 for phrases in by_code.values())


@pytest.mark.parametrize("row", PAIRS, ids=[f"{row[2]} / {row[5]}" for row in PAIRS])
def test_pairs_are_kept_apart(row: list[str]) -> None:
    one, other = link(row[2], row[0], row[1]), link(row[5], row[3], row[4])
    assert one != other
    assert one


# What has no row, or no single one, gets no code.


@pytest.mark.parametrize(
    ("phrase", "kind", "unit"),
    [
        ("hộ nghèo biết bơi", "count", "hộ"),
        ("người nghèo", "count", "người"),
        ("đảng viên là người dân tộc Kinh", "count", "đảng viên"),
        ("khách Hàn Quốc", "count", "lượt"),
        ("doanh nghiệp nhà nước", "count", "doanh nghiệp"),
        ("mức đóng BHYT được hỗ trợ", "percent", "%"),
        ("chi phí phát sinh", "amount", "VND"),
        ("tổng vốn đầu tư", "amount", "VND"),
        ("giao thông", "percent", "%"),
        ("diện tích", "amount", "ha"),
        ("người chết", "count", "người"),
        ("kinh phí hỗ trợ người có công", "amount", "VND"),
        ("tỉnh hỗ trợ", "percent", "%"),
        ("", "count", ""),
        ("123 / 456", "count", ""),
    ],
)
def test_no_code_is_better_than_a_wrong_one(phrase: str, kind: str, unit: str) -> None:
    assert link(phrase, kind, unit) is None


@pytest.mark.parametrize(
    ("phrase", "kind", "unit", "code"),
    [
        ("hộ nghèo", "count", "hộ", "poverty.households"),
        ("hộ nghèo", "percent", "%", "poverty.rate"),
        ("tham gia BHXH", "count", "lao động", "ins.social"),
        ("tham gia BHXH", "percent", "%", "ins.social_rate"),
        ("thẻ BHYT", "count", "thẻ", "ins.cards"),
        ("kim ngạch xuất khẩu", "count", "lô hàng", None),
        ("diện tích lúa", "amount", "tonne", None),
        ("cà phê", "amount", "VND/kg", None),
        ("giá cà phê nhân", "amount", "VND/kg", "price.coffee"),
        ("tai nạn giao thông", "count", "người", "traffic.accidents"),
        ("GRDP", "amount", "VND/người", "econ.grdp_per_capita"),
        ("thu nhập", "amount", "VND/người/năm", "econ.income_per_capita"),
        ("bác sĩ", "count", "bác sĩ/vạn dân", "health.doctors_10k"),
        ("tiêu chí", "count", "tiêu chí/xã", "ntm.criteria_avg"),
        ("năng suất", "amount", "tạ/ha", None),
        ("giá cá tra", "amount", "VND/kg", "price.pangasius"),
        ("GRDP bình quân đầu người", "amount", "VND", "econ.grdp_per_capita"),
    ],
)
def test_kind_and_unit_decide(phrase: str, kind: str, unit: str, code: str | None) -> None:
    assert link(phrase, kind, unit) == code


@pytest.mark.parametrize(
    ("phrase", "relative", "code"),
    [
        ("hộ nghèo", True, "poverty.households"),
        ("tỷ lệ hộ nghèo", True, "poverty.rate"),
        ("hộ nghèo", False, "poverty.rate"),
        ("người tham gia BHYT", True, "ins.health"),
        ("chỉ số giá tiêu dùng", True, "price.cpi"),
    ],
)
def test_a_change_is_of_the_number_unless_a_rate_is_named(phrase: str, relative: bool, code: str) -> None:
    assert link(phrase, "percent", "%", relative=relative) == code


def test_a_growth_is_the_same_however_it_is_told() -> None:
    assert link("GRDP", "percent", "%", change="up") == link("tăng trưởng GRDP", "percent", "%") == "econ.grdp_growth"
    assert link("dư nợ tín dụng", "percent", "%", change="up") == "finance.loans"


def test_places_do_not_matter() -> None:
    for phrase in ["hộ nghèo huyện Na Hang", "hộ nghèo của Tuyên Quang", "hộ nghèo xã Tân Lập", "HỘ NGHÈO"]:
        assert link(phrase, "count", "hộ") == "poverty.households"


def test_a_weak_wording_needs_its_topic() -> None:
    assert link("người chết", "count", "người", topics=frozenset({"traffic"})) == "traffic.deaths"
    assert link("người chết", "count", "người", topics=frozenset({"traffic", "health"})) is None
    assert not concepts("Bão làm 3 người bị thương.")
    found = concepts("Tai nạn giao thông làm 3 người bị thương.")
    assert [term.code for term in found] == ["traffic.accidents", "traffic.injured"]


def test_a_facet_narrows_to_the_part_where_the_registry_has_it() -> None:
    assert link("cấp ủy viên", "count", "đồng chí", "nữ") == "party.committee.female"
    assert link("cấp ủy viên nữ", "count", "đồng chí") == "party.committee.female"
    assert link("học sinh", "count", "em", "dân tộc thiểu số") == "edu.pupils"
    assert link("cấp ủy viên", "count", "đồng chí", "nữ", "dân tộc thiểu số") == "party.committee.members"


def test_candidates_tell_why() -> None:
    linked = link_indicator("thôn chưa có nhà văn hóa", kind="count", unit="thôn", patterns=PATTERNS)
    assert linked.code is None
    linked = link_indicator("lượt khách du lịch trong dịp lễ", kind="count", unit="lượt", patterns=PATTERNS)
    assert (linked.code, linked.reason, linked.candidates[0].code) == (None, "below floor", "tourism.visitors")


def test_the_label_is_asked_before_the_subject() -> None:
    linked = link_indicator("kết quả đó", "hộ cận nghèo", kind="count", unit="hộ", patterns=PATTERNS)
    assert linked.code == "poverty.near_households"
    linked = link_indicator("hộ nghèo", "hộ cận nghèo", kind="count", unit="hộ", patterns=PATTERNS)
    assert linked.code == "poverty.households"


# Mentions in running text.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tỷ lệ hộ cận nghèo giảm.", [("Tỷ lệ hộ cận nghèo", "poverty.near_rate")]),
        ("TỶ LỆ BAO PHỦ BHYT ĐẠT 95%", [("TỶ LỆ BAO PHỦ BHYT", "ins.health_rate")]),
        ("Có 15 xã đạt chuẩn NTM nâng cao.", [("xã đạt chuẩn NTM nâng cao", "ntm.communes_advanced")]),
        ("Người có công và người nghèo", [("Người có công", "social.meritorious")]),
        ("Thu NSNN trên địa bàn tỉnh vượt 5%.", [("Thu NSNN trên địa bàn", "budget.revenue")]),
        ("Cpix và xcpi", []),
        ("Xã hội, thị trường và môi trường ủng hộ nông thôn.", []),
        ("hộ\nnghèo", []),
    ],
)
def test_mentions(text: str, found: list[tuple[str, str]]) -> None:
    assert [(term.text, term.code) for term in concepts(text)] == found


def test_topics_of_paragraphs() -> None:
    view = make_view("Tỷ lệ hộ nghèo giảm. Kim ngạch xuất khẩu tăng.\nKhông có gì.\nDoanh thu du lịch tăng.", PATTERNS)
    sentences = find_sentences(view, (), PATTERNS)
    found = find_concepts(view, sentences, PATTERNS)
    assert topics_by_paragraph(found, sentences) == {0: {"poverty", "trade"}, 2: {"tourism"}}


@given(st.lists(st.sampled_from([alias.surface for _, alias in ALIASES] + [" ", ". ", "\n", "a", "1"]), max_size=12))
def test_mentions_lie_in_text_order_and_never_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    found = concepts(text)
    assert all(text[term.start : term.end] == term.text and term.code in REGISTRY for term in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=60), st.sampled_from(["count", "percent", "ratio", "amount"]), st.text(max_size=8))
def test_linking_never_raises_and_is_repeatable(label: str, kind: Kind, unit: str) -> None:
    first = link_indicator(label, label, kind=kind, unit=unit, patterns=PATTERNS)
    assert first == link_indicator(label, label, kind=kind, unit=unit, patterns=PATTERNS)
    assert first.code is None or first.code == first.candidates[0].code or first.score == 1.0


# Search.


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("cấp ủy viên nữ", "party.committee.female"),
        ("cap uy vien", "party.committee.members"),
        ("ho can ngheo", "poverty.near_households"),
        ("tourism revenue", "tourism.revenue"),
        ("thu ngân sách", "budget.revenue"),
        ("che phu rung", "forest.cover"),
        ("party.members.total", "party.members.total"),
        ("tham gia BHYT", "ins.health"),
    ],
)
def test_search_finds(query: str, code: str) -> None:
    assert code in [indicator.code for indicator in search_indicators(query, PATTERNS)][:3]


@pytest.mark.parametrize("query", ["", "zzzz qqqq", "?!"])
def test_search_finds_nothing(query: str) -> None:
    assert search_indicators(query, PATTERNS) == []


# The data linter.


def test_there_are_enough_indicators() -> None:
    assert len(REGISTRY) >= 300


@pytest.mark.parametrize("indicator", REGISTRY.values(), ids=REGISTRY)
def test_rows_make_sense(indicator: Indicator) -> None:
    units = PATTERNS.compiled(Wording).units
    assert indicator.unit in units, "unknown unit family"
    assert re.fullmatch(r"[a-z]+(\.[a-z0-9_]+){1,2}", indicator.code)
    assert indicator.code not in (indicator.of, indicator.base)
    assert bool(indicator.base) == bool(indicator.dims), "a part names its whole and what part it is"
    assert indicator.en.isascii()
    assert not (indicator.additive and indicator.kind not in ("count", "amount")), "rates cannot be summed"
    assert indicator.aliases
    counted, measured = "nouns" in units[indicator.unit], "measures" in units[indicator.unit]
    assert counted or indicator.kind != "count"
    assert measured or indicator.kind != "amount"
    assert (indicator.unit in ("percent", "percentage_point", "permille")) == (indicator.kind == "rate")


def test_wholes_have_no_circles() -> None:
    for indicator in REGISTRY.values():
        seen, at = set[str](), indicator
        while at.of and at.of not in seen:
            seen.add(at.of)
            at = REGISTRY[at.of]
        assert indicator.code not in seen


def test_no_spelling_belongs_to_two_indicators() -> None:
    """Also of the abbreviated spellings: the finder would take the first."""
    surfaces = PATTERNS.compiled(Surfaces)
    assert len(set(surfaces.surfaces)) == len(surfaces.surfaces)
    assert surfaces.doubtful == {}


def test_wordings_that_read_the_same_are_told_apart_by_kind_or_unit() -> None:
    words = PATTERNS.compiled(Wording).words
    alike = defaultdict[tuple[str, frozenset[str]], set[str]](set)
    for indicator, alias in ALIASES:
        read = words(alias.surface)
        if read and alias.weak != "all":
            alike[read[0], frozenset(read)].add(indicator.code)
    for (_, same), codes in alike.items():
        keys = {(REGISTRY[code].kind == "rate", REGISTRY[code].unit) for code in codes}
        assert len(keys) == len(codes), f"{sorted(same)}: {sorted(codes)}"


def test_aliases_that_hide_inside_others_are_known() -> None:
    """A strong alias inside one of another topic is found only where the longer one is not: each pair is listed."""
    strong = {alias.surface: indicator for indicator, alias in ALIASES if not alias.weak}
    hidden = set()
    for indicator, alias in ALIASES:
        syllables = alias.surface.split(" ")
        for start in range(len(syllables)):
            for end in range(start + 1, len(syllables) + 1):
                inner = strong.get(" ".join(syllables[start:end]).rstrip(","))
                if inner is not None and inner.topic != indicator.topic:
                    hidden.add((inner.code, indicator.code))
    assert hidden - HIDDEN == set(), "an alias hides inside another: list it or change it"
    assert HIDDEN - hidden == set(), "no longer so: take it off the list"


def test_a_row_with_an_unknown_whole_is_refused(tmp_path: Path) -> None:
    for name in ("indicators.csv", "indicator_aliases.csv", "orthography.toml"):
        (tmp_path / name).write_text((PATTERNS.folder / name).read_text("utf-8"), "utf-8")
    rows = (tmp_path / "indicators.csv").read_text("utf-8")
    (tmp_path / "indicators.csv").write_text(
        rows.replace(",rate,no,pop.households", ",rate,no,pop.housholds", 1), "utf-8"
    )
    with pytest.raises(PatternError, match="no such indicator"):
        Patterns(tmp_path).compiled(load_registry)
