"""Which whole do the words around a percentage name ("20% tổng số hộ"), or its arithmetic give?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.finding.cues import PART, Cue, CueIndex
from extract.linking.scope import Scope
from extract.records import Cues, PlaceLink, Share, Subject

LONGEST = 120  # characters of a counted phrase
NEAR = 40  # characters of a counted noun
WINDOW = 150  # quantities on each side among which a whole is looked for
AVERAGED = 8  # words of "bình quân mỗi xã, phường có" after "mỗi"
PAIRS = 8  # quantities on each side among which a part and its whole are looked for
SENTENCES = 20  # how far a whole may stand that only arithmetic finds
DIGITS = 2  # digits of a percentage that are no chance: many a pair gives "0,05%"
FAR = 150  # characters between the name of a total and its number
ASIDE = re.compile(r"\([^()]{0,120}\)")


class Totals:
    """Looks up named totals in one article."""

    def __init__(
        self,
        scope: Scope,
        cues: Sequence[Cues],
        index: CueIndex,
        subjects: Sequence[Subject] | None,
        places: Sequence[PlaceLink] | None,
    ) -> None:
        self.scope, self.cues, self.index, self.subjects, self.places = scope, cues, index, subjects, places
        self.text = index.text
        self.known: dict[int, list[str]] = {}

    def words(self, at: int, start: int | None = None) -> list[str]:
        """The words after quantity `at` (or from `start`) up to the next mark or number, at most four."""
        start = self.scope.quantities[at].end if start is None else start
        following = self.scope.quantities[at + 1].start if at + 1 < len(self.scope.quantities) else len(self.text)
        end = min(self.scope.sentences[self.scope.sentence_of[at]].end, max(following, start), start + NEAR)
        return PART.split(self.text[start:end], maxsplit=1)[0].split()[:4]

    def counted(self, at: int) -> list[str]:
        """The words after a level up to the next mark, number or "và"."""
        scope, end = self.scope, self.scope.quantities[at].end
        following = scope.quantities[at + 1].start if at + 1 < len(scope.quantities) else len(self.text)
        stop = min(scope.sentences[scope.sentence_of[at]].end, following, end + LONGEST)
        part = PART.search(self.text, end, stop)
        stop = part.start() if part else stop
        links = [cue.start for slot in ("and", "keep") for cue in self.index.between(slot, end, stop)]
        return self.text[end : min([stop, *links])].split()

    def nouns(self, at: int) -> list[str]:
        """The words of what quantity `at` counts."""
        if at not in self.known:
            unit = self.subjects[at].unit if self.subjects else None
            self.known[at] = unit.lower().replace(",", "").split() if unit else self.words(at)
        return self.known[at]

    def is_level(self, at: int) -> bool:
        """Whether a quantity is a count or an amount that stands for itself."""
        return self.scope.quantities[at].kind != "percent" and self.cues[at].change == "none"

    def is_rate(self, at: int) -> bool:
        """Whether a quantity is one thing per another ("38 người/xã", "bình quân mỗi xã có 38"), which has no parts."""
        if "/" in (self.scope.quantities[at].unit or " ".join(self.nouns(at)[:2])):
            return True
        begin, start = self.clause_before(at)
        averages = self.index.between("average", begin, start)
        if averages and len(self.text[averages[-1].end : start].split()) <= AVERAGED:
            return True
        above = [cue for cue in self.index.between("bound", max(begin, start - 8), start) if cue.value == "more"]
        return self.cues[at].bound == "exact" and any(self.index.beside(cue.end, start) for cue in above)

    def is_all(self, at: int, *, planned: bool = False) -> bool:
        """Whether the words before a count show that it is all there is: "có 120 trường", "tiếp nhận 900 hồ sơ".

        With `planned`, that it was allotted: "được giao 900 tỷ đồng".
        """
        begin, start = self.clause_before(at)
        found = self.index.between("holds", begin, start) + self.index.between("total", begin, start)
        beside = [cue for cue in found if self.index.beside(cue.end, start, "bound")]
        if beside or planned:
            return not planned or any(cue.value == "given" for cue in beside)
        joined = [cue for cue in self.index.between("and", begin, start) if cue.value == "with"]
        joins = bool(joined) and self.index.beside(joined[-1].end, start, "bound")
        return joins and self.scope.quantities[at - 1].end == begin and self.is_all(at - 1)  # "có 3 thôn với 620 hộ"

    def is_total(self, at: int) -> bool:
        """Whether a count is all there is, or called a total: "tổng số đại biểu được triệu tập là 350 người"."""
        begin, start = self.clause_before(at)
        named = [cue for cue in self.index.between("total", begin, start) if cue.value == "named"]
        return self.is_all(at) or (bool(named) and not PART.search(self.text, named[-1].end, start))

    def same_place(self, one: int, other: int) -> bool:
        """Whether two quantities speak of the same place, as far as places are known."""
        if self.places is None:
            return True
        here, there = self.places[one], self.places[other]
        return (here.province, here.level, here.place) == (there.province, there.level, there.place)

    def around(self, at: int) -> range:
        """The quantities among which the whole of `at` is looked for."""
        return range(max(at - WINDOW, 0), min(at + WINDOW, len(self.scope.quantities)))

    def named(self, at: int) -> Cue | None:
        """The "tổng số", "tổng" or "số" that follows the percentage `at`."""
        end = self.scope.quantities[at].end
        for total in self.index.between("total", end, end + 20):
            if not self.text[end : total.start].strip():
                return total
        return None

    def follows(self, at: int) -> bool:
        """Whether words follow the percentage that may name its whole ("chiếm 20% diện tích")."""
        end = self.scope.quantities[at].end
        changes = self.index.between("change", end, end + NEAR)
        return bool(self.words(at)) and not (changes and not self.text[end : changes[0].start].strip())

    def is_measure(self, at: int) -> bool:
        """Whether just the name of a measure follows the percentage: "chiếm 40% diện tích"."""
        end = self.scope.quantities[at].end
        names = [
            cue for cue in self.index.between("measure", end, end + NEAR) if not self.text[end : cue.start].strip()
        ]
        return any(PART.match(self.text, cue.end) or cue.end == len(self.text) for cue in names)

    def measured(self, at: int, num: int) -> int | None:
        """The one amount before, in the unit of `num` and for its place, that gives the percentage as printed."""
        percent, quantities = self.scope.quantities[at].value, self.scope.quantities
        found = [
            other
            for other in range(max(num - WINDOW, 0), num)
            if quantities[other].kind == "amount"
            and self.is_level(other)
            and self.same_unit(num, other)
            and self.same_place(num, other)
            and self.gives(num, other, percent)
        ]
        return found[-1] if len({quantities[other].value for other in found}) == 1 else None

    def is_predicate(self, at: int) -> bool:
        """Whether a verb follows the percentage, so that its words name no whole: "91% có trình độ đại học"."""
        end = self.scope.quantities[at].end
        return any(not self.text[end : cue.start].strip() for cue in self.index.between("predicate", end, end + NEAR))

    def counts(self, whole: int, words: Sequence[str]) -> bool:
        """Whether `whole` counts, or an amount measures, the noun that `words` open with."""
        if same_noun(words, self.nouns(whole)):
            return True
        if self.scope.quantities[whole].kind != "amount" or not words:
            return False
        begin, start = self.clause_before(whole)
        return f" {' '.join(words[:2])} " in f" {PART.split(self.text[begin:start])[-1]} "

    def is_called(self, whole: int, at: int) -> bool:
        """Whether the total named after `at` is what quantity `whole` counts."""
        total = self.named(at)
        return total is not None and self.counts(whole, self.words(at, total.end))

    def stated(self, at: int, num: int | None = None) -> int | None:
        """The quantity that states the total named after `at`, where all that could do agree on its value.

        The last one before `at`, else the first one after it. With the part `num`, arithmetic may tell too.
        """
        total = self.named(at)
        if total is None:
            return None
        words = self.words(at, total.end)
        found = set(self.wholes(at, words)) - {at, num}
        for one in (True, False):
            found = found or set(self.named_elsewhere(at, words, total=one)) - {at, num}
        if num is None:
            found = found or set(self.counted_elsewhere(at, words)) - {at}
        quantities = self.scope.quantities
        if num is not None:  # what is smaller than the part is another part: "vi phạm tốc độ 174 vụ"
            part = quantities[num].value
            found = {other for other in found if (quantities[other].of or quantities[other].value) >= part}
        if len({quantities[other].of or quantities[other].value for other in found}) != 1:
            return None if num is None else self.recomputed(at, num)
        return max((other for other in found if other < at), default=min(found))

    def wholes(self, at: int, words: Sequence[str]) -> Iterator[int]:
        """The ratios, and the counts beside a "tổng số", of the noun that the total names."""
        for other in self.around(at):
            quantity = self.scope.quantities[other]
            before = self.index.between("total", max(quantity.start - 12, 0), quantity.start)
            opened = quantity.kind == "count" and before and self.index.beside(before[-1].end, quantity.start, "bound")
            if (quantity.kind == "ratio" or opened) and self.counts(other, words):
                yield other

    def counted_elsewhere(self, at: int, words: Sequence[str]) -> Iterator[int]:
        """The counts of the same place that count just what the total names: "còn 9.800 hộ nghèo, …"."""
        for other in self.around(at) if len(words) > 1 else ():
            if self.is_level(other) and self.words(other) == words and self.same_place(at, other):
                yield other

    def named_elsewhere(self, at: int, words: Sequence[str], *, total: bool) -> Iterator[int]:
        """The levels of the same place that follow the same words: "tổng dư nợ toàn chi nhánh đạt 166 tỷ đồng".

        With `total`, "tổng" must stand before the words; without, they must be two and open their clause.
        """
        name = " ".join(words[:2])
        for other in self.around(at) if len(words) > (not total) else ():
            if not self.is_level(other) or self.is_rate(other) or not self.same_place(at, other):
                continue
            begin, start = self.clause_before(other)
            said = ASIDE.sub(lambda aside: " " * len(aside[0]), self.text[begin:start])
            named = said.rfind(name)
            if named < 0 or PART.search(said, named) or said[named + len(name) : named + len(name) + 1].isalpha():
                continue
            lead = PART.split(said[:named])
            opens = not lead[-1].strip() and (
                len(lead) > 1 or not other or begin > self.scope.quantities[other - 1].end
            )
            leads = self.index.between("total", begin, begin + named)
            called = bool(leads) and not said[leads[-1].end - begin : named].strip()
            if called if total else opens:
                yield other

    def clause_before(self, at: int) -> tuple[int, int]:
        """The span from the quantity before, or the start of the sentence, to quantity `at`."""
        start, last = self.scope.quantities[at].start, self.scope.quantities[at - 1].end if at else 0
        return max(last, start - FAR, self.scope.sentences[self.scope.sentence_of[at]].start), start

    def restating(self, at: int) -> Share:
        """The share of a percentage that restates `at`: a ratio is its own whole."""
        return Share(at, at if self.scope.quantities[at].of is not None else None)

    def gives(self, num: int, den: int, percent: Decimal) -> bool:
        """Whether num / den (of a ratio: its whole) is the percentage as printed, rounded or cut off."""
        part, holder = self.scope.quantities[num].value, self.scope.quantities[den]
        whole = (holder.of or holder.value) if num == den else holder.value
        step = Decimal(1).scaleb(min(int(percent.as_tuple().exponent), 0))
        return 0 < part <= whole and abs(part * 100 - percent * whole) < step * whole

    def recomputed(self, at: int, num: int) -> int | None:
        """The whole that no word points at: the one quantity that gives the percentage as printed.

        Printed to two decimals, or to one by a quantity of the next sentences, it is no chance; else the nouns must be
        the same too, and the whole of a percentage without decimals must stand close by.
        """
        quantities, percent = self.scope.quantities, self.scope.quantities[at].value
        decimals = -min(int(percent.as_tuple().exponent), 0)
        found = list[int]()
        for other in self.around(at):
            far = abs(self.scope.sentence_of[at] - self.scope.sentence_of[other])
            if far > (SENTENCES if decimals else 1) or other == num or not self.is_level(other):
                continue
            sure = decimals >= 2 or (decimals == 1 and far <= 2) or self.alike(num, other)
            if sure and self.same_unit(num, other) and self.gives(num, other, percent):
                found.append(other)
        if any(quantities[other].value != quantities[num].value for other in found):
            found = [other for other in found if quantities[other].value != quantities[num].value]
        else:  # all of them: the whole is the count before it
            found = [num - 1] if num - 1 in found and self.alike(num, num - 1) else []
        return found[0] if len({quantities[other].value for other in found}) == 1 else None

    def pair(self, at: int) -> Share:
        """The one part and whole of the same noun in the sentence (to two decimals: or beside it) that give `at`."""
        percent = self.scope.quantities[at].value
        decimals = -min(int(percent.as_tuple().exponent), 0)
        if not decimals or (percent < 1 and len(percent.as_tuple().digits) < DIGITS):
            return Share()
        near = [
            other
            for other in range(max(at - PAIRS, 0), min(at + PAIRS, len(self.scope.quantities)))
            if abs(self.scope.sentence_of[other] - self.scope.sentence_of[at]) <= (decimals > 1)
            and self.is_level(other)
            and self.scope.quantities[other].high is None
        ]
        found = [
            Share(num, den)
            for num in near
            for den in near
            if num != den
            and (self.alike(num, den) or self.scope.quantities[num].kind == "amount")
            and self.same_unit(num, den)
            and self.gives(num, den, percent)
        ]
        return found[0] if len(found) == 1 else Share()

    def alike(self, one: int, other: int) -> bool:
        """Whether two quantities count the same noun."""
        return self.nouns(one)[:1] == self.nouns(other)[:1] != []

    def same_unit(self, one: int, other: int) -> bool:
        """Whether one quantity can be a part of the other: both counts, or amounts of one unit."""
        return self.scope.quantities[one].unit == self.scope.quantities[other].unit


def same_noun(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two counted nouns begin alike: their first two words, or the only one.

    >>> same_noun(["đơn", "vị", "cấp"], ["đơn", "vị"]), same_noun(["đơn", "vị"], ["đơn", "thư"])
    (True, False)
    >>> same_noun(["xã"], ["xã", "đạt"])
    True
    """
    size = min(len(one), len(other), 2)
    return size > 0 and list(one[:size]) == list(other[:size])
