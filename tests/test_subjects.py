"""Does each quantity get the phrase it counts, and its breakdown?"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import marked_scope

from extract.linking.scope import Scope
from extract.linking.subject.subjects import link_subjects
from extract.patterns import Patterns, load_patterns
from extract.reading.view import Orthography
from extract.reading.words import find_words
from extract.records import Cues, Span, Subject

FLOOR = 0.6  # share of syllables that two wordings of one thing have in common, as in the reference score
MARK = re.compile(r"\[[^\]]+\]|\{[^}]+\}|<[^>]+>")
WORDS = (
    "toàn tỉnh có|đạt|đã kết nạp|trong đó|nữ|, |; |: |(|)|tăng|chiếm|xã|đồng chí|và|hộ nghèo|trung cấp|dưới 40 tuổi|cho"
    "|trong số|để|là người Tày|Về trình độ lý luận chính trị|với số tiền|A B|không|[5]|[7%]|[3 tỷ đồng]|[2/3]"
)


def load_cases() -> list[object]:
    """The lines of `subjects.tsv`; a known gap is expected to fail, and to be moved once it does not."""
    lines = Path(__file__).with_name("subjects.tsv").read_text("utf-8").splitlines()
    cases: list[object] = []
    for line in lines:
        if line.startswith("#"):
            continue
        gap = [pytest.mark.xfail(strict=True)] if line.startswith("? ") else []
        marked, *expected = line.removeprefix("? ").split("\t")
        cases.append(pytest.param(marked, expected, marks=gap, id=marked))
    return cases


def read(marked: str, patterns: Patterns, *, segmented: bool) -> list[Subject]:
    """The subjects of an article marked as in `subjects.tsv`."""
    cues = [
        Cues(change="up" if mark[0][0] == "{" else "none", vs="" if mark[0][0] == "<" else None)
        for mark in MARK.finditer(marked)
    ]
    scope = marked_scope(MARK.sub(lambda mark: f"[{mark[0][1:-1]}]", marked), patterns)
    return link_subjects(scope, cues, patterns, words=segment(scope) if segmented else None)


def segment(scope: Scope) -> dict[int, list[Span]]:
    """The words of every sentence, none across a quantity's edge."""
    words = {}
    for index, sentence in enumerate(scope.sentences):
        inside = [q for q in scope.quantities if sentence.start <= q.start < sentence.end]
        edges = [edge - sentence.start for q in inside for edge in (q.start, q.end)]
        (found,) = find_words([scope.view.text[sentence.start : sentence.end]], edges=[edges])
        words[index] = [(start + sentence.start, end + sentence.start) for start, end in found]
    return words


def close(wanted: str, got: str | None) -> bool:
    """Whether two wordings have enough syllables in common (F1)."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (wanted, got or ""))
    return 2 * (one & other).total() >= FLOOR * (one.total() + other.total())


@pytest.mark.parametrize("segmented", [True, False], ids=["words", "syllables"])
@pytest.mark.parametrize(("marked", "expected"), load_cases())
def test_subject(marked: str, expected: list[str], segmented: bool, patterns: Patterns) -> None:
    subjects = read(marked, patterns, segmented=segmented)
    assert len(subjects) == len(expected)
    for wanted, subject in zip(expected, subjects, strict=True):
        labels, _, facets = wanted.partition(" // ")
        assert any(close(label, said) for label in labels.split(" | ") for said in (subject.label, subject.text)), (
            subject
        )
        assert list(subject.facets) == [facet for facet in facets.split("; ") if facet]


@pytest.mark.parametrize(
    ("marked", "units"),
    [
        ("Huyện có [10/13] xã, thị trấn đạt chuẩn và [4] tổ hợp tác", ["xã, thị trấn", "tổ hợp tác"]),
        ("Chi bộ sinh hoạt chuyên đề [4] kỳ/năm", ["kỳ/năm"]),
        ("Tỉnh có [3] bác sĩ/trạm y tế", ["bác sĩ/trạm y tế"]),
        ("Có [210] trẻ dưới 6 tuổi được cấp thẻ", ["trẻ"]),
        ("Đoàn tham mưu [12] quy chế phối hợp", ["quy chế phối hợp"]),
        ("Tỷ lệ hộ nghèo là [5%], tương ứng [120] hộ", [None, "hộ"]),
        ("Trong đó, nữ có [9] đồng chí", ["đồng chí"]),
        ("Có [36] HTX hoạt động hiệu quả", ["HTX"]),
        ("Mật độ dân số [327] người/km2", ["người/km2"]),
        ("Đảng bộ có [38] tổ chức cơ sở đảng", ["tổ chức cơ sở đảng"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_unit(marked: str, units: list[str | None], patterns: Patterns) -> None:
    assert [subject.unit for subject in read(marked, patterns, segmented=True)] == units


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("Tổng số bí thư chi bộ của toàn tỉnh trong nhiệm kỳ 2015-2020 là [1.312] đồng chí", ["bí thư chi bộ"]),
        ("Năm 2021, toàn huyện đã kết nạp được [86] đảng viên", ["đảng viên kết nạp"]),
        ("Xã có [3] thôn A, B và C đạt chuẩn văn hóa", ["thôn đạt chuẩn văn hóa"]),
        ("GRDP bình quân đầu người đạt [80 triệu đồng]", ["GRDP bình quân đầu người"]),
        ("Tỉnh tặng [5] suất quà cho hộ nghèo", ["suất quà tặng"]),
        ("Có [14] đảng viên là người dân tộc thiểu số", ["đảng viên"]),
        ("Có [18%] đại biểu thuộc các dân tộc thiểu số", ["đại biểu"]),
        ("Có [35] người bị thương trên địa bàn tỉnh Lạng Sơn", ["người bị thương"]),
        ("Thu nội địa thực hiện [900 tỷ đồng]", ["thu nội địa"]),
        ("Mưa lũ làm [4] người chết, [6] người bị thương", ["người chết", "người bị thương"]),
        ("Làm chết [4] người, bị thương [6] người", ["người chết", "người bị thương"]),
        ("Có [40] chi bộ “hoàn thành xuất sắc nhiệm vụ”", ["chi bộ hoàn thành xuất sắc nhiệm vụ"]),
        ("Qua rà soát có [15] hộ thoát nghèo", ["hộ thoát nghèo"]),
        ("Tỷ lệ thất nghiệp ở khu vực thành thị là [3%]", ["thất nghiệp"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_label_names_the_thing_alone(marked: str, labels: list[str], patterns: Patterns) -> None:
    assert [subject.label for subject in read(marked, patterns, segmented=False)] == labels


def test_title_speaks_where_nothing_else_does(patterns: Patterns) -> None:
    scope = marked_scope("[12,5%]", patterns)
    (subject,) = link_subjects(scope, [Cues()], patterns, title="Tỷ lệ hộ nghèo")
    assert (subject.label, subject.rule) == ("Tỷ lệ hộ nghèo", "subject.title")


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.sampled_from(WORDS.split("|")), max_size=40))
def test_any_text_gets_one_subject_a_quantity(parts: list[str]) -> None:
    marked, patterns = " ".join(parts), load_patterns()
    subjects = read(marked, patterns, segmented=False)
    assert len(subjects) == len(MARK.findall(marked))
    assert subjects == read(marked, patterns, segmented=False)


def test_roles_are_written_as_text_is_read(patterns: Patterns) -> None:
    fold = patterns.compiled(Orthography).fold
    roles = patterns.sections("subjects.toml")["roles"]
    assert [word for words in roles.values() for word in words if fold(word) != word] == []
    assert [role for role, words in roles.items() if len(words) != len(set(words))] == []
