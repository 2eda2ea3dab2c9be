"""Title, date and paper of a plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.patterns import PatternError, Patterns, Row, load_patterns
from extract.reading.furniture import find_furniture
from extract.reading.masthead import Masthead, find_masthead
from extract.reading.outlets import Outlets

ROWS = load_patterns().rows("outlets.csv", ("surface", "kind", "name", "example"), blank=("name",))
TITLE = "Nghĩa Hưng về đích sớm 2 năm"
LEDE = "Sáng 3/4/2021, xã Hòa Bình tổng kết 10 năm xây dựng nông thôn mới (2011 - 2021) và biểu dương 12 hộ. " * 3
BODY = f"{LEDE}\n" * 12


def masthead(text: str, patterns: Patterns) -> Masthead:
    return find_masthead(text, find_furniture(text, patterns), patterns)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["surface"])
def test_every_outlet_row_reads_its_own_example(row: Row, patterns: Patterns) -> None:
    before, _, rest = row["example"].partition("[")
    outlet, _, after = rest.partition("]")
    line = before + outlet + after
    text = f"{TITLE}\n{line}" if "Sáng nay" in line else f"{TITLE}\n{BODY}{line}"
    assert masthead(text, patterns).outlet == (row["name"] or outlet)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("13/02/2019, 07:58 [GMT+7]", "2019-02-13"),
        ("Thứ Tư, 13/02/2019, 07:58 [GMT+7]", "2019-02-13"),
        ("21/09/2021", "2021-09-21"),
        ("15/1/2026", "2026-01-15"),
        ("19-10-2018 12:15", "2018-10-19"),
        ("12.5.2017", "2017-05-12"),
        ("2025-04-22", "2025-04-22"),
        ("2025-04-22T07:30:15", "2025-04-22"),
        ("Thứ Tư, 3/5/2023", "2023-05-03"),
        ("Chủ nhật, 18/5/2025 | 07:30", "2025-05-18"),
        ("ngày 12 tháng 5 năm 2017", "2017-05-12"),
        ("Nam Định, ngày 12 tháng 5 năm 2017", "2017-05-12"),
        ("Thứ Sáu, 12 Tháng 5 2017 08:00", "2017-05-12"),
        ("Cập nhật lúc 09:12, Thứ Ba, 12/05/2020 (GMT+7)", "2020-05-12"),
        ("Kinh tế - Xã hội | 12/05/2020 07:30", "2020-05-12"),
        ("12/05/2020 08:15 | Lượt xem: 123", "2020-05-12"),
        ("QPĐT - 12/05/2020", "2020-05-12"),
        ("12/05/2020 - QPĐT", "2020-05-12"),
        ("Báo Quảng Phú - 12/05/2020", "2020-05-12"),
        ("(Thứ ba, 12/05/2020)", "2020-05-12"),
        ("Ngày đăng: 12/05/2020", "2020-05-12"),
        ("Thứ 3, 12/05/2020, 08:15", "2020-05-12"),
        ("Quảng Phú Online 12/05/2020", "2020-05-12"),
        ("Quảng Phú, 12/05/2020", "2020-05-12"),
        ("Thời sự - 12/05/2020", "2020-05-12"),
        ("Chiều 12/05/2020 - Ủy ban họp phiên thứ 12.", None),
        ("QPĐT - Ngày 12/05/2020, huyện họp.", None),
        ("Đồng chí Nguyễn Văn Ba - 12/05/1960", None),
        ("31/02/2020", None),
        ("05/13/2017", None),  # month and day are never exchanged
        ("00/00/0000", None),
        ("12/05/1850", None),
        ("12/05", None),
        ("Ngày 12/5/2020, xã họp", None),
        ("Kỷ niệm 20 năm (27.7.1999/27.7.2019)", None),
        ("Giai đoạn 2015 - 2020", None),
        ("Từ 12/5/2020", None),
    ],
)
def test_a_dateline_in_the_head_or_foot(line: str, published: str | None, patterns: Patterns) -> None:
    assert masthead(f"{TITLE}\n\n{line}\n{BODY}", patterns).published == published
    assert masthead(f"{line}\n{TITLE}\n{BODY}", patterns).published == published
    assert masthead(f"{TITLE}\n{BODY}{line}\n", patterns).published == published


@pytest.mark.parametrize(
    ("lead", "published"),
    [
        ("(QPO)- 12/05/2020. Mùa mưa năm nay, toàn tỉnh có 12 điểm sạt lở.", "2020-05-12"),
        ("QP online - Thứ Ba, 12/05/2020. Xã có 12 thôn.", "2020-05-12"),
        ("Báo Quảng Phú, 12/5/2020 - Đảng bộ huyện có 38 chi bộ.", "2020-05-12"),
        ("12/05/2020 - 6 tháng đầu năm, tỉnh xuất khẩu 12 tấn.", "2020-05-12"),
        ("Chiều 12/05/2020 - Ủy ban họp phiên thứ 12.", None),
        ("Chiều 12/05/2020, huyện họp.", None),
        ("Theo Sở Y tế (12/05/2020), tỉnh có 12 ca.", None),
        ("Giai đoạn 01/07/2020 - 12/05/2021, xã xây 12 căn.", None),
    ],
)
def test_a_dateline_that_the_first_paragraph_begins_with(lead: str, published: str | None, patterns: Patterns) -> None:
    text = f"{TITLE}\n\n{lead}\n{BODY}"
    assert masthead(text, patterns).published == published
    assert [text[start:end].strip(" .-") for start, end in find_furniture(text, patterns)] == (
        [lead[lead.index("Thứ") if "Thứ" in lead else lead.index("12/") :].partition("2020")[0] + "2020"]
        if published
        else []
    )


def test_a_date_in_the_middle_or_in_other_news_is_not_that_of_publication(patterns: Patterns) -> None:
    assert masthead(f"{TITLE}\n{BODY}12/05/2020\n{BODY}", patterns).published is None
    assert masthead(f"{TITLE}\n{BODY}Tin liên quan\nXã bên ra quân\n12/05/2020", patterns).published is None


def test_the_head_goes_before_the_foot(patterns: Patterns) -> None:
    assert masthead(f"{TITLE}\n12/05/2020\n{BODY}Cập nhật: 13/05/2020", patterns).published == "2020-05-12"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (TITLE, TITLE),
        (f"  {TITLE}  ", TITLE),
        (f"A- A A+\n21/09/2021\n{TITLE}", TITLE),
        (f"{TITLE} - Báo Nam Định", TITLE),
        (f"{TITLE} | baonamdinh.vn", TITLE),
        ("Nam Định - Hà Nam: nối 2 bờ sông", "Nam Định - Hà Nam: nối 2 bờ sông"),
        ("Kỷ niệm (27.7.1999/27.7.2019)", "Kỷ niệm (27.7.1999/27.7.2019)"),
        (LEDE * 2, None),
    ],
)
def test_title(head: str, title: str | None, patterns: Patterns) -> None:
    assert masthead(f"{head}\r\n{BODY}", patterns).title == title


@pytest.mark.parametrize(
    ("head", "foot", "outlet"),
    [
        ("", "Nguồn: nghiahung.namdinh.gov.vn", "nghiahung.namdinh.gov.vn"),
        ("", "Nguồn:nghiahung.namdinh.gov.vn Copy link", "nghiahung.namdinh.gov.vn"),
        ("", "(Nguồn: Báo Nam Định - www.baonamdinh.vn)", "baonamdinh.vn"),
        ("", "Theo Báo Nam Định điện tử", "Báo Nam Định điện tử"),
        ("", "Bài, ảnh: Lê Minh (TTXVN)", "TTXVN"),
        ("", "Xã sẽ nhân rộng mô hình. Lê Minh (TTXVN)", "TTXVN"),
        ("", "Xã sẽ nhân rộng mô hình. Bài,ảnh: Lê Minh (TTXVN)", "TTXVN"),
        ("", "Ảnh: Lê Minh (TTXVN)", None),
        ("", "Một góc chợ quê. (Ảnh: Lê Minh/TTXVN)", None),
        ("", "Theo báo cáo của UBND huyện", None),
        ("", "Nguồn: Cục Thống kê", None),
        ("", "Xã sẽ nhân rộng mô hình (theo báo cáo của huyện)", None),
        (" - Báo Nam Định", "", "Báo Nam Định"),
        ("\n(BĐ) - Chiều qua, hội nghị khai mạc.", "", "Báo Bình Định"),
        ("\n(XYZ)- Chiều qua, hội nghị khai mạc.", "", "XYZ"),
        ("\n(Chinhphu.vn) – Chiều qua, hội nghị khai mạc.", "", "chinhphu.vn"),
        ("\nVOV.VN - Chiều qua, hội nghị khai mạc.", "", "vov.vn"),
        ("\n(Nam Định) - Chiều qua, hội nghị khai mạc.", "", None),
        ("\nTP HCM - Chiều qua, hội nghị khai mạc.", "", None),
        ("\nUBND huyện - nơi có 12 xã - họp.", "", None),
        ("", "", None),
    ],
)
def test_outlet(head: str, foot: str, outlet: str | None, patterns: Patterns) -> None:
    assert masthead(f"{TITLE}{head}\n{BODY}{foot}", patterns).outlet == outlet


def test_a_title_about_a_paper_is_not_its_outlet(patterns: Patterns) -> None:
    assert masthead(f"Nhân Dân - tờ báo 70 tuổi\n{BODY}", patterns).outlet is None


@pytest.mark.parametrize("text", ["", "\n\n", "12/05/2020", "A- A A+", "\ud800"])
def test_texts_without_a_body(text: str, patterns: Patterns) -> None:
    assert masthead(text, patterns).outlet is None


def test_a_wrong_kind_of_outlet_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "outlets.csv").write_text("surface,kind,name,example\nBáo,paper,,[Báo]\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"outlets\.csv:2: kind must be one of"):
        Outlets(Patterns(tmp_path))


def test_published_agrees_with_the_reference(shared: Path, patterns: Patterns) -> None:
    gold = [json.loads(line) for line in (shared / "gold" / "dev.gold.jsonl").open(encoding="utf-8")]
    paths = {path.stem: path for path in (shared / "articles").rglob("*.txt")}
    found = {name: masthead(path.read_bytes().decode(), patterns).published for name, path in paths.items()}
    assert found == {article["article"]: article["published"] for article in gold}
