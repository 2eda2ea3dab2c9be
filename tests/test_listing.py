"""What does a comparison look like in a terminal? Value, period, how it came about, and why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_dataset import read_rows, write_dataset

from extract.data.compare import Question, compare_dataset
from extract.listing import show_comparison
from extract.patterns import Patterns

LISTED = [
    ({}, {"01 Hà Nội 1000 2020", "08 Tuyên Quang 100 2020", "12 Lai Châu 300 | 330 2020 contradiction"}),
    (
        {"boundaries": "34"},
        {
            "01 Hà Nội 1000 2020",
            "08 Tuyên Quang 300 2020 derived 200 + 100",
            "31 Hải Phòng 2020 not_comparable contradiction: Hải Phòng",
        },
    ),
]


@pytest.mark.parametrize(("question", "lines"), LISTED, ids=["stated", "34"])
def test_a_terminal_shows_how_a_value_came_about(
    question: dict[str, str], lines: set[str], tmp_path: Path, patterns: Patterns, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dataset(tmp_path, read_rows("merger_figures.csv"), read_rows("merger_articles.csv"))
    asked = Question(periods=("2020",), indicators=("party.members.total",), **question)  # type: ignore[arg-type]
    show_comparison(compare_dataset(tmp_path, asked, patterns))
    assert lines <= {" ".join(line.split()) for line in capsys.readouterr().out.splitlines()}


def test_a_terminal_names_the_place_and_says_why_there_is_nothing(
    tmp_path: Path, patterns: Patterns, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"province": "08", "place": "Na Hang", "place_level": "district"}
    write_dataset(tmp_path, [{"indicator": "party.members.total", "value": "10000", **place}])
    show_comparison(compare_dataset(tmp_path, Question(level="district"), patterns))
    assert "08 Tuyên Quang, Na Hang  10 000  2020" in capsys.readouterr().out
    show_comparison(compare_dataset(tmp_path, Question(), patterns))
    assert capsys.readouterr().out == "nothing to set side by side; figures left out: other_level 1\n"
