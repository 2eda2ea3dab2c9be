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
from itertools import product
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from extract.patterns import Patterns
from extract.reading.surfaces import at_word
from extract.reading.view import Orthography
from extract.records import Span, View

FACET_COLUMNS = ("dimension", "value", "surface", "after", "use", "example")
LEVELS = frozenset({"profession", "theory", "school", "level"})  # dimensions of facets.csv that are levels of training
PLACE_COLUMNS = ("surface", "role", "level", "example")
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


def facet_rows(patterns: Patterns) -> list[dict[str, str]]:
    """The rows of `facets.csv`."""
    return patterns.rows("facets.csv", FACET_COLUMNS, key=("surface", "after", "use"), blank=("after", "use"))


class Lexicon:
    """The words of `subjects.toml` and `facets.csv` by their roles, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        fold = patterns.compiled(Orthography).fold
        sections = patterns.sections("subjects.toml")
        roles: dict[str, set[str]] = defaultdict(set)
        for role, words in sections["roles"].items():
            for word in words:
                roles[fold(word)].add(role)
        for verb, degree in product(sections["change"]["verbs"], ["", *sections["change"]["degrees"]]):
            roles[fold(f"{verb} {degree}".strip())].update(("change", "went"))
        rows = facet_rows(patterns)
        predicates = tuple(f"{word} " for word in sections["roles"]["relative"])
        self.sexes = frozenset(row["value"] for row in rows if row["dimension"] == "sex")
        for row in rows:
            surface = fold(row["surface"])
            roles[surface].add("level" if row["dimension"] in LEVELS else "facet")
            if row["dimension"] == "rating" and surface.startswith(predicates):
                roles[surface].add("relative")  # "19% chi bộ hoàn thành xuất sắc, 70% | hoàn thành tốt"
        for name in sections["level"]:
            roles[fold(name)].add("dimension")
        for people in sections["facet"]["peoples"]:
            roles[fold(people)].add("people")
        for character, role in PUNCTUATION.items():
            roles[character].add(role)
        places = patterns.rows("places_words.csv", PLACE_COLUMNS)
        self.nations = frozenset(fold(row["surface"]) for row in places if row["role"] == "abroad")
        self.nation = re.compile(rf"{at_word(sorted(self.nations))}(?= ?\Z)")
        self.ladders = frozenset(sections["label"]["ladders"])
        self.funds = frozenset(sections["label"]["funds"])
        self.copula = f"{sections['facet']['copula']} "
        self.members = tuple(sections["label"]["members"])
        self.price = sections["label"]["price"]
        self.prices = frozenset(sections["label"]["prices"])
        self.harvest = sections["label"]["harvest"]
        self.weights = frozenset(sections["label"]["weights"])
        self.areas = frozenset(sections["label"]["areas"])
        self.lots = frozenset(sections["label"]["lots"])
        self.degrees = frozenset(sections["label"]["degrees"])
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
        window = folded[start:end]
        longest: dict[int, tuple[int, int]] = {}  # where a word begins: where it ends, which it is
        for index, a, b in self.automaton.find_matches_as_indexes(window, overlapping=True):
            if is_whole(window, a, b):  # of those that begin at one place, the longest is found last
                longest[a] = b, index
        marks, free = list[Mark](), 0
        for a in sorted(longest):
            if a >= free:
                free, index = longest[a]
                marks.append(Mark(start + a, start + free, self.roles[index]))
        return marks


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a whole word, or punctuation that is no part of a number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == " " and after == " ":
        return True
    if not text[start].isalnum():
        return not (before.isdigit() and after.isdigit())
    return not (before.isalnum() or after.isalnum())


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
    times: Sequence[Span]  # the expressions of time in the sentence
    starts: Sequence[int]  # where the marks begin
    begun: dict[int, Mark]  # the marks by where they begin
    ended: dict[int, Mark]  # the marks by where they end
    roles: frozenset[str]  # of all marks: most roles that are asked for stand nowhere in it

    def marks_in(self, start: int, end: int) -> Sequence[Mark]:
        """The marks inside `start`:`end`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        if last > first and self.marks[last - 1].end > end:
            last -= 1
        return self.marks[first:last]

    def roles_in(self, start: int, end: int) -> frozenset[str]:
        """The roles of all marks inside `start`:`end`."""
        return NOTHING.union(*[mark.roles for mark in self.marks_in(start, end)])

    def times_in(self, start: int, end: int) -> Iterator[Span]:
        """What of the expressions of time stands in `start`:`end`."""
        if not self.times:
            return
        for index in range(max(0, bisect_left(self.times, (start,)) - 1), len(self.times)):
            a, b = self.times[index]
            if a >= end:
                break
            if b > start:
                yield max(a, start), min(b, end)

    def time_at(self, at: int) -> int | None:
        """Where the expression of time ends that begins at `at` or around it."""
        if not self.times:
            return None
        index = bisect_left(self.times, (at + 1,)) - 1
        return self.times[index][1] if index >= 0 and self.times[index][1] > at else None

    def first(self, role: str, start: int, end: int) -> int | None:
        """Where the first word with `role` inside `start`:`end` begins."""
        if role in self.roles:
            for mark in self.marks_in(start, end):
                if role in mark.roles:
                    return mark.start
        return None

    def mark_at(self, at: int) -> Mark | None:
        """The mark that begins at `at`."""
        return self.begun.get(at)

    def roles_at(self, at: int) -> frozenset[str]:
        """The roles of the word that begins at `at`."""
        mark = self.begun.get(at)
        return mark.roles if mark else NOTHING

    def mark_before(self, at: int) -> Mark | None:
        """The mark that is the last word before `at`."""
        return self.ended.get(at) or self.ended.get(self.back(at))

    def ahead(self, at: int) -> int:
        """Where the next word at or after `at` begins, past blanks and brackets."""
        text, end = self.view.text, self.end
        while at < end:
            character = text[at]
            if character.isalnum():
                return at
            if character not in SIGNS:
                at += 1
            elif at in self.opens:
                at = self.opens[at]
            else:
                return at
        return end

    def back(self, at: int) -> int:
        """Where the last word before `at` ends, past blanks and brackets."""
        text, start = self.view.text, self.start
        while at > start:
            character = text[at - 1]
            if character.isalnum():
                return at
            if character not in SIGNS:
                at -= 1
            elif at in self.closes:
                at = self.closes[at]
            else:
                return at
        return start

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
        parts, at = [], start
        if self.holes or without:
            holes = self.holes[bisect_left(self.holes, (start,)) : bisect_left(self.holes, (end,))]
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
    marks = lexicon.find_marks(view.folded, start, end)
    if words:
        marks = list(drop_syllables(marks, words, view))
    times = [match.span() for match in lexicon.time.finditer(view.folded, start, end)]
    if not holes:
        return [make_zone(view, (start, end), holes, marks, lexicon, times)]
    outer: list[Mark] = []
    inner: list[list[Mark]] = [[] for _ in holes]
    place = 0
    for mark in marks:
        while place < len(holes) and holes[place][1] <= mark.start:
            place += 1
        inside = place < len(holes) and holes[place][0] < mark.start
        (inner[place] if inside else outer).append(mark)
    zones = [make_zone(view, (start, end), holes, outer, lexicon, times)]
    for (a, b), within in zip(holes, inner, strict=True):
        zones.append(make_zone(view, (a + 1, b - 1), (), within, lexicon, times))
    return zones


