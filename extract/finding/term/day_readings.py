"""What day, or days, does a form's reading give its numbers?"""

from __future__ import annotations

from datetime import date, timedelta

from extract.finding.term.calendar import Context, Numbers, month_of, nearest_year

NEAR = 500  # characters between a day and what was done on the same


def read_day(numbers: Numbers, context: Context) -> str | None:
    """A day."""
    year = nearest_year(numbers, context, numbers["month"])
    return f"{month_of(year, numbers['month'])}-{numbers['day']:02d}" if year else None


def read_since_day(numbers: Numbers, context: Context) -> str | None:
    """From a day on."""
    day = read_day(numbers, context)
    return day and f"{day}/now"


def read_day_span(numbers: Numbers, context: Context) -> str | None:
    """From a day to another of the same month."""
    day = read_day(numbers, context)
    return day and f"{day}/{day[:8]}{numbers['day2']:02d}"


def read_days(numbers: Numbers, context: Context) -> str | None:
    """From a day to another; the year may stand at either."""
    first, last = numbers.get("year"), numbers.get("year2")
    backwards = (numbers["month"], numbers["day"]) > (numbers["month2"], numbers["day2"])
    if not last:
        last = first + backwards if first else nearest_year({}, context, numbers["month2"])
    if not last:
        return None
    first = first or last - backwards
    start = f"{month_of(first, numbers['month'])}-{numbers['day']:02d}"
    return f"{start}/{month_of(last, numbers['month2'])}-{numbers['day2']:02d}"


def read_today(numbers: Numbers, context: Context) -> str | None:
    """The article's day."""
    anchor = context.anchor
    return f"{month_of(anchor.year, anchor.month)}-{anchor.day:02d}" if anchor and anchor.month and anchor.day else None


def read_same_day(numbers: Numbers, context: Context) -> str | None:
    """The day said shortly before; else that which the article began with."""
    near = context.start - context.day_start < NEAR
    return context.latest.get("day" if near else "first_day")


def read_yesterday(numbers: Numbers, context: Context) -> str | None:
    """The day before the article's."""
    today = read_today(numbers, context)
    return str(date.fromisoformat(today) - timedelta(days=1)) if today else None
