"""Which place is a figure about? A table of sentences, every name of the lists, every row of the patterns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.finding.place.gazetteer import FORMER, NEW, OLD, Gazetteer, Unit, search_places, strip_marks
from extract.finding.place.papers import Papers
from extract.finding.place.places import Places, find_places
from extract.linking.place.places import link_places
from extract.linking.scope import make_scope
from extract.patterns import Patterns, load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Kind, PlaceLink, Quantity

HERE = Path(__file__).parent
BRACKETED = re.compile(r"\[([^\]]*)\]")


def read(
    marked: str, patterns: Patterns, *, outlet: str = "", published: str = ""
) -> tuple[Places, list[PlaceLink], list[str]]:
    """The places of a text in which the figures stand in [brackets], the figures' links and the text around."""
    text, quantities, at = "", [], 0
    marked = marked.replace("¶", "\n")
    for match in BRACKETED.finditer(marked):
        text += marked[at : match.start()]
        value = Decimal(match[1]) if match[1].isdecimal() else Decimal(1)
        kind: Kind = "percent" if match[1].endswith("%") else "ratio" if "/" in match[1] else "count"
        quantities.append(Quantity(len(text), len(text) + len(match[1]), match[1], kind, value))
        text += match[1]
        at = match.end()
    text += marked[at:]
    view = make_view(text, patterns)
    sentences = find_sentences(view, (), patterns)
    places = find_places(view, sentences, patterns, outlet=outlet or None, published=published or None)
    links = link_places(make_scope(view, sentences, quantities), places, patterns)
    return places, links, [quantity.text for quantity in quantities]


