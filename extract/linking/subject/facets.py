"""Which part of the counted thing does a phrase name? Sex, ethnicity, age, level and more, from `facets.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.linking.subject.zones import LEVELS, Zone, facet_rows
from extract.patterns import PatternError, Patterns
from extract.reading.surfaces import any_of, whole_word
from extract.reading.view import Orthography

AFTER = 24  # characters in which the words of `after` are looked for
SYLLABLE = re.compile(r"[^\W_]")
NAMING = frozenset({"age", "medal", "people", "level", "dimension", "facet"})  # roles of the words of facets
USES = frozenset({"", "alone", "judged"})  # everywhere, alone before a number of people, where grades are given


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet named in the text: where, and how it is printed in a breakdown."""

    start: int
    end: int
    values: tuple[str, ...]
    sure: bool = True  # False for a level word without a word that makes it one
    alone: bool = False  # one, if it is all that stands before a number of people


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `facets.csv`, folded."""

    dimension: str
    value: str
    after: tuple[str, ...]
    use: str


class Facets:
    """`facets.csv` and the facet sections of `subjects.toml`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        fold = patterns.compiled(Orthography).fold
        sections = patterns.sections("subjects.toml")
        self.rows: dict[str, list[Row]] = {}
        for row in facet_rows(patterns):
            if row["use"] not in USES:
                raise PatternError(f"{patterns.folder / 'facets.csv'}:{row['line']}: no such use")
            after = tuple(fold(word) for word in row["after"].split("; ") if word)
            compiled = Row(row["dimension"], row["value"], after, row["use"])
            self.rows.setdefault(fold(row["surface"]), []).append(compiled)
        self.copula = fold(sections["facet"]["copula"]) + " "
        self.old: str = sections["facet"]["old"]
        self.folk: str = sections["facet"]["folk"]
        self.headings: dict[str, str] = {fold(name): dimension for name, dimension in sections["level"].items()}
        self.names = {name: dimension for name, dimension in self.headings.items() if dimension}
        self.prefixes: dict[str, str] = sections["dimension"]
        self.filler = re.compile(whole_word(map(fold, sections["facet"]["filler"])))
        level = any_of(word for word, rows in self.rows.items() if rows[0].dimension in LEVELS)
        names = any_of(self.names)
        shapes = sections["facet"]
        levels = shapes["levels"].format(level=level)
        self.level = re.compile(level)
        self.bare = re.compile(rf"(?<!\w)(?P<levels>{levels})(?!\w)")
        self.shapes = [
            re.compile(r"(?<!\w)" + shapes[shape].format(names=names, levels=levels) + r"(?!\w)")
            for shape in ("before", "after", "plain")
        ]
        self.name = re.compile(rf"(?<!\w){names}(?!\w)")
        self.peoples = {fold(people): people for people in shapes["peoples"]}
        self.people = re.compile(r"(?<!\w)" + shapes["people"].format(peoples=any_of(self.peoples)) + r"(?!\w)")
        self.nations = frozenset(map(fold, shapes["nations"]))
        self.people_word = re.compile(any_of(map(fold, shapes["kin"])))
        below = list(map(fold, shapes["below"]))
        self.age = re.compile(r"(?<!\w)" + shapes["age"].replace("{below}", any_of(below)) + r"(?!\w)")
        self.bracketed = re.compile(r"\s?\(" + shapes["age"].replace("{below}", any_of(below)) + r"\)")
        self.below = re.compile(rf"{any_of(below)}(?!\w)")
        self.under = below[0]
        self.medal = re.compile(r"(?<!\w)(?:" + shapes["medal"] + r")(?!\w)")
        self.medals: str = shapes["medals"]

    def find(self, zone: Zone, start: int, end: int, heading: str | None) -> list[Facet]:
        """The facets named in `start`:`end`, in text order; a bare level word takes the dimension of `heading`."""
        if zone.roles.isdisjoint(NAMING) or (roles := zone.roles_in(start, end)).isdisjoint(NAMING):
            return []
        found: list[Facet] = []
        if "age" in roles:
            found += self.find_ages(zone, start, end)
        if "medal" in roles:
            found += self.find_medals(zone, start, end)
        if "people" in roles:
            found += self.find_peoples(zone, start, end)
        if "level" in roles or "dimension" in roles:
            found += self.find_levels(zone, start, end, heading)
        if "facet" in roles:
            taken = [(facet.start, facet.end) for facet in found]
            rows = self.find_rows(zone, start, end)
            found += [row for row in rows if not any(a <= row.start < b for a, b in taken)]
        return sorted(found, key=lambda facet: facet.start)

    def find_rows(self, zone: Zone, start: int, end: int) -> Iterator[Facet]:
        """Facets of one fixed wording."""
        folded = zone.view.folded
        last: Facet | None = None
        dimension = ""
        for mark in zone.marks_in(start, end):
            if "facet" not in mark.roles:
                continue
            before = folded[max(0, mark.start - AFTER) : mark.start].rstrip()
            rows = self.rows[folded[mark.start : mark.end]]
            row = next((row for row in rows if not row.after or before.endswith(row.after)), None)
            if row is None:
                continue
            begin = self.linked(folded, start, mark.start)
            if last is not None and row.dimension == dimension and zone.ahead(last.end) == mark.start:
                begin = last.start  # "theo đạo | Công giáo": the second says it better
            elif last is not None:
                yield last
            last, dimension = (
                Facet(begin, mark.end, (self.told(row, folded, mark.end),), not row.use, row.use == "alone"),
                row.dimension,
            )
        if last is not None:
            yield last

    def linked(self, folded: str, start: int, at: int) -> int:
        """Where a facet at `at` begins, with the "là" before it."""
        begin = at - len(self.copula)
        return begin if begin >= start and folded.startswith(self.copula, begin) and folded[begin - 1] == " " else at

    def told(self, row: Row, folded: str, end: int) -> str:
        """What a row prints; an age in brackets says more than "trẻ": "trẻ tuổi (dưới 40 tuổi)"."""
        age = self.bracketed.match(folded, end) if row.dimension == "age" else None
        return self.below.sub(self.under, age["age"]) if age else row.value

    def find_levels(self, zone: Zone, start: int, end: int, heading: str | None) -> Iterator[Facet]:
        """Levels of training, with the words that say of what."""
        folded = zone.view.folded
        at = start
        while at < end:
            match = next((m for shape in self.shapes if (m := shape.search(folded, at, end))), None)
            if match is None:
                break
            groups = match.groupdict()
            names = self.name.findall(groups.get("names") or "")
            dimensions = [self.names[name] for name in names] or [self.guess(match["levels"], heading)]
            value = self.value(match["levels"], groups.get("more") or "")
            values = tuple(f"{dimension}: {value}" for dimension in dict.fromkeys(dimensions))
            yield Facet(match.start(), match.end(), values)
            at = match.end()
        if at == start and (match := self.bare.search(folded, start, end)):
            dimension = self.guess(match["levels"], heading)
            yield Facet(match.start(), match.end(), (f"{dimension}: {self.value(match['levels'])}",), sure=False)

    def find_ages(self, zone: Zone, start: int, end: int) -> Iterator[Facet]:
        """Age bands."""
        for match in self.age.finditer(zone.view.folded, start, end):
            noun = "counted" in zone.roles_at(match.start()) and match.end() < end  # "trẻ dưới 5 tuổi suy dinh dưỡng"
            band = self.below.sub(self.under, match["age"])
            if band[-1].isdigit():  # "nhóm tuổi 12-17"
                band = f"{band} {self.old}"
            yield Facet(match.start("age") if noun else match.start(), match.end(), (band,))

    def find_medals(self, zone: Zone, start: int, end: int) -> Iterator[Facet]:
        """Years of membership that somebody has or is honoured for: "[đồng chí nhận huy hiệu] 50 năm tuổi Đảng"."""
        for match in self.medal.finditer(zone.view.folded, start, end):
            years = "years" if match["years"] else "bare"
            if zone.ahead(start) < match.start():  # alone they are what is counted: "huy hiệu 50 năm tuổi Đảng"
                yield Facet(match.start(years), match.end(), (self.medals.format(years=match[years]),))

    def find_peoples(self, zone: Zone, start: int, end: int) -> Iterator[Facet]:
        """Members of one people, by its name; the value has the words of the "ethnicity" rows before it."""
        for match in self.people.finditer(zone.view.folded, start, end):
            name, after = match["people"], zone.view.text[match.end() : match.end() + 2]
            if name in self.nations and not self.people_word.search(match[0]):
                continue  # "người Lào" is from abroad, "người dân tộc Lào" is not
            if zone.view.text[match.start("people")].isupper() and not (after[:1] == " " and after[1:].isupper()):
                yield Facet(match.start(), match.end(), (f"{self.folk} {self.peoples[match['people']]}",))
        begin, last = zone.ahead(start), zone.back(end)
        name = self.peoples.get(zone.view.folded[begin:last])
        if name and zone.view.text[begin].isupper():  # "dân tộc Tày 20 người, Nùng 6 người"
            yield Facet(begin, last, (f"{self.folk} {name}",), sure=False)

    def guess(self, levels: str, heading: str | None) -> str:
        """The dimension of level words: that of the first word that belongs to one only, else the heading's."""
        for word in self.level.findall(levels):
            dimension = self.rows[word][0].dimension
            if dimension != "level" and (not heading or dimension != "theory"):
                return self.prefixes[dimension]
        return heading or self.prefixes["level"]

    def value(self, levels: str, more: str = "") -> str:
        """Level words as printed: joined by commas, with what follows the last."""
        words = [match[0] for match in self.level.finditer(levels)]
        rest = levels[levels.rfind(words[-1]) + len(words[-1]) :]
        return ", ".join(self.rows[word][0].value for word in words) + (rest or more)

    def heading(self, zone: Zone, start: int, end: int) -> str | None:
        """The level dimension named last in `start`:`end`; empty where words say only that levels follow."""
        named = [mark for mark in zone.marks_in(start, end) if "dimension" in mark.roles]
        return self.headings[zone.view.folded[named[-1].start : named[-1].end]] if named else None

    def fill(self, zone: Zone, start: int, end: int, facets: Sequence[Facet]) -> bool:
        """Whether `facets` are all that `start`:`end` says, but for words that name nothing."""
        if not facets:
            return False
        rest, at = [], start
        for facet in facets:
            rest.append(zone.view.folded[at : max(at, facet.start)])
            at = max(at, facet.end)
        rest.append(zone.view.folded[at:end])
        return not SYLLABLE.search(self.filler.sub(" ", " | ".join(rest)))


def values_of(facets: Iterable[Facet]) -> list[str]:
    """What `facets` print, each once."""
    return list(dict.fromkeys(value for facet in facets for value in facet.values))
