"""Which years has a term of office that is named by another one: this, the new one, the one before, its beginning?"""

from __future__ import annotations

from extract.finding.term.calendar import Context, Numbers, month_of

LENGTH = 5  # years of a term of office; one of a cell's may follow on another length


def years_of(term: str | None) -> tuple[int, int] | None:
    """The years of a term, where it has both.

    >>> years_of("2020/2025")
    (2020, 2025)
    """
    first, _, last = (term or "").partition("/")
    return (int(first), int(last)) if first.isdecimal() and last.isdecimal() else None


def next_term(first: int, last: int) -> str:
    """The term after one, as long as that.

    >>> next_term(2015, 2020)
    '2020/2025'
    """
    return f"{last}/{2 * last - first}"


def term_before(term: str | None) -> str | None:
    """The term before one, as long as that."""
    years = years_of(term)
    return f"{2 * years[0] - years[1]}/{years[0]}" if years else None


def said_term(context: Context) -> str | None:
    """The term of office said last, where it is not only the one that others are compared with."""
    said = context.latest.get("term")
    return said if said != context.offices.old else None


def read_term_this(numbers: Numbers, context: Context) -> str | None:
    """This term of office."""
    return said_term(context) or context.offices.this


def read_term_new(numbers: Numbers, context: Context) -> str | None:
    """The new term of office: the one after that said, where this one ends in the article's year."""
    said, year = said_term(context), context.anchor.year if context.anchor else None
    years = years_of(said)
    if years and year and years[1] <= year + 1 and years[0] < year - 1:
        return next_term(*years)
    return said or context.offices.this


def read_term_numbered(numbers: Numbers, context: Context) -> str | None:
    """A term of office by its number: this one, where the article compares it with one that is printed."""
    return context.offices.this if context.offices.old else None


def read_term_before(numbers: Numbers, context: Context) -> str | None:
    """The term of office before this one."""
    return term_before(read_term_this(numbers, context)) or context.offices.old


def read_term_next(numbers: Numbers, context: Context) -> str | None:
    """The term of office to come: the one that begins in the article's year, else the one after that said."""
    said, year = said_term(context), context.anchor.year if context.anchor else None
    years = years_of(said)
    if years is None or (year and years[0] >= year - 1):
        return said
    return next_term(*years)


def read_stage_next(numbers: Numbers, context: Context) -> str | None:
    """The stage to come: the term of office to come, else the stage after that said last."""
    if said_term(context):
        return read_term_next(numbers, context)
    years, year = years_of(context.latest.get("stage")), context.anchor.year if context.anchor else None
    if years is None or (year and years[1] < year - 1):
        return None
    return context.latest["stage"] if year and years[0] > year else f"{years[1] + 1}/{2 * years[1] + 1 - years[0]}"


def read_term_past(numbers: Numbers, context: Context) -> str | None:
    """The term of office that has just ended."""
    said, year = said_term(context), context.anchor.year if context.anchor else None
    years = years_of(said)
    if years is None or year is None:
        return context.offices.ended
    if years[1] <= year:
        return said
    return term_before(said) if years[0] >= year - 1 and years[1] - years[0] == LENGTH else None


def read_term_whole(numbers: Numbers, context: Context) -> str | None:
    """The whole of a term of office."""
    return said_term(context) or context.offices.running


def read_term_start(numbers: Numbers, context: Context) -> str | None:
    """The year in which a term of office, or the one before it, began."""
    term = read_term_before(numbers, context) if numbers.get("shift") else begun_term(context)
    return term[:4] if term else None


def read_term_end(numbers: Numbers, context: Context) -> str | None:
    """The last year of the term of office that the paragraph tells of, else of the one that goes on."""
    term = context.latest.get("office") or (said_term(context) if context.ahead else begun_term(context))
    years = years_of(term)
    return str(years[1]) if years else None


def begun_term(context: Context) -> str | None:
    """The term of office that goes on, though the article may tell of a congress that begins the next one."""
    term, year = said_term(context) or context.offices.running, context.anchor.year if context.anchor else None
    years = years_of(term)
    return term_before(term) if years and year and years[0] >= year and years[1] - years[0] == LENGTH else term


def start_of(numbers: Numbers, context: Context, name: str) -> str:
    """The year in which the term of office at hand began; empty where it is not known."""
    return str(numbers[name]) if name in numbers else (begun_term(context) or "")[:4]


def read_term_to_now(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of the term of office said last."""
    start = start_of(numbers, context, "year")
    return f"{start}/now" if start else None


def read_term_to_year(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of the term of office said last, or here, to a year."""
    start = start_of(numbers, context, "year1")
    return f"{start}/{numbers['year2']}" if start else str(numbers["year2"])


def read_term_to_month(numbers: Numbers, context: Context) -> str | None:
    """From the beginning of the term of office said last, or here, to a month or a quarter's end."""
    start = start_of(numbers, context, "year1")
    year = numbers.get("year2", context.anchor.year if context.anchor else None)
    month = month_of(year, numbers.get("month2") or 3 * numbers["quarter"]) if year else None
    return f"{start}/{month}" if start and month else month
