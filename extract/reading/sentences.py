"""Where do sentences begin and end? At line breaks and furniture always; at stops, unless after an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.patterns import Patterns
from extract.reading.surfaces import any_of
from extract.records import Sentence, Span, View

LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# A stop and a blank, or a stop that the next word is glued to ("năm 2020.Tổng thu").
# A run of marks is looked at once. It begins with a class and the look-behind is second: faster.
MARKS = r"(?P<marks>[.!?\u2026](?<![.!?\u2026]{2})[.!?\u2026]*+[\"\u201d\u2019')\]]*+)"
NEXT = r"[ \t\u00a0]+(?=[\"\u201c\u2018(\[\-\u2013+\u2022]*[ ]?(?P<next>[^\W_]))"
STOP = re.compile(rf"{MARKS}(?:{NEXT}|(?=(?P<glued>[^\W\d_]{{2}})))")
LONGEST = 3000  # characters of a sentence
WORD = re.compile(r"\w")
LABEL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[^\W\d_]")  # of a list, before its stop
LAST_WORD = re.compile(r"[^\s\"\u201c\u2018(\[,;:]*+\Z")


class Boundaries:
    """`sentences.toml`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("sentences.toml")
        self.abbreviations = frozenset(sections["abbreviations"])
        self.credits = tuple(f"{word}:" for word in sections["credits"])
        # After a photographer's name no stop is printed: "Ảnh: Trần Hữu Hiện | Hiện toàn tỉnh có 8 khu công nghiệp".
        self.credit = re.compile(
            rf"{any_of(self.credits)} ?(?:\w[\w.]*,? ){{1,5}}?(?={any_of(sections['openers'])},? (?P<next>\w))"
        )

    def after_credit(self, view: View, start: int, end: int) -> Iterator[int]:
        """Where sentences begin that follow the credit of a picture in a line."""
        if any(credit in view.text[start:end] for credit in self.credits):
            yield from (m.end() for m in self.credit.finditer(view.text, start, end) if m["next"].islower())


def find_sentences(view: View, furniture: Iterable[Span], patterns: Patterns) -> list[Sentence]:
    """The sentences of `view` outside `furniture` (spans of `view.text`), in text order.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.view import make_view
    >>> patterns = load_patterns()
    >>> view = make_view("Tiêu đề\\nTP. Huế có 27 xã. Ông T.SỸ nói.", patterns)
    >>> [view.text[s.start : s.end] for s in find_sentences(view, (), patterns)]
    ['Tiêu đề', 'TP. Huế có 27 xã.', 'Ông T.SỸ nói.']
    """
    boundaries = patterns.compiled(Boundaries)
    sentences = []
    for paragraph, (start, end) in enumerate(lines(view.text, list(furniture))):
        pieces = list(split(view, start, end, boundaries))
        alone = len(pieces) == 1 and not view.text[start:end].rstrip(' \t\u00a0"\u201d\u2019)').endswith(
            (".", ";", "!", "\u2026")
        )
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


def split(view: View, start: int, end: int, boundaries: Boundaries) -> Iterator[Span]:
    """The sentences of one line."""
    begin = start
    for after in [*boundaries.after_credit(view, start, end), end]:
        for match in STOP.finditer(view.text, begin, after):
            if ends_sentence(view, begin, match, boundaries.abbreviations):
                yield from shorten(view.text, begin, match.end("marks"))
                begin = match.end()
        stop = begin + len(view.text[begin:after].rstrip())
        if begin < stop:
            yield from shorten(view.text, begin, stop)
        begin = after


def shorten(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence; where it is longer than any sentence is, cut at blanks, so that all later steps take linear time."""
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), start + LONGEST // 2)
        piece = text[start:cut]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = cut
    if start < end:
        yield start, end


def ends_sentence(view: View, begin: int, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether a stop ends the sentence that began at `begin`, by the words on both sides of it."""
    at = match.start()
    if match["glued"]:
        before = view.text[at - 1 : at]
        if not (match["glued"][0].isupper() and match["glued"][1].islower() and (before.islower() or before.isdigit())):
            return False
    elif not (match["next"].isupper() or match["next"].isdigit()):
        follower = match.end("next")
        if view.text[follower : follower + 1] not in (".", ")"):  # "b. Mục tiêu"
            return False
    if not WORD.search(view.text, begin, at):
        return False
    if not match["marks"].startswith(".") or match["marks"].startswith(".."):
        return True
    # Only the last word before the stop is looked at; 40 characters hold any abbreviation.
    word = LAST_WORD.search(view.folded, max(begin, at - 40), at)
    last = word[0] if word else ""
    opening = at - len(last)
    if LABEL.fullmatch(last) and not WORD.search(view.text, begin, opening):
        return False
    if view.text[max(begin, opening - 2) : opening].rstrip(" \u00a0")[-1:].isdigit():
        return True  # a unit: "12 m. Năm 2020"
    part = last.rpartition(".")[2]
    initial = len(part) == 1 and view.text[at - 1].isupper()
    return not initial and part not in abbreviations and last not in abbreviations
