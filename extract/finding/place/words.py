"""Where do place names and the words around them stand? One scan of an article with one automaton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from extract.finding.place.elsewhere import Elsewhere
from extract.finding.place.gazetteer import Gazetteer
from extract.patterns import Patterns
from extract.reading.surfaces import any_of, at_word, whole_word
from extract.records import Span, View

COLUMNS = ("surface", "role", "level", "example")
LETTER = re.compile(r"[^\W\d_]")
RUN = re.compile(r"\w+")
BETWEEN = 4  # words that may stand between a company, road … and the place it is called after
YEAR = re.compile(r"2(?<!\d2)02[5-9](?!\d)")  # a merger told in such a year may be that of 2025


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
        self.any_of_lists = {name: any_of(words) for name, words in self.lists.items() if isinstance(words, list)}
        self.compile_grammar(rows)
        self.compile_telling()
        self.elsewhere = Elsewhere(self.lists)

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
        self.caption: list[str] = lists["caption"]
        self.respectively: list[str] = lists["respectively"]
        self.paper: list[str] = lists["paper"]
        self.surname = frozenset(lists["surname"])
        self.middle_name = frozenset(lists["middle_name"])
        self.organ = frozenset(lists["organ"])
        self.numbered = frozenset(lists["numbered"])
        self.full_type: dict[str, str] = lists["full_type"]
        self.late_cities: dict[str, str] = lists["late_city"]
        self.city: str = lists["city"]
        self.whole_country: str = lists["whole_country"]
        self.whole_province: str = lists["whole_province"]
        typed = [row for row in rows if row["role"] in ("type", "office")]
        self.typed = re.compile(rf"{any_of(row['surface'] for row in typed)}(?:(?<=\.)|(?!\w))")
        self.sites = frozenset(row["surface"] for row in rows if row["level"] == "site")
        levels = {row["surface"]: row["level"] for row in rows if row["role"] == "type"}
        self.counted_level: dict[str, str] = {**levels, **lists["counted"]}

    def compile_grammar(self, rows: Sequence[dict[str, str]]) -> None:
        """How the words stand beside one another."""
        any_ = self.any_of_lists
        # A dot abbreviates only before a name ("TP. Vinh"), so type words without a name are looked for without.
        types = [row["surface"] for row in rows if row["role"] == "type" and row["surface"][-1] != "."]
        generic = any_of(types)
        offices = any_of(row["surface"] for row in rows if row["role"] == "office")
        ands, of = any_["and"], any_["of"]
        self.before = index_by_last_word({name: self.lists[name] for name in BEFORE})
        self.after = {name: after(self.lists[name]) for name in AFTER}
        # Lists of type words that mean no single place ("xã, phường và thị trấn").
        self.generic_after = re.compile(rf" ?(?:,|/|-| {ands})\s?(?:{offices}|{generic})(?!\w)")
        self.generic_before = re.compile(rf"{at_word(types)} ?(?:,|/|-| {ands})\s?\Z")
        # Between places: the next of a list, of the same type; of any type; what the place lies in.
        self.separator = re.compile(rf" ?(?:[,;]|(?:, )?(?:{ands})(?= )) ?")
        self.joint = re.compile(
            rf"[\")]?(?: ?[,;] ?|,? {ands} | {of} )"
            rf"(?:(?:{any_['many']}|\d{{1,2}}) )?(?:(?:{generic}|, | {ands} )+:? ?)?"
        )
        self.inside = re.compile(rf"(?:,? ?\(|,| (?:{of}) | ?- ?)? ?(?:{of} )?")
        # In front of a name: a company and the like, with up to four words between.
        between = rf"(?: (?!{any_['apart']}(?!\w))[\w&-]+){{0,{BETWEEN}}}"
        self.entity_ends = frozenset(phrase.rpartition(" ")[2] for phrase in self.lists["entity"])
        self.entity = re.compile(rf"{at_word(self.lists['entity'])}{between} ?\"?\Z")
        self.region_head = re.compile(rf"(?P<head>{at_word(self.lists['region_head'])}) \Z")
        self.at_office = re.compile(rf"{at_word(self.lists['at'])} (?:{any_['many']} )?{any_['organ']} \Z")
        self.kind_of = re.compile(rf" {any_['qualifier']}(?!\w)")
        self.qualifier = re.compile(rf"{any_['qualifier']} ")
        # Behind a name: what kind of place it is ("A, xã biên giới của huyện B").
        self.kind = re.compile(rf"(?:,|,? {any_['is_one']}) (?P<type>{generic}) {any_['which']}(?!\w)")
        # Numbers: counted before a type word, a name after it, an amount.
        counting = any_["counting"]
        self.count_before = re.compile(r"(?<![\w.,])\d{1,3} \Z")
        quantifiers = [*self.lists["plural"], *self.lists["counting"], *"0123456789"]
        self.quantifying = tuple(f"{word} " for word in quantifiers)
        self.quantified = re.compile(rf"(?:(?<!\w){any_['plural']} )?(?:(?<![\w.,])(?:\d{{1,3}}|{counting}) )?\Z")
        self.number = re.compile(rf"(?:{any_['number']} )?\d{{1,3}}[A-Za-z]?(?![\w%]|[.,/-]\d)")
        self.amount = re.compile(rf" ?{any_['amount']}(?!\w)")
        self.counted = re.compile(rf" ?(?P<unit>{any_of(self.counted_level)})(?!\w)")
        self.beside = re.compile(rf" ?(?:\(|,|{any_['beside']})? ?(?:{any_['beside']})? ?\(?")

    def compile_telling(self) -> None:
        """What a sentence tells of a place, and who acts in it."""
        any_, lists = self.any_of_lists, self.lists
        self.venue = re.compile(any_["venue"])
        self.away = re.compile(rf" {any_['away']}(?!\w)")
        distance = rf"(?:{any_['about']} )?\d[\d.,]* ?km"
        self.way = re.compile(rf",? (?:{any_['way']}|{distance})(?!\w)")
        self.set_apart = re.compile(rf"[\s\"-]*{any_['set_apart']}(?!\w)")
        self.exemplar = re.compile(rf"[\s\"-]*{any_['exemplar']}(?!\w)")
        self.go_on = re.compile(rf"\"|[-+*\u2022] ?|{any_['go_on']}(?!\w)")
        self.somebody = re.compile(whole_word(lists["somebody"]))
        self.sum = re.compile(whole_word(lists["sum"]))
        self.delegate = re.compile(rf"{at_word(lists['delegate'])}(?: [\w'.]+){{1,6}} \((?:{any_['delegation']} )?\Z")
        self.foreign_act = re.compile(rf" {any_['foreign_act']}(?!\w)")
        self.source = re.compile(rf"{any_['source']}(?!\w)")
        self.national_source = re.compile(rf"(?:{any_['national_lead']} )?{any_['national_source']}(?!\w)")
        run = r"(?: [^\s,;.:()\d]+)"
        not_merge = "".join(rf"(?<!\b{re.escape(word)} )" for word in lists["not_merge"])
        self.merging = re.compile(
            rf"(?<!\w){not_merge}{any_['merge']}(?: (?:{any_['merged_of']}|{any_['counting']}|\d{{1,3}})){{1,8}} \Z"
        )
        self.helper = re.compile(rf"{at_word(lists['helper'])}{run}{{1,9}} \Z")
        self.in_bracket = re.compile(rf"(?:{run}){{0,8}} (?P<mark>\()(?:{any_['located']} )?")
        self.bracket_end = re.compile(r"(?:, [^,;.:()\d\n]{1,40}){0,2}\)")
        self.goes = re.compile(rf"{at_word(lists['goes'])}{run}{{0,8}} \Z")
        self.differs = re.compile(rf"{at_word(lists['differs'])}{run}{{0,5}} \Z")
        self.compares = re.compile(rf"{at_word([*lists['differs'], *lists['against']])}{run}{{0,5}} \Z")
        self.share = re.compile(rf"{at_word(lists['share'])}{run}{{0,3}} \Z")
        self.leading_is = re.compile(rf"{any_['leading_is']}(?!\w)")
        self.leading_in = re.compile(rf"(?:{any_['leading_in']}|{any_['leading_is']})(?!\w)")
        self.office_acts = re.compile(rf"(?:\A|[,;:.\n] ?){any_['organ']} \Z")
        self.decides = re.compile(rf"(?: {any_['decides_lead']})? {any_['decides']}(?!\w)")
        self.speaks = re.compile(r"[^.;:()\n]{0,60}: \"")
        self.lies = re.compile(whole_word(lists["lies"]))
        self.parts = re.compile(whole_word(lists["parts"]))
        self.merged = re.compile(any_of([*lists["new_territory"], *lists["since_merger"]]))

    def type_of(self, folded: str) -> str | None:
        """The type word that a mention begins with, in full."""
        match = self.typed.match(folded)
        return self.full_type.get(match[0], match[0]) if match else None

    def speaks_after_merger(self, folded: str) -> bool:
        """Whether an article without a date speaks of the merged provinces."""
        return YEAR.search(folded) is not None and self.merged.search(folded) is not None

    def is_site(self, type_: str | None) -> bool:
        """Whether a type word is that of an industrial zone, a port and the like."""
        return type_ in self.sites

    def is_late_city(self, name: str, published: str) -> bool:
        """Whether a province of this name was a centrally run city when an article was published."""
        return name in self.late_cities and published >= self.late_cities[name]

    def scan(self, view: View) -> Scan:
        """The words and names of an article, whole words only."""
        text, folded = view.text, view.folded
        around = f" {folded} "
        first_name, meanings = self.first_name, self.meanings
        names: dict[int, int] = {}
        best: dict[tuple[int, bool], Word] = {}
        national = 0
        for at, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if around[start].isalnum() or (around[end + 1].isalnum() and around[end] != "."):
                continue
            if at >= first_name:
                if text[start].isupper() and names.get(start, 0) < end:
                    names[start] = end
                continue
            role, level = meanings[at]
            if role == "national":
                national += 1
            elif role == "class" and text[end + 1 : end + 2].isupper():
                continue  # "các huyện nghèo A, B": the names count
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
        return name in self.standing_before(view, start)

    def standing_before(self, view: View, start: int) -> Set[str]:
        """The lists a word of which stands directly before `start`, be there a colon or a quote between."""
        tail = view.folded[max(0, start - 40) : start].rstrip(' :"(')
        last = tail.rpartition(" ")[2].rpartition("\n")[2]
        phrases = self.before.get(last.lstrip('("'))
        if phrases is None:
            return NOTHING
        found = NOTHING
        for phrase, names in phrases:
            if tail.endswith(phrase) and not tail[-len(phrase) - 1 : -len(phrase)].isalnum():
                found = found | names if found else names
        return found

    def is_counted(self, view: View, start: int) -> bool:
        """Whether a number of up to three digits stands directly before `start`."""
        digit = view.folded[start - 2 : start - 1].isdigit()
        return digit and self.count_before.search(view.folded, max(0, start - 8), start) is not None

    def has_entity_before(self, view: View, start: int) -> bool:
        """Whether a company, road, school … stands before `start`, with up to four words between."""
        reach = max(0, start - 70)
        last = view.folded[reach:start].rstrip(' "').rsplit(" ", BETWEEN + 1)[-BETWEEN - 1 :]
        near = RUN.findall(" ".join(last))
        return not self.entity_ends.isdisjoint(near) and self.entity.search(view.folded, reach, start) is not None

    def quantifier_start(self, view: View, start: int) -> int:
        """Where the words of quantity begin that stand directly before `start` ("cả 3 xã"); else `start`."""
        reach = max(0, start - 20)
        if not view.folded.endswith(self.quantifying, reach, start):
            return start
        quantified = self.quantified.search(view.folded, reach, start)
        return quantified.start() if quantified else start

    def stands_after(self, view: View, end: int, name: str) -> bool:
        """Whether a word of list `name` stands directly after `end`."""
        return self.after[name].match(view.folded, end) is not None


BEFORE = (
    "class",
    "receiver",
    "stay",
    "away_from",
    "leaving",
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
    "merged_of",
    "resides",
    "person",
    "travels",
)
NOTHING: frozenset[str] = frozenset()
AFTER = ("own", "longer", "given", "merging", "gone_to", "old_territory", "new_territory", "new_unit")


def occurrences(surfaces: Iterable[str], folded: str) -> Iterator[Span]:
    """Where any of a few `surfaces` begins a word; faster over a whole article than a pattern of them all."""
    for surface in surfaces:
        start = folded.find(surface)
        while start >= 0:
            if not (start and folded[start - 1].isalnum()):
                yield start, start + len(surface)
            start = folded.find(surface, start + 1)


def index_by_last_word(lists: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """The phrases of several lists by their last word, each with the lists that hold it."""
    names: dict[str, set[str]] = {}
    for name, phrases in lists.items():
        for phrase in phrases:
            names.setdefault(phrase, set()).add(name)
    index: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase, holders in names.items():
        index.setdefault(phrase.rpartition(" ")[2], []).append((phrase, frozenset(holders)))
    return index


def after(surfaces: Iterable[str]) -> re.Pattern[str]:
    """A pattern, matched at a position, for any of `surfaces` directly after it."""
    return re.compile(rf" ?{any_of(surfaces)}(?!\w)")
