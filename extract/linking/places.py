"""Which place is a figure about?

The nearest place before it in its clause or sentence; a narrower place that follows with "tại", "ở", "của" and no
comma between; else the place in force, carried over sentences until another takes over; else the article's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding.gazetteer import NEW, OLD, UP, Gazetteer
from extract.finding.place_scopes import PlaceScope
from extract.finding.place_words import PlaceWords
from extract.finding.places import Places
from extract.linking.scope import Scope
from extract.patterns import Patterns
from extract.records import Level, PlaceLink, Span

FAR = 40  # so many places are looked at before a quantity in its sentence
NEAR = 60  # a place so near behind a quantity belongs to what is counted ("900 người dân huyện A")
BROAD = ("country", "region", "province")


@dataclass(frozen=True, slots=True)
class Held:
    """The place in force and how it got there."""

    scope: PlaceScope
    rule: str | None


def link_places(scope: Scope, places: Places, patterns: Patterns) -> list[PlaceLink]:
    """The place of each quantity of `scope`, in order.

    >>> from decimal import Decimal
    >>> from extract.finding.places import find_places
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
    return Linker(scope, places, patterns.compiled(PlaceWords)).links()


class Linker:
    """Walks through the quantities of one article with the place in force."""

    def __init__(self, scope: Scope, places: Places, words: PlaceWords) -> None:
        self.scope = scope
        self.places = places
        self.words = words
        self.gazetteer: Gazetteer = words.gazetteer
        self.folded = scope.view.folded
        self.scopes = [found for found in places.scopes if not found.aside]
        self.compared = [found for found in places.scopes if found.aside and found.kind == "country"]
        self.compared_starts = [found.start for found in self.compared]
        self.starts = [found.start for found in self.scopes]
        self.quantity_starts = [quantity.start for quantity in scope.quantities]
        country = PlaceScope(-1, -1, "", "country", "VN", "article")
        self.country = Held(country, "named")
        self.home = Held(places.home, places.home_rule)

    def links(self) -> list[PlaceLink]:
        """One link a quantity."""
        links: list[PlaceLink] = []
        held = self.home
        by_sentence: dict[int, list[int]] = {}
        for index, at in enumerate(self.scope.sentence_of):
            by_sentence.setdefault(at, []).append(index)
        for at, sentence in enumerate(self.scope.sentences):
            first, last = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
            quantities = by_sentence.get(at, [])
            held = self.given_back(at, held)
            found = self.in_sentence(quantities, first, last, held)
            links += [self.link(one) for one in found]
            held = self.carried(first, last, quantities, held, found, heading=sentence.heading)
        return links

    def in_sentence(self, quantities: Sequence[int], first: int, last: int, held: Held) -> list[Held]:
        """The places of the quantities of one sentence; where provinces are counted, it goes on about the country."""
        found: list[Held] = []
        counted: Span | None = None  # the clause in which provinces are counted
        for index in quantities:
            inside = counted == self.scope.clause_of[index]
            found.append(self.governing(index, first, last, self.country if inside else held))
            named = bisect_left(self.starts, self.quantity_starts[index], first, last) > first
            if found[-1] is self.country and not named:
                counted = self.scope.clause_of[index]
        return found

    def given_back(self, at: int, held: Held) -> Held:
        """What is in force where a sentence begins: the article's own place after a heading or another speaker."""
        sentence = self.scope.sentences[at]
        if self.words.national_source.match(self.folded, sentence.start):
            return self.country
        if sentence.heading or self.words.source.match(self.folded, sentence.start):
            return self.home
        return held

    def governing(self, index: int, first: int, last: int, held: Held) -> Held:
        """The place of one quantity; the places of its sentence are `scopes[first:last]`."""
        before = bisect_right(self.starts, self.scope.quantities[index].start, first, last)
        nearest = self.nearest(first, before, held.scope, index)
        chosen = Held(nearest, "named") if nearest else held
        after = self.following(index, self.scopes[before : before + 1], chosen.scope) or self.beside(index)
        if after:
            chosen = Held(after, "named")
        return self.raised(index, self.respective(index, chosen), first, before)

    def respective(self, index: int, chosen: Held) -> Held:
        """The member of a list that a quantity belongs to where the list is told one by one ("lần lượt")."""
        members = chosen.scope.members
        sentence = self.scope.sentences[self.scope.sentence_of[index]]
        if len(members) < 2 or chosen.scope.start < sentence.start:
            return chosen
        starts = self.quantity_starts
        first, last = bisect_left(starts, chosen.scope.end), bisect_left(starts, sentence.end)
        if last - first != len(members) or not first <= index < last:
            return chosen
        if not self.words.respectively.search(self.folded, chosen.scope.end, sentence.end):
            return chosen
        return Held(members[index - first], "named")

    def beside(self, index: int) -> PlaceScope | None:
        """The country, where a quantity is given for comparison right behind it ("bình quân cả nước (42%)")."""
        start = self.quantity_starts[index]
        at = bisect_right(self.compared_starts, start) - 1
        if at < 0 or start - self.compared[at].end > 12:
            return None
        found = self.compared[at]
        return found if self.words.beside.fullmatch(self.folded, found.end, start) else None

    def reaches(self, found: PlaceScope, index: int) -> bool:
        """Whether a place can govern a quantity after it; not where it closes an earlier clause with quantities."""
        begin, _ = self.scope.clause_of[index]
        if found.start >= begin or found.strong:
            return True
        starts = self.quantity_starts
        sentence = self.scope.sentences[self.scope.sentence_of[index]]
        clause = max(self.folded.rfind(";", sentence.start, found.start), sentence.start)
        first, inside = bisect_left(starts, clause), bisect_left(starts, found.end)
        if first >= index or starts[first] > found.start:
            return True
        return inside < index and starts[inside] < self.folded.find(";", found.end, sentence.end)

    def nearest(self, first: int, before: int, held: PlaceScope, index: int | None = None) -> PlaceScope | None:
        """The place that governs what follows `scopes[first:before]`: the last that is more than an office's name."""
        for at in range(before - 1, max(first, before - FAR) - 1, -1):
            found = self.scopes[at]
            if not self.reaches(found, index) if index is not None else not found.topic or found.caption:
                continue
            receives = index is not None and found.end + 2 > self.quantity_starts[index]  # "hỗ trợ xã 2 tỷ đồng"
            if found.kind == "relative" and not found.strong and not receives:
                begin = self.scope.clause_of[index][0] if index is not None else 0
                before_it = self.scopes[at - 1] if at > first else None
                lower = before_it is not None and UP[before_it.level] < UP[found.level]
                opens = before_it is not None and before_it.start < begin <= found.start
                own = found.level == self.home.scope.level != "province"
                above = UP[found.level] > UP[self.home.scope.level]
                if (lower and not opens) or above or (UP[held.level] >= UP[found.level] and not (own or opens)):
                    continue
            if at > first and self.contains(found, self.scopes[at - 1]):
                continue
            return found
        return None

    def contains(self, high: PlaceScope, low: PlaceScope) -> bool:
        """Whether a place only says where the one before it lies ("A là huyện nghèo của tỉnh B")."""
        if UP[high.level] <= UP[low.level] or high.province != low.province or high.kind == "relative" or high.strong:
            return False
        starts = self.quantity_starts
        apart = bisect_left(starts, low.end) < bisect_left(starts, high.start)
        if apart:
            return False
        said = self.words.lies.search(self.folded, low.end, min(high.start, low.end + NEAR)) is not None
        return said or self.words.stands_before(self.scope.view, high.start, "object")

    def following(self, index: int, after: Sequence[PlaceScope], chosen: PlaceScope) -> PlaceScope | None:
        """A narrower place that follows a quantity in its part of the clause."""
        if not after:
            return None
        found, quantity = after[0], self.scope.quantities[index]
        _, end = self.scope.clause_of[index]
        if found.start >= end or self.folded.find(",", quantity.end, found.start) >= 0:
            return None
        counted = self.words.counted.match(self.folded, quantity.end)
        listed = counted is not None and found.start <= counted.end() + 2 and bool(found.members)
        if listed and (found.level == "region" or chosen.province in (None, "VN")):
            return found  # "3 tỉnh A, B và C"
        near = found.kind == "named" and found.level not in BROAD and found.start - quantity.end < NEAR
        if not (found.locative or near) or self.folded[found.start - 1] == "(":
            return None
        if found.level == "province" and not found.strong and self.home.scope.province not in (None, "VN"):
            return None  # somebody studies, sells … there
        if UP[found.level] == UP[chosen.level] and chosen.locative and chosen.start > self.previous_end(index):
            return found  # "3 cây cầu ở A, 2 ở B"
        return found if UP[found.level] < UP[chosen.level] or chosen.start < 0 or found.strong else None

    def previous_end(self, index: int) -> int:
        """Where the quantity before this one ends, if it stands in the same clause; else past everything."""
        begin, _ = self.scope.clause_of[index]
        if index and self.scope.quantities[index - 1].start >= begin:
            return self.scope.quantities[index - 1].end
        return len(self.folded)

    def raised(self, index: int, chosen: Held, first: int, before: int) -> Held:
        """The place, or what it lies in where it cannot hold what is counted ("12 xã" lie in no commune)."""
        quantity = self.scope.quantities[index]
        counted = self.words.counted.match(self.folded, quantity.end)
        if counted is None:
            return chosen
        level = self.words.counted_level[counted["unit"]]
        if level == "province" and chosen.scope.level not in ("country", "region"):
            return self.country
        if UP[chosen.scope.level] > UP[level] or chosen.scope.level == "region":
            return chosen
        for at in range(before - 1, max(first, before - FAR) - 1, -1):
            if UP[self.scopes[at].level] > UP[level]:
                return Held(self.scopes[at], "named")
        if UP[self.home.scope.level] > UP[level]:
            return self.home
        if chosen.scope.above and UP[chosen.scope.above.level] > UP[level]:
            return Held(chosen.scope.above, chosen.rule)
        return chosen

    def carried(
        self, first: int, last: int, quantities: Sequence[int], held: Held, found: Sequence[Held], *, heading: bool
    ) -> Held:
        """What is in force after a sentence with the places `scopes[first:last]`."""
        peers: dict[Level, set[int]] = {}
        for one in found:
            if one.scope.kind in ("named", "bare") and one.scope.start >= 0 and one.scope is not held.scope:
                peers.setdefault(one.scope.level, set()).add(one.scope.start)
        if any(len(starts) > 1 for starts in peers.values()):  # "A 12, B 9": a list told one by one
            return held
        if quantities:  # what stands behind the last quantity is not carried on, but for the list that it counts
            last = bisect_right(self.starts, self.scope.quantities[quantities[-1]].end + 1, first, last)
        nearest = self.nearest(first, last, held.scope)
        return Held(nearest, "heading" if heading else "named") if nearest else held

    def link(self, held: Held) -> PlaceLink:
        """The record for a place."""
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
