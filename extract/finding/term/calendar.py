"""Which dates can the numbers of a term be? Calendar arithmetic; it knows no words and no clock.

Where a term leaves its year out, the year nearest the article's own date is meant. There is no other "today".
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field

Numbers = Mapping[str, int]  # what a form captured: year, year2, month, month2, day, day2, count, quarter, shift ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date an article was written, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Offices:
    """The terms of office that an article may mean without printing them."""

    this: str | None = None  # that of those who are or were just elected
    running: str | None = None  # that whose work is told: in a year of congresses, the one that ends
    ended: str | None = None  # that which ended within a year
    old: str | None = None  # that which others are only compared with


@dataclass(slots=True)
class Context:
    """What a term may refer to: the article's date, and the last period of each type that was said in full."""

    anchor: Anchor | None = None
    latest: dict[str, str] = field(default_factory=dict)
    offices: Offices = Offices()
    ahead: bool = False  # the term at hand is of a plan: it lies rather ahead
    start: int = 0  # where the term at hand begins
    day_start: int = 0  # where the last day was said
    opens: bool = False  # the term at hand, a length of some months, opens its clause


def parse_anchor(published: str | None) -> Anchor | None:
    """The date of an ISO 8601 date or time.

    >>> parse_anchor("2022-05-10T07:30")
    Anchor(year=2022, month=5, day=10)
    """
    if published is None:
        return None
    parts = published[:10].split("-")
    if not all(part.isdecimal() for part in parts):
        return None
    return Anchor(*map(int, parts[:3]))


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return monthrange(year, month)[1]


def is_valid(numbers: Numbers) -> bool:
    """Whether the captured numbers can be a date: no 31 April, no range that runs backwards."""
    year, year2 = numbers.get("year"), numbers.get("year2")
    if year and year2 and not year < year2 <= year + 50 and "month" not in numbers:
        return False
    month = numbers.get("month")
    leap = year or 2000
    if "day" in numbers and month and numbers["day"] > last_day(leap, month):
        return False
    month2 = numbers.get("month2", month)
    if "day2" in numbers and month2 and numbers["day2"] > last_day(year2 or leap, month2):
        return False
    if "month2" not in numbers and "day2" in numbers and numbers["day2"] <= numbers["day"]:
        return False
    return 1 <= numbers.get("count", 1) <= 99


def nearest_year(numbers: Numbers, context: Context, month: int) -> int | None:
    """The year said, else the one that brings `month` nearest the anchor; what is to come counts as farther."""
    if "year" in numbers:
        return numbers["year"]
    anchor = context.anchor
    if anchor is None:
        return None
    if anchor.month is None:
        return anchor.year
    distances = {}
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        months = (year - anchor.year) * 12 + month - anchor.month
        farther = months < 0 if context.ahead else months > 0
        distances[year] = (1 + farther) * abs(months)
    return min(distances, key=distances.__getitem__)


def month_of(year: int, month: int, shift: int = 0) -> str:
    """The ISO month `shift` months on.

    >>> month_of(2022, 1, -1)
    '2021-12'
    """
    years, index = divmod(year * 12 + month - 1 + shift, 12)
    return f"{years:04d}-{index + 1:02d}"


def months(year: int | None, first: int, last: int) -> str | None:
    """The interval of whole months of a year."""
    return f"{month_of(year, first)}/{month_of(year, last)}" if year and 1 <= first <= last <= 12 else None
