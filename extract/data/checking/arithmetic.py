"""Is a printed number what the recomputed one gives? Exact rounding verdicts, on integers and fractions only.

A printed number is an integer count of its last printed digit: `27,68` is 2768 hundredths. A recomputed value is a
fraction, or an interval of fractions where the counts it rests on are rounded themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import Literal

Verdict = Literal["consistent", "half_even", "truncated", "ceiling", "inconsistent", "unattainable", "not_testable"]
Modes = tuple[str, ...]

HALF = Fraction(1, 2)
ONE = Fraction(1)
BOUNDLESS = Fraction(10**30)  # the upper end of "at least": larger than anything a newspaper prints

# The ways to print a value, the kindest first: what each says of a printed number that fits it.
VERDICTS: tuple[tuple[str, Verdict], ...] = (
    ("half_up", "consistent"),
    ("half_even", "half_even"),
    ("truncated", "truncated"),
    ("ceiling", "ceiling"),
)
EXACT: Modes = ("half_up", "half_even", "truncated", "ceiling")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What exact arithmetic says of one printed number. Values are in the unit of the printed number."""

    verdict: Verdict
    rounding: Modes = ()  # every way of rounding that prints the number as it is printed
    expected: Fraction | None = None  # the recomputed value, from the printed numbers taken at their word
    low: Fraction | None = None  # the least and the greatest value that the printed numbers allow
    high: Fraction | None = None
    part: int | None = None  # the whole count found for a percentage of a stated whole


def round_modes(numerator: int, denominator: int, printed: int) -> Modes:
    """The ways of rounding that print `numerator / denominator` (not negative, not by zero) as `printed`.

    >>> round_modes(961 * 10_000, 3471, 2768)
    ('truncated',)
    >>> round_modes(1, 8, 0)
    ('half_up', 'half_even', 'truncated')
    """
    floor, rest = divmod(numerator, denominator)
    if printed == floor:
        if not rest:
            return EXACT
        if 2 * rest < denominator:
            return ("half_up", "half_even", "truncated")
        return ("half_even", "truncated") if 2 * rest == denominator and floor % 2 == 0 else ("truncated",)
    if printed == floor + 1 and rest:
        if 2 * rest > denominator:
            return ("half_up", "half_even", "ceiling")
        if 2 * rest < denominator:
            return ("ceiling",)
        return ("half_up", "ceiling") if floor % 2 == 0 else ("half_up", "half_even", "ceiling")
    return ()


def verdict_of(modes: Modes) -> Verdict:
    """The kindest verdict that the modes allow.

    >>> verdict_of(("half_even", "truncated")), verdict_of(())
    ('half_even', 'inconsistent')
    """
    return next((verdict for mode, verdict in VERDICTS if mode in modes), "inconsistent")


def judge_share(part: int, whole: int, printed: int, decimals: int) -> Judgement:
    """`part` out of `whole` against the percentage printed as `printed` with `decimals` digits after the comma.

    >>> judge_share(961, 3471, 2768, 2).verdict, judge_share(961, 3471, 2769, 2).verdict
    ('truncated', 'consistent')
    >>> judge_share(14, 9, 156, 0).verdict
    'inconsistent'
    """
    if whole <= 0:
        return Judgement("not_testable")
    modes = round_modes(part * 10 ** (2 + decimals), whole, printed) if 0 <= part <= whole else ()
    value = Fraction(100 * part, whole)
    return Judgement(verdict_of(modes), modes, value, value, value)


