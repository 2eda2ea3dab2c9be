"""Was it reached? Each target with the values reported for it later: met, missed or pending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from extract.data.compare import Question, compare_dataset
from extract.data.comparing.cells import Cell, read_cells
from extract.data.comparing.layout import show_value
from extract.data.comparing.measures import Measures
from extract.data.comparing.timespans import Timespan, parse_timespan
from extract.patterns import Patterns, load_patterns

SAME = (  # a target and its results have all of these in common
    "territory", "province", "level", "place_code", "indicator", "breakdown", "measure", "unit", "whole", "change",
    "vs",
)  # fmt: skip
OPEN_TARGETS = {"contradiction": "targets contradict each other", "several": "one article states several targets"}


class Entry(NamedTuple):
    """A line of the ledger."""

    territory: str
    province: str
    province_name: str
    place: str
    indicator: str
    indicator_name: str
    breakdown: str
    measure: str
    unit: str
    change: str
    period: str
    due: str  # last day of the target's period
    direction: str  # at_least or at_most
    target: str
    target_text: str
    target_published: str
    target_figures: str
    verdict: str  # met, missed, pending
    result: str  # the value that decides, or the last one reported so far
    result_period: str
    result_text: str
    result_published: str
    result_figures: str
    progress: str  # "period: value" of what else was reported on the way
    note: str


def targets(folder: str | Path, *, patterns: Path | None = None, **question: object) -> pd.DataFrame:
    """The ledger of a dataset, a row a target; `question` takes indicators, level, boundaries, provinces and labels.

    Raises DatasetError, CompareError.
    """
    return list_targets(folder, load_patterns(patterns), **question)


def list_targets(folder: str | Path, patterns: Patterns, **question: object) -> pd.DataFrame:
    """The ledger, in the order of indicator and place."""
    asked = Question(statuses=("reported", "target"), periods=("all",), by=("all",), changes=True, top=0, **question)  # type: ignore[arg-type]
    cells = read_cells(compare_dataset(folder, asked, patterns).cells)
    return pd.DataFrame(make_ledger(cells, patterns.compiled(Measures)), columns=list(Entry._fields), dtype=object)


def make_ledger(cells: Sequence[Cell], measures: Measures) -> list[Entry]:
    """An entry for each target among the cells."""
    reported = defaultdict[tuple[str, ...], list[Cell]](list)
    for cell in cells:
        if cell.status == "reported":
            reported[key_of(cell)].append(cell)
    return [
        judge(cell, reported[key_of(cell)], at_most=measures.met_by_less(cell.indicator, cell.bound, cell.change))
        for cell in cells
        if cell.status == "target"
    ]


def key_of(cell: Cell) -> tuple[str, ...]:
    """What a target and its results have in common."""
    return tuple(getattr(cell, name) for name in SAME)


def judge(target: Cell, reported: Sequence[Cell], *, at_most: bool) -> Entry:
    """The entry of one target; `at_most`: it is met by its value or less."""
    span = parse_timespan(target.period)
    later = sorted(
        (cell for cell in reported if is_later(cell, target, span)), key=lambda cell: (cell.period_end, cell.period)
    )
    deciding = [cell for cell in later if decides(cell, target, span, at_most=at_most)]
    result = max(deciding, key=lambda cell: (is_whole(cell, target), cell.published), default=None)
    verdict, note = "pending", ""
    if not goal(target, at_most=at_most):
        note = OPEN_TARGETS.get(target.agreement, "no one target")
    elif result is not None:
        reached = reaches(result, target, at_most=at_most)
        verdict = {True: "met", False: "missed", None: "pending"}[reached]
        note = why_open(result) if reached is None else ""
        if reached and result.period_end < span.end:
            note = "before it was due"
    shown = result or (later[-1] if later else None)
    return make_entry(
        target, span, verdict, shown, [cell for cell in later if cell is not shown], note, at_most=at_most
    )


def is_later(cell: Cell, target: Cell, span: Timespan) -> bool:
    """Whether a reported value can tell of a target: for its period, or on the way to it after it was set."""
    if cell.period == target.period:
        return True
    if not cell.period_end or not span.end or cell.period_end > span.end:
        return False
    return cell.period_end > target.published if target.published else cell.period_end >= span.start


def is_whole(cell: Cell, target: Cell) -> bool:
    """Whether a value is of all the time a target is set for, not of a season in it."""
    return (cell.period, cell.span) == (target.period, target.span)


def decides(cell: Cell, target: Cell, span: Timespan, *, at_most: bool) -> bool:
    """Whether a value settles a target: it is of the same period, or the state at its end, or enough already.

    A part of the period cannot miss a target that counts up over all of it, but it can meet it.
    """
    if is_whole(cell, target):
        return True
    part = parse_timespan(cell.period)
    state = cell.measure in ("percent", "ratio") or part.kind == "point"
    if part.end == span.end and state and cell.span != "season":
        return True
    inside = span.start <= part.start and part.end <= span.end
    adds_up = cell.measure in ("count", "amount") and not at_most
    return inside and adds_up and bool(reaches(cell, target, at_most=False))


def goal(target: Cell, *, at_most: bool) -> str:
    """The value that must be reached; a range counts by its nearer end."""
    return target.value or (target.high if at_most else target.low)


def reaches(result: Cell, target: Cell, *, at_most: bool) -> bool | None:
    """Whether a result reaches its target; None where it cannot be told (contradicting results, a range across it)."""
    wanted = goal(target, at_most=at_most)
    ends = [end for end in (result.value or result.low, result.value or result.high) if end]
    if not wanted or len(ends) < 2:
        return None
    answers = {Decimal(end) <= Decimal(wanted) if at_most else Decimal(end) >= Decimal(wanted) for end in ends}
    return answers.pop() if len(answers) == 1 else None


def why_open(result: Cell) -> str:
    """Why a result does not settle its target."""
    if result.low or result.high:
        return "the target lies within the result"
    return "one article states several results" if result.agreement == "several" else "results contradict each other"


def make_entry(
    target: Cell, span: Timespan, verdict: str, result: Cell | None, others: Sequence[Cell], note: str, *, at_most: bool
) -> Entry:
    """The line of a target."""
    return Entry(
        **{name: getattr(target, name) for name in Entry._fields[:11]},
        due=span.end,
        direction="at_most" if at_most else "at_least",
        target=show_value(target),
        target_text=target.text,
        target_published=target.published,
        target_figures=target.figures,
        verdict=verdict,
        result=show_value(result) if result else "",
        result_period=result.period if result else "",
        result_text=result.text if result else "",
        result_published=result.published if result else "",
        result_figures=result.figures if result else "",
        progress="; ".join(f"{cell.period}: {show_value(cell)}" for cell in others),
        note=note,
    )
