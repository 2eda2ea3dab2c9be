"""How do finders see an article's text? Letters composed and spellings folded, with the way back to the source."""

from __future__ import annotations

import re
import unicodedata
from array import array

from extract.patterns import Patterns
from extract.records import Span, View

# A letter with its combining marks. Bounded: Python's NFC is quadratic on long runs of marks.
CLUSTER = re.compile("[^\\W\\d_][\u0300-\u036f]{1,4}")
SURROGATE = re.compile("[\ud800-\udfff]")


class Orthography:
    """The spelling pairs of `orthography.toml`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("orthography.toml")
        pairs: dict[str, str] = sections["tone"] | sections["word"]
        self.pairs = pairs
        self.spelling = re.compile(
            "(?<![qQ])(?:{})(?!\\w)|(?<!\\w)(?:{})(?!\\w)".format(
                "|".join(sections["tone"]), "|".join(sections["word"])
            )
        )
        self.characters = str.maketrans(sections["character"])

    def fold(self, text: str) -> str:
        """`text` in lower case and one spelling; the length stays."""
        lower = text.lower()
        if len(lower) != len(text):  # 'İ' and a few more grow
            lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
        return self.spelling.sub(lambda match: self.pairs[match[0]], lower.translate(self.characters))


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
    """`text` with its letters composed, and where each of its characters and its end stood; None if nothing moved."""
    parts: list[str] = []
    offsets = array("l")
    last = 0
    for match in CLUSTER.finditer(text):
        composed = unicodedata.normalize("NFC", match[0])
        if len(composed) == len(match[0]):
            continue
        parts += [text[last : match.start()], composed]
        offsets.extend(range(last, match.start()))
        offsets.extend([match.start()] * len(composed))
        last = match.end()
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
