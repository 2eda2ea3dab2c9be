"""What does a printed number allow? Its value, its last printed digit, the interval that rounding and bounds leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from extract.data.checking.arithmetic import BOUNDLESS, as_fraction
from extract.records import Bound, Figure, Kind

NUMERAL = re.compile(r"\d[\d.,]*")

ABOUT = Fraction(1, 20)  # "nearly 300" is read as 285 to 315
MORE = Fraction(1, 5)  # "over 1,000" as 1,000 to 1,200; "over 1.2 million" ends at 1.3 million by its last digit


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: `value`, whose last printed digit counts `step`s, stands for `low` to `high`."""

    value: Fraction
    step: Fraction
    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether the number stands for one value only."""
        return self.low == self.high


@lru_cache(maxsize=65536)
def find_step(text: str, value: Decimal) -> Fraction:
    """The unit of the last digit printed in `text`, which says `value`.

    >>> find_step("1,55 triệu tấn", Decimal(1550000)), find_step("85.000", Decimal(85000))
    (Fraction(10000, 1), Fraction(1, 1))
    >>> find_step("27,60%", Decimal("27.6"))
    Fraction(1, 100)
    """
    numerals = NUMERAL.findall(text)
    digits = numerals[-1].replace(".", "").replace(",", "") if numerals else ""
    _, mantissa, exponent = value.as_tuple()
    shown = "".join(map(str, mantissa))
    zeros = len(shown) - len(shown.rstrip("0"))
    kept = len(digits) - len(digits.rstrip("0"))
    if not isinstance(exponent, int) or not value or not digits.strip("0"):
        return Fraction(1) if value or "," not in text else Fraction(1, 10 ** len(numerals[-1].partition(",")[2]))
    power = exponent + zeros - kept
    return Fraction(10**power) if power >= 0 else Fraction(1, 10**-power)


def read_printed(figure: Figure) -> Printed:
    """What `figure` allows, as an operand of a calculation."""
    return read_number(figure.text, figure.value, figure.high, figure.bound, figure.kind)


@lru_cache(maxsize=65536)
def read_number(text: str, value: Decimal, high: Decimal | None, bound: Bound, kind: Kind) -> Printed:
    """What a number allows that is printed in `text`; `high` is the upper end of a range."""
    least, step = as_fraction(value), find_step(text, value)
    if high is not None:
        return Printed(least, step, least, as_fraction(high))
    return Printed(least, step, *limits(least, step, bound, kind))


def limits(value: Fraction, step: Fraction, bound: Bound, kind: Kind) -> tuple[Fraction, Fraction]:
    """The least and the greatest value that a number stands for."""
    match bound:
        case "more":
            return value, value + min(step_of_size(value, step), value * MORE)
        case "less":
            return value - min(step_of_size(value, step), value * MORE), value
        case "least":
            return value, BOUNDLESS
        case "most":
            return Fraction(0), value
        case "about":
            margin = max(value * ABOUT, step / 2)
            return value - margin, value + margin
    if kind in ("count", "ratio") and step == 1:  # people are counted; money and areas are measured
        return value, value
    return value - step / 2, value + step / 2


def step_of_size(value: Fraction, step: Fraction) -> Fraction:
    """The unit of the last digit of `value` that is not zero.

    >>> step_of_size(Fraction(300), Fraction(1)), step_of_size(Fraction(63567), Fraction(1))
    (Fraction(100, 1), Fraction(1, 1))
    """
    count = value / step
    if count.denominator != 1 or not count:
        return step
    digits = str(count.numerator)
    return step * Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))
