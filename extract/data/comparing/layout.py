"""How do cells become a table? Columns that most places share, each place's latest value, a row a place."""

from __future__ import annotations

from typing import Any

import pandas as pd

from extract.data.comparing.cells import Cell, read_cells
from extract.data.comparing.clustering import OPEN
from extract.patterns import Patterns

COLUMN = ("indicator", "breakdown", "measure", "unit", "whole", "change", "vs", "status", "span")
PLACE = ("territory", "province", "province_name", "place_code", "place", "series_break")
OPTIONAL = ("place_code", "place", "series_break")  # left out where no row has them
BESIDE = " | "  # between a column's title and the name of what stands beside its values
SIGNS = {"more": ">", "less": "<", "least": "≥", "most": "≤", "about": "~"}
PARTS = ("period", "state", "sources", "figures")  # beside each value


def column_keys(*, latest: bool) -> list[str]:
    """What tells one column from another: the kind of period where each place shows its latest, else the period."""
    return [*COLUMN] if latest else [*COLUMN, "period"]


def pick_latest(cells: pd.DataFrame, left_out: dict[str, int]) -> pd.DataFrame:
    """For each place and thing the cell of the latest period among those of one length; times are never mixed."""
    keys = ["territory", "province", "level", "place_code", *COLUMN]
    ordered = cells.sort_values(["period_end", "period"], kind="stable", ascending=False)
    kept = cells.loc[sorted(ordered.drop_duplicates(keys).index)]
    count_out(left_out, "earlier_period", len(cells) - len(kept))
    return kept.reset_index(drop=True)


def choose_columns(cells: pd.DataFrame, keys: list[str], top: int, left_out: dict[str, int]) -> pd.DataFrame:
    """The cells of the `top` columns that most places have, then those with most sources."""
    valued = cells[cells["basis"] != "not_comparable"]
    grouped = valued.groupby(keys, sort=True, observed=True)
    counts = grouped.agg(places=("province", "size"), sources=("sources", "sum")).reset_index()
    best = counts.sort_values(["places", "sources", *keys], ascending=[False, False, *[True] * len(keys)]).head(top)
    kept = cells.merge(best[keys], on=keys, how="inner") if len(best) else cells.head(0)
    count_out(left_out, "other_column", len(cells) - len(kept))
    return kept


def count_out(left_out: dict[str, int], reason: str, count: int) -> None:
    """Counts cells that are not shown."""
    if count:
        left_out[reason] = left_out.get(reason, 0) + count


def lay_wide(cells: pd.DataFrame, patterns: Patterns, *, latest: bool) -> pd.DataFrame:
    """A row a place; each thing has a column of values, and beside it its period, state, sources and figures."""
    names = patterns.sections("compare.toml")["names"]
    keys = column_keys(latest=latest)
    titles = title_columns(cells, keys, names)
    words: dict[str, str] = names["column"]
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for cell in read_cells(cells):
        title = titles[tuple(getattr(cell, name) for name in keys)]
        place = tuple(getattr(cell, name) for name in PLACE)
        shown = rows.setdefault(place[:4], {words[name]: part for name, part in zip(PLACE, place, strict=True)})
        shown[title] = show_value(cell)
        shown |= {f"{title}{BESIDE}{words[part]}": part_of(cell, part) for part in PARTS}
    columns = [words[name] for name in PLACE] + [
        column for title in titles.values() for column in (title, *(f"{title}{BESIDE}{words[part]}" for part in PARTS))
    ]
    table = pd.DataFrame([rows[place] for place in sorted(rows)], columns=columns, dtype=object).fillna("")
    empty = [words[name] for name in OPTIONAL if not table[words[name]].any()]
    return table.drop(columns=empty)


def title_columns(cells: pd.DataFrame, keys: list[str], names: dict[str, Any]) -> dict[tuple[Any, ...], str]:
    """A title for each thing, no two alike: those of one indicator side by side, the most shared first."""
    places = cells.groupby("indicator", sort=True)["province"].nunique().to_dict()
    labels = dict(zip(cells["indicator"], cells["indicator_name"], strict=True))
    things = cells[keys].drop_duplicates().itertuples(index=False, name=None)
    ordered = sorted(things, key=lambda thing: (-places[thing[0]], thing))
    titles: dict[tuple[Any, ...], str] = {}
    for thing in ordered:
        cell = dict(zip(keys, thing, strict=True))
        title = title_of(cell, labels[cell["indicator"]], names)
        if title in titles.values():
            title = f"{title} [{name_whole(cell, labels, names['column']['whole'])}]"
        number = sum(other.partition(" #")[0] == title for other in titles.values())
        titles[thing] = f"{title} #{number + 1}" if number else title
    return titles


def name_whole(cell: dict[str, str], labels: dict[str, str], of: str) -> str:
    """What a percentage is a share of, in words; of anything else, its code.

    >>> name_whole({"indicator": "a", "whole": "b; c"}, {"b": "B"}, "of")
    'of B – c'
    """
    code, _, facets = cell["whole"].partition("; ")
    if not code:
        return cell["indicator"]
    name = labels.get(code, code)
    return f"{of} {name} – {facets}" if facets else f"{of} {name}"


def title_of(cell: dict[str, str], name: str, names: dict[str, Any]) -> str:
    """What a column holds, in words."""
    number, _, years = cell["span"].partition(" ")
    length = f"{number} {names['span'][years]}" if years else names["span"][number] if number else ""
    of_season = cell["span"] == "season" and "period" in cell
    unit = cell["unit"] if cell["measure"] in ("percent", "amount", "difference", "growth", "distance", "share") else ""
    details = (
        names["measure"].get(cell["measure"], "") if cell["measure"] not in ("percent", "count") else "",
        names["column"]["points"] if unit == "pp" else unit or ("" if cell["measure"] == "amount" else cell["unit"]),
        names["change"].get(cell["change"], ""),
        f"{names['column']['vs']} {cell['vs']}" if cell["vs"] else "",
        names["status"][cell["status"]],
        f"{length} {cell['period']}" if of_season else cell.get("period") or length,
    )
    topic = f"{name} – {cell['breakdown']}" if cell["breakdown"] else name
    return f"{topic} ({', '.join(filter(None, details))})"


def part_of(cell: Cell, part: str) -> str:
    """What stands beside a value."""
    return state_of(cell) if part == "state" else str(getattr(cell, part))


def state_of(cell: Cell) -> str:
    """One word for how far a cell's value can be trusted: its basis, or that statements differ."""
    differs = cell.basis == "measured" and (cell.agreement == "update" or cell.agreement in OPEN)
    return cell.agreement if differs else cell.basis


def show_value(cell: Cell) -> str:
    """A cell's value: a decimal with its bound, k/n of a ratio, an interval, the words of each that differs."""
    if cell.value:
        return SIGNS.get(cell.bound, "") + cell.value + (f"/{cell.of}" if cell.of else "")
    if cell.low or cell.high:
        return f"{cell.low} – {cell.high}"
    return cell.text
