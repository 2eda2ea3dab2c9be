"""How do places, indicators and checks look in a terminal? Tables for the doors that look something up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extract.data.checking.habits import count_coverage
from extract.data.checking.numbers import check_numbers
from extract.data.checks import worst_first
from extract.data.compare import Comparison
from extract.data.comparing.cells import Cell, read_cells
from extract.data.comparing.layout import column_keys, show_value, state_of, title_columns
from extract.data.dataset import iter_table
from extract.data.rows import read_check, read_checks
from extract.data.tables import CHECKS
from extract.errors import SolieuError
from extract.patterns import Patterns
from extract.records import Check

LEVELS = {"alarm": "bold red", "notice": "yellow", "information": "dim"}


def console() -> Console:
    """A terminal that colours nothing by itself."""
    return Console(highlight=False)


def listing(*headings: str) -> Table:
    """A table without lines."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, no_wrap=number == 0)  # a code or a verdict is copied whole
    return table


def show_places(query: str, patterns: Patterns) -> bool:
    """Candidates of a place's name with codes, parents and successors; False where there are none."""
    from extract.finding.place.gazetteer import search_places  # noqa: PLC0415  # only this door needs the gazetteer

    table = listing("place", "code", "list", "in", "became")
    for found in search_places(query, patterns):
        table.add_row(
            f"{found.unit.type} {found.unit.name}",
            found.unit.code or "",
            found.unit.list,
            ", ".join(parent.name for parent in found.parents),
            ", ".join(f"{later.type} {later.name}" for later in found.successors),
        )
    return show_table(table)


def show_indicators(query: str, patterns: Patterns, *, most: int = 20) -> bool:
    """Indicators whose wordings hold the words of `query`; False where there are none."""
    from extract.finding.registry import search_indicators  # noqa: PLC0415  # only this door needs the registry

    table = listing("code", "Vietnamese", "English", "unit", "kind", "share of")
    for found in search_indicators(query, patterns)[:most]:
        table.add_row(found.code, found.vi, found.en, found.unit, found.kind, found.of or "")
    return show_table(table)


def show_comparison(comparison: Comparison) -> None:
    """A comparison, thing by thing: a line a place, with value, period, how it came about, and why it has none."""
    keys = column_keys(latest=comparison.question.latest)
    titles = title_columns(comparison.cells, keys, comparison.patterns.sections("compare.toml")["names"])
    rows: dict[str, list[Cell]] = {title: [] for title in titles.values()}
    for cell in read_cells(comparison.cells):
        rows[titles[tuple(getattr(cell, name) for name in keys)]].append(cell)
    for title, cells in rows.items():
        console().print(title, style="bold", markup=False)
        table = Table(box=None, pad_edge=False, show_header=False)
        for number in range(5):
            table.add_column(no_wrap=0 < number < 4)
        for cell in sorted(cells, key=lambda cell: (cell.territory, cell.province, cell.place_code, cell.period)):
            state = state_of(cell)
            since = f"new territory since {cell.series_break}" if cell.series_break else ""
            why = cell.note if state == "not_comparable" else cell.formula or since
            said = (
                name_place(cell),
                group_digits(show_value(cell)),
                cell.period,
                "" if state == "measured" else state,
                why,
            )
            table.add_row(*map(escape, said))
        console().print(table)
        console().print()
    if not rows:
        left_out = ", ".join(f"{reason} {count}" for reason, count in sorted(comparison.left_out.items()))
        console().print("nothing to set side by side; figures left out: " + (left_out or "none, there are no figures"))


def group_digits(value: str) -> str:
    """A value with blanks between the thousands of its long numbers.

    >>> group_digits("19703000000000"), group_digits("1234/99000"), group_digits("0.12345")
    ('19 703 000 000 000', '1234/99 000', '0.12345')
    """
    return re.sub(r"(?<![\d.,])\d{5,}", lambda match: f"{Decimal(match[0]):,}".replace(",", " "), value)


def name_place(cell: Cell) -> str:
    """The place of a cell."""
    name = f"{cell.province} {cell.province_name}".strip()
    return f"{name}, {cell.place}" if cell.place and cell.level not in ("province", "country") else name


def show_targets(ledger: pd.DataFrame, *, most: int = 40) -> None:
    """The ledger of targets: what was to be reached, and what was reported."""
    table = listing("verdict", "place", "indicator", "period", "target", "result")
    for row in ledger.head(most).to_dict("records"):
        place = row["place"] or row["province_name"] or row["province"]
        table.add_row(
            row["verdict"], place, row["indicator_name"], row["period"], row["target_text"], row["result_text"]
        )
    if not show_table(table):
        console().print("no targets")
    if len(ledger) > most:
        console().print(f"… {len(ledger) - most} more; write them to a file with -o")


def show_table(table: Table) -> bool:
    """Prints a table that has rows."""
    if table.row_count:
        console().print(table)
    return table.row_count > 0


def load_checks(out: str | Path, *, verdicts: Sequence[str], article: str | None) -> list[Check]:
    """The checks of an output folder, worst first; those that could not be tested only where they are asked for."""
    verdict = ds.field("verdict")
    only = verdict.isin(list(verdicts)) if verdicts else verdict != "not_testable"
    if article is not None:
        only &= ds.field("article") == article
    return worst_first(read_checks(iter_table(out, CHECKS, only=only)))


def show_checks(out: str | Path, checks: Iterable[Check], *, vietnamese: bool) -> None:
    """Checks with their arithmetic, and how many percentages could be tested at all."""
    table = listing("verdict", "article", "reported", "expected", "what the numbers say")
    for check in checks:
        message = check.message_vi if vietnamese else check.message
        style = LEVELS.get(check.level, "")
        table.add_row(check.verdict, check.article, check.reported, check.expected or "", message, style=style)
    show_table(table)
    coverage = count_coverage(map(read_check, iter_table(out, CHECKS)))
    reasons = ", ".join(f"{reason} {count}" for reason, count in coverage.reasons)
    console().print(
        f"{coverage.percentages} percentages, {coverage.testable} testable, {coverage.tested} tested; not: {reasons}"
    )


def show_numbers(numbers: Sequence[str], patterns: Patterns) -> Check:
    """The check of `part whole percent`, or of `whole percent`, with its sentence printed."""
    if len(numbers) not in (2, 3):
        raise SolieuError("--numbers wants PART WHOLE PERCENT, for example 961 3471 27,68, or WHOLE PERCENT")
    part = numbers[0] if len(numbers) == 3 else None
    check = check_numbers(part, numbers[-2], numbers[-1], patterns)
    console().print(f"{check.verdict}: {check.message}\n{check.message_vi}")
    if check.repair:
        console().print(f"nearest repairs: {check.repair}")
    return check
