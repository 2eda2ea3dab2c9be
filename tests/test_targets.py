"""Targets and what became of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from small_dataset import write_dataset

from extract.data.checking.across import check_across
from extract.data.dataset import iter_table
from extract.data.rows import read_figure
from extract.data.tables import FIGURES
from extract.data.targets import targets
from extract.patterns import load_patterns

DAYS = [
    {"article": "a", "published": "2020-10-15"},
    {"article": "b", "published": "2024-02-01"},
    {"article": "c", "published": "2026-01-20"},
    {"article": "d", "published": "2026-01-20"},
]


def goal(value: str, **cells: str) -> dict[str, str]:
    return {
        "indicator": "party.members.admitted",
        "value": value,
        "status": "target",
        "period": "2025",
        "article": "a",
        **cells,
    }


def result(value: str, article: str = "c", **cells: str) -> dict[str, str]:
    return {
        "indicator": "party.members.admitted",
        "value": value,
        "period": "2025",
        "article": article,
        "start": "50",
        **cells,
    }


POVERTY = {"indicator": "poverty.rate", "kind": "percent"}
CASES = [
    ("met", [goal("100"), result("100")], "met", "100"),
    ("missed", [goal("100"), result("99")], "missed", "99"),
    ("no result", [goal("100")], "pending", ""),
    ("at most", [goal("100", bound="most"), result("99")], "met", "99"),
    ("less poverty is better", [goal("3", **POVERTY), result("2.9", **POVERTY)], "met", "2.9"),
    ("more poverty is not", [goal("3", **POVERTY), result("3.1", **POVERTY)], "missed", "3.1"),
    ("the text decides", [goal("3", bound="least", **POVERTY), result("3.1", **POVERTY)], "met", "3.1"),
    ("how much it falls", [goal("1", change="down", **POVERTY), result("1.2", change="down", **POVERTY)], "met", "1.2"),
    ("a level is no change", [goal("1", change="down", **POVERTY), result("1.2", **POVERTY)], "pending", ""),
    ("on the way", [goal("3", **POVERTY), result("4", "b", period="2023", **POVERTY)], "pending", "4"),
    ("the state at the end", [goal("3", **POVERTY), result("2.5", period="2025-12-31", **POVERTY)], "met", "2.5"),
    ("nine months do not miss", [goal("100"), result("80", period="2025-01/2025-09")], "pending", "80"),
    ("nine months may meet", [goal("100"), result("101", period="2025-01/2025-09")], "met", "101"),
    ("a season does not miss", [goal("100"), result("80", period_text="dịp Tết")], "pending", "80"),
    ("a season's rate", [goal("3", **POVERTY), result("2", period_text="Vụ chiêm", **POVERTY)], "pending", "2"),
    ("another year", [goal("100"), result("120", "b", period="2023")], "pending", "120"),
    ("afterwards", [goal("100"), result("120", period="2026")], "pending", ""),
    ("a term by its last year", [goal("3", period="2020/2025", **POVERTY), result("2.9", **POVERTY)], "met", "2.9"),
    ("a year of a term does not miss", [goal("500", period="2020/2025"), result("100")], "pending", "100"),
    ("a range, its lower end", [goal("5", high="7", bound="range"), result("5")], "met", "5"),
    ("an estimate is no result", [goal("100"), result("100", status="estimate")], "pending", ""),
    ("another part", [goal("100", breakdown="nữ"), result("100")], "pending", ""),
    ("another place", [goal("100"), result("100", province="04")], "pending", ""),
    ("contradicting results", [goal("100"), result("90", "d"), result("110")], "pending", "110 | 90"),
    ("several results of one article", [goal("100"), result("90"), result("110", start="70")], "pending", "110 | 90"),
    ("a range across it", [goal("100"), result("90", high="110", bound="range")], "pending", "90 – 110"),
]  # fmt: skip
NOTES = {
    "contradicting results": "results contradict each other",
    "several results of one article": "one article states several results",
    "a range across it": "the target lies within the result",
}


@pytest.mark.parametrize(("rows", "verdict", "shown"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_ledger(rows: list[dict[str, str]], verdict: str, shown: str, tmp_path: Path) -> None:
    ledger = targets(write_dataset(tmp_path, rows, DAYS))
    assert ledger[["verdict", "result"]].to_numpy().tolist() == [[verdict, shown]]
    assert ledger["target_figures"].tolist() == ["a:0"]


@pytest.mark.parametrize(("name", "rows"), [case[:2] for case in CASES if case[0] in NOTES], ids=NOTES)
def test_a_pending_target_says_why(name: str, rows: list[dict[str, str]], tmp_path: Path) -> None:
    assert targets(write_dataset(tmp_path, rows, DAYS))["note"].tolist() == [NOTES[name]]


@pytest.mark.parametrize(("bound", "high"), [("exact", ""), ("most", ""), ("least", ""), ("range", "3.5")])
@pytest.mark.parametrize("code", ["poverty.rate", "ins.health_rate"])
@pytest.mark.parametrize("value", ["2.9", "3", "3.2", "3.6"])
def test_checks_and_ledger_have_one_rule(value: str, code: str, bound: str, high: str, tmp_path: Path) -> None:
    """What the check between articles calls met or missed the ledger calls so, too."""
    rows = [
        goal("3", indicator=code, kind="percent", bound=bound, high=high),
        result(value, indicator=code, kind="percent"),
    ]
    write_dataset(tmp_path, rows, DAYS)
    figures = [read_figure(row) for row in iter_table(tmp_path, FIGURES)]
    (told,) = [one for one in check_across(figures, load_patterns()) if one.type == "target"]
    (verdict,) = targets(tmp_path)["verdict"]
    less = bound == "most" or (code == "poverty.rate" and bound != "least")
    wanted = Decimal(high if less and high else "3")
    assert verdict == ("met" if (Decimal(value) <= wanted if less else Decimal(value) >= wanted) else "missed")
    assert f"{verdict} by" in told.message


@pytest.mark.parametrize(
    "question", [{"provinces": ("04",)}, {"indicators": ("pop.total",)}, {"level": "district"}], ids=str
)
def test_the_ledger_can_be_narrowed(question: dict[str, Any], tmp_path: Path) -> None:
    write_dataset(tmp_path, [goal("100"), result("100")], DAYS)
    assert len(targets(tmp_path, **question)) == 0


def test_progress_is_kept(tmp_path: Path) -> None:
    rows = [goal("3", **POVERTY), result("4", "b", period="2023", **POVERTY), result("2.8", start="70", **POVERTY)]
    ledger = targets(write_dataset(tmp_path, rows, DAYS))
    assert ledger[["verdict", "progress"]].to_numpy().tolist() == [["met", "2023: 4"]]
