"""What are quantities made of? The pattern files of numerals, units, rates, nouns and look-alikes, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.finding.quantity.lookalikes import Lookalikes
from extract.finding.quantity.numerals import compile_numerals
from extract.patterns import PatternError, Patterns
from extract.reading.surfaces import any_of, whole_word

ONE = r"0?1\s"  # "đồng/1 ha" is "đồng/ha"
Sense = Literal["percent", "amount", "duration", "age"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `units.csv`."""

    name: str  # canonical unit
    factor: Decimal
    sense: Sense


def load_units(patterns: Patterns) -> dict[str, Unit]:
    """Units by surface."""
    senses = {str(sense): sense for sense in get_args(Sense)}
    units = {}
    for row in patterns.rows("units.csv", ("surface", "unit", "factor", "sense", "example"), blank=("unit",)):
        if row["sense"] not in senses:
            raise PatternError(f"{patterns.folder}/units.csv:{row['line']}: sense must be one of {', '.join(senses)}")
        units[row["surface"]] = Unit(row["unit"], Decimal(row["factor"]), senses[row["sense"]])
    return units


class Grammar:
    """Regexes and tables of quantities; all match folded text at a given place."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("quantities.toml")
        self.words = patterns.compiled(compile_numerals)
        self.lookalikes = patterns.compiled(Lookalikes)
        self.units = load_units(patterns)
        self.classifiers = {row["surface"] for row in patterns.rows("classifiers.csv", ("surface", "example"))}
        self.longest_classifier = max(len(surface.split()) for surface in self.classifiers)
        self.fractions: dict[str, list[int]] = sections["fractions"]
        self.lone: str = sections["lone_word"]
        self.year: str = sections["year_word"]
        self.score: str = sections["score_unit"]
        self.score_before = frozenset(sections["score_before"])
        self.containers = frozenset(sections["containers"])
        self.no_names = frozenset(sections["no_names"])
        self.year_before = frozenset(sections["year_before"])

        def spoken(*roles: str) -> str:
            return any_of(word for word, row in self.words.items() if row.role in roles)

        starts = [word for word, row in self.words.items() if row.role in ("digit", "ten") and row.value > 0]
        self.scanner = AhoCorasick(starts, matchkind=MatchKind.LeftmostLongest)
        word = any_of(self.words)
        self.word_run = re.compile(rf"{word}(?!\w)(?:\s{word}(?!\w))*")
        # A magnitude may be glued to digits ("581triệu"); "tỷ" before some words is the first half of another word.
        other = any_of(sections["not_after_magnitude"])
        self.magnitude = re.compile(rf"\s?({spoken('magnitude', 'hundred')})(?!\w)(?!\s{other}(?!\w))")
        self.half = re.compile(rf"\s{spoken('half')}(?!\w)")
        signs = any_of(surface for surface in self.units if not surface[0].isalnum())
        letters = any_of(surface for surface in self.units if surface[0].isalnum())
        self.unit = re.compile(rf"\s?({letters})(?!\w)|\s?({signs})")
        rate_words = {row["surface"] for row in patterns.rows("rates.csv", ("surface", "example"))}
        rates = any_of(rate_words | self.classifiers)
        one = rf"(?:\s?/\s?(?:{ONE})?(?:{rates})(?!\w))+"
        self.rate = re.compile(one)
        self.product_rate = re.compile(rf"(?:\s[^\W\d_]+){{1,2}}({one})")
        bounds = any_of(sections["range_bounds"])
        self.joined = re.compile(rf"\s?-\s?|\s{any_of(sections['range_words'])}\s(?:{bounds}\s)?")
        self.whole = re.compile(rf"\s?/\s?|\s{any_of(sections['whole_words'])}\s")
        self.fraction = re.compile(rf"\s{sections['fraction_word']}\s({word})(?!\w)")
        self.fraction_noun = re.compile(rf"\s{any_of(sections['fraction_nouns'])}(?!\w)")
        self.fraction_sign = re.compile(f"[{''.join(self.fractions)}]")
        self.half_word = re.compile(rf"{any_of(sections['half_words'])}(?!\w)")
        spans = any_of(surface for surface, unit in self.units.items() if unit.sense in ("duration", "age"))
        joins = rf"(?:,|\s{any_of(sections['range_words'] + sections['list_words'])})"
        beyond = any_of(sections["beyond_words"])
        self.shared = re.compile(rf"(?:{joins}(?:\s{beyond})?\s\d{{1,3}}){{1,9}}\s({spans})(?!\w)(?!\s\d)")
        self.score_after = re.compile(rf"\s{any_of(sections['score_after'])}(?!\w)")
        self.number_of = re.compile(rf"(?<!\w)(?<!{sections['index_word']} ){sections['number_word']}(?=\s)")
        self.mean_age = re.compile(rf"{whole_word(sections['mean_age'])}[^,;.()]*\Z")
        self.score_word = re.compile(rf"\s?{self.score}(?!\w)")
        self.money = re.compile(whole_word(sections["money_words"]))