def cases() -> Iterator[object]:
    with (HERE / "places.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            gap = row["kind"].startswith("gap")
            marks = [pytest.mark.xfail(strict=True, reason="a known gap")] if gap else []
            yield pytest.param(row, id=f"{row['kind']}: {row['text'][:90]}", marks=marks)


def test_the_table_is_large_and_its_gaps_are_few() -> None:
    rows = (HERE / "places.tsv").read_text("utf-8").splitlines()[1:]
    assert len(rows) >= 300
    assert sum(row.startswith("gap") for row in rows) <= 0.03 * len(rows)


@pytest.mark.parametrize("row", list(cases()))
def test_place_of_every_figure(row: dict[str, str], patterns: Patterns) -> None:
    _, links, _ = read(row["text"], patterns, outlet=row["outlet"], published=row["published"])
    assert " | ".join(f"{link.province or '-'} {link.place or '-'}" for link in links) == row["expected"]


def template(unit: Unit, gazetteer: Gazetteer) -> str:
    """A sentence that names a place with its type word and all it lies in."""
    candidate = gazetteer.candidate(unit)
    names = ", ".join(f"{place.type} {place.name}" for place in (unit, *candidate.parents))
    return f"Ở {names} có 5 hộ."


@pytest.mark.parametrize(("list_", "count"), [(OLD, 63 + 696 + 10035), (NEW, 34 + 3321)])
def test_every_name_is_found_and_resolved(list_: str, count: int, patterns: Patterns) -> None:
    # One test for all: 14,149 cases of their own would take a minute to collect.
    gazetteer = patterns.compiled(Gazetteer)
    units = [unit for unit in gazetteer.units if unit.list == list_]
    wrong = []
    for unit in units:
        text = template(unit, gazetteer)
        places, _, _ = read(text, patterns, published="2025-08-01" if list_ == NEW else "")
        first = places.mentions[0] if places.mentions else None
        if first is None or (first.code, first.level, first.province) != (unit.code, unit.level, unit.province):
            wrong.append((text, first))
    assert (len(units), wrong) == (count, [])


def test_every_former_place_is_found(patterns: Patterns) -> None:
    gazetteer = patterns.compiled(Gazetteer)
    for unit in (unit for unit in gazetteer.units if unit.list == FORMER):
        province = gazetteer.province_name(unit.province)
        tail = f", tỉnh {province}" if province and unit.level == "district" else ""
        places, _, _ = read(f"Ở {unit.type} {unit.name}{tail} có 5 hộ.", patterns)
        assert places.mentions[0].level == unit.level, unit
        assert places.mentions[0].province == unit.province, unit


EXAMPLES = [
    ("places_words.csv", ("surface", "role", "level", "example"), ("surface",), ()),
    ("places_variants.csv", ("surface", "list", "code", "example"), ("surface", "code"), ()),
    ("places_spelling.csv", ("word", "variant", "example"), ("word", "variant"), ()),
    (
        "places_former.csv",
        ("name", "type", "province", "until", "successor", "example"),
        ("name", "type", "province"),
        ("province", "successor"),
    ),
]


def examples() -> Iterator[object]:
    for name, columns, key, blank in EXAMPLES:
        for row in load_patterns().rows(name, columns, key=key, blank=blank):
            yield pytest.param(name, row, id=f"{name}:{row['line']}")


@pytest.mark.parametrize(("name", "row"), list(examples()))
def test_every_row_finds_its_example(name: str, row: dict[str, str], patterns: Patterns) -> None:
    places, _, (marked,) = read(row["example"], patterns)
    place = next((place for place in places.mentions if place.text.endswith(marked)), None)
    assert place is not None, places.mentions
    if name == "places_variants.csv":
        assert place.code == row["code"]
    if name == "places_former.csv" and row["province"]:
        assert place.province == row["province"]
    if name == "places_spelling.csv":
        assert place.code is not None


@pytest.mark.parametrize(
    ("query", "first", "parents", "successors"),
    [
        ("Na Hang", ("63", "072", "huyện"), ["Tuyên Quang"], None),
        ("na hang", ("63", "072", "huyện"), ["Tuyên Quang"], None),
        ("xã Kháng Nhật", ("63", "02575", "xã"), ["Sơn Dương", "Tuyên Quang"], ["Tân Thanh"]),
        ("tỉnh Đắk Nông", ("63", "67", "tỉnh"), [], ["Lâm Đồng"]),
        ("dak nong", ("63", "67", "tỉnh"), [], ["Lâm Đồng"]),
        ("Hà Tây", ("former", "", "tỉnh"), ["Hà Nội"], ["Hà Nội"]),
        ("BR-VT", ("63", "77", "tỉnh"), [], ["Hồ Chí Minh"]),
    ],
)
def test_search(
    query: str, first: tuple[str, str, str], parents: list[str], successors: list[str] | None, patterns: Patterns
) -> None:
    candidate = search_places(query, patterns)[0]
    assert (candidate.unit.list, candidate.unit.code, candidate.unit.type) == first
    assert [unit.name for unit in candidate.parents] == parents
    if successors is not None:
        assert [unit.name for unit in candidate.successors] == successors


def test_search_finds_all_of_one_name(patterns: Patterns) -> None:
    found = [found.unit for found in search_places("huyện Châu Thành", patterns)]
    assert len({unit.province for unit in found if unit.list == OLD and unit.level == "district"}) == 10
    assert search_places("không có nơi này", patterns) == []


@pytest.mark.parametrize(
    ("text", "published", "province", "later", "territory"),
    [
        ("Tỉnh Gia Lai có [135] xã, phường.", "2025-09-01", "64", "52", "34"),
        ("Tỉnh Gia Lai có [220] xã, phường.", "2024-09-01", "64", "52", "63"),
        ("Tỉnh Phú Yên (cũ) có [106] xã.", "2025-09-01", "54", "66", "63"),
        ("Bình Phước trước sáp nhập có [111] xã.", "2025-09-01", "70", "75", "63"),
        ("Toàn tỉnh có [99] xã.¶Báo Bắc Ninh", "2025-09-01", "27", "24", "34"),
        ("Sau sáp nhập, từ tháng 7/2025, tỉnh Đắk Lắk có [102] xã.", "", "66", "66", "34"),
        ("Huyện Tuy An (Phú Yên) có [14] xã.", "2025-09-01", "54", "66", "63"),
        ("Hộ nghèo ở tỉnh Vĩnh Long còn [5%], Bến Tre 6%, Trà Vinh 7%.", "2025-09-01", "86", "86", "63"),
        ("Ở Bến Tre, Trà Vinh còn nhiều, ở tỉnh Vĩnh Long ít hộ nghèo hơn: [5%].", "2025-09-01", "86", "86", "63"),
        ("Tỉnh Vĩnh Long có [90] xã về đích, trong đó Bến Tre 40 xã.", "2025-09-01", "86", "86", "34"),
        ("Tỉnh Vĩnh Long mới có [124] xã, gấp đôi Bến Tre.", "2025-09-01", "86", "86", "34"),
        ("Tỉnh Vĩnh Long (hợp nhất Vĩnh Long, Bến Tre, Trà Vinh) có [124] xã.", "2025-09-01", "86", "86", "34"),
    ],
)
def test_territory(text: str, published: str, province: str, later: str, territory: str, patterns: Patterns) -> None:
    _, (link,), _ = read(text, patterns, published=published)
    assert (link.province, link.province_2025, link.territory) == (province, later, territory)


def test_a_caption_inside_a_text_without_line_breaks(patterns: Patterns) -> None:
    text = (
        "Rừng ở tỉnh Quảng Trị¶Toàn tỉnh có [90 ha] rừng. {}Người dân xã Cam Nghĩa chăm sóc keo. Mỗi năm trồng [5 ha]."
    )
    for filler, place in (("", "xã Cam Nghĩa"), ("Rừng xanh trở lại trên đồi cao. " * 50, "tỉnh")):
        _, links, _ = read(text.format(filler), patterns)
        assert [link.place for link in links] == ["tỉnh", place]


@pytest.mark.parametrize(
    ("text", "outlet", "rule"),
    [
        ("Huyện Mai Sơn có [9] xã.", "", "named"),
        ("Nông thôn mới ở Mai Sơn¶Nông dân trồng [90 ha] mận.¶Toàn huyện Mai Sơn phấn khởi.", "", "heading"),
        ("Nông dân trồng [90 ha] mận.¶Tỉnh Sơn La phấn khởi.", "", "article"),
        ("Nông dân trồng [90 ha] mận.", "baosonla.vn", "outlet"),
        ("Nông dân trồng [90 ha] mận.", "maison.sonla.gov.vn", "outlet"),
        ("Nông dân trồng [90 ha] mận.", "vnexpress.net", None),
    ],
)
def test_rule(text: str, outlet: str, rule: str | None, patterns: Patterns) -> None:
    _, (link,), _ = read(text, patterns, outlet=outlet)
    assert link.rule == rule


def test_every_province_has_papers_and_portals(patterns: Patterns) -> None:
    gazetteer, papers = patterns.compiled(Gazetteer), patterns.compiled(Papers)
    for unit in (unit for unit in gazetteer.units if unit.list == OLD and unit.level == "province"):
        plain = re.sub(r"[\W_]", "", strip_marks(unit.name))
        for name in (f"bao{plain}.vn", f"{plain}.gov.vn", f"Báo {unit.name}", f"Báo {unit.name} điện tử"):
            paper = papers.province(name)
            assert paper is not None, name
            assert paper.province == unit.code, name
    for name in ("nhandan.vn", "TTXVN", "Báo Thanh Niên", "Tạp chí Cộng sản", "vov.vn"):
        assert papers.province(name) is None, name


def test_evidence_is_told(patterns: Patterns) -> None:
    places, _, _ = read("Tỉnh Sơn La và huyện Mai Sơn họp.", patterns, outlet="baosonla.vn")
    assert (places.province, places.rule) == ("14", "article")
    assert places.evidence == ("baosonla.vn 4.0", "Tỉnh Sơn La 3.0", "huyện Mai Sơn 2.0")


PIECES = [
    "tỉnh ",
    "huyện ",
    "xã ",
    "Na Hang",
    "Hà Nội",
    "Nguyễn Văn A",
    ", ",
    " và ",
    "(",
    ")",
    "; ",
    ". ",
    "\n",
    "5 ",
    "Ảnh: ",
    "ở ",
    "TP.",
    "ĐẮK R’LẤP",
    "toàn ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.lists(st.integers(0, 200), max_size=6, unique=True))
def test_any_text_gets_one_link_a_quantity_and_spans_that_hold(pieces: list[str], starts: list[int]) -> None:
    patterns = load_patterns()
    view = make_view("".join(pieces), patterns)
    sentences = find_sentences(view, (), patterns)
    inside = sorted(at for at in starts if any(s.start <= at < s.end for s in sentences))
    quantities = [Quantity(at, at + 1, view.text[at], "count", Decimal(1)) for at in inside]
    places = find_places(view, sentences, patterns)
    assert len(link_places(make_scope(view, sentences, quantities), places, patterns)) == len(quantities)
    assert all(view.text[place.start : place.end] == place.text for place in places.mentions)
    spans = [(place.start, place.end) for place in places.mentions]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
