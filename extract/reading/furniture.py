"""Which parts of an article's text are page furniture, so that no figure may come from them?

Whole lines of widgets (`widgets.py`), and credits at the end of a line. A date or a clock alone is furniture at the
head and the foot only. The heading of a list of other news takes the list along: at the end of the article all of it,
in the middle only lines that look like entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.patterns import Patterns
from extract.reading.datelines import find_dateline, read_dated_line
from extract.reading.sentences import LINE
from extract.reading.view import compose
from extract.reading.widgets import LONGEST, Reading, Widgets
from extract.records import Span

EDGE = 8  # lines of the head and of the foot

HEADLINE_END = re.compile(r"[^.\u2026][.;:](?!\.)\W*\Z")
LISTED = re.compile(
    r"[-+*\u2022\u00b7\u00bb>\u25a0\u25aa\u25cf\u25e6]|.*\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?[^()]{0,12}\)\W*\Z"
)


def find_furniture(text: str, patterns: Patterns) -> tuple[Span, ...]:
    """The page furniture of an article's text as decoded, in order, not overlapping.

    >>> from extract.patterns import load_patterns
    >>> text = "A- A A+ | In trang\\nLãnh đạo xã thăm đồng lúa. Ảnh: Lê Minh"
    >>> [text[start:end] for start, end in find_furniture(text, load_patterns())]
    ['A- A A+ | In trang', 'Ảnh: Lê Minh']
    """
    rules = patterns.compiled(Widgets)
    composed, offsets = compose(text)
    spans = find_spans(composed, rules)
    if offsets is None:
        return tuple(spans)
    return tuple((offsets[start], offsets[end]) for start, end in spans)


def find_spans(text: str, rules: Widgets) -> Iterator[Span]:
    """Furniture of `text`, its letters composed."""
    lines = find_lines(text)
    readings = [read_furniture(text[start:end], rules) for start, end in lines]
    block = find_last_block(text, lines, readings)
    listing = False  # inside a list of other news in the middle of the text
    for number, ((start, end), reading) in enumerate(zip(lines[:block], readings, strict=False)):
        if reading and reading.stands(edge=number < EDGE or number >= block - EDGE):
            listing = "block" in reading.kinds or (listing and not reading.kinds)
            yield start, end
        elif listing and is_headline(text[start:end]) and LISTED.match(text, start, end):
            yield start, end
        else:
            listing = False
            dateline = find_dateline(text[start : min(end, start + LONGEST)], rules) if number < EDGE else None
            if dateline:
                yield start + dateline.start, start + dateline.end
            credit = rules.find_credit(text[start:end])
            if credit is not None:
                yield start + credit, end
    if block < len(lines):
        yield lines[block][0], lines[-1][1]


def read_furniture(line: str, rules: Widgets) -> Reading | None:
    """What `line` says if it is furniture as a whole."""
    return rules.read_line(line) or (read_dated_line(line, rules) if len(line) <= LONGEST else None)


def find_lines(text: str) -> list[Span]:
    """The lines of `text`, without the blanks around them, none empty."""
    lines = []
    for match in LINE.finditer(text):
        bare = match[0].strip()
        if bare:
            start = text.index(bare[0], match.start())
            lines.append((start, start + len(bare)))
    return lines


def find_last_block(text: str, lines: Sequence[Span], readings: Sequence[Reading | None]) -> int:
    """The first line of the list of other news that ends the article, or the number of lines."""
    first = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        reading = readings[number]
        if reading is None and not is_headline(text[slice(*lines[number])]):
            return first
        if reading and "block" in reading.kinds:
            first = number
    return len(lines)  # no text stands before it: the page itself is a list


def is_headline(line: str) -> bool:
    """Whether `line` could be the headline of other news: short, and no sentence with its full stop."""
    return len(line) <= LONGEST and not HEADLINE_END.search(line, max(0, len(line) - 8))
