"""How do places, indicators and checks look in a terminal? Tables for the doors that look something up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from extract.data.checking.habits import count_coverage
from extract.data.checking.numbers import check_numbers
from extract.data.checks import worst_first
from extract.data.dataset import load_table
from extract.data.rows import read_checks
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
    from extract.finding.gazetteer import search_places  # noqa: PLC0415  # only this door needs the gazetteer

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


def show_comparison(brief: pd.DataFrame) -> None:
    """The brief table of a comparison, indicator by indicator: a line a place that has a value."""
    keys = [*brief.columns[:4]]
    if brief.empty or len(brief.columns) == len(keys):
        console().print("nothing to set side by side: no figure with a registry code at this level")
    for column in brief.columns[4:]:
        table = listing(column, "")
        for row in brief[brief[column] != ""][[*keys, column]].itertuples(index=False):
            territory, code, name, changed, value = map(str, row)
            since = f" ({territory}, {changed})" if changed else ""
            table.add_row(f"{code} {name}{since}", value)
        if show_table(table):
            console().print()


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


def all_checks(out: Path) -> list[Check]:
    """The checks of an output folder."""
    rows = load_table(out, "checks").to_dict("records")
    return read_checks({str(name): cell for name, cell in row.items()} for row in rows)


def load_checks(out: Path, *, verdicts: Sequence[str], article: str | None) -> list[Check]:
    """The checks of an output folder, worst first; those that could not be tested only where they are asked for."""
    return [
        check
        for check in worst_first(all_checks(out))
        if (check.verdict in verdicts if verdicts else check.verdict != "not_testable")
        and (article is None or check.article == article)
    ]


def show_checks(out: Path, checks: Iterable[Check], *, vietnamese: bool) -> None:
    """Checks with their arithmetic, and how many percentages could be tested at all."""
    table = listing("verdict", "article", "reported", "expected", "what the numbers say")
    for check in checks:
        message = check.message_vi if vietnamese else check.message
        style = LEVELS.get(check.level, "")
        table.add_row(check.verdict, check.article, check.reported, check.expected or "", message, style=style)
    show_table(table)
    coverage = count_coverage(all_checks(out))
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
