"""Which forms of `periods.csv` are there, and by which words do they begin?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from extract.finding.term.forms import CAPTURES, DIGITS, SHAPES, YEARS, compile_form, openings
from extract.finding.term.readings import READINGS
from extract.patterns import PatternError, Patterns, Row
from extract.reading.surfaces import any_of

COLUMNS = ("form", "type", "reading", "example")
TYPES = frozenset(
    {"term", "stage", "year", "quarter", "month", "day", "half", "season", "school_year", "recurring", "as_of"}
)
# Readings that take up what was said last of their kind.
SAME = frozenset(
    f"same:{kind}" for kind in ("year", "month", "quarter", "season", "school_year", "stage", "span", "term", "any")
)
NAMED = re.compile(r"\(\?P<\w+>")
NUMBER = re.compile(r"\d\d*")  # faster than "\d+": a pattern that begins with a repeat is tried at every character
OF_LENGTH = {1: DIGITS, 2: DIGITS, 4: YEARS}  # digits of the number a form begins with


@dataclass(frozen=True, slots=True)
class Form:
    """A row of `periods.csv`, compiled."""

    pattern: re.Pattern[str]
    type: str
    reading: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found, before its period is read."""

    start: int
    end: int
    form: Form
    numbers: Mapping[str, int]


class TermForms:
    """The forms of `periods.csv`, by the word they may begin with."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("periods.toml")
        self.words: dict[str, Mapping[str, int]] = {
            "count": sections["counts"],
            "month_word": sections["months"],
            "quarter": sections["quarters"],
            "stem": {word: index for index, word in enumerate(sections["lunar"]["stems"])},
            "rel": sections["relative"],
            "branch": {word: index for index, word in enumerate(sections["lunar"]["branches"])},
        }
        self.shapes = SHAPES | sections["shapes"]
        self.by_opening: dict[str, list[Form]] = {}
        for row in patterns.rows("periods.csv", COLUMNS, key=("form",)):
            self.add(row, patterns)
        # one pattern that says whether any form matches: most words a form may begin with begin none
        self.any = {
            opening: re.compile("|".join(NAMED.sub("(?:", form.pattern.pattern) for form in forms))
            for opening, forms in self.by_opening.items()
        }
        self.words_that_open = [word for word in self.by_opening if word not in (DIGITS, YEARS)]
        self.automaton = AhoCorasick(self.words_that_open)
        year = sections["year"]
        self.measures = re.compile(rf" ?{any_of(year['measures'])}(?!\w)")
        self.counting = re.compile(rf"(?<!\w){any_of(year['counting'])} ?\Z")
        self.plural = re.compile(rf"(?<!\w)(?:\d+|{any_of([*sections['counts'], *year['plural']])}) \Z")

    def add(self, row: Row, patterns: Patterns) -> None:
        """Files a row under the words it may begin with."""
        where = f"{patterns.folder / 'periods.csv'}:{row['line']}"
        if row["type"] not in TYPES:
            raise PatternError(f"{where}: no such type: {row['type']!r}")
        if row["reading"].partition(":")[0] not in READINGS and row["reading"] not in SAME:
            raise PatternError(f"{where}: no such reading: {row['reading']!r}")
        try:
            form = Form(compile_form(row["form"], self.words, self.shapes), row["type"], row["reading"])
        except (re.error, KeyError) as error:
            raise PatternError(f"{where}: {row['form']!r} is no form: {error}") from error
        for opening in openings(row["form"], self.words):
            self.by_opening.setdefault(opening, []).append(form)

    def openings(self, folded: str) -> list[tuple[int, str]]:
        """Where a form may begin in a text, and under which word it is filed, in text order."""
        text = f" {folded} ".replace("_", "0")  # an underline is of the word it touches
        found = [
            (start, self.words_that_open[index])
            for index, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True)
            if not (text[start].isalnum() or text[end + 1].isalnum())
        ]
        for match in NUMBER.finditer(folded):
            start, end = match.span()
            if end - start in OF_LENGTH and not text[start].isalnum():
                found.append((start, OF_LENGTH[end - start]))
        return sorted(found)

    def numbers(self, match: re.Match[str]) -> dict[str, int]:
        """What a form captured, as numbers."""
        captured = {}
        for group, text in match.groupdict().items():
            if text is not None:
                name = CAPTURES[group.partition("__")[0]]
                word = self.words.get(group.partition("__")[0].rstrip("2"), {}).get(text)
                captured[name] = int(text) if word is None else word
        return captured
