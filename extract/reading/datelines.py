"""Which date does a paragraph or a line begin with, behind its paper or place? "(GLO) - 18/12/2024. Toàn tỉnh ..."

A date inside a sentence ("Sáng 12/10/2023, huyện họp") is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.reading.outlets import Outlets
from extract.reading.widgets import APART, DIGIT, FREE, Reading, Widgets, skip_gap

YEARS = range(1990, 2100)  # of news on the web
HEAD = 60  # characters of a paragraph where its dateline begins
NEAR = 4  # characters between the parts of a dateline
SECTION = 4  # words of a section's name
DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)")
CLOSE = re.compile(r"\s{0,2}\)?\s{0,2}(?:\Z|[.:\u2013\u2014-]{1,2}\s{1,3}(?=\S))")
WORDS = re.compile(r"\w+")
BLANKS = " \t\u00a0()[],.:|\u2013\u2014-"

Dates = tuple[tuple[int, int, int], ...]  # year, month, day as printed


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline stands in its line."""

    start: int
    end: int
    dates: Dates
    source: str  # what stands before it


def find_dateline(line: str, widgets: Widgets, *, alone: bool = False) -> Dateline | None:
    """The dateline that `line` begins with; `alone` on its line, it may follow any section: "Thời sự - 12/5/2022".

    >>> from extract.patterns import load_patterns
    >>> widgets = load_patterns().compiled(Widgets)
    >>> find_dateline("(GLO) - 18/12/2024. Toàn tỉnh có 12 xã.", widgets)
    Dateline(start=8, end=20, dates=((2024, 12, 18),), source='GLO')
    >>> find_dateline("Sáng 18/12/2024, huyện họp.", widgets)
    """
    if not DATE.search(line, 0, HEAD):
        return None
    for word in WORDS.finditer(line, 0, HEAD):
        end, dates = read_dates(line, word.start(), widgets)
        if not dates:
            continue
        close, before = CLOSE.match(line, end), line[: word.start()]
        source = before.strip(BLANKS)
        section = alone and before.rstrip()[-1:] in APART and len(source.split()) <= SECTION
        known = not source or is_source(source, widgets.outlets) or (section and source[0].isupper())
        if close and known and all(year in YEARS for year, _, _ in dates):
            return Dateline(word.start(), close.end(), dates, source)
        return None
    return None


def read_dated_line(line: str, widgets: Widgets) -> Reading | None:
    """A line of nothing but a date and its paper, place or section.

    >>> from extract.patterns import load_patterns
    >>> read_dated_line("Báo Sơn La - 30/12/2022", load_patterns().compiled(Widgets)).dates
    ((2022, 12, 30),)
    """
    dateline = find_dateline(line, widgets, alone=True)
    rest = line[dateline.end :].strip(BLANKS) if dateline else ""
    if dateline is None or (rest and not (len(rest) < FREE and is_source(rest, widgets.outlets))):
        return None
    source = dateline.source or rest
    return Reading(frozenset({"date"}), dateline.dates, widgets.outlets.find(source) if source else None)


def is_source(text: str, outlets: Outlets) -> bool:
    """Whether `text` is a paper, its letters or a place: "Báo Sơn La", "LĐ online", "BẮC GIANG"."""
    words = text.split()
    if outlets.parse(text) or outlets.find(text):
        return True
    if any(not word[0].isupper() for word in words):
        return len(words) <= 3 and len(words[0]) > 1 and words[0].isupper()
    return len(words) > 1 or (len(text) > 1 and text.isupper())


def read_dates(line: str, at: int, widgets: Widgets) -> tuple[int, Dates]:
    """Where the weekdays, dates and clocks from `at` on end, and the dates."""
    end, dates = at, list[tuple[int, int, int]]()
    while at < len(line) and at - end <= NEAR:
        where, match = widgets.longest_piece(line, at)
        if match is None or where not in ("date", "time", "written", "weak"):
            break
        groups = match.groupdict()
        if where != "weak":
            end = match.end()
        elif DIGIT.search(match[0]):
            break  # the first figure of the text
        if "year" in groups:
            dates.append((int(groups["year"]), int(groups["month"]), int(groups["day"])))
        at = skip_gap(line, match.end())
    return end, tuple(dates)
