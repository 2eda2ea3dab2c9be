"""How does a row of a table become a record again? Every cell is text; an empty one is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from extract.errors import SolieuError
from extract.records import Check, Figure

OPTIONAL = (
    "unit", "vs", "indicator", "indicator_label", "subject", "province", "province_name", "place", "place_level",
    "place_rule", "province_2025", "province_2025_name", "territory", "period", "period_text", "share_num", "share_den",
)  # fmt: skip

CHECK_COLUMNS = tuple(field.name for field in fields(Check))
NEEDED = ("figure", "article", "start", "end", "text", "kind", "value")


class RowError(SolieuError):
    """A row of the figures table cannot be read; the message names its figure and cell."""


def read_figures(rows: Iterable[Mapping[str, Any]]) -> list[Figure]:
    """The figures of table rows (`DataFrame.to_dict("records")`, `csv.DictReader`), in the rows' order.

    Raises RowError where a needed cell is missing or no number.

    >>> row = {"figure": "a:0", "article": "a", "start": "0", "end": "2", "text": "12", "kind": "count", "value": "12"}
    >>> read_figures([row])[0].value
    Decimal('12')
    """
    return [read_figure(row) for row in rows]


def read_figure(row: Mapping[str, Any]) -> Figure:
    """The figure of one row."""
    cells = {name: cell if type(cell) is str and cell else read_cell(cell) for name, cell in row.items()}
    needed = [cells.get(name) for name in NEEDED]
    if None in needed:
        raise RowError(f"{cells.get('figure') or cells}: {', '.join(NEEDED)} must be filled")
    known: dict[str, Any] = {name: cells.get(name) for name in OPTIONAL}
    return Figure(
        figure=str(cells["figure"]),
        article=str(cells["article"]),
        start=int(str(cells["start"])),
        end=int(str(cells["end"])),
        text=str(cells["text"]),
        sentence=cells.get("sentence") or "",
        kind=cells["kind"],  # type: ignore[arg-type]
        value=Decimal(_number(cells, "value") or 0),
        high=_number(cells, "high"),
        of=_number(cells, "of"),
        decimals=int(cells.get("decimals") or 0),
        bound=cells.get("bound") or "exact",  # type: ignore[arg-type]
        change=cells.get("change") or "none",  # type: ignore[arg-type]
        status=cells.get("status") or "reported",  # type: ignore[arg-type]
        breakdown=tuple(facet for facet in (cells.get("breakdown") or "").split("; ") if facet),
        rule=cells.get("rule") or "",
        **known,
    )


def read_cell(cell: object) -> str | None:
    """A cell as text; None where it is empty, be it for pandas (no number is other than itself)."""
    return None if cell is None or cell != cell or cell == "" else str(cell)  # noqa: PLR0124


def _number(cells: Mapping[str, str | None], name: str) -> Decimal | None:
    cell = cells.get(name)
    if cell is None:
        return None
    try:
        return Decimal(cell)
    except InvalidOperation as error:
        raise RowError(f"{cells['figure']}: {name} is no number: {cell!r}") from error


def read_checks(rows: Iterable[Mapping[str, Any]]) -> list[Check]:
    """The checks of table rows, in the rows' order."""
    return [read_check(row) for row in rows]


def read_check(row: Mapping[str, Any]) -> Check:
    """The check of one row."""
    cells = {name: str(cell) or None for name, cell in row.items()}
    figures = tuple(one for one in str(row["figures"]).split("; ") if one)
    filled = {name: cells.get(name) or "" for name in ("reported", "message", "message_vi", "reason")}
    return Check(**{**{name: cells.get(name) for name in CHECK_COLUMNS}, "figures": figures, **filled})  # type: ignore[arg-type]
