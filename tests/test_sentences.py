"""Where do sentences begin and end?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.patterns import Patterns, load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Span


def sentences(text: str, patterns: Patterns, furniture: tuple[Span, ...] = ()) -> list[str]:
    view = make_view(text, patterns)
    return [view.text[sentence.start : sentence.end] for sentence in find_sentences(view, furniture, patterns)]


@pytest.mark.parametrize(
    "marked",
    [
        "Thu 5.000 tấn. | Đạt 95%. | Còn 12 xã.",
        "Ông nói: “Có 12 hộ.” | Bà Ba đồng tình.",
        "Phong trào “Dân vận khéo”. | Xã có 5 hộ (năm 2020). | Hết",
        "Bác nói: “Có 5 hộ”... | Và 6 hộ.",
        "“... Chúng tôi có 5 hộ.” | Bà nói.",
        "(Đạt 95%.) | Tỉnh có 5 xã",
        "Có 12 hộ... | Còn 5 hộ!? | Ừ… | 7 hộ",
        "- Đạt 5 xã. | + Đạt 6 xã. | • Đạt 7 xã.",
        "Tp. Nam Định, TX. Sơn Tây, P. Trần Phú, x. Hòa Bình và Q. 1 có 5 hộ. | Hết",
        "GS.TS. Lê Minh và ThS. Hoàng Anh. | Năm 2020",
        "PCT. UBND huyện và PBT. Huyện ủy dự. | Năm 2020",
        "Tại TP.HCM và TT.Huế có T.SỸ. | Hết",
        "1. Kết quả: đạt 12 xã. | 2. Tồn tại: còn 5 xã.",
        "I. Tình hình. | II. Giải pháp. | III. Tổ chức",
        "5.5. Về nông nghiệp. | 5.6. Về y tế",
        "a. Mục tiêu. | b. Giải pháp",
        "Đường dài 12 km. | Xã có 5 hộ; sâu 3 m. | Năm 2020 thu 5 tr. | Còn lại",
        "Cuộc sống ấm no. | Năm 2020, ông. | Trồng lúa, ngô, v.v... | Các hộ, vv. | Hết",
        "Cây cao 5 m. | Hết",
        "lần thứ XII. | Đảng bộ có 5 chi bộ",
        "năm 2020. | 12 xã đạt",
        "Xem vidu.vn. | Tỉnh có 5 xã",
        "Trong năm 2020.|Tổng thu đạt 5 tỷ đồng.|Xã còn 5 hộ",
        "Nghị định 12/2020/NĐ-CP. | Theo đó",
        "Đạt 2,5 tr. đồng mỗi hộ; xã có 5 hộ.",
        "một\r | \nhai\u2028 | ba\n | \n | bốn",
    ],
)
def test_sentences_of_a_line(marked: str, patterns: Patterns) -> None:
    expected = [piece for part in marked.split("|") if (piece := part.strip(" \r\n\u2028"))]
    text = marked.replace(" | ", " ").replace("|", "")
    assert sentences(text, patterns) == expected


def test_furniture_stays_outside_and_ends_sentences(patterns: Patterns) -> None:
    text = "In trang\nXã có 5 hộ. Ảnh: Lê Minh\nHết"
    photo = text.index("Ảnh")
    assert sentences(text, patterns, ((0, 8), (photo, photo + 12))) == ["Xã có 5 hộ.", "Hết"]
    assert sentences(text, patterns, ((0, len(text)),)) == []


def test_headings_are_lines_of_one_sentence_without_a_stop(patterns: Patterns) -> None:
    view = make_view("Kết quả năm 2020\nXã có 5 hộ. Còn 3 hộ\nXã có 5 hộ.\n", patterns)
    found = find_sentences(view, (), patterns)
    assert [sentence.heading for sentence in found] == [True, False, False, False]
    assert [sentence.paragraph for sentence in found] == [0, 1, 1, 2]


@given(st.text(alphabet=st.sampled_from('aBđ1. \n!?…"”)(-–,;TP'), max_size=60))
def test_sentences_hold_everything_but_blanks(text: str) -> None:
    view = make_view(text, load_patterns())
    found = find_sentences(view, (), load_patterns())
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert (
        "".join(view.text[s.start : s.end] for s in found).split()
        == "".join("".join(view.text[s.start : s.end]) for s in found).split()
    )
    left = list(view.text)
    for sentence in found:
        left[sentence.start : sentence.end] = " " * (sentence.end - sentence.start)
    assert not "".join(left).strip()


@pytest.mark.parametrize(
    "text", ["a. " * 10**5, "." * 10**5, "A" * 10**6, "a.B" * 10**5, "\n" * 10**5], ids=lambda text: repr(text[:6])
)
def test_hostile_text_ends(text: str, patterns: Patterns) -> None:
    sentences(text, patterns)
