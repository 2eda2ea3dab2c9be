"""What was it for the new province? Values of the 63 provinces taken together to the 34, or the reason why not.

Counts and amounts that add up are added where every part has one value for the same period. A percentage comes from
the added counts it is a share of; without them it lies between the least and the greatest of the parts' percentages.
Anything else is not comparable, and says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Literal, NamedTuple

Basis = Literal["measured", "derived", "bounded", "not_comparable"]
UPWARD, DOWNWARD = frozenset({"exact", "more", "least"}), frozenset({"exact", "less", "most"})
DIGITS = 2  # decimals of a derived percentage, or as many as its parts print


class Part(NamedTuple):
    """What one of the merged provinces says: a value, a range, or neither, for what `agreement` says."""

    province: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    of: Decimal | None = None
    bound: str = "exact"
    agreement: str = "contradiction"

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """The least and the greatest value stated."""
        if self.value is not None:
            return self.value, self.value
        return (self.low, self.high) if self.low is not None and self.high is not None else None


class Merged(NamedTuple):
    """What the parts come to."""

    basis: Basis
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    of: Decimal | None = None
    bound: str = ""
    formula: str = ""
    note: str = ""


def merge_sum(parts: Iterable[Part], needed: Sequence[str]) -> Merged:
    """The sum over the provinces `needed`, the parts in any order; not comparable where one has no value.

    >>> merge_sum([Part("08", Decimal(3)), Part("02", Decimal(2))], ("02", "08"))
    Merged(basis='derived', value=Decimal('5'), low=None, high=None, of=None, bound='exact', formula='2 + 3', note='')
    >>> merge_sum([Part("08", Decimal(3))], ("02", "08")).note
    'no value: 02'
    """
    found = {part.province: part for part in parts}
    if note := lacking(found, needed):
        return Merged("not_comparable", note=note)
    ordered = [found[code] for code in needed]
    formula = " + ".join(show_part(part) for part in ordered)
    bound = sum_bound({part.bound for part in ordered})
    if bound is None:
        return Merged("not_comparable", note="bounds in both directions", formula=formula)
    ends = [part.ends for part in ordered if part.ends]
    low, high = exact_sum(low for low, _ in ends), exact_sum(high for _, high in ends)
    if low != high:
        return Merged("bounded", low=low, high=high, bound="range", formula=formula)
    of = exact_sum(part.of for part in ordered if part.of is not None) if all(part.of for part in ordered) else None
    return Merged("derived", value=low, of=of, bound=bound, formula=formula)


def sum_bound(bounds: set[str]) -> str | None:
    """How a sum is hedged; None where some parts may be more and others less.

    >>> sum_bound({"exact", "more"}), sum_bound({"more", "less"})
    ('more', None)
    """
    if "range" in bounds:
        return "range" if bounds <= {"range", "exact"} else None
    if "about" in bounds:
        return "about"
    if len(bounds) == 1:
        return next(iter(bounds))
    if bounds <= UPWARD:
        return "least" if "least" in bounds else "more"
    return ("most" if "most" in bounds else "less") if bounds <= DOWNWARD else None


def merge_share(numerator: Merged, denominator: Merged, digits: int = DIGITS) -> Merged | None:
    """The percentage that two merged counts give; None where they give none.

    >>> part, whole = (Merged("derived", Decimal(value), bound="exact", formula=value) for value in ("1", "8"))
    >>> merge_share(part, whole).value
    Decimal('12.50')
    """
    part, whole = numerator.value, denominator.value
    if part is None or not whole or part > whole or {numerator.bound, denominator.bound} != {"exact"}:
        return None
    formula = f"100 * ({numerator.formula}) / ({denominator.formula})"
    value = round_half_up(100 * Fraction(part) / Fraction(whole), digits)
    return Merged("derived", value, bound="exact", formula=formula)


def merge_between(parts: Iterable[Part], needed: Sequence[str]) -> Merged:
    """The interval from the least to the greatest of the parts, in which every weighted mean lies.

    >>> merged = merge_between([Part("08", Decimal(3)), Part("02", Decimal(2))], ("02", "08"))
    >>> merged.basis, merged.low, merged.high
    ('bounded', Decimal('2'), Decimal('3'))
    """
    found = {part.province: part for part in parts}
    if note := lacking(found, needed):
        return Merged("not_comparable", note=note)
    if open_ended := [code for code in needed if found[code].bound not in ("exact", "about", "range")]:
        return Merged("not_comparable", note="no limit stated: " + ", ".join(open_ended))
    ends = [ends for code in needed if (ends := found[code].ends)]
    formula = "between " + " and ".join(show_part(found[code]) for code in needed)
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    if low == high:
        bound = "about" if any(found[code].bound == "about" for code in needed) else "exact"
        return Merged("derived", value=low, bound=bound, formula=formula)
    return Merged("bounded", low=low, high=high, bound="range", formula=formula)


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """A sum without rounding, however long its digits."""
    with localcontext() as context:
        context.prec = 200
        return sum(values, Decimal(0))


def round_half_up(value: Fraction, digits: int) -> Decimal:
    """A fraction rounded half up.

    >>> round_half_up(Fraction(1, 8), 2), round_half_up(Fraction(-1, 8), 2)
    (Decimal('0.13'), Decimal('-0.13'))
    """
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole if value >= 0 else -whole).scaleb(-digits)).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP
    )


def show_part(part: Part) -> str:
    """A part as a term of a formula."""
    if part.value is not None:
        return format(part.value, "f")
    return f"[{part.low:f}, {part.high:f}]" if part.low is not None and part.high is not None else ""


def show(value: Decimal | None) -> str:
    """A value as a table cell."""
    return "" if value is None else format(value, "f")


def lacking(found: Mapping[str, Part], needed: Sequence[str]) -> str:
    """Why parts cannot be taken together: which say nothing, which have no one value; empty where all is there.

    >>> lacking({"08": Part("08", None, agreement="several")}, ("02", "08"))
    'no value: 02; several: 08'
    """
    reasons: dict[str, list[str]] = {}
    for code in needed:
        if code not in found:
            reasons.setdefault("no value", []).append(code)
        elif found[code].ends is None:
            reasons.setdefault(found[code].agreement, []).append(code)
    return "; ".join(f"{why}: {', '.join(codes)}" for why, codes in reasons.items())
