"""Which registry indicator does a counted phrase name? The one wording nearest to it by a margin, or none.

The words of the phrase are compared with the words of each alias that shares its head (the first word that matters),
rare words weighing more. A word of `contrast` that only one of the two has, or a unit that does not fit, rules an
alias out. A wrong code is worse than none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from extract.finding.place.gazetteer import Gazetteer
from extract.finding.registry import Indicator, load_registry
from extract.finding.wording import Wording
from extract.patterns import PatternError, Patterns
from extract.records import Change, Kind

FLOOR = 0.86  # least agreement of a phrase with a wording: one word in seven may differ
MARGIN = 0.06  # least distance to the next indicator
FULL, LIGHT = 1000, 100  # weights of a rare word and of one that says little: whole numbers add up alike in any order
TURNED = 0.98  # for the same words beginning with another one: "chi bộ thôn", "thôn có chi bộ"
SHOWN = 8  # candidates kept for `explain`
KEPT = 20_000  # answers remembered

Reason = Literal["exact", "near", "below floor", "no margin", "nothing alike"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a phrase may name."""

    code: str
    score: float  # agreement of the words, 0 to 1
    fit: int  # how well kind and unit fit: 1 possible, 2 well, 3 best
    wording: str  # the alias or label compared


@dataclass(frozen=True, slots=True)
class Linked:
    """The registry code of a counted phrase, and what else it might have been."""

    code: str | None
    score: float
    candidates: tuple[Candidate, ...]  # best first
    reason: Reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording of an indicator, as words."""

    indicator: Indicator
    wording: str
    words: frozenset[str]
    first: str
    head: str
    needs_topic: bool


class Query(NamedTuple):
    """What is asked of the linker; the key of its memory."""

    label: str
    subject: str | None
    kind: Kind
    unit: str | None
    facets: tuple[str, ...]
    change: Change
    relative: bool
    topics: frozenset[str]


class Linker:
    """The wordings of the registry, indexed by their words."""

    def __init__(self, patterns: Patterns) -> None:
        self.wording = patterns.compiled(Wording)
        self.registry = patterns.compiled(load_registry)
        self.names = patterns.compiled(Gazetteer).names
        entries = list(self.make_entries())
        spread = Counter(word for entry in entries for word in entry.words)
        most = math.log(len(entries) + 1)
        self.weights = {
            word: LIGHT if word in self.wording.light else round(FULL * (1 - 0.5 * math.log(count) / most))
            for word, count in spread.items()
        }
        # Wordings and their weights, by one of their words and those of their words that must not be passed over.
        self.postings: dict[tuple[str, frozenset[str]], list[tuple[Entry, int]]] = {}
        for entry in entries:
            for word in entry.words:
                at = (word, entry.words & self.wording.contrast)
                self.postings.setdefault(at, []).append((entry, self.weigh(entry.words)))
        self.measures = {measure for lists in self.wording.units.values() for measure in lists.get("measures", ())}
        self.nouns: dict[str, set[str]] = {}
        for unit, lists in self.wording.units.items():
            for noun in lists.get("nouns", ()):
                self.nouns.setdefault(noun, set()).add(unit)
        self.fits: dict[tuple[Kind, object, bool], dict[str, int]] = {}
        self.known: dict[str, tuple[str, ...]] = {}
        self.answers: dict[Query, Linked] = {}

    def make_entries(self) -> Iterator[Entry]:
        """One entry a wording, labels included; wordings of an indicator that read the same are one."""
        for indicator in self.registry.values():
            if indicator.unit not in self.wording.units:
                raise PatternError(f"indicators.csv: {indicator.code}: no such unit family: {indicator.unit}")
            seen: set[tuple[str, frozenset[str]]] = set()
            wordings = [(alias.surface, alias.weak == "all") for alias in indicator.aliases]
            for text, needs_topic in [*wordings, (self.wording.fold(indicator.vi), False)]:
                words = self.wording.words(text)
                if words and (words[0], frozenset(words)) not in seen:
                    seen.add((words[0], frozenset(words)))
                    yield Entry(indicator, text, frozenset(words), words[0], self.head(words), needs_topic)

    def head(self, words: tuple[str, ...]) -> str:
        """The first word that says what is counted."""
        return next((word for word in words if word not in self.wording.light), words[0])

    def read(self, text: str) -> tuple[str, ...]:
        """The words of `text` that matter, remembered."""
        if text not in self.known:
            if len(self.known) >= KEPT:
                self.known.clear()
            self.known[text] = self.wording.words(text, self.names)
        return self.known[text]

    def weigh(self, words: Iterable[str]) -> int:
        """How much `words` say together; an unknown word says as much as the rarest known one."""
        return sum(self.weights.get(word, LIGHT if word in self.wording.light else FULL) for word in words)

    def agreement(self, first: str, said: frozenset[str], weight: int, entry: Entry, whole: int) -> float:
        """How far a phrase that begins with `first` agrees with a wording, 0 to 1."""
        if first == entry.first:
            return 2 * self.weigh(said & entry.words) / (weight + whole)
        alone = self.says_more(first, entry.words, entry) + self.says_more(entry.first, said, entry)
        return TURNED * 2 * self.weigh(said & entry.words) / (weight + whole + alone * (FULL - LIGHT))

    def says_more(self, first: str, others: frozenset[str], entry: Entry) -> bool:
        """Whether a noun that comes first alone tells what is counted: the other has it not, nor does the unit."""
        return (
            first in self.wording.nouns
            and first not in others
            and entry.indicator.unit not in self.nouns.get(first, ())
        )

    def candidates(self, text: str, fits: dict[str, int], topics: frozenset[str]) -> list[Candidate]:
        """The indicators `text` may name, best first; one wording each."""
        words = self.read(text)
        if not words:
            return []
        said, weight = frozenset(words), self.weigh(words)
        best: dict[str, Candidate] = {}
        for entry, whole in self.postings.get((self.head(words), said & self.wording.contrast), ()):
            code = entry.indicator.code
            fit = fits[code]
            if not fit or entry.head not in said:
                continue
            if entry.needs_topic and entry.indicator.topic not in topics:
                continue
            score = round(self.agreement(words[0], said, weight, entry, whole), 3)
            if code not in best or score > best[code].score:
                best[code] = Candidate(code, score, fit, entry.wording)
        return sorted(best.values(), key=lambda found: (-found.score, -found.fit, found.code))

    def fitting(self, kind: Kind, unit: str | None, relative: bool) -> dict[str, int]:
        """How well each indicator fits a figure of this kind and unit: 0 not at all."""
        measure, slash, _ = (unit or "").partition("/")
        told: object = None
        if kind == "amount":
            told = (measure if measure in self.measures else None, bool(slash))
        elif kind != "percent":
            told = self.families(measure)
        key = (kind, told, relative)
        if key not in self.fits:
            self.fits[key] = {
                code: self.fit(indicator, kind, told, relative) for code, indicator in self.registry.items()
            }
        return self.fits[key]

    def families(self, noun: str) -> frozenset[str] | None:
        """The unit families of a counted noun; None where it tells none."""
        syllables = self.wording.fold(noun).replace(",", " ").split()
        for length in (4, 3, 2, 1):
            if families := self.nouns.get(" ".join(syllables[:length])):
                return frozenset(families)
        return None

    def fit(self, indicator: Indicator, kind: Kind, told: object, relative: bool) -> int:
        """How well one indicator fits what the unit tells: a measure and whether it is a rate, or unit families."""
        measures = self.wording.units[indicator.unit].get("measures", ())
        if kind == "percent":
            if indicator.kind == "rate":
                return 1 if relative else 3
            return 2
        if kind == "amount":
            measure, per = cast(tuple[str | None, bool], told)
            if measure not in measures or (per and indicator.kind not in ("average", "ratio")):
                return 0
            return 3 if per or indicator.kind in ("amount", "index") else 2
        if "nouns" not in self.wording.units[indicator.unit]:
            return 0 if measures else 1
        if told is None:
            return 1 if measures else 2
        return 3 if indicator.unit in cast(frozenset[str], told) else 0


def link_indicator(
    label: str,
    subject: str | None = None,
    *,
    kind: Kind,
    unit: str | None,
    facets: tuple[str, ...] = (),
    change: Change = "none",
    relative: bool = False,
    topics: frozenset[str] = frozenset(),
    patterns: Patterns,
) -> Linked:
    """The registry code of a counted phrase: of `label` with its `facets`, else of `label`, else of `subject`.

    A percentage that is a `change`, or `relative` (the completion of a plan, an index), speaks of the size of
    something, not of a share. `topics` are the topics (first parts of codes) its paragraph speaks of; they support
    weak wordings.

    >>> from extract.patterns import load_patterns
    >>> patterns = load_patterns()
    >>> link_indicator("người tham gia BHXH tự nguyện", kind="count", unit="người", patterns=patterns).code
    'ins.social_voluntary'
    >>> link_indicator("hộ nghèo", kind="percent", unit="%", patterns=patterns).code
    'poverty.rate'
    >>> link_indicator("hộ nghèo biết bơi", kind="count", unit="hộ", patterns=patterns).reason
    'below floor'
    """
    linker = patterns.compiled(Linker)
    query = Query(label, subject, kind, unit, facets, change, relative, topics)
    if query not in linker.answers:
        if len(linker.answers) >= KEPT:
            linker.answers.clear()
        linker.answers[query] = answer(query, linker)
    return linker.answers[query]


def answer(query: Query, linker: Linker) -> Linked:
    """The first of the phrases that names one indicator; where none does, what the label came nearest to."""
    label, subject, wording = query.label, query.subject or "", linker.wording
    spoken = wording.fold(f"{label} {subject}")
    relative = (query.relative or query.change != "none") and not any(word in spoken for word in wording.rates)
    fits = linker.fitting(query.kind, query.unit, relative)
    for text in implied_phrases(query, linker):
        linked = decide(linker.candidates(text, fits, query.topics))
        if linked.score >= TURNED:
            return linked
    answers = [decide(linker.candidates(text, fits, query.topics)) for text in phrases(query, linker)]
    return next((linked for linked in answers if linked.code), answers[-1])


def implied_phrases(query: Query, linker: Linker) -> Iterator[str]:
    """The label with what the figure says of it: a growth, a mean, or what a count is for each of."""
    implied, (_, slash, per) = linker.wording.implied, (query.unit or "").partition("/")
    if query.kind == "percent" and query.change == "up":
        yield from (f"{query.label} {word}" for word in implied["growth"])
    if slash and query.kind == "amount":
        yield from (f"{query.label} {word}" for word in implied["mean"])
    if slash and query.kind in ("count", "ratio"):
        yield f"{query.label} {per}"


def phrases(query: Query, linker: Linker) -> Iterator[str]:
    """What to look for, the fullest phrase first; the label, or the subject where it says more, last."""
    label, subject = query.label, query.subject or ""
    if query.facets:
        yield f"{label} {' '.join(query.facets)}"
    yield label
    # A subject taken over in a list may hold a neighbour's facet: a share of graduates is no figure of minorities.
    own = all(facet.rpartition(": ")[2] in subject for facet in query.facets)
    if subject and own and not set(linker.read(subject)) <= set(linker.read(label)):
        yield subject


def decide(candidates: list[Candidate]) -> Linked:
    """The best candidate where it is good enough and none other is as good."""
    shown = tuple(candidates[:SHOWN])
    if not candidates:
        return Linked(None, 0.0, shown, "nothing alike")
    first = candidates[0]
    near = [other for other in candidates if first.score - other.score < MARGIN]
    if first.score < FLOOR:
        return Linked(None, first.score, shown, "below floor")
    if first.score < 1.0:
        near = [other for other in near if other.fit >= first.fit]
    else:
        near = [other for other in near if other.score == 1.0]
    best_fit = [other for other in near if other.fit == max(other.fit for other in near)]
    if len(best_fit) > 1:
        return Linked(None, first.score, shown, "no margin")
    return Linked(best_fit[0].code, best_fit[0].score, shown, "exact" if best_fit[0].score == 1.0 else "near")
