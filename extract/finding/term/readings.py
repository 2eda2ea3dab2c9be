"""What period does a form's reading give its numbers? The readings that the rows of `periods.csv` name."""

from __future__ import annotations

from collections.abc import Callable

from extract.finding.term.calendar import Context, Numbers, month_of, months, nearest_year
from extract.finding.term.day_readings import (
    read_day,
    read_day_span,
    read_days,
    read_since_day,
    read_today,
    read_yesterday,
)

LOOKING_BACK = 3  # the last month in which articles still report on the year before


def read_year(numbers: Numbers, context: Context) -> str | None:
    """A year said, or counted from the article's."""
    if "year" in numbers:
        return str(numbers["year"])
    return str(context.anchor.year + numbers.get("shift", 0)) if context.anchor else None


def read_years_ago(numbers: Numbers, context: Context) -> str | None:
    """Some years before the article's."""
    return str(context.anchor.year - numbers["count"]) if context.anchor else None


def read_past_year(numbers: Numbers, context: Context) -> str | None:
    """The year in force, where it is the article's or the one before; else the one that ends or has just ended."""
    anchor, said = context.anchor, context.latest.get("year")
    if anchor is None or (said and anchor.year - 1 <= int(said) <= anchor.year):
        return said
    return str(anchor.year - (anchor.month is None or anchor.month < 11))


def read_year_end(numbers: Numbers, context: Context) -> str | None:
    """The article's year; the one before, where an article of the first months of a year looks back on it."""
    anchor, said = context.anchor, context.latest.get("year")
    looks_back = anchor and anchor.month and anchor.month <= LOOKING_BACK and said == str(anchor.year - 1)
    return said if looks_back else read_year(numbers, context)


def read_years(numbers: Numbers, context: Context) -> str | None:
    """From one year to another."""
    return f"{numbers['year']}/{numbers['year2']}"


def read_since_year(numbers: Numbers, context: Context) -> str | None:
    """From a year on."""
    return f"{numbers['year']}/now"


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
    if anchor is None or anchor.month is None:
        return None
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


def read_lunar_year(numbers: Numbers, context: Context) -> str | None:
    """A year said, or the one of the sixty-year cycle nearest the article's; without that, 1984 to 2043."""
    if "year" in numbers:
        return str(numbers["year"])
    stem, branch = numbers["stem"], numbers["branch"]
    index = next((i for i in range(60) if i % 10 == stem and i % 12 == branch), None)
    if index is None:
        return None
    near = context.anchor.year if context.anchor else 2013
    return str(min((1984 + index + 60 * k for k in (-1, 0, 1)), key=lambda year: abs(year - near)))


def read_season(numbers: Numbers, context: Context) -> str | None:
    """The season that goes on, where none was named: the article's year, where that is spoken of, else now."""
    said = context.latest.get("year")
    return said if context.anchor and said == str(context.anchor.year) else "now"


def read_school_year(numbers: Numbers, context: Context) -> str | None:
    """The school year of the article, which begins after June, or one counted from it."""
    anchor = context.anchor
    if anchor is None or anchor.month is None:
        return None
    first = anchor.year - (anchor.month < 7) + numbers.get("shift", 0)
    return f"{first}/{first + 1}"


def read_same_period(numbers: Numbers, context: Context) -> str | None:
    """The last period said, a year earlier or in the year said."""
    latest = context.latest.get("any")
    if latest is None or not latest[:4].isdecimal() or latest.endswith("now"):
        return str(numbers["year"]) if "year" in numbers else None
    shift = numbers.get("year", int(latest[:4]) - 1) - int(latest[:4])
    return "/".join(f"{int(part[:4]) + shift}{part[4:]}" for part in latest.split("/"))


def read_term_before(numbers: Numbers, context: Context) -> str | None:
    """The term of office before the one said last."""
    first, _, last = context.latest.get("term", "").partition("/")
    return f"{2 * int(first) - int(last)}/{first}" if first.isdecimal() and last.isdecimal() else None


def read_term_to_year(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of the term of office said last, or here, to a year."""
    start = str(numbers["year1"]) if "year1" in numbers else context.latest.get("term", "")[:4]
    return f"{start}/{numbers['year2']}" if start else str(numbers["year2"])


def read_term_to_month(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of the term of office said last, or here, to a month."""
    start = str(numbers["year1"]) if "year1" in numbers else context.latest.get("term", "")[:4]
    month = month_of(numbers["year2"], numbers["month2"])
    return f"{start}/{month}" if start else month


def read_year_to_month(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of a year to a month of another."""
    return f"{month_of(numbers['year'], 1)}/{month_of(numbers['year2'], numbers['month2'])}"


def read_term_to_now(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of the term of office said last."""
    start = str(numbers["year"]) if "year" in numbers else context.latest.get("term", "")[:4]
    return f"{start}/now" if start else None


Reading = Callable[[Numbers, Context], str | None]

# What the column `reading` of `periods.csv` may name.
READINGS: dict[str, Reading] = {
    "year": read_year,
    "years_ago": read_years_ago,
    "past_year": read_past_year,
    "year_end": read_year_end,
    "years": read_years,
    "since_year": read_since_year,
    "month": read_month,
    "months": read_months,
    "since_month": read_since_month,
    "first_months": read_first_months,
    "elapsed": read_elapsed,
    "last_months": read_last_months,
    "first_month": read_first_month,
    "last_month": read_last_month,
    "first_months_to": read_first_months_to,
    "past_months": read_past_months,
    "year_to_date": read_year_to_date,
    "cumulative": read_cumulative,
    "year_to_now": read_year_to_now,
    "year_to_day": read_year_to_day,
    "quarter": read_quarter,
    "quarters": read_quarters,
    "first_quarters": read_first_quarters,
    "first_half": read_first_half,
    "last_half": read_last_half,
    "day": read_day,
    "since_day": read_since_day,
    "day_span": read_day_span,
    "days": read_days,
    "today": read_today,
    "yesterday": read_yesterday,
    "lunar_year": read_lunar_year,
    "school_year": read_school_year,
    "same_period": read_same_period,
    "term_before": read_term_before,
    "term_to_now": read_term_to_now,
    "term_to_year": read_term_to_year,
    "term_to_month": read_term_to_month,
    "year_to_month": read_year_to_month,
    "now": lambda numbers, context: "now",
    "recurring": lambda numbers, context: "recurring",
    "season": read_season,
    "none": lambda numbers, context: None,
}


def read(reading: str, numbers: Numbers, context: Context) -> str | None:
    """What `numbers` mean in one of the readings, such as "month", "year:-1" (counted on) or "same:month".

    >>> from extract.finding.term.calendar import Anchor
    >>> read("first_months", {"count": 9}, Context(Anchor(2024, 10)))
    '2024-01/2024-09'
    """
    name, _, option = reading.partition(":")
    if name == "same":
        return context.latest.get(option) or (read(f"{option}:0", {}, context) if option in READINGS else None)
    if "rel" in numbers:
        if context.anchor is None:
            return None
        numbers = {**numbers, "year": context.anchor.year + numbers["rel"]}
    return READINGS[name]({**numbers, "shift": int(option or 0)}, context)
