"""Which parts of a text are page furniture?"""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.patterns import PatternError, Patterns, Row, load_patterns
from extract.reading.furniture import find_furniture
from extract.reading.widgets import Widgets, is_name

ROWS = load_patterns().rows("furniture.csv", ("surface", "where", "example"), key=("surface", "where"))
BODY = "Xã đã hỗ trợ 120 hộ vay vốn, nâng thu nhập bình quân lên 45 triệu đồng mỗi năm.\n" * 12


def found(text: str, patterns: Patterns) -> list[str]:
    return [text[start:end] for start, end in find_furniture(text, patterns)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['where']}: {row['surface']}")
def test_every_row_takes_its_own_example(row: Row, patterns: Patterns) -> None:
    marked = row["example"]
    start, end = marked.index("["), marked.rindex("]") - 1
    text = marked[:start] + marked[start + 1 : end + 1] + marked[end + 2 :]
    assert find_furniture(text, patterns) == ((start, end),)


@pytest.mark.parametrize(
    "line",
    [
        "A- A A+ | Tăng tương phản | In trang",
        "A- A+ Cỡ chữ",
        "0:00 / 3:12",
        "Facebook  Twitter  Zalo  Email  In bài viết",
        "Thích 12 Chia sẻ 3",
        "👁 1.234 lượt xem",
        "LƯỢT XEM: 1.234",
        "Số lượt xem: 345 | In trang",
        "Bình luận (0)",
        "5/5 - (3 bình chọn)",
        "Thứ Hai, 12/5/2025 | 07:30",
        "Kinh tế - Xã hội | 12/05/2020 07:30",
        "Minh Anh - 07:30 12/05/2020",
        "Cập nhật lúc 09:12, Thứ Ba, 12/05/2020 (GMT+7)",
        "Đăng lúc: 08:00:12 12/05/2020 (GMT+7)",
        "12/05/2020 08:15 Lượt xem: 123",
        "Trang chủ > Tin tức > Kinh tế 24h",
        "Bài, ảnh: LÊ MINH",
        "Bài, ảnh: Lê Minh, Trần Anh và Hoàng Nam",
        "Tin, ảnh: Phòng VHTT (tổng hợp)",
        "Ảnh: N.T.H",
        "Ảnh: vidu.gov.vn",
        "(Theo Cổng TTĐT Chính phủ)",
        "(Nguồn: Báo Nam Định)",
        "* Nguồn: vidu.gov.vn",
        "Điện thoại: (0228) 385 1234 - Fax: (0228) 385 1235",
        "© 2020 Báo Nam Định. All rights reserved.",
        "Copyright © 2020 Báo Nam Định",
        ">> Thu ngân sách vượt 12%",
        "Xem thêm: 5 xã về đích",
        ".",
        "* * *",
        "🌾🌾",
    ],
)
def test_a_line_of_furniture_is_taken_wherever_it_stands(line: str, patterns: Patterns) -> None:
    assert found(f"Tiêu đề\n{BODY}{line}\n{BODY}", patterns) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Năm 2020, xã có 12 hộ nghèo",
        "12.345",
        "100%",
        "Điện thoại: 1.200 chiếc",
        "Điện thoại: 95%",
        "Nguồn: ngân sách tỉnh 50 tỷ đồng",
        "Nguồn: Báo cáo của UBND tỉnh năm 2020",
        "Theo báo cáo của UBND tỉnh",
        "Theo kế hoạch, trồng 300 ha",
        "Theo Báo cáo, 12 xã về đích",
        "Ảnh: Vườn nhãn của gia đình ông Ba cho 5 tấn quả",
        "Ảnh: Vườn nhãn của gia đình ông Ba",
        "Bài học từ 12 mô hình",
        "Tin vui cho 300 hộ nghèo",
        "Tin mới nhất về 12 ca mắc",
        "Chia sẻ yêu thương với 50 hộ nghèo",
        "In 5.000 tờ rơi",
        "Facebook 5%",
        "Hôm nay: 12 ca mắc",
        "Lượt khách: 12.345",
        "Cập nhật 12 ca mắc mới",
        "Thứ Năm, 3 xã ra quân",
        "Thứ Ba, 12/5/2020, UBND tỉnh họp",
        "Ngày 12/5/2020, UBND xã họp",
        "Giấy phép xây dựng: 120 trường hợp",
        "Nam: 345; nữ: 367",
        "1. Kết quả",
        "Trang chủ có 5 mục",
    ],
)
def test_text_is_left_alone(line: str, patterns: Patterns) -> None:
    assert found(f"Tiêu đề\n{BODY}{line}\n{BODY}", patterns) == []
    assert found(f"{line}\n{BODY}{line}", patterns) == []


