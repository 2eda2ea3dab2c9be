"""What months of which years does a form's reading give its numbers?"""

from __future__ import annotations

from extract.finding.term.calendar import Context, Numbers, month_of, months, nearest_year
from extract.finding.term.day_readings import read_day


def read_month(numbers: Numbers, context: Context) -> str | None:
    """A month said, or counted from the article's."""
    if "month" not in numbers:
        anchor = context.anchor
        return month_of(anchor.year, anchor.month, numbers.get("shift", 0)) if anchor and anchor.month else None
    year = nearest_year(numbers, context, numbers["month"])
    return month_of(year, numbers["month"]) if year else None


def read_months(numbers: Numbers, context: Context) -> str | None:
    """From one month to another; the year may stand at the second only."""
    last = numbers.get("year2") or nearest_year(numbers, context, numbers["month2"])
    if not last:
        return None
    first = numbers["year"] if "year2" in numbers else last - (numbers["month"] > numbers["month2"])
    return f"{month_of(first, numbers['month'])}/{month_of(last, numbers['month2'])}"


def read_since_month(numbers: Numbers, context: Context) -> str | None:
    """From a month on."""
    month = read_month(numbers, context)
    return month and f"{month}/now"


def read_first_months(numbers: Numbers, context: Context) -> str | None:
    """The first n months of a year."""
    count = numbers.get("count", 1)
    return months(nearest_year(numbers, context, min(count, 12)), 1, count)


def read_elapsed(numbers: Numbers, context: Context) -> str | None:
    """A bare "10 tháng": the first months of the year, where the article or its last period is of the last of them."""
    anchor, count = context.anchor, numbers["count"]
    if anchor is None:
        return None
    if anchor.month is None:
        reported = context.opens and context.latest.get("year") == str(anchor.year)
        return read_first_months(numbers, context) if reported else None
    reported = context.latest.get("any", "").rpartition("/")[2] == f"{anchor.year}-{count:02d}"
    if not reported and count not in (anchor.month, (anchor.month - 2) % 12 + 1):
        return None
    return read_first_months(numbers, context)


def read_last_months(numbers: Numbers, context: Context) -> str | None:
    """The last n months of a year."""
    first = 13 - numbers.get("count", 1)
    return months(nearest_year(numbers, context, max(first, 1)), first, 12)


def read_first_month(numbers: Numbers, context: Context) -> str | None:
    """January."""
    return read_month({**numbers, "month": 1}, context)


def read_last_month(numbers: Numbers, context: Context) -> str | None:
    """December."""
    return read_month({**numbers, "month": 12}, context)


def read_first_months_to(numbers: Numbers, context: Context) -> str | None:
    """From January to a month."""
    return months(nearest_year(numbers, context, numbers["month"]), 1, numbers["month"])


def read_past_months(numbers: Numbers, context: Context) -> str | None:
    """The n months before the article; a month counts from its last third on."""
    anchor = context.anchor
    if anchor is None or anchor.month is None:
        return None
    back = -1 if anchor.day and anchor.day <= 20 else 0
    start = month_of(anchor.year, anchor.month, back + 1 - numbers["count"])
    return f"{start}/{month_of(anchor.year, anchor.month, back)}"


def read_year_to_date(numbers: Numbers, context: Context) -> str | None:
    """From January to the article's month."""
    anchor = context.anchor
    if "year" in numbers and (anchor is None or anchor.year != numbers["year"]):
        return f"{numbers['year']}/now"
    if anchor is None:
        return None
    return months(anchor.year, 1, anchor.month) if anchor.month else f"{anchor.year}/now"


def read_cumulative(numbers: Numbers, context: Context) -> str | None:
    """From January to the month before the article's, where that is reported on; else to the article's."""
    anchor = context.anchor
    if anchor and anchor.month and "year" not in numbers:
        month = month_of(anchor.year, anchor.month, -1)
        if month == context.latest.get("month"):
            return f"{month[:4]}-01/{month}"
    return read_year_to_date(numbers, context)


def read_year_to_now(numbers: Numbers, context: Context) -> str | None:
    """From January to the article's month, or the one before in a report of the first days of a month."""
    early = context.anchor is not None and (context.anchor.day or 31) <= 10
    return (read_cumulative if early else read_year_to_date)(numbers, context)


def read_year_to_day(numbers: Numbers, context: Context) -> str | None:
    """From 1 January to a day."""
    day = read_day(numbers, context)
    return day and f"{day[:4]}-01-01/{day}"


def read_quarter(numbers: Numbers, context: Context) -> str | None:
    """A quarter said, or counted from the article's."""
    if "quarter" in numbers:
        quarter = numbers["quarter"]
        return months(nearest_year(numbers, context, 3 * quarter - 2), 3 * quarter - 2, 3 * quarter)
    anchor = context.anchor
    if anchor is None or anchor.month is None:
        return None
    year, index = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + numbers.get("shift", 0), 4)
    return months(year, 3 * index + 1, 3 * index + 3)


def read_quarters(numbers: Numbers, context: Context) -> str | None:
    """From one quarter to another."""
    first, last = 3 * numbers["quarter"] - 2, 3 * numbers["quarter2"]
    return months(nearest_year(numbers, context, last), first, last)


def read_first_quarters(numbers: Numbers, context: Context) -> str | None:
    """The first n quarters of a year."""
    return read_first_months({**numbers, "count": 3 * numbers["count"]}, context)


def read_first_half(numbers: Numbers, context: Context) -> str | None:
    """January to June."""
    return read_first_months({**numbers, "count": 6}, context)


def read_last_half(numbers: Numbers, context: Context) -> str | None:
    """July to December."""
    return read_last_months({**numbers, "count": 6}, context)


def read_year_to_month(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of a year to a month of another."""
    return f"{month_of(numbers['year'], 1)}/{month_of(numbers['year2'], numbers['month2'])}"
