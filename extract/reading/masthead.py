"""What is an article's title, when was it published and by which paper, as far as its plain text tells?

Only the head and the foot are asked, line by line: a date inside a sentence is never the date of publication.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extract.patterns import Patterns
from extract.reading.datelines import YEARS, Dateline, find_dateline
from extract.reading.furniture import EDGE, find_lines, read_furniture
from extract.reading.outlets import Outlets
from extract.reading.view import MARK
from extract.reading.widgets import LONGEST, Reading, Widgets
from extract.records import Span

LEAD_LINES = 5  # lines where the text may open with its paper's name
TITLE_END = re.compile(r"\s[|\u2013\u2014-]\s(?=[^|\u2013\u2014]{2,60}\Z)")
LEAD = re.compile(
    r"\((?P<tag>[^()\n]{2,24})\)\s{0,2}(?P<dash>[\u2013\u2014:-]{0,2})\s{0,2}|(?P<name>[^\s()][^()\n\u2013\u2014:-]{1,24})\s{0,2}[\u2013\u2014-]\s"
)
SIGNED = 80  # last characters where the signature stands
SIGNATURE = re.compile(r"\((?P<tag>[^()\n]{2,60})\)\W*\Z")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at an article's head and foot; None where nothing tells."""

    title: str | None = None
    published: str | None = None  # ISO 8601 date
    outlet: str | None = None  # site or name, as found


def find_masthead(text: str, furniture: Sequence[Span], patterns: Patterns) -> Masthead:
    """The masthead of a text whose `furniture` is known.

    >>> from extract.patterns import load_patterns
    >>> text = "Xã Hòa Bình về đích - Báo Nam Định\\n12/05/2020, 07:30\\nSáng 3/4, xã Hòa Bình họp."
    >>> find_masthead(text, [(35, 52)], load_patterns())
    Masthead(title='Xã Hòa Bình về đích', published='2020-05-12', outlet='Báo Nam Định')
    """
    lines = [span for span in find_lines(text) if not inside_list(span, furniture)]
    starts = [start for start, _ in furniture]
    body = [compose_line(text, span) for span in lines if not is_covered(span, furniture, starts)]
    rules = patterns.compiled(Widgets)
    edges = lines[:EDGE] + lines[max(EDGE, len(lines) - EDGE) :][::-1]  # the head down, then the foot up
    readings = [
        reading
        for span in edges
        if is_covered(span, furniture, starts) and (reading := read_furniture(compose_line(text, span), rules))
    ]
    datelines = [found for line in body[:LEAD_LINES] if (found := find_dateline(line[:LONGEST], rules))]
    title, suffix = split_title(body[0] if body else "", rules.outlets)
    outlet = next((reading.outlet for reading in readings if reading.outlet), None)
    return Masthead(
        title=title,
        published=find_published([*readings, *datelines]),
        outlet=outlet or suffix or find_named(body, rules.outlets),
    )


def inside_list(line: Span, furniture: Sequence[Span]) -> bool:
    """Whether `line` is one of several in the list of other news at the end of the article."""
    if not furniture or line[0] < furniture[-1][0]:
        return False
    start, end = furniture[-1]
    return line[1] <= end and line != (start, end)


def is_covered(line: Span, furniture: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether `line` is furniture as a whole."""
    number = bisect_right(starts, line[0]) - 1
    return number >= 0 and furniture[number][1] >= line[1]


def compose_line(text: str, line: Span) -> str:
    """A line with its letters composed; long lines as they are."""
    bare = text[line[0] : line[1]]
    return unicodedata.normalize("NFC", bare) if len(bare) <= LONGEST and MARK.search(bare) else bare


def find_published(readings: Sequence[Reading | Dateline]) -> str | None:
    """The first possible date of datelines."""
    dates = (iso_date(*printed) for reading in readings for printed in reading.dates)
    return next((found for found in dates if found), None)


def iso_date(year: int, month: int, day: int) -> str | None:
    """An ISO date, None where there is no such day; month and day are never exchanged.

    >>> iso_date(2019, 2, 13), iso_date(2019, 13, 2)
    ('2019-02-13', None)
    """
    if year not in YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def split_title(line: str, outlets: Outlets) -> tuple[str | None, str | None]:
    """The title and the paper named behind it; a paragraph is no title."""
    if not line or len(line) > LONGEST:
        return None, None
    ends = list(TITLE_END.finditer(line))
    if ends and (outlet := outlets.find(line[ends[-1].end() :])) and ends[-1].start():
        return line[: ends[-1].start()], outlet
    return line, None


def find_named(body: Sequence[str], outlets: Outlets) -> str | None:
    """The paper named before the first sentence, "(BĐ) - Chiều qua", or in brackets after the last one."""
    for number, line in enumerate(body[:LEAD_LINES]):
        match = LEAD.match(line)
        if match is None:
            continue
        bracketed, tag = match["tag"] is not None, (match["tag"] or match["name"]).strip()
        outlet = outlets.find(tag) if bracketed else outlets.parse(tag)
        # A title may speak of a paper, so there the name wants its brackets.
        if outlet and (bracketed or number > 0 or len(line) > LONGEST):
            return outlet
        if match["dash"] and tag.isalpha() and tag.isupper():
            return tag
    match = SIGNATURE.search(body[-1], max(0, len(body[-1]) - SIGNED)) if body else None
    return outlets.find(match["tag"]) if match and ":" not in match["tag"] else None
