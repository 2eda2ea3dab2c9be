"""Which place is a figure about?

The nearest place before it in its clause or sentence; a narrower place that follows with "tại", "ở", "của" and no
comma between; else the place in force, carried over sentences until another takes over; else the article's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile

from extract.finding.place.gazetteer import NEW, OLD, UP, Gazetteer
from extract.finding.place.places import Places
from extract.finding.place.scopes import PlaceScope
from extract.finding.place.words import PlaceWords
from extract.linking.place.choice import Chooser, Held
from extract.linking.place.pictures import Pictures, PictureWords
from extract.linking.place.reach import PAIR, PERSONAL
from extract.linking.place.wholes import Wholes, WholeWords
from extract.linking.scope import Scope
from extract.patterns import Patterns
from extract.records import Level, PlaceLink, Span

LOWER = ("commune", "district")
QUOTE = '"'
SPOKEN = 120  # characters behind a quotation in which its speaker is named


def link_places(scope: Scope, places: Places, patterns: Patterns) -> list[PlaceLink]:
    """The place of each quantity of `scope`, in order.

    >>> from decimal import Decimal
    >>> from extract.finding.place.places import find_places
    >>> from extract.linking.scope import make_scope
    >>> from extract.patterns import load_patterns
    >>> from extract.reading.sentences import find_sentences
    >>> from extract.reading.view import make_view
    >>> from extract.records import Quantity
    >>> patterns = load_patterns()
    >>> view = make_view("Huyện ủy Na Hang cho biết, toàn huyện có 12 xã.", patterns)
    >>> sentences = find_sentences(view, (), patterns)
    >>> twelve = Quantity(41, 43, "12", "count", Decimal(12))
    >>> places = find_places(view, sentences, patterns)
    >>> [link] = link_places(make_scope(view, sentences, [twelve]), places, patterns)
    >>> link.province_name, link.place, link.level, link.rule
    ('Tuyên Quang', 'Na Hang', 'district', 'named')
    """
    return Linker(scope, places, patterns).links()


class Linker:
    """Walks through the quantities of one article with the place in force."""

    def __init__(self, scope: Scope, places: Places, patterns: Patterns) -> None:
        self.scope = scope
        self.words = words = patterns.compiled(PlaceWords)
        self.gazetteer: Gazetteer = words.gazetteer
        self.folded = scope.view.folded
        self.chooser = Chooser(scope, places, words)
        self.pictures = Pictures(scope, patterns.compiled(PictureWords), frozenset(scope.sentence_of))
        self.wholes = Wholes(scope, patterns.compiled(WholeWords))
        self.starts = self.chooser.starts
        self.quantity_starts = self.chooser.quantity_starts
        self.home = self.chooser.home
        self.held = self.base = self.home  # what is in force, and what was when the paragraph began
        self.passing = False  # whether the place in force was named by the way, and ends with the paragraph
        self.told = False  # whether a figure of the article's own place was told
        self.opening = 0  # the first sentence of the paragraph
        self.quoted: Held | None = None  # in a quotation, its speaker's place
        self.records: dict[int, tuple[Held, PlaceLink]] = {}  # by id; each keeps what bears its id alive

    def links(self) -> list[PlaceLink]:
        """One link a quantity."""
        links: list[PlaceLink] = []
        by_sentence: dict[int, list[int]] = {}
        for index, at in enumerate(self.scope.sentence_of):
            by_sentence.setdefault(at, []).append(index)
        for at, sentence in enumerate(self.scope.sentences):
            if self.pictures.shows(at):
                continue
            first, last = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
            if not at or self.scope.sentences[at - 1].paragraph != sentence.paragraph:
                self.open_paragraph(at, first, last)
            quantities = by_sentence.get(at, [])
            self.held = self.given_back(at, first, last)
            found = self.in_sentence(quantities, first, last, self.quoted or self.held)
            links += [self.link(one) for one in found]
            self.told = self.told or any(one.scope.level == self.home.scope.level for one in found)
            self.hold(self.carried(first, last, quantities, found, heading=sentence.heading), at)
            if self.quoted and self.quoted.scope.start < sentence.end:
                self.quoted = None
        return links

    def open_paragraph(self, at: int, first: int, last: int) -> None:
        """A place named by the way is over, unless the paragraph goes on about it."""
        if self.passing and not self.goes_on(at, first, last):
            wider = UP[self.base.scope.level] > UP[self.held.scope.level]
            self.held, self.passing = self.base if wider else self.home, False
        if not self.passing:
            self.base = self.held
        self.opening, self.quoted = at, self.speaker(at)

    def hold(self, held: Held, at: int) -> None:
        """Puts a place in force after sentence `at`."""
        if held is self.held:
            return
        self.held, self.passing = held, self.passes(held.scope)
        if not self.passing and at == self.opening and self.is_sibling(held.scope, self.base.scope):
            self.passing, self.base = True, self.home

    def passes(self, found: PlaceScope) -> bool:
        """Whether a place ends with its paragraph: set apart, or named after the paragraph told figures of another."""
        base = self.base.scope
        if (
            found.apart
            or self.words.is_site(found.type)
            or self.chooser.reach.is_somebodys(found)
            or self.is_bracketed(found)
        ):
            return True
        if UP[found.level] > UP[base.level] or (found.province, found.place) == (base.province, base.place):
            return False
        if found.sentence <= self.opening:
            return False
        begin, end = (self.scope.sentences[at].start for at in (self.opening, found.sentence))
        return bisect_left(self.quantity_starts, begin) < bisect_left(self.quantity_starts, end)

    def is_bracketed(self, found: PlaceScope) -> bool:
        """Whether a parenthesis only says where something lies ("Trường A (huyện B)")."""
        return self.folded[found.start - 1 : found.start] == "("

    def is_sibling(self, found: PlaceScope, base: PlaceScope) -> bool:
        """Whether one place takes the turn of another ("Tại A …" in one paragraph, "Ở B …" in the next)."""
        other = found.place.lower() != base.place.lower() and (not found.code or found.code != base.code)
        return other and found.level == base.level and base is not self.home.scope and found.level in LOWER

    def goes_on(self, at: int, first: int, last: int) -> bool:
        """Whether a paragraph goes on about a place named by the way: it quotes, itemises, or speaks of it again."""
        held, start = self.held.scope, self.scope.sentences[at].start
        if at and self.folded[self.scope.sentences[at - 1].end - 1] == ":":
            return True
        if self.words.go_on.match(self.folded, start):
            return True
        inside = self.chooser.scopes[first:last]
        if any(self.holds_a_story(held, found) for found in inside):
            return True
        if any(found.kind == "relative" and (found.code, found.level) == (held.code, held.level) for found in inside):
            return True
        higher = any(UP[found.level] > UP[held.level] for found in inside)
        if held.level not in PERSONAL or higher:
            return False
        name = self.chooser.reach.given_name(held)
        if name and self.scope.view.text.startswith(name, start):
            return True
        return self.words.somebody.match(self.folded, start) is not None or self.pictures.goes_on_with_somebody(at)

    def speaker(self, at: int) -> Held | None:
        """The place of whoever is quoted, where a paragraph opens with the quotation and names the speaker after it."""
        sentences = self.scope.sentences
        start, paragraph = sentences[at].start, sentences[at].paragraph
        if self.folded[start] != QUOTE:
            return None
        while at + 1 < len(sentences) and sentences[at + 1].paragraph == paragraph:
            at += 1
        closing = self.folded.find(QUOTE, start + 1, sentences[at].end)
        found = bisect_left(self.starts, closing)
        if closing < 0 or found == len(self.starts):
            return None
        scope = self.chooser.scopes[found]
        spoken = scope.start < min(sentences[at].end, closing + SPOKEN) and scope.level != "country"
        return Held(scope, "named") if spoken else None

    def in_sentence(self, quantities: Sequence[int], first: int, last: int, held: Held) -> list[Held]:
        """The places of the quantities of one sentence; where provinces are counted, it goes on about the country."""
        found: list[Held] = []
        counted: Span | None = None  # the clause in which provinces are counted
        for index in quantities:
            if self.wholes.is_states_rule(index):
                found.append(self.chooser.country)
                continue
            inside = counted == self.scope.clause_of[index]
            found.append(self.chooser.governing(index, first, last, self.chooser.country if inside else held))
            named = bisect_left(self.starts, self.quantity_starts[index], first, last) > first
            if found[-1] is self.chooser.country and not named:
                counted = self.scope.clause_of[index]
        return found

    def given_back(self, at: int, first: int, last: int) -> Held:
        """What is in force where a sentence begins: the article's own place after a heading or another speaker."""
        sentence = self.scope.sentences[at]
        if self.words.national_source.match(self.folded, sentence.start):
            return self.chooser.country
        held = self.held.scope
        caption = self.passing and held.level in PERSONAL and self.words.somebody.match(self.folded, sentence.start)
        if (sentence.heading and not caption) or self.words.source.match(self.folded, sentence.start):
            return self.home
        if UP[held.level] >= UP[self.home.scope.level]:
            return self.held
        if self.wholes.comes_back(at, held.level, person=self.chooser.reach.is_somebodys(held)):
            return self.home
        named = any(UP[found.level] <= UP[held.level] for found in self.chooser.scopes[first:last])
        turns = self.wholes.is_everywhere(at) or (at == self.opening and self.wholes.turns(at))
        return self.home if turns and self.told and not named else self.held

    def carried(
        self, first: int, last: int, quantities: Sequence[int], found: Sequence[Held], *, heading: bool
    ) -> Held:
        """What is in force after a sentence with the places `scopes[first:last]`."""
        held = self.held
        peers: dict[Level, set[int]] = {}
        for one in found:
            if one.scope.kind in ("named", "bare") and one.scope.start >= 0 and one.scope is not held.scope:
                peers.setdefault(one.scope.level, set()).add(one.scope.start)
        if any(len(starts) > 1 for starts in peers.values()):  # "A 12, B 9": a list told one by one
            return held
        if quantities:  # what stands behind the last quantity is not carried on, but for the list that it counts
            told = bisect_right(self.starts, self.scope.quantities[quantities[-1]].end + 1, first, last)
            last = told + sum(1 for _ in takewhile(self.chooser.reach.is_subjects, self.chooser.scopes[told:last]))
        elif self.turns_to_others(first, last):
            return self.home
        nearest = self.chooser.nearest(first, last, held.scope)
        if nearest and not quantities and self.holds_a_story(held.scope, nearest):
            return held
        return Held(nearest, "heading" if heading else "named") if nearest else held

    def turns_to_others(self, first: int, last: int) -> bool:
        """Whether a sentence without figures goes on from one place to others ("các huyện A, B và C cũng …")."""
        found = self.chooser.scopes[last - 1] if last > first else None
        held = self.held.scope
        if found is None or len(found.members) <= PAIR or UP[held.level] >= UP[self.home.scope.level]:
            return False
        return found.topic > 0 and UP[found.level] >= UP[held.level]

    def holds_a_story(self, held: PlaceScope, found: PlaceScope) -> bool:
        """Whether a place only holds the village of somebody whose story goes on ("chúng tôi về xã A")."""
        above = held.above
        same = above is not None and above.level == found.level and above.code == found.code
        return same and found.kind in ("named", "bare") and self.chooser.reach.is_somebodys(held)

    def link(self, held: Held) -> PlaceLink:
        """The record for a place; one for all quantities it holds for."""
        if id(held) not in self.records:
            self.records[id(held)] = held, self.record(held)
        return self.records[id(held)][1]

    def record(self, held: Held) -> PlaceLink:
        """A place as the public record."""
        scope = held.scope
        province = scope.province
        after = self.gazetteer.province_2025(province)
        name = self.gazetteer.province_name(province)
        text = {"country": self.words.whole_country, "province": self.words.whole_province}.get(
            scope.level, scope.place
        )
        if province == "XX":
            text = scope.place
        territory = NEW if scope.late else OLD
        return PlaceLink(
            province, name, text or None, scope.level if text else None, held.rule if text else None,
            after[0] if after else None, after[1] if after else None, territory if name else None,
        )  # fmt: skip
