"""What period has a stretch that is counted from something said before: "sau 5 năm", "5 năm qua", "năm học vừa qua"?"""

from __future__ import annotations

from extract.finding.term.calendar import Context, Numbers
from extract.finding.term.office_readings import term_before, years_of

SUMMER = 6  # the month in which a school year is over
AUTUMN = 9  # the month in which one begins
LONG_AGO = 4  # years; what "more than 10 years" led to so long ago is not what is now


def read_whole(numbers: Numbers, context: Context) -> str | None:
    """The term of office or the stage of as many years that was said last."""
    year = context.anchor.year if context.anchor else 9999
    for kind in ("stage", "term"):
        years = years_of(context.latest.get(kind))
        if years and kind == "term" and years[0] >= year - 1:
            years = years_of(term_before(context.latest[kind]))
        if years and years[1] <= year and years[1] - years[0] in lengths(kind, numbers["count"]):
            return f"{years[0]}/{years[1]}"
    return None


def lengths(kind: str, count: int) -> tuple[int, int]:
    """How many years may lie between the years of a stage, or of a term of office, of `count` years."""
    return (count - 1, count) if kind == "stage" else (count, count)


def read_counted(numbers: Numbers, context: Context) -> str | None:
    """From the year that the paragraph told of on, some years; else the whole term or stage of as many."""
    start, end = spanned(numbers, context)
    return f"{start}/{end}" if start else read_whole(numbers, context)


def read_counted_about(numbers: Numbers, context: Context) -> str | None:
    """The same, of about as many years."""
    start, end = spanned(numbers, context, about=True)
    return f"{start}/now" if start and is_recent(end, context) else None


def read_after(numbers: Numbers, context: Context) -> str | None:
    """Some years after the year that the paragraph told of."""
    start, end = spanned(numbers, context)
    if start and context.anchor and end == context.anchor.year:
        return "now"
    return str(end) if start else None


def read_after_about(numbers: Numbers, context: Context) -> str | None:
    """Now, where it is about as many years since."""
    start, end = spanned(numbers, context, about=True)
    return "now" if start and is_recent(end, context) else None


def spanned(numbers: Numbers, context: Context, *, about: bool = False) -> tuple[int, int]:
    """The year that the paragraph told of, and the one some years on; zeros where that lies ahead."""
    start = int(context.latest.get("told", 0))
    end = start + numbers["count"] - about  # "nearly two years" may end in the year after next, or in the next
    return (0, 0) if not start or (context.anchor and end > context.anchor.year) else (start, end)


def is_recent(year: int, context: Context) -> bool:
    """Whether a year is not long before the article's."""
    return context.anchor is not None and context.anchor.year - year <= LONG_AGO


def read_founding(numbers: Numbers, context: Context) -> str | None:
    """The year in which what is told of was founded, or that the paragraph told of long ago."""
    if founded := context.latest.get("founded"):
        return founded
    told = context.latest.get("told")
    return told if told and context.anchor and int(told) < context.anchor.year - 1 else None


def read_school_year(numbers: Numbers, context: Context) -> str | None:
    """The school year of the article, which begins after June, or one counted from it."""
    anchor = context.anchor
    if anchor is None or anchor.month is None:
        return None
    first = anchor.year - (anchor.month < SUMMER + 1) + numbers.get("shift", 0)
    return f"{first}/{first + 1}"


def read_past_school_year(numbers: Numbers, context: Context) -> str | None:
    """The school year that the article said to be over, or before the one to begin; else the last by its date."""
    anchor = context.anchor
    if (ended := context.latest.get("school_ended")) or anchor is None:
        return ended
    said = context.latest.get("school_year", "")
    if anchor.month is None:
        return said if said[5:] == str(anchor.year) else None
    last = anchor.year - (anchor.month < SUMMER)
    return f"{last - 1}/{last}"


def read_school_year_before(numbers: Numbers, context: Context) -> str | None:
    """The school year before the one said last; else before the article's."""
    said = context.latest.get("school_year") or context.latest.get("school_ended", "")
    if said[:4].isdecimal():
        return f"{int(said[:4]) - 1}/{said[:4]}"
    return read_school_year({"shift": -1}, context)


def read_next_school_year(numbers: Numbers, context: Context) -> str | None:
    """The school year after the one said last; else the next one to begin."""
    said, anchor = context.latest.get("school_year", ""), context.anchor
    if said[5:].isdecimal():
        return f"{said[5:]}/{int(said[5:]) + 1}"
    if anchor is None or anchor.month is None:
        return None
    first = anchor.year + (anchor.month >= AUTUMN)
    return f"{first}/{first + 1}"
