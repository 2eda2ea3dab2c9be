"""Which words of a sentence are read together, and what can each of them do?

A sentence is read as zones: itself without its brackets, and the inside of each bracket. The words of `subjects.toml`
and `facets.csv` are marked in it once, each with all its roles. All positions count in the view's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from extract.patterns import Patterns
from extract.reading.view import Orthography
from extract.records import Span, View

FACET_COLUMNS = ("dimension", "value", "surface", "after", "example")
LEVELS = frozenset({"profession", "theory", "school", "level"})  # dimensions of facets.csv that are levels of training
BRACKETS = re.compile(r"\([^()]{0,600}\)")
SIGNS = frozenset(",;:()[]")  # not passed over between words, as quotes, dashes and stops are
PUNCTUATION = {",": "comma", ";": "end", '". ': "end", ":": "colon"}
FIRM = frozenset({"equal", "comma", "end", "colon"})  # roles that the word model does not overrule
NOTHING: frozenset[str] = frozenset()


class Mark(NamedTuple):
    """A word of the lexicon in the text, with all its roles."""

    start: int
    end: int
    roles: frozenset[str]


class Lexicon:
    """The words of `subjects.toml` and `facets.csv` by their roles, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        fold = patterns.compiled(Orthography).fold
        sections = patterns.sections("subjects.toml")
        roles: dict[str, set[str]] = defaultdict(set)
        for role, words in sections["roles"].items():
            for word in words:
                roles[fold(word)].add(role)
        for row in patterns.rows("facets.csv", FACET_COLUMNS, key=("dimension", "surface"), blank=("after",)):
            roles[fold(row["surface"])].add("level" if row["dimension"] in LEVELS else "facet")
        for name in sections["level"]:
            roles[fold(name)].add("dimension")
        for people in sections["facet"]["peoples"]:
            roles[fold(people)].add("people")
        for character, role in PUNCTUATION.items():
            roles[character].add(role)
        self.roles = [frozenset(names) for names in roles.values()]
        self.automaton = AhoCorasick(list(roles))
        time = sections["time"]
        self.time = re.compile(r"(?<!\w){}(?:{})(?!\w)".format(time["prefix"], "|".join(time["spans"])))

    def find_marks(self, folded: str, start: int, end: int) -> list[Mark]:
        """The words of the lexicon in `folded[start:end]`, the longest at each place, none overlapping.

        >>> from extract.patterns import load_patterns
        >>> [(mark.start, mark.end) for mark in Lexicon(load_patterns()).find_marks("hộ có công với cách mạng", 0, 24)]
        [(0, 2), (3, 24)]
        """
        longest: dict[int, Mark] = {}
        window = folded[start:end]
        for index, a, b in self.automaton.find_matches_as_indexes(window, overlapping=True):
            if (a not in longest or longest[a].end < start + b) and is_whole(window, a, b):
                longest[a] = Mark(start + a, start + b, self.roles[index])
        marks: list[Mark] = []
        for a in sorted(longest):
            if not marks or start + a >= marks[-1].end:
                marks.append(longest[a])
        return marks


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a whole word, or punctuation that is no part of a number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start].isalnum():
        return not before.isalnum() and not after.isalnum()
    return not (before.isdigit() and after.isdigit())


