"""Which places are there? Provinces, districts and communes of both lists, with codes, parents and successors.

The 63-list holds until 30 June 2025, the 34-list (provinces and communes, no districts) since. Codes mean something
only with their list: 7 codes of the 34-list meant another province before.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extract.patterns import PatternError, Patterns
from extract.reading.view import Orthography
from extract.records import Level

OLD, NEW, FORMER = "63", "34", "former"
BARRED_D = chr(0x111)  # the one letter of Vietnamese that does not come apart into a letter and a mark
MERGER = "2025-07-01"

# How high a level stands; a city counts as a district until it is known to be a province.
UP = {"village": 0, "site": 0, "commune": 1, "district": 2, "city": 2, "province": 3, "region": 4, "country": 5}

PLACES = ("list", "code", "type", "name", "parent", "successor")
VARIANTS = ("surface", "list", "code", "example")
SPELLING = ("word", "variant", "example")
FORMER_PLACES = ("name", "type", "province", "until", "successor", "example")


class Unit(NamedTuple):
    """A place of one of the lists."""

    list: str  # 63, 34, or former: gone before the 63-list closed
    code: str
    type: str
    name: str
    level: Level
    parent: str  # code in the same list
    province: str | None  # in the 63-list; of a place of the 34-list, the province of the same name
    successors: tuple[str, ...]  # codes: of a province or commune in the 34-list, of a former place in the 63-list
    until: str = ""  # ISO 8601 date, of former places


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer to a question for a name: the place, what it lies in, and what became of it."""

    unit: Unit
    parents: tuple[Unit, ...]
    successors: tuple[Unit, ...]
    variant: str | None = None  # the spelling that was asked for, where it is not the official one


class Gazetteer:
    """All places, and the spellings they are written in."""

    def __init__(self, patterns: Patterns) -> None:
        self.fold = patterns.compiled(Orthography).fold
        rows = patterns.rows("places.csv", PLACES, key=("list", "code"), blank=("parent", "successor"))
        self.units = list(read_units(rows))
        self.index = {(unit.list, unit.code): at for at, unit in enumerate(self.units)}
        provincial = self.types("province") - self.types("district")
        for row in patterns.rows(
            "places_former.csv",
            FORMER_PLACES,
            key=("name", "type", "province"),
            blank=("province", "successor"),
        ):
            level: Level = "province" if row["type"] in provincial else "district"
            successors = tuple(row["successor"].split())
            self.units.append(
                Unit(FORMER, "", row["type"], row["name"], level, "", row["province"] or None, successors, row["until"])
            )
        self.variants = defaultdict[str, list[str]](list)  # of provinces of the 63-list, folded
        self.levels: dict[str, Level] = {}  # of names that were asked for
        self.names: dict[str, tuple[int, ...]] = self.read_names(patterns)

    def read_names(self, patterns: Patterns) -> dict[str, tuple[int, ...]]:
        """Folded spellings of every name, with the indexes of the units that bear it."""
        names = defaultdict[str, list[int]](list)
        for at, name in enumerate(self.fold("\n".join(unit.name for unit in self.units)).split("\n")):
            names[name].append(at)
        spellings = defaultdict[str, list[str]](list)
        for row in patterns.rows("places_spelling.csv", SPELLING, key=("word", "variant")):
            spellings[row["word"]].append(row["variant"])
        for name in list(names):
            for spelled in respelled(name, spellings):
                names[spelled] += [at for at in names[name] if at not in names[spelled]]
        for row in patterns.rows("places_variants.csv", VARIANTS, key=("surface", "code")):
            place = self.index.get((row["list"], row["code"]))
            if place is None:
                raise PatternError(f"{patterns.folder / 'places_variants.csv'}:{row['line']}: no place {row['code']}")
            here = names[self.fold(row["surface"])]
            if place not in here:
                here.append(place)
            if len(row["code"]) == 2:
                self.variants[row["code"]].append(self.fold(row["surface"]))
        return {name: tuple(ats) for name, ats in names.items()}

    def highest(self, folded: str) -> Level:
        """The highest level at which a folded name is borne."""
        if folded not in self.levels:
            self.levels[folded] = max((unit.level for unit in self.named(folded)), key=lambda level: UP[level])
        return self.levels[folded]

    def types(self, level: Level) -> set[str]:
        """The type words of the places of one level."""
        return {unit.type for unit in self.units if unit.level == level}

    def unit(self, list_: str, code: str | None) -> Unit | None:
        """The unit with a code of one list."""
        at = self.index.get((list_, code or ""))
        return None if at is None else self.units[at]

    def named(self, folded: str) -> list[Unit]:
        """The units that bear a folded name, in the order of the table."""
        return [self.units[at] for at in self.names.get(folded, ())]

    def province_name(self, code: str | None) -> str | None:
        """Name of a province of the 63-list."""
        unit = self.unit(OLD, code)
        return unit.name if unit else None

    def is_merged_name(self, name: str) -> bool:
        """Whether a province of the 34-list bears this name."""
        return any(unit.level == "province" and unit.list == NEW for unit in self.named(self.fold(name)))

    def province_2025(self, code: str | None) -> tuple[str, str] | None:
        """Code and name, in the 34-list, of the province that a province of the 63-list became part of."""
        unit = self.unit(OLD, code)
        after = self.unit(NEW, unit.successors[0]) if unit and unit.successors else None
        return (after.code, after.name) if after else None

    @cached_property
    def merged(self) -> Counter[str]:
        """How many provinces of the 63-list became one of the 34-list, by the code of that."""
        return Counter(
            code for unit in self.units if unit.level == "province" and unit.list == OLD for code in unit.successors
        )

    def district(self, unit: Unit) -> Unit | None:
        """The district a commune of the 63-list lies in."""
        return self.unit(OLD, unit.parent) if unit.list == OLD and unit.level == "commune" else None

    @cached_property
    def bare(self) -> dict[str, tuple[int, ...]]:
        """Names without diacritics; made when first asked for."""
        names = defaultdict[str, list[int]](list)
        for name, ats in self.names.items():
            here = names[strip_marks(name)]
            here += [at for at in ats if at not in here]
        return {name: tuple(ats) for name, ats in names.items()}

    @cached_property
    def portals(self) -> dict[tuple[str, str], str]:
        """Districts by province and name as a host writes it ("thaithuy"); made when first asked for."""
        return {
            (unit.province or "", strip_marks(unit.name).replace(" ", "").replace("'", "")): unit.code
            for unit in self.units
            if unit.level == "district" and unit.list == OLD
        }

    def candidate(self, unit: Unit, *, variant: str | None = None) -> Candidate:
        """A unit with its parents, smallest first, and its successors."""
        parents, here = [], unit
        while parent := self.unit(here.list, here.parent):
            parents.append(parent)
            here = parent
        if unit.list == FORMER and (province := self.unit(OLD, unit.province)):
            parents.append(province)
        after = OLD if unit.list == FORMER else NEW
        codes = set(unit.successors)
        if unit.level == "district" and unit.list == OLD:  # gone in 2025: the communes of today that its own became
            codes = {
                code for low in self.units if low.parent == unit.code and low.list == OLD for code in low.successors
            }
        successors = [found for code in sorted(codes) if (found := self.unit(after, code))]
        return Candidate(unit, tuple(parents), tuple(successors), variant)


