"""How do finders see an article's text? Letters composed and spellings folded, with the way back to the source."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from extract.patterns import PatternError, Patterns
from extract.records import Span, View

SURROGATE = re.compile("[\ud800-\udfff]")

# A letter with its combining marks; Vietnamese has two at most, and Python's NFC is quadratic on long runs of marks.
CLUSTER = re.compile("[^\\W\\d_][\u0300-\u036f]{1,2}")
MARK = re.compile("[\u0300-\u036f]")


class Orthography:
    """The spelling pairs of `orthography.toml`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("orthography.toml")
        self.characters: dict[str, str] = sections["character"]
        # The look-behind stands last, so that the search is one for plain text.
        spellings = [
            (old, re.compile(rf"{old}(?!\w)(?<!{before}{old})"), new)
            for section, before in (("tone", "q"), ("word", r"\w"))
            for old, new in sections[section].items()
        ]
        for old, new in [*self.characters.items(), *((old, new) for old, _, new in spellings)]:
            if len(old) != len(new):
                raise PatternError(f"orthography.toml: {old!r} and {new!r} differ in length")
        self.automaton = AhoCorasick([old for old, _, _ in spellings])
        self.spellings = [(pattern, new) for _, pattern, new in spellings]

    def fold(self, text: str) -> str:
        """`text` in lower case and one spelling; the length stays."""
        folded = SURROGATE.sub("\ufffd", text).lower()  # a title may hold half a character, too
        if len(folded) != len(text):  # 'İ' grows
            folded = "".join(low if len(low := character.lower()) == 1 else character for character in text)
        for old, new in self.characters.items():
            folded = folded.replace(old, new)
        matches = self.automaton.find_matches_as_indexes(folded, overlapping=True)
        for index in sorted({index for index, _, end in matches if not folded[end : end + 1].isalnum()}):
            pattern, new = self.spellings[index]
            folded = pattern.sub(new, folded)
        return folded


def make_view(text: str, patterns: Patterns) -> View:
    """`text` as finders see it.

    >>> from extract.patterns import load_patterns
    >>> view = make_view("Uỷ ban", load_patterns())
    >>> view.text, view.folded
    ('Uỷ ban', 'ủy ban')
    """
    composed, offsets = compose(SURROGATE.sub("\ufffd", text))
    return View(composed, patterns.compiled(Orthography).fold(composed), offsets)


def compose(text: str) -> tuple[str, array[int] | None]:
    """`text` with its letters composed, and where each of its characters and its end stood; None if nothing moved.

    >>> composed, offsets = compose("h\\u006f\\u0300a")
    >>> composed, offsets.tolist()
    ('hòa', [0, 1, 3, 4])
    """
    parts: list[str] = []
    offsets = array("l")
    last = 0
    for match in CLUSTER.finditer(text) if MARK.search(text) else ():
        composed = unicodedata.normalize("NFC", match[0])
        if len(composed) > 1:  # no letter of its own: a part of it would have no place in the source
            continue
        start, end = match.span()
        parts += [text[last:start], composed]
        offsets.extend(range(last, start + 1))
        last = end
    if not parts:
        return text, None
    parts.append(text[last:])
    offsets.extend(range(last, len(text) + 1))
    return "".join(parts), offsets


def source_span(view: View, start: int, end: int) -> Span:
    """The span of the article's text that `view.text[start:end]` shows."""
    if view.offsets is None:
        return start, end
    return view.offsets[start], view.offsets[end]


def view_spans(view: View, spans: Iterable[Span]) -> list[Span]:
    """Spans of the article's text as spans of `view.text`."""
    if view.offsets is None:
        return list(spans)
    return [(bisect_left(view.offsets, start), bisect_left(view.offsets, end)) for start, end in spans]