def make_zone(
    view: View, span: Span, holes: tuple[Span, ...], marks: list[Mark], lexicon: Lexicon, times: list[Span]
) -> Zone:
    """A zone with its marks in the ways in which they are looked up."""
    begun, ended = {mark.start: mark for mark in marks}, {mark.end: mark for mark in marks}
    roles = NOTHING.union(*[mark.roles for mark in marks])
    return Zone(view, *span, holes, marks, lexicon, *rows(view.text, holes), times, list(begun), begun, ended, roles)


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


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether the word model took the end of a name and the word after it for one ("dân tộc | Mường chiếm")."""
    second = text.find(" ", start, end) + 1
    inside = text[start - 2 : start].strip().isalnum()  # of a sentence
    return inside and second > 0 and text[start].isupper() and text[second].islower()


def drop_syllables(marks: Sequence[Mark], words: Sequence[Span], view: View) -> Iterator[Mark]:
    """`marks` without single syllables that are half of a word of two ("chứng chỉ" holds no "chỉ").

    A word that cuts a longer mark in half is the word model's mistake and drops nothing.
    """
    text, place = view.text, 0
    for index, mark in enumerate(marks):
        while place < len(words) and words[place][1] <= mark.start:
            place += 1
        start, end = words[place] if place < len(words) else (mark.start, mark.end)
        inside = start <= mark.start and mark.end <= end and end - start > mark.end - mark.start
        if inside and text.count(" ", start, end) == 1 and text[start].isalnum() and is_half(mark, text):
            cut = index + 1 < len(marks) and marks[index + 1].start < end < marks[index + 1].end
            if not cut and not is_glued(text, start, end):
                continue
        yield mark


def is_half(mark: Mark, text: str) -> bool:
    """Whether a mark is one syllable that the word model may take for a part of a word."""
    return mark.roles.isdisjoint(FIRM) and text.find(" ", mark.start, mark.end) < 0
