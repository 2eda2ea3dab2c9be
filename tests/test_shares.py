"""Does each percentage find the count it restates and the whole it is a share of?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import marked_scope

from extract.finding.cues import COLUMNS
from extract.linking.cue.cues import link_cues
from extract.linking.share.shares import link_shares
from extract.patterns import Patterns, load_patterns
from extract.pipeline import find_figures
from extract.records import Article, Share, Subject

NUMBER = re.compile(r"\d+(?:/\d+|%| tỷ đồng)?")
ROWS = [
    row
    for row in load_patterns().rows("cues.csv", COLUMNS, key=("surface", "slot"))
    if row["slot"] in ("share", "part", "whole", "total", "holds", "predicate", "average", "measure", "outcome", "case")
]
CASES = [line.split("\t") for line in Path(__file__).with_name("shares.tsv").read_text("utf-8").splitlines()]


def shares(marked: str, patterns: Patterns, *, subjects: list[Subject] | None = None) -> list[Share]:
    scope = marked_scope(marked, patterns)
    return link_shares(scope, link_cues(scope, patterns), patterns, subjects=subjects)


def shown(share: Share) -> str:
    """ "num/den", with p for a plan's completion and c for a change."""
    num, den = ("-" if index is None else str(index) for index in (share.num, share.den))
    return f"{num}/{den}{ {'share': '', 'completion': 'p', 'change': 'c'}[share.role] }"


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[case[0] for case in CASES])
def test_shares(marked: str, expected: str, patterns: Patterns) -> None:
    found = shares(marked, patterns)
    wanted = dict(pair.split(": ") for pair in expected.split(" | "))
    assert {at: shown(found[int(at)]) for at in wanted} == wanted


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['slot']} {row['surface']}" for row in ROWS])
def test_every_row_reads_its_own_example(row: dict[str, str], patterns: Patterns) -> None:
    marked = NUMBER.sub(r"[\g<0>]", row["example"].replace("[", "").replace("]", ""))
    scope = marked_scope(marked, patterns)
    (share,) = [
        link
        for link, quantity in zip(shares(marked, patterns), scope.quantities, strict=True)
        if quantity.kind == "percent"
    ]
    assert (share.num if row["slot"] == "share" else share.den) is not None


def test_only_percentages_are_linked(patterns: Patterns) -> None:
    found = shares("Có [45/60] thôn và [12] xã, trong đó [3 ha] đất", patterns)
    assert found == [Share()] * 3


def test_counted_nouns_of_the_subjects_are_preferred(patterns: Patterns) -> None:
    marked = "Có [20] cán bộ, trong đó nữ [5] người, chiếm [24%]"
    units = [Subject("cán bộ", None, None), Subject("cán bộ", None, None), Subject(None, None, None)]
    assert shares(marked, patterns)[2].den is None
    assert shares(marked, patterns, subjects=units)[2].den == 0


REGISTRY = [
    (
        "Diện tích tự nhiên của xã là 6.300 ha, trong đó diện tích đất có rừng 2.650 ha. Độ che phủ rừng đạt 42%.",
        {"42%": ("2.650 ha", "6.300 ha")},
    ),
    (
        "Huyện có 6.300 ha, trong đó đất có rừng 2.650 ha. Người dân phấn khởi. Độ che phủ rừng đạt 42,5%.",
        {"42,5%": ("2.650 ha", "6.300 ha")},
    ),
    ("Xã Đông có 20 ha rừng. Xã Tây có độ che phủ rừng 42%.", {"42%": (None, None)}),
    ("Toàn xã có 1.240 hộ. Đến nay, 100% hộ nghèo có nhà ở, tỷ lệ hộ nghèo còn 3%.", {"100%": (None, None)}),
    ("Vốn được phân bổ 80 tỷ đồng, đã giải ngân 60 tỷ đồng, đạt 75% kế hoạch.", {"75%": ("60 tỷ đồng", "80 tỷ đồng")}),
    ("Thu ngân sách đạt 60 tỷ đồng, bằng 75% dự toán.", {"75%": (None, None)}),
    ("Mật độ là 40 giường bệnh trên 10.000 dân. Tỷ lệ đô thị hóa đạt 20,6%.", {"20,6%": (None, None)}),
    (
        "Cấp huyện: 187/190 đại biểu trúng cử (thiếu 3 đại biểu); tỷ lệ nữ 34,1%, dân tộc thiểu số 50,5%.",
        {"34,1%": (None, "187/190"), "50,5%": (None, "187/190")},
    ),
    (
        "Tỉnh có 900 đảng viên, trong đó nữ chiếm 35%. Các chi bộ bầu 215 cấp ủy viên cơ sở. "
        "Tỷ lệ nữ tham gia cấp ủy cơ sở đạt 24,6%, dân tộc thiểu số 31%.",
        {"35%": (None, "900"), "24,6%": (None, "215"), "31%": (None, "215")},
    ),
    (
        "Đại hội bầu 55 đại biểu HĐND xã, tỷ lệ nữ đạt 34,5%, dưới 40 tuổi 21,8%.",
        {"34,5%": (None, "55"), "21,8%": (None, "55")},
    ),
    ("Xã mở lớp dạy nghề cho 90 học viên nữ, sau học nghề 80% có việc làm.", {"80%": (None, "90")}),
    ("Đã mở 120 tài khoản ngân hàng, 60% người từ 15 tuổi trở lên có tài khoản.", {"60%": (None, None)}),
    ("Có 32 đại biểu phát biểu. Tỷ lệ nữ đại biểu HĐND đạt 30,5%.", {"30,5%": (None, None)}),
    (
        "Bầu 428 cấp ủy viên cấp xã; nữ 110 đồng chí, chiếm 25,7%. 99,7% cấp ủy viên có trình độ đại học trở lên.",
        {"25,7%": ("110", "428"), "99,7%": (None, "428")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), REGISTRY, ids=[case[0] for case in REGISTRY])
def test_shares_of_whole_articles(text: str, expected: dict[str, tuple[str, str]], patterns: Patterns) -> None:
    figures = find_figures(Article("a", "a.txt", text, ""), patterns).figures
    named: dict[str | None, str | None] = {figure.figure: figure.text for figure in figures} | {None: None}
    found = {figure.text: (named[figure.share_num], named[figure.share_den]) for figure in figures}
    assert {text: found[text] for text in expected} == expected


WORDS = [
    "[5%]",
    "[12]",
    "[3/4]",
    "xã",
    "hộ",
    "chiếm",
    "trong đó",
    "trong số đó:",
    "¶- ",
    "tỷ lệ",
    "có",
    "trên",
    "tổng số",
    ",",
    "(",
    ")",
    ". ",
    ";",
    "tăng",
    "đạt",
    "kế hoạch",
]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(WORDS)))
def test_links_stay_inside_the_article(words: list[str]) -> None:
    patterns = load_patterns()
    scope = marked_scope(" ".join(words), patterns)
    found = link_shares(scope, link_cues(scope, patterns), patterns)
    assert len(found) == len(scope.quantities)
    for at, share in enumerate(found):
        for link in (share.num, share.den):
            assert link is None or (0 <= link < len(found) and link != at and scope.quantities[link].kind != "percent")
