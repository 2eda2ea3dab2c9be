"""From an article to its figures: what must hold for any text, and the scores of the reference articles."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.patterns import load_patterns
from extract.pipeline import Findings, find_figures
from extract.reading.articles import make_article
from extract.records import Article, Figure, Rejected, Term

PATTERNS = load_patterns()
SAMPLE = (
    "Nâng chất đội ngũ\n\nBáo Hà Giang, 12/5/2021. Nhiệm kỳ 2020-2025, toàn tỉnh Hà Giang có 2.104 đồng chí cấp ủy "
    "viên, trong đó nữ có 526 đồng chí, chiếm 25% (tăng 1,5% so với khóa trước). Huyện ủy Mèo Vạc kết nạp 120 đảng "
    "viên; thu từ 5 đến 7 triệu đồng/hộ. Phấn đấu đến năm 2025 giảm còn dưới 10% hộ nghèo 😀."
)


PIECES = [
    *(
        "toàn tỉnh có ",
        "3.471 ",
        "đồng chí ",
        "27,68% ",
        "tăng ",
        "so với ",
        "năm 2021 ",
        "1.561/1.565 ",
        "(",
        ") ",
        "; ",
        ". ",
    ),
    *(
        "\n",
        "hộ ",
        "\u0301",
        "😀 ",
        "từ ",
        "đến ",
        "tỷ đồng ",
        "huyện Na Hang ",
        "hai mươi mốt ",
        "\r\n",
        "\ud800",
        "trong đó ",
    ),
    *("chiếm ", "phấn đấu ", "ước đạt ", "%", "–"),
]


def read(text: str) -> Findings:
    return find_figures(make_article("a", "a.txt", text, PATTERNS), PATTERNS)


def assert_proven(findings: Findings) -> None:
    text = findings.article.text
    records: list[Figure | Term | Rejected] = [*findings.figures, *findings.terms, *findings.rejected]
    for start, end, shown in [(record.start, record.end, record.text) for record in records]:
        assert shown == text[start:end]
    assert [figure.start for figure in findings.figures] == sorted({figure.start for figure in findings.figures})


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_the_same_figures_in_any_spelling_of_the_file(form: Literal["NFC", "NFD"], ends: str) -> None:
    found = read(unicodedata.normalize(form, SAMPLE).replace("\n", ends))
    assert_proven(found)
    plain = read(SAMPLE)
    assert [(f.value, f.kind, f.unit, f.province, f.period, f.status) for f in found.figures] == [
        (f.value, f.kind, f.unit, f.province, f.period, f.status) for f in plain.figures
    ]
    assert len(plain.figures) == 7


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(PIECES),
        ),
        max_size=30,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_every_span_is_proven_whatever_the_text(text: str) -> None:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    assert_proven(find_figures(Article("a", "a.txt", text, digest), PATTERNS))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "toàn tỉnh có 3.471 đồng chí, " * 8_000,
        "a" * 1_000_000,
        "http://" + "a." * 20_000,
        "1-" * 50_000,
        "\u0301" * 100_000,
        "năm 2021 " * 20_000,
        "huyện " * 50_000,
        "tăng 5%; " * 10_000,
        "(" * 50_000 + "5%" + ")" * 50_000,
    ],
    ids=["digits", "figures", "one word", "address", "dashes", "marks", "years", "places", "changes", "brackets"],
)
def test_hostile_texts_end(text: str) -> None:
    assert_proven(read(text))


def test_links_reach_the_row() -> None:
    figures = {figure.text: figure for figure in read(SAMPLE).figures}
    share = figures["25%"]
    assert share.share_num == figures["526"].figure
    assert share.share_den == figures["2.104"].figure
    assert (figures["1,5%"].change, figures["1,5%"].vs) == ("up", "khóa trước")
    assert figures["526"].breakdown == ("nữ",)
    assert figures["120"].place == "Mèo Vạc"
    assert figures["120"].province == "02"
    assert (figures["10%"].status, figures["10%"].bound, figures["10%"].period) == ("target", "less", "2025")


def test_the_same_text_gives_the_same_figures() -> None:
    assert read(SAMPLE).figures == read(SAMPLE).figures