def read_units(rows: Iterable[dict[str, str]]) -> Iterator[Unit]:
    """The rows of `places.csv`, provinces before districts before communes, as units."""
    levels: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}
    province: dict[tuple[str, str], str] = {}
    by_name: dict[str, str] = {}
    for row in rows:
        list_, code, parent = row["list"], row["code"], row["parent"]
        if parent:
            home = province[list_, parent]
        elif list_ == OLD:
            home = by_name[row["name"]] = code
        else:
            home = by_name[row["name"]]
        if len(code) < 5:
            province[list_, code] = home
        yield Unit(
            list_, code, row["type"], row["name"], levels[len(code)], parent, home, tuple(row["successor"].split())
        )


def respelled(name: str, spellings: dict[str, list[str]]) -> set[str]:
    """`name` with each of its words in its other spellings."""
    words = name.split(" ")
    found = [words]
    for at, word in enumerate(words):
        for variant in spellings.get(word, ()):
            found += [[*some[:at], variant, *some[at + 1 :]] for some in list(found)]
    return {" ".join(some) for some in found[1:]}


def strip_marks(text: str) -> str:
    """Lower case without diacritics.

    >>> strip_marks("Đắk R'lấp")
    "dak r'lap"
    """
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in letters if not unicodedata.combining(char)).replace(BARRED_D, "d")


def search_places(query: str, patterns: Patterns) -> list[Candidate]:
    """The places called `query`, provinces first; with or without type word, diacritics optional.

    >>> from extract.patterns import load_patterns
    >>> [(c.unit.code, [p.name for p in c.parents]) for c in search_places("na hang", load_patterns())][0]
    ('072', ['Tuyên Quang'])
    """
    gazetteer = patterns.compiled(Gazetteer)
    folded = gazetteer.fold(unicodedata.normalize("NFC", " ".join(query.split())))
    marked = strip_marks(folded) != folded
    names = gazetteer.names if marked else gazetteer.bare
    asked, typed = folded, ""
    ats: Sequence[int] = names.get(folded, ())
    if not ats:
        typed, asked = split_type(folded, gazetteer, marked)
        ats = names.get(asked, ())
    order: list[Level] = ["province", "district", "commune"]
    found = [gazetteer.units[at] for at in ats]
    if typed:
        found = [unit for unit in found if key(unit.type, marked) == typed] or found
    found.sort(key=lambda unit: (order.index(unit.level), unit.list != OLD, unit.list != NEW))
    return [
        gazetteer.candidate(unit, variant=None if key(gazetteer.fold(unit.name), marked) == asked else query)
        for unit in found
    ]


def key(text: str, marked: bool) -> str:
    """A folded text as it is compared: as it is, or without diacritics."""
    return text if marked else strip_marks(text)


def split_type(folded: str, gazetteer: Gazetteer, marked: bool) -> tuple[str, str]:
    """The type word in front of a name and the rest; an empty type word where there is none."""
    types = sorted({key(unit.type, marked) for unit in gazetteer.units}, key=len, reverse=True)
    for type_ in types:
        if folded.startswith(type_ + " "):
            return type_, folded[len(type_) + 1 :]
    return "", folded