def is_blank(character: str) -> bool:
    """Whether a character only parts words."""
    return not character.isalnum() and character not in SIGNS


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text read as one: a sentence without its brackets, or the inside of one."""

    view: View
    start: int
    end: int
    holes: tuple[Span, ...]  # the brackets in it
    marks: Sequence[Mark]
    lexicon: Lexicon
    opens: dict[int, int]  # where a row of brackets begins: where it ends
    closes: dict[int, int]  # where a row of brackets ends: where it begins

    def marks_in(self, start: int, end: int) -> Iterator[Mark]:
        """The marks inside `start`:`end`."""
        for index in range(bisect_left(self.marks, (start,)), len(self.marks)):
            mark = self.marks[index]
            if mark.end > end:
                return
            yield mark

    def first(self, role: str, start: int, end: int) -> int | None:
        """Where the first word with `role` inside `start`:`end` begins."""
        return next((mark.start for mark in self.marks_in(start, end) if role in mark.roles), None)

    def mark_at(self, at: int) -> Mark | None:
        """The mark that begins at `at`."""
        index = bisect_left(self.marks, (at,))
        return self.marks[index] if index < len(self.marks) and self.marks[index].start == at else None

    def roles_at(self, at: int) -> frozenset[str]:
        """The roles of the word that begins at `at`."""
        mark = self.mark_at(at)
        return mark.roles if mark else NOTHING

    def mark_before(self, at: int) -> Mark | None:
        """The mark that is the last word before `at`."""
        at = self.back(at)
        index = bisect_left(self.marks, (at,)) - 1
        return self.marks[index] if index >= 0 and self.marks[index].end == at else None

    def ahead(self, at: int) -> int:
        """Where the next word at or after `at` begins, past blanks and brackets."""
        text, end = self.view.text, self.end
        while at < end:
            if at in self.opens:
                at = self.opens[at]
            elif is_blank(text[at]):
                at += 1
            else:
                break
        return min(at, end)

    def back(self, at: int) -> int:
        """Where the last word before `at` ends, past blanks and brackets."""
        text, start = self.view.text, self.start
        while at > start:
            if at in self.closes:
                at = self.closes[at]
            elif is_blank(text[at - 1]):
                at -= 1
            else:
                break
        return max(at, start)

    def only(self, start: int, end: int, roles: Collection[str], *, empty: bool = False) -> bool:
        """Whether nothing but words of `roles` stands in `start`:`end`; `empty` if nothing does."""
        at = self.ahead(start)
        if at >= end:
            return empty
        while at < end:
            mark = self.mark_at(at)
            if mark is None or mark.roles.isdisjoint(roles):
                return False
            at = self.ahead(mark.end)
        return True

    def slices(self, start: int, end: int, without: Collection[Span] = ()) -> str:
        """The text of `start`:`end` without brackets and what is in `without`, as one phrase."""
        holes = self.holes[bisect_left(self.holes, (start,)) : bisect_left(self.holes, (end,))]
        parts, at = [], start
        for a, b in sorted([*holes, *without]):
            if b > at and a < end:
                parts.append(self.view.text[at : max(a, at)])
                at = b
        if at < end:
            parts.append(self.view.text[at:end])
        return " ".join(" ".join(parts).split()).replace(" ,", ",").strip(" ,;:.-")


def find_zones(view: View, start: int, end: int, lexicon: Lexicon, words: Sequence[Span] = ()) -> list[Zone]:
    """A sentence as zones: first itself without its brackets, then the inside of each.

    >>> from extract.patterns import load_patterns
    >>> view = View("Có 9 xã (3%) đạt", "có 9 xã (3%) đạt")
    >>> [(zone.start, zone.end, zone.holes) for zone in find_zones(view, 0, 16, Lexicon(load_patterns()))]
    [(0, 16, ((8, 12),)), (9, 11, ())]
    """
    holes = tuple(match.span() for match in BRACKETS.finditer(view.text, start, end))
    outer: list[Mark] = []
    inner: list[list[Mark]] = [[] for _ in holes]
    place = 0
    for mark in drop_syllables(lexicon.find_marks(view.folded, start, end), words, view):
        while place < len(holes) and holes[place][1] <= mark.start:
            place += 1
        inside = place < len(holes) and holes[place][0] < mark.start
        (inner[place] if inside else outer).append(mark)
    zones = [Zone(view, start, end, holes, outer, lexicon, *rows(view.text, holes))]
    for (a, b), marks in zip(holes, inner, strict=True):
        zones.append(Zone(view, a + 1, b - 1, (), marks, lexicon, {}, {}))
    return zones


def rows(text: str, holes: Sequence[Span]) -> tuple[dict[int, int], dict[int, int]]:
    """From where each bracket begins to where the row of brackets it stands in ends, and back."""
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    for index, (start, end) in enumerate(holes):
        follows = index > 0 and all(map(is_blank, text[holes[index - 1][1] : start]))
        closes[end] = closes[holes[index - 1][1]] if follows else start
    for index in range(len(holes) - 1, -1, -1):
        start, end = holes[index]
        leads = index + 1 < len(holes) and all(map(is_blank, text[end : holes[index + 1][0]]))
        opens[start] = opens[holes[index + 1][0]] if leads else end
    return opens, closes


def drop_syllables(marks: Sequence[Mark], words: Sequence[Span], view: View) -> Iterator[Mark]:
    """`marks` without single syllables that are half of a word of two ("chứng chỉ" holds no "chỉ").

    A word that cuts a longer mark in half is the word model's mistake and drops nothing.
    """
    text, place = view.text, 0
    for index, mark in enumerate(marks):
        while place < len(words) and words[place][1] <= mark.start:
            place += 1
        if place < len(words) and words[place][0] <= mark.start and mark.roles.isdisjoint(FIRM):
            start, end = words[place]
            cut = index + 1 < len(marks) and marks[index + 1].start < end < marks[index + 1].end
            half = mark.end <= end and text.count(" ", start, end) == 1 and " " not in text[mark.start : mark.end]
            if half and not cut:
                continue
        yield mark
