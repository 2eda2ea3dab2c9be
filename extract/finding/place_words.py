"""Where do place names and the words around them stand? One scan of an article with one automaton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from extract.finding.gazetteer import Gazetteer
from extract.patterns import Patterns
from extract.records import View

COLUMNS = ("surface", "role", "level", "example")
LETTER = re.compile(r"[^\W\d_]")
YEAR = re.compile(r"(?<!\d)202[5-9](?!\d)")  # a merger told in such a year may be that of 2025


class Word(NamedTuple):
    """A word of `places_words.csv` where it stands."""

    start: int
    end: int
    role: str
    level: str


class Scan(NamedTuple):
    """What one scan found: words in text order, the longest name at each place, how often national bodies are named."""

    words: list[Word]
    names: dict[int, int]  # start -> end, capitalised in the text
    national: int


class PlaceWords:
    """The words of `places_words.csv` and `places.toml`, and the automaton over them and all names."""

    def __init__(self, patterns: Patterns) -> None:
        self.gazetteer = patterns.compiled(Gazetteer)
        self.lists = patterns.sections("places.toml")
        rows = patterns.rows("places_words.csv", COLUMNS)
        self.compile_automaton(rows)
        self.compile_lists(rows)
        self.compile_grammar(rows)

    def compile_automaton(self, rows: Sequence[dict[str, str]]) -> None:
        """One automaton over all words and names."""
        extra = [(text, (role, "")) for role in ("national", "other") for text in self.lists[role]]
        surfaces = [row["surface"] for row in rows] + [text for text, _ in extra]
        self.meanings = [(row["role"], row["level"]) for row in rows] + [meaning for _, meaning in extra]
        self.first_name = len(surfaces)
        surfaces += [name for name in self.gazetteer.names if LETTER.match(name) and len(name) > 1]
        self.automaton = AhoCorasick(surfaces, store_patterns=False)

    def compile_lists(self, rows: Sequence[dict[str, str]]) -> None:
        """What is looked up as it stands."""
        lists = self.lists
        self.never_alone = frozenset(lists["never_alone"])
        self.surname = frozenset(lists["surname"])
        self.organ = frozenset(lists["organ"])
        self.numbered = frozenset(lists["numbered"])
        self.full_type: dict[str, str] = lists["full_type"]
        self.late_cities: dict[str, str] = lists["late_city"]
        self.city: str = lists["city"]
        self.whole_country: str = lists["whole_country"]
        self.whole_province: str = lists["whole_province"]
        typed = [row for row in rows if row["role"] in ("type", "office")]
        self.type_words = sorted((row["surface"] for row in typed), key=len, reverse=True)
        levels = {row["surface"]: row["level"] for row in rows if row["role"] == "type"}
        self.counted_level: dict[str, str] = {**levels, **lists["counted"]}

    def compile_grammar(self, rows: Sequence[dict[str, str]]) -> None:
        """How the words stand beside one another."""
        any_ = {name: any_of(words) for name, words in self.lists.items() if isinstance(words, list)}
        # A dot abbreviates only before a name ("TP. Vinh"), so type words without a name are looked for without.
        generic = any_of(row["surface"] for row in rows if row["role"] == "type" and row["surface"][-1] != ".")
        offices = any_of(row["surface"] for row in rows if row["role"] == "office")
        ands, of = any_["and"], any_["of"]
        self.before = {name: before(self.lists[name]) for name in BEFORE}
        self.after = {name: after(self.lists[name]) for name in AFTER}
        # Lists of type words that mean no single place ("xã, phường và thị trấn").
        self.generic_after = re.compile(rf" ?(?:,|/|-| {ands})\s?(?:{offices}|{generic})(?!\w)")
        self.generic_before = re.compile(rf"(?<!\w)(?:{generic}) ?(?:,|/|-| {ands})\s?\Z")
        # Between places: the next of a list, of the same type; of any type; what the place lies in.
        self.separator = re.compile(rf" ?(?:[,;]|(?:, )?(?:{ands})(?= )) ?")
        self.joint = re.compile(
            rf"[\")]?(?: ?[,;] ?|,? {ands} | {of} )"
            rf"(?:(?:{any_['many']}|\d{{1,2}}) )?(?:(?:{generic}|, | {ands} )+:? ?)?"
        )
        self.inside = re.compile(rf"(?:,? ?\(|,| (?:{of}) | ?- ?)? ?(?:{of} )?")
        # In front of a name: a company and the like, with up to four words between.
        between = rf"(?: (?!{any_['apart']}(?!\w))[\w&-]+){{0,4}}"
        self.entity = re.compile(rf"(?<!\w){any_['entity']}{between} ?\"?\Z")
        self.region_head = re.compile(rf"(?<!\w)(?P<head>{any_['region_head']}) \Z")
        self.at_office = re.compile(rf"(?<!\w){any_['at']} (?:{any_['many']} )?{any_['organ']} \Z")
        self.qualifier = re.compile(rf"{any_['qualifier']} ")
        # Numbers: counted before a type word, a name after it, an amount.
        self.count_before = re.compile(r"(?<![\w.,])\d{1,3} \Z")
        self.number = re.compile(rf"(?:{any_['number']} )?\d{{1,3}}[A-Za-z]?(?!\w)")
        self.amount = re.compile(rf" ?{any_['amount']}(?!\w)")
        self.counted = re.compile(rf" ?(?P<unit>{any_of(self.counted_level)})(?!\w)")
        self.beside = re.compile(rf" ?(?:\(|,|{any_['beside']})? ?(?:{any_['beside']})? ?\(?")
        # What a sentence is.
        self.caption = re.compile(rf"(?<!\w)\(?{any_['caption']}")
        self.venue = re.compile(any_["venue"])
        self.respectively = re.compile(rf"(?<!\w){any_['respectively']}(?!\w)")
        self.source = re.compile(rf"{any_['source']}(?!\w)")
        self.national_source = re.compile(rf"(?:{any_['national_lead']} )?{any_['national_source']}(?!\w)")
        self.lies = re.compile(rf"(?<!\w){any_['lies']}(?!\w)")
        self.merged = re.compile(any_["new_territory"])

    def type_of(self, folded: str) -> str | None:
        """The type word that a mention begins with, in full."""
        for word in self.type_words:
            if folded.startswith(word) and (word[-1] == "." or not folded[len(word) : len(word) + 1].isalnum()):
                return self.full_type.get(word, word)
        return None

    def speaks_after_merger(self, folded: str) -> bool:
        """Whether an article without a date speaks of the merged provinces."""
        return self.merged.search(folded) is not None and YEAR.search(folded) is not None

    def is_late_city(self, name: str, published: str) -> bool:
        """Whether a province of this name was a centrally run city when an article was published."""
        return name in self.late_cities and published >= self.late_cities[name]

    def scan(self, view: View) -> Scan:
        """The words and names of an article, whole words only."""
        text, folded = view.text, view.folded
        first_name, meanings = self.first_name, self.meanings
        names: dict[int, int] = {}
        best: dict[tuple[int, bool], Word] = {}
        national = 0
        end_of_text = len(folded)
        for at, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if (start and folded[start - 1].isalnum()) or (
                end < end_of_text and folded[end].isalnum() and folded[end - 1] != "."
            ):
                continue
            if at >= first_name:
                if text[start].isupper() and names.get(start, 0) < end:
                    names[start] = end
                continue
            role, level = meanings[at]
            if role == "national":
                national += 1
            else:
                key = (start, role == "type")
                if key not in best or best[key].end < end:
                    best[key] = Word(start, end, role, level)
        words, reached = [], 0
        for word in sorted(best.values(), key=lambda word: (word.start, -word.end)):
            if word.start >= reached:
                words.append(word)
                reached = word.end
        return Scan(words, names, national)

    def stands_before(self, view: View, start: int, name: str) -> bool:
        """Whether a word of list `name` stands directly before `start`."""
        return self.before[name].search(view.folded, max(0, start - 40), start) is not None

    def stands_after(self, view: View, end: int, name: str) -> bool:
        """Whether a word of list `name` stands directly after `end`."""
        return self.after[name].match(view.folded, end) is not None


BEFORE = (
    "whole",
    "many",
    "locative",
    "at",
    "object",
    "example",
    "aside",
    "rank",
    "ranked",
    "not_entity",
    "agent",
    "person",
)
AFTER = ("own", "longer", "given", "old_territory", "new_territory")


def any_of(surfaces: Iterable[str]) -> str:
    """A pattern for any of `surfaces`, longest first."""
    return (
        "(?:" + "|".join(re.escape(text) for text in sorted(set(surfaces), key=lambda text: (-len(text), text))) + ")"
    )


def before(surfaces: Iterable[str]) -> re.Pattern[str]:
    """A pattern, searched up to a position, for any of `surfaces` directly before it."""
    return re.compile(rf"(?<!\w){any_of(surfaces)}[ :]*[\"(]?\Z")


def after(surfaces: Iterable[str]) -> re.Pattern[str]:
    """A pattern, matched at a position, for any of `surfaces` directly after it."""
    return re.compile(rf" ?{any_of(surfaces)}(?!\w)")
