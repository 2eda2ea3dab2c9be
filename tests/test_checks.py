"""Which relations are found in a text, what is said of them, and when nothing is said."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.data.checking.across import check_across
from extract.data.checking.context import CheckWords
from extract.data.checking.habits import count_coverage, find_habits
from extract.data.checking.numbers import NumberError, check_numbers, parse_number
from extract.data.checking.printed import read_printed
from extract.data.checks import check_dataset, check_figures, worst_first
from extract.data.rows import RowError, read_figures
from extract.data.tables import FIGURES, show_rows
from extract.patterns import Patterns, load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Figure

MARK = re.compile(r"\[([^\]|]*)\|?([^\]]*)\]")
SCALES = {"triệu": 1_000_000, "tỷ": 1_000_000_000, "nghìn": 1_000}


def figures(marked: str, article: str = "a") -> list[Figure]:
    """The figures of a text whose numbers stand in brackets with what an extraction would say of them.

    `[961|unit=người id=k]`; `num` and `den` name the ids that a percentage rests on.
    """
    rows: list[dict[str, str]] = []
    names: dict[str, str] = {}
    offset = 0
    for line in marked.split("\n"):
        sentence = MARK.sub(lambda match: match[1], line)
        removed = 0
        for match in MARK.finditer(line):
            start = match.start() - removed
            removed += len(match[0]) - len(match[1])
            row = {
                "article": article,
                "text": match[1],
                "sentence": sentence,
                "indicator_label": "việc",
                "place": "tỉnh",
            }
            row |= {"province": "08", "start": str(offset + start), "end": str(offset + start + len(match[1]))}
            row |= {"figure": f"{article}:{row['start']}"} | numeral(match[1])
            given = dict(part.split("=") for part in match[2].split(" ") if part)
            names[given.pop("id", row["figure"])] = row["figure"]
            given |= {link: names[given.pop(short)] for short, link in LINKS.items() if short in given}
            rows.append(row | {name: value.replace("_", " ") for name, value in given.items()})
        offset += len(sentence) + 1
    return read_figures(rows)


LINKS = {"num": "share_num", "den": "share_den"}


def numeral(text: str) -> dict[str, str]:
    """Kind, value, whole and decimals of a number as printed."""
    first, *words = text.replace("%", " %").split()
    scale = next((SCALES[word] for word in words if word in SCALES), 1)
    part, _, whole = first.partition("/")
    value = parse_number(part) * scale
    kind = (
        "percent" if "%" in words else "ratio" if whole else "amount" if "đồng" in words or "ha" in words else "count"
    )
    unit = {"percent": "%", "amount": "VND" if "đồng" in words else "ha"}.get(kind, "hộ")
    decimals = len(first.partition(",")[2])
    cells = {"kind": kind, "value": str(value), "unit": unit, "decimals": str(decimals)}
    return cells | ({"of": str(parse_number(whole))} if whole else {})


def verdicts(marked: str, patterns: Patterns) -> list[tuple[str, str]]:
    """Type and verdict of what could be tested."""
    return [(one.type, one.verdict) for one in check_figures(figures(marked), patterns) if not one.reason]


CASES = [
    # shares
    ("Xã có [60|id=n] hộ, [20|id=k] hộ nghèo, chiếm [33,33%|num=k den=n].", [("share", "consistent")]),
    ("Xã có [60|id=n] hộ, [40|id=k] hộ khá, chiếm [66,6%|num=k den=n].", [("share", "truncated")]),
    ("Xã có [60|id=n] hộ, [40|id=k] hộ khá, chiếm [66,5%|num=k den=n].", [("share", "inconsistent")]),
    ("Xã có [60|id=n] hộ, [40|id=k] hộ khá, hơn [66%|num=k den=n bound=more].", [("share", "consistent")]),
    ("Xã có [60|id=n] hộ, [39|id=k] hộ khá, hơn [66%|num=k den=n bound=more].", [("share", "inconsistent")]),
    ("Xã có [60|id=n] hộ, [40|id=k] hộ, khoảng [65%|num=k den=n bound=about].", [("share", "consistent")]),
    ("Có [82/97|id=r unit=xã] xã ([84,5%|num=r den=r]) đạt chuẩn.", [("share", "consistent")]),
    ("Có [82/97|id=r unit=xã] xã ([85,4%|num=r den=r]) đạt chuẩn.", [("share", "inconsistent")]),
    ("Có gần [300|id=n bound=about] hộ, [90|id=k] hộ trồng chè, [31%|num=k den=n].", [("share", "consistent")]),
    ("Thu [2,5 tỷ đồng|id=k] trên tổng [7,4 tỷ đồng|id=n], đạt [34%|num=k den=n].", [("share", "consistent")]),
    # whole counts
    ("Xã có [55|id=n] hộ, hộ khá chiếm [25,45%|den=n].", [("attainable", "consistent")]),
    ("Xã có [55|id=n] hộ, hộ khá chiếm [25,46%|den=n].", [("attainable", "unattainable")]),
    ("Xã có hơn [50|id=n bound=more] hộ, hộ khá chiếm [25,46%|den=n].", []),
    # changes
    ("Có [1.100] hộ, tăng [100|change=up] hộ ([10%|change=up]).", [("change", "consistent")]),
    ("Có [1.100] hộ, tăng [100|change=up] hộ ([9%|change=up]).", [("change", "inconsistent")]),
    ("Còn [900] hộ, giảm [100|change=down] hộ ([10%|change=down]).", [("change", "consistent")]),
    ("Năm 2020 có [400|period=2020] hộ, năm 2021 có [500|period=2021] hộ, tăng [25%|change=up vs=năm_2020].",
     [("change", "consistent")]),
    ("Năm 2020 có [400|period=2020] hộ, năm 2021 có [500|period=2021] hộ, tăng [20%|change=up vs=năm_2020].",
     [("change", "inconsistent")]),
    ("Từ [570] hộ lên [1.475] hộ, tăng [2,5|unit=lần change=up] lần.", [("change", "truncated")]),
    ("Từ [500] hộ lên [1.500] hộ, tăng thêm [2|unit=lần change=up] lần.", [("change", "consistent")]),
    ("Tỷ lệ nghèo từ [5,2%] xuống [3,1%], giảm [2,1%|change=down].", [("change", "consistent")]),
    ("Kết nạp [50|id=k] người, bằng [2,5%|num=k] so với đầu năm, nâng tổng số lên [2.050].",
     [("change", "consistent")]),
    ("Kết nạp [50|id=k] người, bằng [2,7%|num=k] so với đầu năm, nâng tổng số lên [2.050].",
     [("change", "inconsistent")]),
    ("Kết nạp [50|id=k] người, bằng [2,5%|num=k] số đầu năm.\nNhờ đó, huyện có [2.050] người.",
     [("change", "consistent")]),
    ("Kết nạp [50|id=k] người, bằng [2,7%|num=k] số đầu năm.\nNhờ đó, huyện có [2.050] người.",
     [("change", "inconsistent")]),
    ("Xảy ra [450|unit=vụ] vụ.\nSo với cùng kỳ, tăng [50|unit=vụ change=up] vụ ([12,5%|change=up]).",
     [("change", "consistent")]),
    ("Xảy ra [48|id=n indicator_label=trộm] vụ, tỷ lệ phá án đạt [93,5%|den=n indicator_label=án].",
     [("attainable", "unattainable")]),
    # plans
    ("Thu [96 tỷ đồng], đạt [76,8%|vs=kế_hoạch].\nCó" + " [7]," * 30 + "\nPhấn đấu thu [125 tỷ đồng|status=target].",
     [("completion", "consistent")]),
    ("Kế hoạch [120 tỷ đồng|status=target], đã thu [96 tỷ đồng], đạt [80%|vs=kế_hoạch].",
     [("completion", "consistent")]),
    ("Kế hoạch [120 tỷ đồng|status=target], đã thu [96 tỷ đồng], đạt [85%|vs=kế_hoạch].",
     [("completion", "inconsistent")]),
    # sums
    ("Xã có [40] thôn, trong đó [31] thôn đạt chuẩn, còn lại [9] thôn.", [("sum", "consistent")]),
    ("Xã có [40] thôn, trong đó [31] thôn đạt chuẩn, còn lại [8] thôn.", [("sum", "inconsistent")]),
    ("Xã có [40] thôn, trong đó [310] thôn đạt chuẩn.", [("bounds", "inconsistent")]),
    ("Có [31/40] thôn đạt chuẩn, còn lại [9] thôn.", [("sum", "consistent")]),
    ("Có [31/40] thôn đạt chuẩn, còn lại [8] thôn.", [("sum", "inconsistent")]),
    ("Tổng [1,6 triệu] hộ, gồm hơn [1,55 triệu|bound=more] hộ thôn và [85.000] hộ phố.",
     [("sum", "consistent")]),
    ("Xuất [120|unit=con] con bò và [80|unit=con] con trâu, tổng cộng [200|unit=con] con.", [("sum", "consistent")]),
    ("Huy động [900 tỷ đồng|period=2021/2023].\nNhà nước [520 tỷ đồng|period=now], dân [380 tỷ đồng|period=now].",
     [("sum", "consistent")]),
    ("Tỉnh có [124|indicator=c unit=đơn_vị] đơn vị, [19|indicator=c unit=phường] phường, [105|indicator=c unit=xã] xã.",
     [("sum", "consistent")]),
    ("Cơ cấu: nông nghiệp [41%], công nghiệp [46%], dịch vụ [13%].", [("sum", "consistent")]),
    ("Có [33,3%] giỏi, [33,3%] khá, [33,3%] trung bình.", [("sum", "consistent")]),
    ("Hơn [90%|bound=least] chi bộ tốt; [10%] chi bộ còn lại trung bình.", [("sum", "consistent")]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[case[0] for case in CASES])
def test_relation(marked: str, expected: list[tuple[str, str]], patterns: Patterns) -> None:
    assert verdicts(marked, patterns) == expected


# What must never be called wrong.
SILENT = [
    "Xã có [60] hộ, [40] hộ khá, lúa chiếm [66%].",  # no link says so
    "Thu [500 tỷ đồng|id=n], cho [20|id=k] hộ vay, đạt [45%|num=k den=n].",  # other units
    "Xã có [40] thôn, trong đó [31] thôn sạch, [12] thôn đẹp.",  # parts may overlap
    "Năm 2018 có [400|period=2018] hộ, năm 2021 có [500|period=2021] hộ, tăng [9%|change=up vs=năm_2020].",
    "Còn [5.000] hộ nghèo, giảm [1.200|change=down] hộ ([1,2%|change=down]).",  # points of the rate
    "Có [900] hộ, tăng [1,5 điểm %|kind=percent value=1.5 unit=% change=up].",
    "Phấn đấu [95%|status=target] hộ có nước sạch.",
    "Lúa [60%], ngô [25%], khoai [10%].",  # nobody says that this is all
    "Cả nước có [900|id=n unit=xã province=VN] xã.\nTỷ lệ xã đạt [33,33%|den=n].",  # another place
    "Đạt [120%|vs=kế_hoạch].",
    "Xảy ra [450|unit=vụ] vụ.\nSo với cùng kỳ, tăng [50|unit=vụ change=up] vụ ([19%|change=up]).",  # of another total
    "Thu [96 tỷ đồng], đạt [70,2%|vs=kế_hoạch].\nCó" + " [7]," * 30 + "\nPhấn đấu thu [125 tỷ đồng|status=target].",
    "Có [50|id=k] người mới, bằng [2,5%|num=k] số đầu năm.\nNhờ đó, [300|unit=chi_bộ] chi bộ đủ người.",
]


@pytest.mark.parametrize("marked", SILENT)
def test_no_alarm(marked: str, patterns: Patterns) -> None:
    assert {one.level for one in check_figures(figures(marked), patterns)} <= {"information"}


REASONS = [
    ("Hộ khá chiếm [45,5%].", "no_counts"),
    ("Có [20|id=k] hộ khá, chiếm [45%|num=k].", "no_whole"),
    ("Sản lượng tăng [6%|change=up vs=cùng_kỳ].", "no_base"),
    ("Thu đạt [96%|vs=kế_hoạch].", "no_plan"),
    ("Phấn đấu [95%|status=target] hộ có nước sạch.", "goal"),
    ("Có hơn [50|id=n bound=more] hộ, [25%|den=n] khá.", "one_sided"),
    ("Thu [500 tỷ đồng|id=n], cho [20|id=k] hộ vay, đạt [45%|num=k den=n].", "other_unit"),
    ("Có [500|id=n] hộ, [2|id=k] hộ khá, [45%|num=k den=n].", "doubtful"),
]


@pytest.mark.parametrize(("marked", "reason"), REASONS)
def test_reason(marked: str, reason: str, patterns: Patterns) -> None:
    (row,) = check_figures(figures(marked), patterns)
    assert (row.verdict, row.reason) == ("not_testable", reason)
    assert count_coverage([row]).reasons == ((reason, 1),)


def test_a_bounded_number_is_no_part(patterns: Patterns) -> None:
    marked = "Huyện kết nạp [96] hộ, mỗi xóm từ [5|bound=least] hộ trở lên, xóm Đông [9] hộ."
    assert verdicts(marked, patterns) == []


def test_words_are_found_where_the_file_writes_decomposed_letters(patterns: Patterns) -> None:
    marked = "Có [68|unit=người] người đoạt giải, gồm [3|unit=giải_nhất] giải nhất, [65|unit=giải_nhì] giải nhì."
    apart = [
        replace(figure, start=figure.start * 2, end=figure.start * 2 + len(figure.text)) for figure in figures(marked)
    ]
    assert [(one.type, one.verdict) for one in check_figures(apart, patterns)] == [("sum", "consistent")]


def test_a_share_without_links_is_found_where_it_fits_only(patterns: Patterns) -> None:
    marked = "Xã có [87] hộ, trong đó [31] hộ khá, chiếm [{}]."
    fits, differs = (check_figures(figures(marked.format(text)), patterns) for text in ("35,63%", "36,53%"))
    assert [(one.verdict, one.basis) for one in fits] == [("consistent", "evident")]
    assert [one.reason for one in differs] == ["no_counts"]


def test_a_wrong_link_gives_way_to_the_numbers_that_fit(patterns: Patterns) -> None:
    marked = "Có [429|id=n] hộ ở [87] hộ, [31|id=k] hộ khá, chiếm [35,63%|num=k den=n]."
    assert [one.verdict for one in check_figures(figures(marked), patterns)] == ["consistent"]


def test_messages_are_sentences_in_both_languages(patterns: Patterns) -> None:
    (row,) = check_figures(figures(CASES[2][0].replace("66,5%", "66,76%")), patterns)
    assert row.message == (
        "40 of 60 is 66.6667%, printed as 66.76%: no way of rounding gives that; "
        "nearest repair: 66.76 to 66.67 (two digits swapped)."
    )
    assert row.message_vi == (
        "40 trên 60 là 66,6667%, bài in 66,76%: không cách làm tròn nào cho kết quả này; "
        "sửa gần nhất: 66,76 thành 66,67 (đảo hai chữ số)."
    )
    assert (row.culprit, row.level, row.power) == (row.figures[-1], "alarm", "0.9998")


def test_ids_do_not_depend_on_the_order_of_rows(patterns: Patterns) -> None:
    given = figures(CASES[0][0])
    assert check_figures(given[::-1], patterns) == check_figures(given, patterns)
    assert [one.check for one in check_figures(given, patterns)] == ["a:share:13+6+32"]


CUT = "Có [60|id=n] hộ, [40|id=a] ([66,6%|num=a den=n]), [41|id=b] ([68,3%|num=b den=n]), \
[43|id=c] ([71,6%|num=c den=n]), [19|id=d] ([31,6%|num=d den=n])."


def test_a_habitual_truncator_raises_no_notice(patterns: Patterns) -> None:
    rows = check_figures(figures(CUT), patterns)
    assert [one.verdict for one in rows] == ["truncated", "consistent", "truncated", "truncated"]
    assert {one.level for one in rows} == {"information"}
    assert rows[0].message.endswith("cut off, as this source does.")
    (habit,) = find_habits(rows)
    assert (habit.habit, habit.cut, habit.rounded) == ("cuts", 3, 0)


def test_the_habit_of_an_outlet_is_seen_over_its_articles(patterns: Patterns) -> None:
    marked = "Có [60|id=n] hộ, [40|id=a] ([66,6%|num=a den=n])."
    given = [one for name in "abc" for one in figures(marked, name)]
    outlets = dict.fromkeys("abc", "bao.vn")
    assert {one.level for one in check_dataset(given, patterns)} == {"notice"}
    assert find_habits(check_dataset(given, patterns), outlets)[0].habit == "cuts"
    assert {one.level for one in check_dataset(given, patterns, sources=outlets)} == {"information"}


def test_coverage_counts_each_percentage_once(patterns: Patterns) -> None:
    rows = check_figures(figures(CUT + "\nHộ khá chiếm [45,5%].\nSản lượng tăng [6%|change=up]."), patterns)
    coverage = count_coverage(rows)
    assert (coverage.percentages, coverage.testable, coverage.tested) == (6, 4, 4)
    assert coverage.reasons == (("no_base", 1), ("no_counts", 1))


SAME = "indicator=x period=2021"
REPEATS = [
    (f"Thu [3.471|{SAME}] suất.", f"Phát [3.417|{SAME}] suất.", ["inconsistent"]),
    (f"Thu [3.471|{SAME}] suất.", f"Phát [3.471|{SAME}] suất.", []),
    (f"Thu [3.471|{SAME}] suất.", f"Phát hơn [3.400|{SAME} bound=more] suất.", ["consistent"]),
    (f"Thu [3.471|{SAME}] suất.", f"Phát [12|{SAME}] suất.", []),  # hardly the same thing
    (f"Thu [3.471|{SAME}] suất.", "Phát [3.417|indicator=x period=2022] suất.", []),
    (f"Thu [3.471|{SAME}] suất.", "Phát [3.417|indicator=x period=now] suất.", []),
    (f"Thu [3.471|{SAME}] suất.", f"Phát [3.417|{SAME} breakdown=nữ] suất.", []),
    (f"Thu [3.471|{SAME}] suất.", "Phát [3.417|period=2021] suất.", []),
    (f"Thu [90%|{SAME} status=target].", f"Đạt [92%|{SAME}].", ["consistent"]),
    (f"Thu [90%|{SAME} status=target].", f"Đạt [88%|{SAME}].", ["consistent"]),  # missed, not wrong
]


@pytest.mark.parametrize(("first", "second", "expected"), REPEATS)
def test_what_two_articles_say(first: str, second: str, expected: list[str], patterns: Patterns) -> None:
    rows = check_across(figures(first, "a") + figures(second, "b"), patterns)
    assert [one.verdict for one in rows] == expected


def test_a_missed_target_is_told(patterns: Patterns) -> None:
    first, second, _ = REPEATS[-1]
    (row,) = check_across(figures(first, "a") + figures(second, "b"), patterns)
    assert (row.type, row.message) == ("target", "The target was 90%, missed by 88%.")


def test_less_is_better_where_the_registry_says_so(patterns: Patterns) -> None:
    said = "indicator=poverty.rate period=2021"
    goal, results = f"Đưa hộ nghèo còn [3%|{said} status=target].", ("2,9", "3,1")
    rows = [check_across(figures(goal, "a") + figures(f"Còn [{value}%|{said}].", "b"), patterns) for value in results]
    assert [row.message for (row,) in rows] == ["The target was 3%, met by 2.9%.", "The target was 3%, missed by 3.1%."]


def test_a_target_below_its_criterion(patterns: Patterns) -> None:
    marked = "Quy định từ [90%|indicator=x status=criterion bound=least]; phấn đấu [85%|indicator=x status=target]."
    assert [one.verdict for one in check_figures(figures(marked), patterns) if one.type == "bounds"] == ["inconsistent"]


def test_worst_first(patterns: Patterns) -> None:
    rows = check_figures(figures("\n".join(case[0] for case in CASES[:3])), patterns)
    assert [one.verdict for one in worst_first(rows)] == ["inconsistent", "truncated", "consistent"]


ALLOWED = [
    ("[1.200]", 1200, 1200),
    ("[1,2 triệu]", 1_150_000, 1_250_000),
    ("[1,2 triệu|bound=more]", 1_200_000, 1_300_000),
    ("[63.567 ha|bound=more]", 63567, 63568),
    ("[300|bound=about]", 285, 315),
    ("[300|bound=less]", 240, 300),
    ("[300|bound=most]", 0, 300),
    ("[5|bound=range high=7]", 5, 7),
]


@pytest.mark.parametrize(("marked", "low", "high"), ALLOWED)
def test_what_a_printed_number_allows(marked: str, low: int, high: int) -> None:
    printed = read_printed(figures(marked)[0])
    assert (int(printed.low), int(printed.high)) == (low, high)


NUMBERS = [
    (("961", "3471", "27,68"), "truncated"),
    (("961", "3.471", "27.69%"), "consistent"),
    (("961", "3471", "28,67"), "inconsistent"),
    ((None, "429", "10,49"), "consistent"),
    ((None, "50", "33,3"), "unattainable"),
    (("5", "0", "3"), "not_testable"),
]


@pytest.mark.parametrize(("given", "verdict"), NUMBERS)
def test_numbers_without_an_article(given: tuple[str | None, str, str], verdict: str, patterns: Patterns) -> None:
    assert check_numbers(*given, patterns).verdict == verdict


@pytest.mark.parametrize("text", ["", "12.5.3", "1,2,3", "-4", "12a", "½", "1.23,4"])
def test_no_number(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


def test_a_broken_row_is_named() -> None:
    with pytest.raises(RowError, match="a:3: value"):
        read_figures(
            [{"figure": "a:3", "article": "a", "start": "3", "end": "4", "text": "x", "kind": "count", "value": "x"}]
        )


def cues() -> list[tuple[str, str]]:
    sections = load_patterns().sections("checks.toml")["cue"]
    return [(name, cue["example"]) for name, cue in sections.items()]


@pytest.mark.parametrize(("name", "example"), cues())
def test_every_cue_is_found_in_its_example(name: str, example: str, patterns: Patterns) -> None:
    words = patterns.compiled(CheckWords)
    (marked,) = re.findall(r"\[([^\]]+)\]", example)
    assert words.cues[name].fullmatch(marked.lower())
    assert words.says(name, example.replace("[", "").replace("]", ""))


def test_every_sentence_exists_in_both_languages(patterns: Patterns) -> None:
    sections = patterns.sections("checks.toml")
    for group in ("sentence", "verdict", "reason", "repair"):
        assert all(set(entry) == {"vi", "en"} for entry in sections[group].values())


def test_figures_come_back_from_their_table() -> None:
    given = figures(CASES[0][0] + CASES[6][0])
    cells = [dict(zip(FIGURES.columns, row, strict=True)) for row in show_rows(FIGURES, given)]
    assert read_figures(cells) == given


def reference_figures(reference: dict[str, Any], text: str, patterns: Patterns) -> list[Figure]:
    """The figures of a reference annotation, as an extraction without a fault would give them."""
    name = reference["article"]
    ids = [f"{name}:{one['start']}" for one in reference["figures"]]
    view = make_view(text, patterns)
    sentences = find_sentences(view, (), patterns)
    rows = []
    for identity, one in zip(ids, reference["figures"], strict=True):
        links = {f"share_{end}": ids[at] for end, at in (one.get("share_of") or {}).items()}
        said = next(view.text[at.start : at.end] for at in sentences if at.start <= one["start"] < at.end)
        decimals = len(one["text"].rstrip("%").partition(",")[2])
        label = {"indicator": None, "indicator_label": one.get("indicator"), "breakdown": "; ".join(one["breakdown"])}
        given = {"figure": identity, "article": name, "sentence": said, "decimals": decimals}
        rows.append({key: value for key, value in (one | given | label | links).items() if key in FIGURES.columns})
    return read_figures(rows)


def test_reference_checks(shared: Path, patterns: Patterns) -> None:
    """The verdict of each reference check, and no accusation beside them."""
    files = {path.stem: path for path in (shared / "articles").rglob("*.txt")}
    right, total, alarms = 0, 0, []
    for line in (shared / "gold" / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines():
        reference = json.loads(line)
        text = files[reference["article"]].read_bytes().decode()
        rows = check_figures(reference_figures(reference, text, patterns), patterns)
        said = {(frozenset(row.figures), row.verdict) for row in rows}
        stated = []
        for check in reference["checks"]:
            ids = {f"{reference['article']}:{reference['figures'][at]['start']}" for at in check["figures"]}
            stated.append(ids)
            total += 1
            right += any(
                len(ids & other) >= min(2, len(ids)) and verdict == check["verdict"] for other, verdict in said
            )
        accused = [row for row in rows if row.level == "alarm"]
        alarms += [row.message for row in accused if not any(len(ids & {*row.figures}) > 1 for ids in stated)]
    assert alarms == []
    assert right / total >= 0.9
