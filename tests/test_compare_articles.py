"""Articles compared: tables equal to files computed by hand from the texts, and every cell proved by its sentences.

`compare_corpus.csv` and `compare_shared.csv` were computed by reading the articles, before the product's tables were
looked at; then each difference was judged by the text. For the corpus there stand a contradiction (two papers of one
day), an update, provinces of 2025 with all parts, with a part missing and with a part that contradicts itself, a
percentage from the counts of all parts, and percentages without counts, which cannot be merged. The shared articles
hold provinces of 2025 with a part missing, percentages that cannot be merged for it, targets and estimates beside
results; but no two of them state one value differently for one period (neither contradiction nor update), and no new
province has all its parts there. In them the foreign visitors that follow an estimated total are taken as estimated,
too.

A season (the days of Tết, a crop) that is told by its month or year only is no value of that month or year: it has a
row of its own, with the span "season".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from small_dataset import read_rows

from extract import batch
from extract.data.compare import Question, compare, compare_dataset
from extract.data.comparing.cells import read_cells
from extract.data.comparing.layout import show_value
from extract.data.dataset import load_table
from extract.data.exports import write_comparison
from extract.patterns import Patterns

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
KEY = ("boundaries", "territory", "province", "status", "indicator", "breakdown", "measure", "period", "span")
TOLD = ("agreement", "basis", "value", "low", "high", "formula", "note")
BOUNDARIES = ("stated", "34")
QUESTIONS: dict[str, dict[str, Any]] = {
    "corpus": {
        "indicators": (
            "poverty.rate", "ins.health_rate", "budget.revenue", "trade.export", "party.members.admitted",
            "party.members.total", "ocop.products", "tourism.visitors",
        ),
        "by": ("sex", "origin"),
        "periods": ("2023", "2024", "2025-01/2025-06"),
    },
    "shared": {
        "indicators": (
            "ins.health_rate", "ins.social_rate", "ins.unemployment_rate", "ins.social", "ins.unemployment",
            "tourism.visitors", "tourism.revenue", "budget.revenue",
        ),
        "by": ("origin",),
        "periods": ("all",),
        "statuses": ("reported", "estimate", "target"),
    },
}  # fmt: skip
EXPECTED = {name: read_rows(f"compare_{name}.csv") for name in QUESTIONS}
Key = tuple[str, ...]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The runs over the corpus and, where they are, the shared articles."""
    folders = {"corpus": CORPUS, "shared": CORPUS.parents[1] / "shared" / "articles"}
    out = {name: tmp_path_factory.mktemp(name) for name, folder in folders.items() if folder.is_dir()}
    for name, folder in out.items():
        batch.run(folders[name], folder)
    return out


@pytest.fixture(scope="module")
def found(runs: dict[str, Path]) -> dict[str, dict[Key, dict[str, str]]]:
    """The cells that the questions give, by what they are about."""
    tables: dict[str, dict[Key, dict[str, str]]] = {}
    for name, out in runs.items():
        tables[name] = {}
        for boundaries in BOUNDARIES:
            for cell in read_cells(compare(out, boundaries=boundaries, **QUESTIONS[name])):
                row = {"boundaries": boundaries, **cell._asdict()}
                tables[name][key_of(row)] = {column: row[column] for column in TOLD}
    return tables


def key_of(row: dict[str, Any]) -> Key:
    return tuple(row[column] for column in KEY)


@pytest.mark.parametrize("name", QUESTIONS)
def test_tables_are_those_computed_by_hand(name: str, found: dict[str, dict[Key, dict[str, str]]]) -> None:
    if name not in found:
        pytest.skip("no ../shared folder of reference articles here")
    assert found[name] == {key_of(row): {column: row[column] for column in TOLD} for row in EXPECTED[name]}


def test_the_files_hold_each_case() -> None:
    corpus = EXPECTED["corpus"]
    merged = [row for row in corpus if row["boundaries"] == "34"]
    assert {"contradiction", "update", "agree", "single"} == {row["agreement"] for row in corpus}
    assert {"derived", "bounded", "not_comparable", "measured"} == {row["basis"] for row in merged}
    assert {row["note"].partition(":")[0] for row in merged if row["note"]} == {"no value", "contradiction"}


@pytest.mark.parametrize("boundaries", ["stated", "63", "34"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_cell_is_proved_by_its_sentences(name: str, boundaries: str, runs: dict[str, Path]) -> None:
    if name not in runs:
        pytest.skip("no ../shared folder of reference articles here")
    figures = {row["figure"]: row for row in load_table(runs[name], "figures").to_dict("records")}
    statuses = ("reported", "target", "criterion", "estimate")
    cells = compare(
        runs[name], boundaries=boundaries, top=0, periods=("all",), by=("all",), statuses=statuses, changes=True
    )
    assert len(cells) > 100
    for cell in read_cells(cells):
        rows = [figures[figure] for figure in cell.figures.split("; ")]
        others = [figures[figure] for figure in filter(None, cell.other_figures.split("; "))]
        assert all(row["text"] in row["sentence"] for row in [*rows, *others]), cell
        assert {(row["status"], row["change"]) for row in rows} == {(cell.status, cell.change)}, cell
        if cell.basis == "measured":
            assert {row["kind"] for row in rows} == {cell.measure}, cell
            assert len({row["province"] for row in rows}) == 1, cell
            territories = {row["territory"] for row in rows} - {""}
            assert not cell.series_break or territories == {"34"}, cell
            assert set(cell.text.split(" | ")) <= {row["text"] for row in rows}, cell
        elif cell.basis == "derived" and cell.measure != "percent":
            assert sum(map(int, cell.formula.split(" + "))) == int(cell.value), cell


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_the_corpus_becomes_files(shape: str, runs: dict[str, Path], patterns: Patterns, tmp_path: Path) -> None:
    question = Question(boundaries="34", top=0, periods=("all",), by=("all",))
    comparison = compare_dataset(runs["corpus"], question, patterns)
    table = (comparison.wide if shape == "wide" else comparison.cells).astype(str)
    for suffix in (".csv", ".parquet", ".html", ".xlsx"):
        write_comparison(comparison, runs["corpus"], tmp_path / f"table{suffix}", shape=shape)
    read = pd.read_csv(tmp_path / "table.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert read.to_numpy().tolist() == table.to_numpy().tolist()
    assert pd.read_parquet(tmp_path / "table.parquet").to_numpy().tolist() == table.to_numpy().tolist()
    page = (tmp_path / "table.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == len(table) + 1
    sheet = load_workbook(tmp_path / "table.xlsx").worksheets[1 if shape == "long" else 0]
    rows = [[str(spot.value or "") for spot in row] for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == len(table)
    assert {show_value(cell) for cell in read_cells(comparison.cells) if cell.of or cell.agreement == "several"} <= {
        spot for row in rows for spot in row
    }
