"""Strict loading: a mistake in a pattern file stops with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.patterns import PatternError, Patterns, load_patterns
from extract.pipeline import find_figures
from extract.records import Article

COLUMNS = ("surface", "unit", "example")


def written(folder: Path, text: str) -> Patterns:
    (folder / "units.csv").write_text(text, encoding="utf-8")
    return Patterns(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("surface,units,example\n", "units.csv:1: the columns must be surface, unit, example"),
        ("surface,unit,example\nkg,kg\n", "units.csv:2: 2 cells, not 3"),
        ("surface,unit,example\nkg,,mua 3 kg\n", "units.csv:2: unit is empty"),
        ("surface,unit,example\nkg,kg, mua 3 kg\n", "units.csv:2: example is empty or has blanks"),
        ("surface,unit,example\nkg,kg,a\nkg,g,b\n", "units.csv:3: 'kg' stands on line 2 already"),
        ("surface,unit,example\nta\u0323,ta,b\n", "units.csv:2: not in NFC"),
        ('surface,unit,example\n"kg,kg,b\n', "units.csv:"),
        ("", "units.csv:1: the columns must be"),
    ],
    ids=["column", "cells", "blank", "spaces", "twice", "nfc", "quote", "empty"],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PatternError) as told:
        written(tmp_path, text).rows("units.csv", COLUMNS)
    assert message in str(told.value)


def test_a_missing_file_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"units\.csv"):
        Patterns(tmp_path).rows("units.csv", COLUMNS)
    with pytest.raises(PatternError, match="no such folder"):
        load_patterns(tmp_path / "none")


def test_a_broken_section_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = [", encoding="utf-8")
    with pytest.raises(PatternError, match=r"x\.toml"):
        Patterns(tmp_path).sections("x.toml")


def test_the_digest_tells_one_knowledge_from_another(tmp_path: Path) -> None:
    first = written(tmp_path, "surface,unit,example\n").digest()
    assert first == Patterns(tmp_path).digest()
    assert first != written(tmp_path, "surface,unit,example\nkg,kg,b\n").digest()


def test_a_folder_of_ones_own_is_used(tmp_path: Path, patterns: Patterns) -> None:
    own = tmp_path / "patterns"
    shutil.copytree(patterns.folder, own)
    with (own / "units.csv").open("a", encoding="utf-8") as file:
        file.write("gàu,gàu,1,amount,múc [30 gàu] nước\n")
    article = Article("a", "a.txt", "Mỗi ngày múc 30 gàu nước.", "")
    (figure,) = find_figures(article, load_patterns(own)).figures
    assert (figure.kind, figure.unit) == ("amount", "gàu")
    (plain,) = find_figures(article, patterns).figures
    assert plain.kind == "count"
