"""Which words of an article say how a figure is meant: a bound, a change, a comparison, a status?

Every row of `cues.csv` that stands in the text, longest first. A row of slot "none" only hides the words it holds:
"chương trình mục tiêu" (the name of a programme) sets no target.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.patterns import PatternError, Patterns
from extract.reading.view import Orthography
from extract.records import View

# Ends the words that belong to one number: every mark but the stops inside numbers and abbreviations.
PART = re.compile(r"[,;:()\[\]\u2026\"]|[.!?](?=\s|\Z)")
PAST = sys.maxsize  # behind all cues of a slot, so that one always follows
COLUMNS = ("surface", "slot", "value", "reach", "example")
# What the cells of `cues.csv` may hold: for each slot its values and its reaches.
SLOTS = {
    "bound": ("more least less most about", "next on near open previous"),
    "change": ("up down", "next through base than named percent"),
    "verb": ("hard from to soft free", "-"),
    "break": ("-", "-"),
    "same": ("sure open", "-"),
    "and": ("both with", "-"),
    "sense": ("-", "-"),
    "filler": ("-", "-"),
    "vs": ("open plan time", "-"),
    "status": (
        "target estimate criterion reported",
        "list sentence must due plan part limit lead next year norm rate class task budget if -",
    ),
    "sets": ("-", "-"),
    "keep": ("whole inside on", "-"),
    "share": ("strong again weak rate", "-"),
    "part": ("-", "-"),
    "predicate": ("is -", "-"),
    "each": ("-", "-"),
    "holds": ("all given sample", "-"),
    "average": ("-", "-"),
    "measure": ("-", "-"),
    "outcome": ("- late", "-"),
    "case": ("-", "-"),
    "whole": ("-", "-"),
    "total": ("named loose", "-"),
    "opener": ("- budget", "-"),
    "times": ("-", "-"),
    "class": ("-", "-"),
    "base": ("-", "-"),
    "none": ("-", "-"),
}


class Cue(NamedTuple):
    """A cue in the view's text; a tuple, because an article has hundreds and a dataclass costs three times as much."""

    start: int
    end: int
    slot: str
    value: str
    reach: str
    rule: str


NO_CUES: tuple[list[int], list[Cue]] = ([PAST], [])


class CueTable:
    """The rows of `cues.csv`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        fold = patterns.compiled(Orthography).fold
        self.meanings: dict[str, list[tuple[str, str, str, str]]] = {}
        for row in patterns.rows("cues.csv", COLUMNS, key=("surface", "slot")):
            values, reaches = SLOTS.get(row["slot"], ("", ""))
            if row["value"] not in values.split() or row["reach"] not in reaches.split():
                raise PatternError(f"{patterns.folder / 'cues.csv'}:{row['line']}: no such slot, value and reach")
            meaning = row["slot"], row["value"], row["reach"], f"cue.{row['slot']}.{row['surface']}"
            self.meanings.setdefault(fold(row["surface"]), []).append(meaning)
        self.found = list(self.meanings.values())  # by the number the automaton gives a surface
        self.automaton = AhoCorasick(list(self.meanings), matchkind=MatchKind.Standard)
        self.fillers = self.words("filler")

    def words(self, slot: str) -> frozenset[str]:
        """The surfaces of a slot."""
        return frozenset(
            surface for surface, meanings in self.meanings.items() if any(meaning[0] == slot for meaning in meanings)
        )


def find_cues(view: View, patterns: Patterns) -> list[Cue]:
    """The cues of `view` in text order; at one place the longest surface wins, with all it means.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.view import make_view
    >>> patterns = load_patterns()
    >>> view = make_view("Dự kiến thu hơn 20 tỷ đồng", patterns)
    >>> [(view.text[cue.start : cue.end], cue.slot, cue.value) for cue in find_cues(view, patterns)]
    [('Dự kiến', 'status', 'estimate'), ('hơn', 'bound', 'more')]
    """
    table = patterns.compiled(CueTable)
    text = f" {view.folded} "
    longest: dict[int, tuple[int, int]] = {}  # where a surface begins: where it ends, which it is
    for index, start, end in table.automaton.find_matches_as_indexes(view.folded, overlapping=True):
        if not (text[start].isalnum() or text[end + 1].isalnum()):
            longest[start] = end, index  # of those that begin at one place, the longest is found last
    cues, last = list[Cue](), 0
    for start in sorted(longest):
        if start >= last:
            last, index = longest[start]
            span = start, last
            for meaning in table.found[index]:
                cues.append(tuple.__new__(Cue, span + meaning))  # as Cue._make, without its check
    return cues


class CueIndex:
    """The cues of an article by slot, for asking which lie in a span."""

    def __init__(self, text: str, cues: Sequence[Cue], fillers: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.fillers = fillers
        slots: defaultdict[str, list[Cue]] = defaultdict(list)
        for cue in cues:
            slots[cue.slot].append(cue)
        self.slots = {slot: ([*(cue.start for cue in of_slot), PAST], of_slot) for slot, of_slot in slots.items()}

    def between(self, slot: str, start: int, end: int) -> list[Cue]:
        """The cues of a slot inside the span, in text order."""
        starts, cues = self.slots.get(slot, NO_CUES)
        first = bisect_left(starts, start)
        if starts[first] >= end:
            return []
        return [cue for cue in cues[first : bisect_left(starts, end, first)] if cue.end <= end]

    def beside(self, start: int, end: int, *slots: str) -> bool:
        """Whether the span holds nothing but blanks and cues of these slots."""
        for cue in sorted(cue for slot in slots for cue in self.between(slot, start, end)):
            if self.text[start : cue.start].strip():
                return False
            start = max(start, cue.end)
        return not self.text[start:end].strip()

    def senses(self, at: int) -> bool:
        """Whether the noun after `at` makes "trên" or "dưới" a preposition: "trên 4 lĩnh vực"."""
        begin = at + len(self.text[at : at + 2]) - len(self.text[at : at + 2].lstrip())
        return any(cue.start == begin for cue in self.between("sense", begin, begin + 20))

    def filled(self, start: int, end: int) -> bool:
        """Whether the span holds nothing but filling words, numbers and an opening bracket or colon."""
        words = self.text[start:end].replace("(", " ").replace(":", " ").split()
        return all(word in self.fillers or word.isdigit() for word in words)


def cue_start(cue: Cue) -> int:
    """Where a cue stands, for sorting."""
    return cue.start


def index_cues(view: View, patterns: Patterns) -> CueIndex:
    """The cues of `view`, indexed."""
    return CueIndex(view.folded, find_cues(view, patterns), patterns.compiled(CueTable).fillers)