def judge_attainable(whole: int, printed: int, decimals: int) -> Judgement:
    """Is there a whole count out of `whole` that prints as this percentage, rounded or cut off? (The GRIM test.)

    >>> judge_attainable(429, 1049, 2).part, judge_attainable(50, 333, 1).verdict
    (45, 'unattainable')
    """
    if whole <= 0:
        return Judgement("not_testable")
    full = 10 ** (2 + decimals)
    best: tuple[int, Modes] | None = None
    start = max(0, (2 * printed - 1) * whole // (2 * full))
    for part in range(start, min(start + 1, whole) + 1):  # one of the two is the kindest there is
        modes = round_modes(part * full, whole, printed)
        if verdict_of(modes) in ("ceiling", "inconsistent"):
            continue
        if best is None or _rank(modes) < _rank(best[1]):
            best = part, modes
    if best is None:
        nearest = min((2 * printed * whole + full) // (2 * full), whole)
        return Judgement("unattainable", (), Fraction(100 * nearest, whole))
    value = Fraction(100 * best[0], whole)
    return Judgement(verdict_of(best[1]), best[1], value, value, value, best[0])


def _rank(modes: Modes) -> int:
    return next((rank for rank, (mode, _) in enumerate(VERDICTS) if mode in modes), len(VERDICTS))


def attainable_power(whole: int, decimals: int) -> Fraction:
    """The chance that a random percentage of `whole` fails to be attainable.

    >>> attainable_power(50, 1), attainable_power(1000, 1)
    (Fraction(950, 1001), Fraction(0, 1))
    """
    full = 10 ** (2 + decimals)
    if 3 * whole >= 2 * full:  # steps of 1.5 printed digits or less: each printed number is hit
        return Fraction(0)
    period = whole // gcd(full, whole)
    hit = whole + 1 + (whole // period) * (period // 2)  # each count once, and again where cutting and rounding differ
    return Fraction(full + 1 - hit, full + 1)


def share_power(low: Fraction, high: Fraction, decimals: int) -> Fraction:
    """The chance that a random percentage printed with `decimals` digits lies outside what `low` to `high` allows.

    >>> float(share_power(Fraction(50), Fraction(50), 0)) > 0.99, share_power(Fraction(0), Fraction(100), 0)
    (True, Fraction(0, 1))
    """
    full, scale = 10 ** (2 + decimals), 10**decimals
    least, most = low * scale, min(high * scale, Fraction(full))
    lowest = max(0, least.numerator // least.denominator)
    highest = (2 * most.numerator + most.denominator) // (2 * most.denominator)
    return max(Fraction(full + 1 - max(0, highest - lowest + 1), full + 1), Fraction(0))


def judge_value(
    printed: Fraction, step: Fraction, point: Fraction, low: Fraction, high: Fraction, *, tolerance: Fraction = HALF
) -> Judgement:
    """A recomputed `point`, by its rounded inputs anything from `low` to `high`, against a number printed in `step`s.

    The numbers are taken at their word first; only where that fails does their own rounding excuse the difference.

    >>> judge_value(Fraction("1.6"), Fraction("0.1"), Fraction("1.635"), Fraction("1.63"), Fraction("1.64")).verdict
    'consistent'
    """
    x = point / step
    modes = round_modes(x.numerator, x.denominator, _whole(printed / step)) if point >= 0 else ()
    verdict = verdict_of(modes)
    if verdict in ("ceiling", "inconsistent") and low < high:
        modes = interval_modes(low / step, high / step, printed / step)
        verdict = verdict_of(modes)
    if verdict == "inconsistent" and tolerance > HALF and abs(point - printed) <= tolerance * step:
        modes, verdict = ("about",), "consistent"
    return Judgement(verdict, modes, point, low, high)


def _whole(x: Fraction) -> int:
    return x.numerator if x.denominator == 1 else -1  # no multiple of the last digit: matches no rounding


def interval_modes(low: Fraction, high: Fraction, printed: Fraction) -> Modes:
    """The ways of rounding that may print some value from `low` to `high` as `printed` (in units of its last digit).

    >>> interval_modes(Fraction(41, 10), Fraction(43, 10), Fraction(5))
    ('ceiling',)
    """
    modes = []
    if printed - HALF <= high and low < printed + HALF:
        modes.append("half_up")
    if printed <= high and low < printed + 1:
        modes.append("truncated")
    if printed - 1 < high and low <= printed:
        modes.append("ceiling")
    return tuple(modes)


def judge_side(printed: Fraction, point: Fraction, low: Fraction, high: Fraction, *, above: bool) -> Judgement:
    """A recomputed value against a one-sided statement: more than `printed` (`above`) or less than it.

    >>> half, share = Fraction(50), Fraction(52)
    >>> judge_side(half, share, share, share, above=True).verdict
    'consistent'
    >>> judge_side(half, share, share, share, above=False).verdict
    'inconsistent'
    """
    fits = high >= printed if above else low <= printed
    return Judgement("consistent" if fits else "inconsistent", ("bound",) if fits else (), point, low, high)


def show_decimal(value: Fraction, digits: int) -> str:
    """`value` as a decimal string: all its digits where it has no more than `digits`, else rounded half up to them.

    >>> show_decimal(Fraction(96100, 3471), 4), show_decimal(Fraction(3, 2), 4), show_decimal(Fraction(-5), 2)
    ('27.6865', '1.5', '-5')
    """
    scale = 10**digits
    scaled = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(scaled, scale)
    fraction = str(rest).zfill(digits).rstrip("0") if digits else ""
    return ("-" if value < 0 and scaled else "") + str(whole) + ("." + fraction if fraction else "")


@lru_cache(maxsize=65536)
def as_fraction(value: Decimal) -> Fraction:
    """A decimal as an exact fraction.

    >>> as_fraction(Decimal("27.68"))
    Fraction(692, 25)
    """
    return Fraction(*value.as_integer_ratio())
