"""What follows from the cells? Share of a whole, rank, difference and growth over time, distance to a target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from extract.data.comparing.cells import Cell
from extract.data.comparing.measures import Measures
from extract.data.comparing.merger import count_articles, joined
from extract.data.comparing.merging import round_half_up, show
from extract.data.comparing.timespans import parse_timespan
from extract.patterns import Patterns

DIGITS = 2  # decimals of a derived percentage, rounded half up; its formula gives it exactly
PLACE = ("territory", "province", "level", "place_code")
THING = ("indicator", "breakdown", "measure", "unit", "whole", "change", "vs")
POINTS = "pp"  # the unit of a difference of percentages: percentage points, not percent


def derive(rows: list[Cell], names: Iterable[str], patterns: Patterns) -> list[Cell]:
    """The derived cells of `names` (share, rank, target, difference:PERIOD, growth:PERIOD), each beside its cell.

    A cell without one plain value (contradiction, range, "at least") derives nothing.
    """
    plain = [row for row in rows if is_plain(row)]
    made: list[Cell] = []
    for name in names:
        kind, _, period = name.partition(":")
        match kind:
            case "share":
                made += derive_shares(plain, patterns.compiled(Measures))
            case "rank":
                made += derive_ranks(plain)
            case "target":
                made += derive_distances(plain)
            case "difference" | "growth":
                made += derive_changes(plain, kind, parse_timespan(period).text)
    return made


def is_plain(row: Cell) -> bool:
    """Whether a cell has one value that is not hedged."""
    return bool(row.value) and row.bound == "exact" and row.measure != "ratio"


def made_of(row: Cell, others: Iterable[Cell], **cells: str) -> Cell:
    """A derived cell beside `row`, which rests on `others` too."""
    rows = [row, *others]
    figures = joined(one.figures for one in rows)
    return row._replace(
        basis="derived", figures=figures, sources=count_articles(figures), low="", high="", of="", text="", note="",
        other_figures="", **cells,
    )  # fmt: skip


def derive_shares(rows: list[Cell], measures: Measures) -> Iterator[Cell]:
    """Each count as a percentage of its whole, in the same place, period and status."""
    index = {
        key_of(row, *PLACE, "indicator", "breakdown", "unit", "status", "period"): row
        for row in rows
        if row.measure in ("count", "amount")
    }
    for row in rows:
        if row.measure not in ("count", "amount") or row.change != "none" or row.vs:
            continue
        whole = row.indicator if row.breakdown else measures.whole(row.indicator)
        place = key_of(row, *PLACE)
        total = index.get((*place, whole, "", row.unit, row.status, row.period))
        if total is None or not Decimal(total.value) or Decimal(row.value) > Decimal(total.value):
            continue
        value = 100 * Fraction(Decimal(row.value)) / Fraction(Decimal(total.value))
        formula = f"100 * {row.value} / {total.value}"
        yield made_of(
            row,
            [total],
            measure="share",
            unit=f"% {row.unit}".strip(),
            whole=whole,
            value=show(round_half_up(value, DIGITS)),
            formula=formula,
        )


def derive_ranks(rows: list[Cell]) -> Iterator[Cell]:
    """The rank of each place among those of one territory list, the largest value first; equals share a rank."""
    groups = defaultdict[tuple[str, ...], list[Cell]](list)
    for row in (one for one in rows if one.period != "now"):
        groups[key_of(row, "territory", "level", *THING, "status", "period")].append(row)
    for group in groups.values():
        values = sorted((Decimal(row.value) for row in group), reverse=True)
        ranks = {value: len(values) - at for at, value in enumerate(reversed(values))}
        for row in group:
            rank = ranks[Decimal(row.value)]
            yield made_of(row, (), measure="rank", value=str(rank), formula=f"{rank} of {len(values)}")


def derive_changes(rows: list[Cell], kind: str, period: str) -> Iterator[Cell]:
    """The difference or growth of each cell against the same place's value of another period of the same length."""
    key: Callable[[Cell], tuple[str, ...]] = lambda row: key_of(row, *PLACE, *THING, "status", "span")  # noqa: E731
    before = {key(row): row for row in rows if row.period == period and row.change == "none"}
    for row in rows:
        old = before.get(key(row))
        if old is None or row.period == period:
            continue
        new_value, old_value = Decimal(row.value), Decimal(old.value)
        if kind == "difference":
            unit = POINTS if row.measure == "percent" else row.unit
            formula = f"{row.value} - {old.value}"
            yield made_of(row, [old], measure=kind, unit=unit, value=show(new_value - old_value), formula=formula)
        elif row.measure != "percent" and old_value > 0:
            growth = 100 * (Fraction(new_value) / Fraction(old_value) - 1)
            formula = f"100 * ({row.value} / {old.value} - 1)"
            yield made_of(
                row, [old], measure=kind, unit="%", value=show(round_half_up(growth, DIGITS)), formula=formula
            )


def derive_distances(rows: list[Cell]) -> Iterator[Cell]:
    """How far each reported value is above (or, negative, below) the target for the same period."""
    key: Callable[[Cell], tuple[str, ...]] = lambda row: key_of(row, *PLACE, *THING, "period")  # noqa: E731
    targets = {key(row): row for row in rows if row.status == "target"}
    for row in rows:
        target = targets.get(key(row))
        if target is None or row.status != "reported":
            continue
        unit = POINTS if row.measure == "percent" else row.unit
        value = show(Decimal(row.value) - Decimal(target.value))
        yield made_of(
            row, [target], measure="distance", unit=unit, value=value, formula=f"{row.value} - {target.value}"
        )


def key_of(row: Cell, *names: str) -> tuple[str, ...]:
    """Some cells of a row."""
    return tuple(getattr(row, name) for name in names)
