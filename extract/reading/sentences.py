"""Where do sentences begin and end? At line breaks and furniture always; at stops, unless after an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.patterns import Patterns
from extract.records import Sentence, Span, View

LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
STOP = re.compile(r"[.!?…]+[\"”’')\]]*[ \t\u00a0]+(?=[\"“‘(\[\-–+•]*[ ]?[^\W_])")
LAST_WORD = re.compile(r"[^\s\"“‘(\[,;:]*\Z")


class Abbreviations(frozenset[str]):
    """Words whose full stop does not end a sentence."""


def compile_abbreviations(patterns: Patterns) -> Abbreviations:
    """The abbreviations of `sentences.toml`."""
    return Abbreviations(patterns.sections("sentences.toml")["abbreviations"])


def find_sentences(view: View, furniture: Iterable[Span], patterns: Patterns) -> list[Sentence]:
    """The sentences of `view` outside `furniture` (spans of `view.text`), in text order.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.view import make_view
    >>> patterns = load_patterns()
    >>> view = make_view("Tiêu đề\\nTP. Huế có 27 xã. Ông T.SỸ nói.", patterns)
    >>> [view.text[s.start : s.end] for s in find_sentences(view, (), patterns)]
    ['Tiêu đề', 'TP. Huế có 27 xã.', 'Ông T.SỸ nói.']
    """
    abbreviations = patterns.compiled(compile_abbreviations)
    sentences = []
    for paragraph, (start, end) in enumerate(lines(view.text, list(furniture))):
        pieces = list(split(view, start, end, abbreviations))
        alone = len(pieces) == 1 and not view.text[start:end].rstrip(' \t\u00a0"”’)').endswith((".", ";", "!", "…"))
        sentences += [Sentence(a, b, paragraph, heading=alone) for a, b in pieces]
    return sentences


def lines(text: str, furniture: list[Span]) -> Iterator[Span]:
    """Lines without what is furniture in them, stripped, none empty."""
    waiting = iter([*furniture, (len(text), len(text))])
    hole_start, hole_end = next(waiting)
    for match in LINE.finditer(text):
        at = match.start()
        while at < match.end():
            while hole_end <= at and hole_start < len(text):
                hole_start, hole_end = next(waiting)
            end = min(match.end(), max(hole_start, at))
            if text[at:end].strip():
                bare = text[at:end]
                yield at + len(bare) - len(bare.lstrip()), at + len(bare.rstrip())
            at = max(end, min(hole_end, match.end())) if end < match.end() else end


def split(view: View, start: int, end: int, abbreviations: Abbreviations) -> Iterator[Span]:
    """The sentences of one line."""
    text = view.text
    begin = start
    for match in STOP.finditer(text, start, end):
        following = text[match.end() : match.end() + 6].lstrip('"“‘([-–+• ')[:1]
        if not (following.isupper() or following.isdigit()):
            continue
        if match[0][0] == ".":
            # Only the last word before the stop is looked at; 40 characters hold any abbreviation.
            word = LAST_WORD.search(view.folded, max(begin, match.start() - 40), match.start())
            last = word[0] if word else ""
            initial = len(last) == 1 and last.isalpha()
            list_number = last.isdigit() and match.start() - len(last) == begin
            if initial or list_number or last in abbreviations:
                continue
        yield begin, match.end() - len(match[0]) + len(match[0].rstrip())
        begin = match.end()
    if begin < end:
        yield begin, end
