"""What period does a form's reading give its numbers? The readings that the rows of `periods.csv` name."""

from __future__ import annotations

from collections.abc import Callable

from extract.finding.term.calendar import Context, Numbers
from extract.finding.term.day_readings import (
    read_day,
    read_day_span,
    read_days,
    read_same_day,
    read_since_day,
    read_today,
    read_yesterday,
)
from extract.finding.term.month_readings import (
    read_cumulative,
    read_elapsed,
    read_first_half,
    read_first_month,
    read_first_months,
    read_first_months_to,
    read_first_quarters,
    read_last_half,
    read_last_month,
    read_last_months,
    read_month,
    read_months,
    read_past_months,
    read_quarter,
    read_quarters,
    read_since_month,
    read_year_to_date,
    read_year_to_day,
    read_year_to_month,
    read_year_to_now,
)
from extract.finding.term.office_readings import (
    read_stage_next,
    read_term_before,
    read_term_end,
    read_term_new,
    read_term_next,
    read_term_numbered,
    read_term_past,
    read_term_start,
    read_term_this,
    read_term_to_month,
    read_term_to_now,
    read_term_to_year,
    read_term_whole,
)
from extract.finding.term.span_readings import (
    read_after,
    read_after_about,
    read_counted,
    read_counted_about,
    read_founding,
    read_next_school_year,
    read_past_school_year,
    read_school_year,
    read_school_year_before,
    read_whole,
)

COMING = 11  # the month from which the holiday at the beginning of the next year is prepared for
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


def read_holiday(numbers: Numbers, context: Context) -> str | None:
    """The new year's holiday of a year said, or the one nearest: late in a year that of the next."""
    anchor, year = context.anchor, numbers.get("year")
    if year or anchor is None:
        return str(year) if year else None
    return str(anchor.year + ((anchor.month or 1) >= COMING))


def read_season(numbers: Numbers, context: Context) -> str | None:
    """The season that goes on, where none was named: the article's year, where that is spoken of, else now."""
    said = context.latest.get("year")
    return said if context.anchor and said == str(context.anchor.year) else "now"


def read_same_period(numbers: Numbers, context: Context) -> str | None:
    """The last period said, a year earlier or in the year said."""
    latest = context.latest.get("any")
    if latest is None or not latest[:4].isdecimal() or latest.endswith("now"):
        return str(numbers["year"]) if "year" in numbers else None
    shift = numbers.get("year", int(latest[:4]) - 1) - int(latest[:4])
    return "/".join(f"{int(part[:4]) + shift}{part[4:]}" for part in latest.split("/"))


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
    "same_day": read_same_day,
    "today": read_today,
    "yesterday": read_yesterday,
    "lunar_year": read_lunar_year,
    "holiday": read_holiday,
    "school_year": read_school_year,
    "school_year_before": read_school_year_before,
    "past_school_year": read_past_school_year,
    "next_school_year": read_next_school_year,
    "counted": read_counted,
    "counted_about": read_counted_about,
    "after": read_after,
    "after_about": read_after_about,
    "whole": read_whole,
    "founding": read_founding,
    "same_period": read_same_period,
    "term_this": read_term_this,
    "term_new": read_term_new,
    "term_next": read_term_next,
    "term_numbered": read_term_numbered,
    "term_before": read_term_before,
    "term_past": read_term_past,
    "term_whole": read_term_whole,
    "term_start": read_term_start,
    "term_end": read_term_end,
    "stage_next": read_stage_next,
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
