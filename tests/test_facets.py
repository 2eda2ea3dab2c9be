"""Is the part that a phrase names read from the table, and printed in one way?"""

from __future__ import annotations

import pytest

from extract.linking.subject.facets import Facet, Facets
from extract.linking.subject.zones import LEVELS, Lexicon, Zone, facet_rows, find_zones
from extract.patterns import Patterns, load_patterns
from extract.reading.view import make_view

ROWS = facet_rows(load_patterns())


def zone_of(text: str, patterns: Patterns) -> Zone:
    view = make_view(text, patterns)
    return find_zones(view, 0, len(text), patterns.compiled(Lexicon))[0]


def find(text: str, patterns: Patterns, heading: str | None = None) -> list[Facet]:
    return patterns.compiled(Facets).find(zone_of(text, patterns), 0, len(text), heading)


def printed(text: str, patterns: Patterns, heading: str | None = None) -> list[str]:
    return [value for facet in find(text, patterns, heading) if facet.sure for value in facet.values]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['dimension']} {row['surface']} {row['use']}" for row in ROWS])
def test_every_row_reads_its_own_example(row: dict[str, str], patterns: Patterns) -> None:
    start, end = row["example"].index("["), row["example"].index("]") - 1
    text = row["example"].replace("[", "").replace("]", "")
    prefix = patterns.sections("subjects.toml")["dimension"]
    value = f"{prefix[row['dimension']]}: {row['value']}" if row["dimension"] in LEVELS else row["value"]
    assert make_view(text[start:end], patterns).folded == make_view(row["surface"], patterns).folded
    assert [f.values for f in find(text, patterns) if f.start <= start and end <= f.end] == [(value,)]


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("đảng viên nữ là người dân tộc thiểu số", ["nữ", "dân tộc thiểu số"]),
        ("đồng bào dân tộc Tày", ["dân tộc Tày"]),
        ("người Khmer", ["dân tộc Khmer"]),
        ("là người Gié - Triêng", ["dân tộc Gié - Triêng"]),
        ("đồng bào Bru Vân Kiều", ["dân tộc Bru Vân Kiều"]),
        ("hộ người Ê-đê", ["dân tộc Ê-đê"]),
        ("người lao động", []),
        ("người Lào", []),
        ("dân tộc Lào", ["dân tộc Lào"]),
        ("người Thái", ["dân tộc Thái"]),
        ("người Thái Bình", []),
        ("người dân tộc ít người", ["dân tộc thiểu số"]),
        ("nhân dân tộc Tày và Nùng", ["dân tộc Tày"]),
        ("phụ nữ nghèo", []),
        ("tỉnh Quảng Nam", []),
        ("tuổi trẻ dưới 40 tuổi", ["dưới 40 tuổi"]),
        ("từ 18 đến 30 tuổi", ["từ 18 đến 30 tuổi"]),
        ("từ đủ 70 đến dưới 75 tuổi", ["từ đủ 70 đến dưới 75 tuổi"]),
        ("đại biểu trẻ (chưa quá 35 tuổi)", ["dưới 35 tuổi"]),
        ("cấp ủy viên trẻ tuổi (nhiệm kỳ trước)", ["trẻ tuổi"]),
        ("đảng viên dự bị", ["dự bị"]),
        ("đại biểu chính thức", []),
        ("quần chúng ngoài Đảng", ["ngoài Đảng"]),
        ("đại biểu là đảng viên", ["đảng viên"]),
        ("thôn có bí thư là đảng viên", []),
        ("đại biểu là công nhân", ["công nhân"]),
        ("công nhân lao động", []),
        ("lao động ngoài khu vực nhà nước", ["ngoài nhà nước"]),
        ("doanh nghiệp nhà nước", []),
        ("khối ngoài quốc doanh", ["ngoài nhà nước"]),
        ("đồng bào theo đạo Tin lành", ["Tin lành"]),
        ("người không tái cử", ["không tái cử"]),
        ("đại biểu trúng cử lần đầu", ["trúng cử lần đầu"]),
        ("học sinh trung học cơ sở", []),
        ("đồng chí nhận Huy hiệu 60 năm", ["60 năm tuổi Đảng"]),
        ("đảng viên 50 năm tuổi Đảng", ["50 năm tuổi Đảng"]),
        ("Huy hiệu 60 năm tuổi Đảng", []),
        ("vụ án rất nghiêm trọng và đặc biệt nghiêm trọng", ["rất nghiêm trọng và đặc biệt nghiêm trọng"]),
        ("hậu quả đặc biệt nghiêm trọng", []),
        ("trên 60 tuổi trở lên", ["trên 60 tuổi trở lên"]),
        ("trẻ em trong độ tuổi từ 05 đến 11", ["từ 05 đến 11 tuổi"]),
        ("học viên nhóm tuổi 12-17", ["12-17 tuổi"]),
        ("tuổi từ 12 - 15% tổng số", []),
        ("cán bộ trong độ tuổi 45 - 50 tuổi", ["45 - 50 tuổi"]),
        ("trẻ em dưới 5 tuổi", ["dưới 5 tuổi"]),
        ("Huy hiệu 30 năm tuổi Đảng", []),
        ("khách quốc tế", ["quốc tế"]),
        ("quan hệ quốc tế", []),
        ("có trình độ trung cấp chuyên môn", ["chuyên môn: trung cấp"]),
        ("trình độ đại học trở lên", ["chuyên môn: đại học trở lên"]),
        ("trình độ chuyên môn từ thạc sĩ và tương đương trở lên", ["chuyên môn: thạc sĩ và tương đương trở lên"]),
        ("trình độ lý luận chính trị cao cấp và cử nhân", ["lý luận chính trị: cao cấp, cử nhân"]),
        ("cao cấp lý luận chính trị", ["lý luận chính trị: cao cấp"]),
        (
            "trình độ lý luận chính trị và trình độ chuyên môn từ trung cấp trở lên",
            ["lý luận chính trị: trung cấp trở lên", "chuyên môn: trung cấp trở lên"],
        ),
        ("tham gia học trung cấp lý luận chính trị", []),
        ("trường trung cấp", []),
        ("xã đạt chuẩn", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_facets(text: str, facets: list[str], patterns: Patterns) -> None:
    assert printed(text, patterns) == facets


@pytest.mark.parametrize(
    ("text", "heading", "facets"),
    [
        ("Trung cấp", "lý luận chính trị", ("lý luận chính trị: trung cấp",)),
        ("Trung cấp", None, ("chuyên môn: trung cấp",)),
        ("thạc sĩ, tiến sĩ", "", ("chuyên môn: thạc sĩ, tiến sĩ",)),
        ("cao cấp", "", ("lý luận chính trị: cao cấp",)),
        ("cao đẳng, đại học và trên đại học", "lý luận chính trị", ("chuyên môn: cao đẳng, đại học, trên đại học",)),
    ],
)
def test_a_bare_level_takes_its_dimension_from_the_heading(
    text: str, heading: str | None, facets: tuple[str, ...], patterns: Patterns
) -> None:
    (facet,) = find(text, patterns, heading)
    assert (facet.values, facet.sure) == (facets, False)


@pytest.mark.parametrize(("text", "facets"), [("Nùng", ("dân tộc Nùng",)), ("Mạ", ("dân tộc Mạ",))])
def test_a_people_is_named_alone_in_a_list(text: str, facets: tuple[str, ...], patterns: Patterns) -> None:
    (facet,) = find(text, patterns)
    assert (facet.values, facet.sure) == (facets, False)
    assert find(f"xã {text}", patterns) == []


@pytest.mark.parametrize(
    ("text", "filled"),
    [("là người dân tộc thiểu số", True), ("nữ", True), ("đảng viên nữ", False), ("tuổi trẻ dưới 40 tuổi", True)],
)
def test_facets_that_are_all_a_phrase_says(text: str, filled: bool, patterns: Patterns) -> None:
    zone = zone_of(text, patterns)
    assert patterns.compiled(Facets).fill(zone, 0, len(text), find(text, patterns)) is filled
