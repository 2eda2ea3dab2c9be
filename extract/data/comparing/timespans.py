"""Which stretch of time does a period cell name? One spelling a stretch, and its length, so like stands beside like."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
MONTHS = {1: "month", 3: "quarter", 6: "half", 12: "year"}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Timespan:
    """A stretch of time: two spans with one `text` are the same, two of one `kind` have the same length.

    A `season` lies somewhere in the stretch named: the days of Tết in their month, a crop in its year.
    """

    text: str  # canonical ISO 8601; now, recurring or empty where no date is known
    kind: str  # point, month, quarter, half, year, "5 years", "9 months", since, season, recurring, or empty
    start: str = ""  # ISO dates, empty where unknown
    end: str = ""


def parse_timespan(period: str, published: str = "") -> Timespan:
    """The stretch of a period cell; "now" is the day of publication, where that is known.

    >>> parse_timespan("2017-01-01/2017-06-30")
    Timespan(text='2017-01/2017-06', kind='half', start='2017-01-01', end='2017-06-30')
    >>> parse_timespan("now", "2021-09-21").text, parse_timespan("2011/now", "2021-09-21").kind
    ('2021-09-21', 'since')
    >>> parse_timespan("soon")
    Timespan(text='', kind='', start='', end='')
    """
    if period == "recurring":
        return Timespan("recurring", "recurring")
    if period == "now":
        return Timespan(published or "now", "point", published, published)
    first, slash, last = period.partition("/")
    start = _read_date(first)
    if start is None:
        return Timespan("", "")
    if last == "now":
        return Timespan(f"{first}/{published or 'now'}", "since", start[0].isoformat(), published)
    end = _read_date(last) if slash else start
    if end is None or end[1] < start[0]:
        return Timespan("", "")
    return make_timespan(start[0], end[1])


def make_timespan(start: date, end: date) -> Timespan:
    """The stretch from one day to another, in its shortest spelling.

    >>> make_timespan(date(2016, 1, 1), date(2020, 12, 31))
    Timespan(text='2016/2020', kind='5 years', start='2016-01-01', end='2020-12-31')
    """
    ends = (start.isoformat(), end.isoformat())
    if start == end:
        return Timespan(start.isoformat(), "point", *ends)
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return Timespan("/".join(ends), f"{(end - start + DAY).days} days", *ends)
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    if months % 12 == 0 and start.month == 1:
        shown = [f"{start.year:04}", f"{end.year:04}"]
        kind = "year" if months == 12 else f"{months // 12} years"
    else:
        shown = [f"{day.year:04}-{day.month:02}" for day in (start, end)]
        kind = MONTHS.get(months, f"{months} months")
    return Timespan("/".join(dict.fromkeys(shown)), kind, *ends)


def _read_date(text: str) -> tuple[date, date] | None:
    """The first and the last day of an ISO date, month or year."""
    match = DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not year or month > 12 or (match[2] and not month):
        return None
    last = monthrange(year, month or 12)[1]
    if match[3] and not 1 <= day <= last:
        return None
    return date(year, month or 1, day or 1), date(year, month or 12, day or last)
