"""Which words of a counted phrase tell what it counts? Synonyms joined, words that say nothing left out."""

from __future__ import annotations

import re
from collections.abc import Container

from extract.patterns import PatternError, Patterns
from extract.reading.view import Orthography

WORD = re.compile(r"[^\W_]+")
NAME = 5  # syllables of the longest name looked for
AGENT = 14  # syllables looked through for the verb after an agent
ASIDE = re.compile(r"\([^()]*\)")
SECTIONS = {
    "stop", "light", "passive", "contrast", "places", "rates", "implied", "expansions", "synonyms", "compounds",
    "units",
}  # fmt: skip


class Wording:
    """`indicator_words.toml`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("indicator_words.toml")
        if set(sections) != SECTIONS:
            raise PatternError(f"indicator_words.toml: sections {set(sections) ^ SECTIONS} missing or unknown")
        self.fold = patterns.compiled(Orthography).fold
        self.expansions: dict[str, list[str]] = sections["expansions"]
        self.nouns = frozenset(sections["light"]["nouns"])
        self.light = self.nouns | frozenset(sections["light"]["words"])
        self.implied: dict[str, list[str]] = sections["implied"]
        self.passive = {role: begin_with(words) for role, words in sections["passive"].items()}
        self.contrast = frozenset(sections["contrast"]["words"])
        self.places = frozenset(sections["places"]["words"])
        self.rates = tuple(sections["rates"]["words"])
        self.units: dict[str, dict[str, list[str]]] = sections["units"]
        self.short: dict[str, list[str]] = {}  # abbreviation -> the syllables it stands for
        # First syllable -> (all syllables, what they mean), longest first.
        self.lexicon: dict[str, list[tuple[list[str], tuple[str, ...]]]] = {}
        for surface in sections["stop"]["words"]:
            self.add(surface, ())
        for meaning, surfaces in sections["synonyms"].items():
            for surface in [meaning, *surfaces]:
                self.add(surface, (meaning,))
        for surface in [*sections["compounds"]["words"], *self.light, *self.contrast, *self.places]:
            self.add_new(surface)
        for full, abbreviations in self.expansions.items():
            for short in abbreviations:
                if len(WORD.findall(short)) > 1:
                    self.add(short, self.words(full))
                else:
                    self.short[short] = WORD.findall(self.fold(full))

    def add(self, surface: str, meaning: tuple[str, ...]) -> None:
        """`surface` reads as `meaning`."""
        syllables = WORD.findall(self.fold(surface))
        entries = self.lexicon.setdefault(syllables[0], [])
        if any(known == syllables and other != meaning for known, other in entries):
            raise PatternError(f"indicator_words.toml: {surface!r} has two meanings")
        if (syllables, meaning) not in entries:
            entries.append((syllables, meaning))
            entries.sort(key=lambda entry: -len(entry[0]))

    def add_new(self, surface: str) -> None:
        """`surface` is a word of its own, unless it reads as another already."""
        syllables = WORD.findall(self.fold(surface))
        if len(syllables) > 1 and all(known != syllables for known, _ in self.lexicon.get(syllables[0], ())):
            self.add(surface, (surface,))

    def words(self, text: str, names: Container[str] = ()) -> tuple[str, ...]:
        """The words that matter in `text`, in order, each once; synonyms have one spelling.

        Left out are asides in brackets, free numbers and the names of places: those in `names` and what is written
        with capitals after a word of `places`.
        """
        text = ASIDE.sub(lambda match: " " * len(match[0]), text)
        syllables, capital = list[str](), list[bool]()
        for match in WORD.finditer(self.fold(text)):
            full = self.short.get(match[0])
            syllables += full or [match[0]]
            capital += [False] * len(full) if full else [text[match.start()].isupper()]
        words: dict[str, None] = {}
        at = 0
        while at < len(syllables):
            after_place = bool(words) and next(reversed(words)) in self.places
            if capital[at] and (name := name_length(syllables, capital, at, names, after_place)):
                if after_place:
                    words.popitem()
                at += name
                continue
            if agent := self.agent_length(syllables, at):
                at += agent
                continue
            length, meaning = self.look_up(syllables, at)
            words.update(dict.fromkeys(meaning))
            at += length
        return tuple(words)

    def agent_length(self, syllables: list[str], at: int) -> int:
        """How many syllables a passive's mark and its agent have at `at`, up to the verb; 0 where none stands there."""
        marks, agents, verbs = self.passive["marks"], self.passive["agents"], self.passive["verbs"]
        if not starts(syllables, at, marks) or not starts(syllables, at + 1, agents):
            return 0
        stops = range(at + 2, min(len(syllables), at + AGENT))
        return next((stop - at for stop in stops if starts(syllables, stop, verbs)), 0)

    def look_up(self, syllables: list[str], at: int) -> tuple[int, tuple[str, ...]]:
        """How many syllables the longest known word at `at` has, and what it means."""
        for known, meaning in self.lexicon.get(syllables[at], ()):
            if syllables[at : at + len(known)] == known:
                return len(known), meaning
        return 1, () if syllables[at].isdigit() else (syllables[at],)


def begin_with(words: list[str]) -> dict[str, list[list[str]]]:
    """`words` as syllables, by the first."""
    table: dict[str, list[list[str]]] = {}
    for word in words:
        syllables = WORD.findall(word)
        table.setdefault(syllables[0], []).append(syllables)
    return table


def starts(syllables: list[str], at: int, table: dict[str, list[list[str]]]) -> bool:
    """Whether a word of `table` stands at `at`."""
    return at < len(syllables) and any(syllables[at : at + len(word)] == word for word in table.get(syllables[at], ()))


def name_length(syllables: list[str], capital: list[bool], at: int, names: Container[str], after_place: bool) -> int:
    """How many syllables a place's name at `at` has; 0 where none stands there."""
    end = at + 1
    while end < min(len(syllables), at + NAME) and capital[end]:
        end += 1
    for stop in range(end, at, -1):
        if " ".join(syllables[at:stop]) in names:
            return stop - at
    return end - at if after_place else 0
