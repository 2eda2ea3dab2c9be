"""What is a relation between figures, and by which formula does one follow from the others?

A stated relation is tied together by the figures' own links, or by order, unit, subject, place and period: it may be
found wrong. An evident one is only supposed: it is worth a row where it fits, and is dropped where it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from extract.records import Figure

Basis = Literal["stated", "evident"]
NEAR = 12  # figures between a number and the one it is compared with

# How a value is recomputed from its operands. Each is monotone in each operand, so its extremes lie at the corners.
FORMULAS: dict[str, Callable[..., Any]] = {
    "share": lambda part, whole: 100 * part / whole,
    "completion": lambda actual, plan: 100 * actual / plan,
    "excess": lambda actual, plan: 100 * abs(actual - plan) / plan,
    "growth": lambda new, old: 100 * abs(new - old) / old,
    "growth_over_base": lambda old, change: 100 * change / old,
    "growth_after_rise": lambda new, change: 100 * change / (new - change),
    "growth_after_fall": lambda new, change: 100 * change / (new + change),
    "difference": lambda new, old: abs(new - old),
    "multiple": lambda new, old: new / old,
    "multiple_added": lambda new, old: abs(new - old) / old,
    "sum": lambda *parts: sum(parts[1:], parts[0]),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """`reported` follows from `operands` by one of `formulas`, the likeliest first."""

    type: str
    operands: tuple[Figure, ...]
    reported: Figure
    formulas: tuple[str, ...]
    basis: Basis
    of: tuple[bool, ...] = ()  # for each operand, whether a ratio stands for its whole rather than its part

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure once, the reported one last."""
        return tuple({figure.figure: figure for figure in (*self.operands, self.reported)}.values())

    def wholes(self) -> Iterator[tuple[Figure, bool]]:
        """Each operand, and whether it stands for its whole."""
        yield from zip(self.operands, self.of or (False,) * len(self.operands), strict=True)