@pytest.mark.parametrize("line", ["21/09/2021", "Thứ Hai", "07:30", "ngày 12 tháng 5 năm 2017"])
def test_a_date_or_clock_alone_is_furniture_at_the_edges_only(line: str, patterns: Patterns) -> None:
    assert found(f"Tiêu đề\n{line}\n{BODY}", patterns) == [line]
    assert found(f"Tiêu đề\n{BODY}{line}", patterns) == [line]
    assert found(f"Tiêu đề\n{BODY}{line}\n{BODY}", patterns) == []


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Nông dân thu hoạch 5 ha lúa. Ảnh: Lê Minh", "Ảnh: Lê Minh"),
        ("Nông dân thu hoạch 5 ha lúa. (Ảnh: Lê Minh/TTXVN)", "(Ảnh: Lê Minh/TTXVN)"),
        ("Nông dân thu hoạch 5 ha lúa - Ảnh: T.S", "Ảnh: T.S"),
        ("Nông dân thu hoạch 5 ha lúa. ẢNH: LÊ MINH", "ẢNH: LÊ MINH"),
        ("Nông dân thu hoạch 5 ha lúa (Ảnh minh họa).", "(Ảnh minh họa)."),
        ("Nông dân thu hoạch 5 ha lúa. Bài,ảnh: Lê Minh (TTXVN)", "Bài,ảnh: Lê Minh (TTXVN)"),
        ("Nông dân thu hoạch 5 ha lúa. Ảnh: vườn nhà ông Ba rộng 2 ha", None),
        ("Nông dân xem ảnh: ruộng lúa của xã bên", None),
        ("Ngày hội ảnh: 12 tác giả dự thi", None),
    ],
)
def test_a_credit_ends_a_line_and_the_caption_stays(line: str, credit: str | None, patterns: Patterns) -> None:
    assert found(f"{line}\n{BODY}", patterns) == ([credit] if credit else [])


def test_other_news_runs_to_the_end(patterns: Patterns) -> None:
    news = (
        "Tin cùng chuyên mục\n\n12 xã về đích sớm\n(12/05/2020)\nThu 500 tỷ đồng?\n- Giảm 3% hộ nghèo\nLượt truy cập: 5"
    )
    assert found(f"Tiêu đề\n{BODY}\n{news}\n", patterns) == [news]


def test_other_news_with_cut_teasers_and_a_footer_runs_to_the_end(patterns: Patterns) -> None:
    news = "CÁC TIN KHÁC:\n12 xã về đích\nĐến nay, 12 xã đã...\nGiấy phép số: 12/GP do Sở cấp ngày 3/4/2019."
    text = f"Tiêu đề\n{BODY}{news}"
    assert find_furniture(text, patterns) == ((text.index("CÁC"), len(text)),)


def test_other_news_in_the_middle_takes_listed_lines_only(patterns: Patterns) -> None:
    box = ["Tin liên quan", "- 12 xã về đích", "Thu 500 tỷ đồng (12/5/2020)"]
    assert found("\n".join(["Tiêu đề", BODY, *box, "Kết quả bước đầu", BODY]), patterns) == box


def test_a_page_that_is_only_a_list_is_no_block(patterns: Patterns) -> None:
    assert found("Tin mới\n12 xã về đích\nThu 500 tỷ đồng", patterns) == ["Tin mới"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_any_line_end(end: str, patterns: Patterns) -> None:
    assert found(end.join(["Tiêu đề", "  In trang ", "Bài, ảnh: Lê Minh"]), patterns) == [
        "In trang",
        "Bài, ảnh: Lê Minh",
    ]


def test_spans_stand_in_the_text_as_decoded(patterns: Patterns) -> None:
    composed = f"Tăng tương phản\n{BODY}Đồng lúa chín vàng. Ảnh: Lê Thị Hường\nTổng lượt truy cập: 12\n"
    text = unicodedata.normalize("NFD", composed)
    assert text != composed
    assert [unicodedata.normalize("NFC", part) for part in found(text, patterns)] == found(composed, patterns)


LINES = st.sampled_from(
    [row["example"] for row in ROWS] + ["Xã có 12 hộ.", "", "Tin vui", "e\u0301\u0301\u0301", "\ud800"]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=12).map("\n".join))
def test_spans_are_sorted_apart_and_never_blank(text: str) -> None:
    spans = find_furniture(text, load_patterns())
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10**5,
        "ảnh: " * 10**5,
        "Tin liên quan\n" * 10**4,
        "12/5/2020 | " * 20 + "x",
        "\u0301" * 10**5,
        ("- " * 120 + "x\n") * 100,
    ],
    ids=lambda text: repr(text[:16]),
)
def test_hostile_text_ends(text: str, patterns: Patterns) -> None:
    find_furniture(text, patterns)


@pytest.mark.parametrize(
    ("row", "message"),
    [("in trang,page,[In trang]", "where must be one of"), ("xem <numbr>,piece,[xem 1]", "no part <numbr>")],
)
def test_a_wrong_row_names_its_line(row: str, message: str, tmp_path: Path, patterns: Patterns) -> None:
    (tmp_path / "furniture.csv").write_text(f"surface,where,example\n{row}\n", encoding="utf-8")
    (tmp_path / "outlets.csv").write_text(patterns.text("outlets.csv"), encoding="utf-8")
    with pytest.raises(PatternError, match=re.escape("furniture.csv:2: ") + message):
        Widgets(Patterns(tmp_path))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Lê Minh", True),
        ("T.SỸ", True),
        ("vidu.gov.vn", True),
        ("Lê Minh và Hoàng Anh", True),
        ("Lê Minh (Đài huyện)", True),
        ("vườn nhà", False),
        ("Vườn nhãn của ông", False),
        ("", False),
        ("...", False),
    ],
)
def test_names(text: str, answer: bool) -> None:
    assert is_name(text) is answer
