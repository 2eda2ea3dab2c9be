"""Which place does one quantity belong to, given the places of its sentence and the one in force?

The nearest place before it in its clause or sentence; a narrower place that follows with "tại", "ở", "của" and no
comma between; the item of a list told one by one ("lần lượt"); the speaker's place, in a quotation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding.place.gazetteer import UP
from extract.finding.place.places import Places
from extract.finding.place.scopes import PlaceScope
from extract.finding.place.words import PlaceWords, occurrences
from extract.linking.place.reach import BROAD, Reach
from extract.linking.scope import Scope

FAR = 40  # so many places are looked at before a quantity in its sentence
NEAR = 60  # a place so near behind a quantity belongs to what is counted ("900 người dân huyện A")
LEAD = 15  # an office whose place stands so near to the start of its sentence acts in it
LOWEST = ("commune", "village")


@dataclass(frozen=True, slots=True)
class Held:
    """The place in force and how it got there."""

    scope: PlaceScope
    rule: str | None


class Chooser:
    """Finds the place of single quantities in one article."""

    def __init__(self, scope: Scope, places: Places, words: PlaceWords) -> None:
        self.scope = scope
        self.words = words
        self.folded = scope.view.folded
        self.scopes = [found for found in places.scopes if not found.aside]
        self.starts = [found.start for found in self.scopes]
        self.compared = [found for found in places.scopes if found.aside and found.kind == "country"]
        self.compared_starts = [found.start for found in self.compared]
        self.quantity_starts = [quantity.start for quantity in scope.quantities]
        self.respectively = sorted(occurrences(words.respectively, self.folded))
        self.country = Held(PlaceScope(-1, -1, "", "country", "VN", "article"), "named")
        self.home = Held(places.home, places.home_rule)
        self.reach = Reach(scope, self.scopes, words, places.home)

    def governing(self, index: int, first: int, last: int, held: Held) -> Held:
        """The place of one quantity; the places of its sentence are `scopes[first:last]`."""
        before = bisect_right(self.starts, self.scope.quantities[index].start, first, last)
        nearest = self.nearest(first, before, held.scope, index)
        lead = self.reach.led_in(index, before, last)
        if lead and (nearest is None or self.reach.is_described(index)):
            return Held(lead, "named")
        if nearest:
            chosen = self.home if self.is_sum(index, first, before) else Held(nearest, "named")
        else:
            chosen = self.home if self.is_set_against(held.scope, before, last) else held
        after = self.following(index, self.scopes[before : before + 1], chosen.scope) or self.beside(index)
        if after:
            chosen = Held(after, "named")
        return self.raised(index, self.respective(index, chosen), first, before)

    def is_sum(self, index: int, first: int, before: int) -> bool:
        """Whether a quantity sums up what was told of two places before it ("A 5, B 6, cộng lại 11")."""
        parts = [
            found
            for found in self.scopes[max(first, before - FAR) : before]
            if found.level == self.scopes[before - 1].level
        ]
        if len({found.start for found in parts}) < 2 or UP[parts[-1].level] > UP[self.home.scope.level]:
            return False
        if UP[parts[-1].level] == UP[self.home.scope.level] and not self.home.scope.late:
            return False
        start = self.quantity_starts[index]
        said = self.words.sum.search(self.folded, max(parts[-1].end, start - NEAR), start)
        return said is not None

    def is_set_against(self, held: PlaceScope, before: int, last: int) -> bool:
        """Whether the sentence goes on with "riêng A" where A does not lie in the place in force: it speaks of both."""
        found = self.scopes[before] if before < last else None
        if found is None or not found.apart or UP[held.level] >= UP[self.home.scope.level]:
            return False
        return UP[found.level] >= UP[held.level]

    def respective(self, index: int, chosen: Held) -> Held:
        """The item of a list that a quantity belongs to where the list is told one by one ("lần lượt").

        The list stands before that word in its sentence; else it is the last of as many places ("ba tỉnh lần lượt").
        """
        sentence = self.scope.sentences[self.scope.sentence_of[index]]
        quantity = self.quantity_starts[index]
        after = bisect_left(self.respectively, (sentence.start, 0))
        if after == len(self.respectively) or self.respectively[after][0] >= sentence.end:
            return chosen
        said, said_end = self.respectively[after]
        first = bisect_left(self.quantity_starts, said_end)
        last = bisect_left(self.quantity_starts, sentence.end)
        members = chosen.scope.members if chosen.scope.start >= sentence.start else ()
        if not members and quantity > said:
            members = self.last_list(sentence.start, said, last - first)
        elif chosen.scope.start > said:
            first = bisect_left(self.quantity_starts, chosen.scope.end)
        elif quantity < said:  # "A và B nhận 5 và 4 tỷ đồng, tương ứng": told before the word
            first, last = bisect_left(self.quantity_starts, chosen.scope.end), first
        if len(members) < 2 or last - first != len(members) or not first <= index < last:
            return chosen
        return Held(members[index - first], "named")

    def last_list(self, begin: int, start: int, count: int) -> tuple[PlaceScope, ...]:
        """The last `count` places before `start`: a list, or told one by one in the sentence before `begin`."""
        last = bisect_left(self.starts, start)
        before = self.scopes[max(0, last - FAR) : last]
        apart = [found for found in before[-count:] if not found.members and found.start < begin]
        told = {(found.level, found.place, found.province) for found in apart}
        if len({found.sentence for found in apart}) == 1 and len(told) == count and len({one[0] for one in told}) == 1:
            return tuple(apart)
        found = next((found for found in reversed(before) if found.members), None)
        return found.members if found and len(found.members) == count else ()

    def beside(self, index: int) -> PlaceScope | None:
        """The country, where a quantity is given for comparison right behind it ("bình quân cả nước (42%)")."""
        start = self.quantity_starts[index]
        at = bisect_right(self.compared_starts, start) - 1
        if at < 0 or start - self.compared[at].end > 12:
            return None
        found = self.compared[at]
        if self.folded[found.end : start].isspace() and self.words.differs.search(
            self.folded, max(0, found.start - NEAR), found.start
        ):
            return None  # "cao hơn bình quân cả nước 2,6%": a difference
        return found if self.words.beside.fullmatch(self.folded, found.end, start) else None

    def nearest(self, first: int, before: int, held: PlaceScope, index: int | None = None) -> PlaceScope | None:
        """The place that governs what follows `scopes[first:before]`: the last that is more than an office's name."""
        for at in range(before - 1, max(first, before - FAR) - 1, -1):
            found = self.scopes[at]
            if not self.reach.reaches(found, index) if index is not None else not self.reach.lasts(found):
                continue
            receives = index is not None and found.end + 2 > self.quantity_starts[index]  # "hỗ trợ xã 2 tỷ đồng"
            if at > first and self.reach.is_origin(found, self.scopes[first]):
                continue
            if found.kind == "relative" and not found.strong and not receives:
                begin = self.scope.clause_of[index][0] if index is not None else 0
                before_it = self.scopes[at - 1] if at > first else None
                lower = before_it is not None and UP[before_it.level] < UP[found.level]
                opens = before_it is not None and before_it.start < begin <= found.start
                own = found.level == self.home.scope.level != "province"
                above = UP[found.level] > UP[self.home.scope.level]
                leads = index is not None and (self.leads(found, index) or self.decides(found))
                if not leads and held.level in LOWEST and self.helps(found):
                    continue
                if leads and not above:
                    return found
                if (lower and not opens) or above or (UP[held.level] >= UP[found.level] and not (own or opens)):
                    continue
            if at > first and self.contains(found, self.scopes[at - 1]):
                continue
            return found
        return None

    def helps(self, found: PlaceScope) -> bool:
        """Whether a place without a name only gives somebody something ("vay vốn từ Ngân hàng huyện")."""
        return self.words.helper.search(self.folded, max(0, found.start - NEAR), found.start) is not None

    def decides(self, found: PlaceScope) -> bool:
        """Whether a place's office makes a rule for all of it ("HĐND tỉnh thông qua nghị quyết")."""
        return self.words.decides.match(self.folded, found.end) is not None

    def leads(self, found: PlaceScope, index: int) -> bool:
        """Whether a place opens the sentence of a quantity ("Công an huyện bắt giữ 4 người")."""
        return found.start - self.scope.sentences[self.scope.sentence_of[index]].start <= LEAD

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
        if not found.members and self.reach.own_bracket(found, index):
            return found
        if chosen.start >= 0 and UP[found.level] > UP[chosen.level] and self.reach.is_share_of(found, index):
            return None
        if self.reach.closing_bracket(found) and self.folded.find("(", quantity.end, found.start) >= 0:
            return None  # "3 cầu hỏng (tại xã A 1 cầu, xã B 2)"
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

    def merged_provinces(self) -> int:
        """How many provinces became the one that the article is about."""
        later = self.words.gazetteer.province_2025(self.home.scope.province)
        return self.words.gazetteer.merged.get(later[0], 0) if later else 0

    def raised(self, index: int, chosen: Held, first: int, before: int) -> Held:
        """The place, or what it lies in where it cannot hold what is counted ("12 xã" lie in no commune)."""
        quantity = self.scope.quantities[index]
        counted = self.words.counted.match(self.folded, quantity.end)
        if counted is None:
            return chosen
        level = self.words.counted_level[counted["unit"]]
        if level == "province" and chosen.scope.level not in ("country", "region"):
            merged = self.home.scope.late and quantity.value == self.merged_provinces()
            return self.home if merged else self.country
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
