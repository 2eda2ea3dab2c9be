"""Which values stand side by side on the map and in the comparison? The cells of `compare` for both lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extract.data.compare import Question, compare_dataset
from extract.data.comparing.clustering import OPEN
from extract.data.dataset import Row
from extract.patterns import Patterns

LISTS = ("63", "34")
STATUSES = ("reported", "target", "criterion", "estimate")
MOST_CELLS = 6_000  # of each list, those of the series that most provinces share
MOST_SOURCES = 20
SERIES = ("indicator", "breakdown", "measure", "unit", "whole", "status")
SHOWN = (*SERIES, "province", "period", "period_end", "agreement", "basis", "note")
SILENT = {("agreement", "single"), ("agreement", "agree"), ("basis", "measured"), ("status", "reported")}
PRINTED = ("value", "high", "of", "unit")
Cell = dict[str, Any]


def gather_cells(out: str | Path, patterns: Patterns) -> dict[str, list[Cell]]:
    """The cells of both lists, of whole provinces and of the country; levels only, indicators of the registry only."""
    country = ask(out, patterns, level="country")
    return {list_: limit([*ask(out, patterns, level="province", boundaries=list_), *country]) for list_ in LISTS}


def ask(out: str | Path, patterns: Patterns, **question: Any) -> list[Cell]:
    """All cells of a level, as the page wants them."""
    wanted = Question(periods=("all",), statuses=STATUSES, top=0, **question)
    return [show_cell(row) for row in compare_dataset(out, wanted, patterns).cells.to_dict("records")]


def show_cell(row: Mapping[Any, Any]) -> Cell:
    """A cell without what goes without saying; its figures as a list."""
    cell: Cell = {name: str(row[name]) for name in SHOWN if row[name] and (name, row[name]) not in SILENT}
    numbers = {name: str(row[name]) for name in ("value", "low", "high", "of") if row[name]}
    figures = [id_ for id_ in str(row["figures"]).split("; ") if id_][:MOST_SOURCES]
    older = [id_ for id_ in str(row["other_figures"]).split("; ") if id_][:MOST_SOURCES]
    return cell | {"numbers": numbers, "figures": figures} | ({"older": older} if older else {})


def limit(cells: list[Cell]) -> list[Cell]:
    """The cells of the series that most provinces share, those first; in each by place and period."""
    series: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        series[tuple(cell.get(name, "") for name in SERIES)].append(cell)

    def rank(key: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
        places = {cell["province"] for cell in series[key]} - {"VN"}
        return (-len(places), -len(series[key]), key)

    kept: list[Cell] = []
    for key in sorted(series, key=rank):
        if kept and len(kept) + len(series[key]) > MOST_CELLS:
            break
        kept += series[key]
    return kept


def figures_of(cells: Mapping[str, list[Cell]]) -> set[str]:
    """The figures that some cells rest on."""
    return {id_ for found in cells.values() for cell in found for id_ in (*cell["figures"], *cell.get("older", ()))}


def add_values(cells: dict[str, list[Cell]], rows: Iterable[Row]) -> dict[str, Row]:
    """Gives cells of contradicting figures their different values, of the `rows` of their figures; these by id."""
    known = {row["figure"]: row for row in rows}
    for cell in (cell for found in cells.values() for cell in found):
        if not cell["numbers"] and cell.get("agreement") in OPEN:
            stated = [known[id_] for id_ in cell["figures"] if id_ in known]
            values = {(row["value"], row["high"], row["of"]): row for row in stated}
            cell["either"] = [{name: row[name] for name in PRINTED if row[name]} for row in values.values()]
    return known
