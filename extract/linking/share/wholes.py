"""Which whole does "trong đó" divide, and does a percentage or a count speak of a part of it?

"4.700 cán bộ, trong đó 91% có trình độ đại học, nữ chiếm 40%": what stands before "trong đó" is the whole of what
follows it. Where several quantities stand there, the noun of the part tells which one is meant, else its arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.finding.cues import PART, CueIndex
from extract.linking.scope import Scope
from extract.linking.share.totals import Totals
from extract.records import Cues, Share

STEPS = 12  # quantities to go back at most
FAR = 80  # characters between "trong đó" and the first item of its list
NEAR = 20  # characters of a "trong số đó"
ITEM = re.compile(r"\s*(?:[-+*\u2022]|\d+[.)](?!\d)|[a-z\u0111]\))")
MAIN = 2  # shares that make their whole the main one of an article
MISS = 10  # a whole may miss the percentage by a tenth of it
PARTS = 6  # words that may name a part: "trong đó vốn đối ứng của nhân dân 40%"


class Wholes:
    """Follows the wholes that "trong đó" opens through one article."""

    def __init__(
        self, scope: Scope, cues: Sequence[Cues], index: CueIndex, totals: Totals, shares: Sequence[Share]
    ) -> None:
        self.scope, self.cues, self.index, self.totals, self.shares = scope, cues, index, totals, shares
        self.open: list[int] = []  # what "trong đó" may divide, the nearest first
        self.since = 0  # the first quantity after "trong đó"
        self.sentence = 0  # the last sentence that goes on dividing it
        self.items = False  # whether it divides it in the items of a list below
        self.parts: dict[int, int] = {}  # each level after "trong đó", and the nearest whole before it

    def advance(self, at: int) -> None:
        """Notes the whole that a "trong đó" before quantity `at` divides, and forgets the one of another paragraph."""
        number = self.scope.sentence_of[at]
        sentence = self.scope.sentences[number]
        if self.open:
            holder = self.scope.sentences[self.scope.sentence_of[self.open[0]]]
            item = self.items and ITEM.match(self.index.text, sentence.start)
            if (holder.paragraph != sentence.paragraph and not item) or number > self.sentence + 1:
                self.open, self.items = [], False
            elif item:
                self.sentence = number
        begin, start = self.totals.clause_before(at)
        keeps = [cue for cue in self.index.between("keep", begin, start) if cue.value != "on"]
        if keeps and (keeps[0].value == "whole" or keeps[0].start > sentence.start):
            here = [] if keeps[0].start == sentence.start else self.before(at, 0)
            found = [] if self.divides_rate(at, keeps[0].start) else here or self.before(at, 1)
            self.open, self.since, self.sentence = found, at, number
        elif self.listed(at):
            self.open, self.since, self.sentence = self.before(at, 2), at, number
        elif not self.open and self.is_sample(at, begin):
            self.open, self.since, self.sentence = [at], at + 1, number
        if self.open and self.open[0] < at and self.totals.is_level(at):
            self.parts[at] = self.open[0]

    def divides_rate(self, at: int, keep: int) -> bool:
        """Whether "trong đó" at `keep` divides a rate: "tỷ lệ qua đào tạo đạt 76%, trong đó có chứng chỉ 33%"."""
        before = at - 1
        if before < 0 or self.scope.sentence_of[before] != self.scope.sentence_of[at]:
            return False
        rate = self.scope.quantities[before].kind == "percent" and self.shares[before] == Share()
        gap = self.index.text[self.scope.quantities[before].end : keep].strip()
        first = self.totals.clause_before(before)
        named = any(cue.value == "rate" for cue in self.index.between("share", *first))
        return rate and named and gap == "," and self.cues[before].change == "none" and self.cues[before].vs is None

    def listed(self, at: int) -> bool:
        """Whether a "trong số đó:" before the line of quantity `at` opens a list."""
        sentence, last = (
            self.scope.sentences[self.scope.sentence_of[at]],
            self.scope.quantities[at - 1].end if at else 0,
        )
        if not ITEM.match(self.index.text, sentence.start) or self.items:
            return False
        keeps = self.index.between("keep", max(last, sentence.start - FAR), sentence.start)
        self.items = bool(keeps) and self.index.text[keeps[-1].end : sentence.start].strip() == ":"
        return self.items

    def named_after(self, at: int) -> int | None:
        """The whole that a "trong đó" after the percentage points back to: "274 hồ sơ, 81% trong đó nộp trực tuyến"."""
        end = self.scope.quantities[at].end
        keeps = self.index.between("keep", end, end + NEAR)
        if not keeps or keeps[0].value != "whole" or self.index.text[end : keeps[0].start].strip():
            return None
        found = self.before(at, 1)
        return found[0] if found else None

    def is_sample(self, at: int, begin: int) -> bool:
        """Whether a level is what was looked at: "trong số 500 mẫu, …", "qua khảo sát 1.000 người, …"."""
        if not self.totals.is_level(at):
            return False
        start = self.scope.quantities[at].start
        heads = [cue for cue in self.index.between("holds", begin, start) if cue.value == "sample"]
        heads += self.index.between("whole", begin, start)
        return any(self.index.beside(cue.end, start, "bound") for cue in heads) and not self.totals.is_rate(at)

    def before(self, at: int, sentences: int) -> list[int]:
        """What may be divided, the nearest first: levels, and the wholes of shares, in `at`'s sentence or one more."""
        found = list[int]()
        for other in range(at - 1, max(at - STEPS, -1), -1):
            if self.scope.sentence_of[at] - self.scope.sentence_of[other] > sentences:
                break
            whole = other if self.totals.is_level(other) else self.shares[other].den
            if whole is not None and whole not in found and not self.totals.is_rate(whole):
                found.append(whole)
        return found

    def of_count(self, at: int, num: int) -> int | None:
        """The open whole of which `num` is the part, that percentage `at` states again."""
        quantities, nouns = self.scope.quantities, self.totals.nouns(num)[:1]
        part, percent = quantities[num], quantities[at].value
        alike = [
            whole
            for whole in self.open
            if whole < num and quantities[whole].unit == part.unit and quantities[whole].value >= part.value
        ]
        exact = next((whole for whole in alike if self.totals.gives(num, whole, percent)), None)
        found = self.totals.recomputed(at, num) if exact is None else exact
        found = self.main(at, num) if found is None else found
        if found is None:
            beside = (other for other in range(self.since, at) if self.shares[other].den in alike)
            found = next((self.shares[other].den for other in beside if self.is_sibling(other, nouns)), None)
        if found is None:
            same = (whole for whole in alike if quantities[whole].of is None and self.totals.nouns(whole)[:1] == nouns)
            found = next(same, None)
        if found is not None and part.kind == "amount" and self.is_far_off(num, found, percent):
            return None  # "vốn tỉnh 50 tỷ đồng (58%), vốn huyện 20 tỷ đồng (44%)": each has a plan of its own
        return self.divided(at, found)

    def is_far_off(self, num: int, whole: int, percent: Decimal) -> bool:
        """Whether a part and its whole miss a percentage by more than a tenth of it."""
        part, holder = self.scope.quantities[num].value, self.scope.quantities[whole].value
        return MISS * abs(part * 100 - percent * holder) > percent * holder

    def main(self, at: int, num: int) -> int | None:
        """The whole of several shares before, where it gives the percentage too: "… Về trình độ: đại học 412, 43%"."""
        dens = [share.den for share in self.shares if share.den is not None and share.num not in (None, share.den)]
        found = [
            whole
            for whole in dict.fromkeys(dens)
            if dens.count(whole) >= MAIN
            and self.totals.same_unit(num, whole)
            and self.totals.gives(num, whole, self.scope.quantities[at].value)
        ]
        return found[0] if len(found) == 1 else None

    def is_sibling(self, at: int, nouns: Sequence[str]) -> bool:
        """Whether the share `at` restates a count of the same noun: the parts of one list have one whole."""
        num = self.shares[at].num
        return num is not None and self.totals.nouns(num)[:1] == nouns

    def of_percent(self, at: int, words: Sequence[str]) -> int | None:
        """The open whole of which percentage `at` alone states the part; `words` may name it."""
        if not self.open:
            return self.went_on(at)
        if not all(
            self.scope.quantities[other].kind == "percent" or any(share.num == other for share in self.shares[other:])
            for other in range(max(self.since, at - STEPS), at)
        ):
            return None
        if words:
            counted = (whole for whole in self.open if self.totals.counts(whole, words))
            whole = self.open[0] if self.totals.is_predicate(at) else next(counted, None)
            return self.divided(at, whole) if self.leads(at) else None
        return self.divided(at, self.open[0]) if self.names_part(at) else None

    def went_on(self, at: int) -> int | None:
        """All there is, where the percentage opens the next part of its sentence: "có 24 đảng viên, 80% có …"."""
        if not at or self.scope.sentence_of[at - 1] != self.scope.sentence_of[at] or not self.totals.is_predicate(at):
            return None
        begin, start = self.gap(at)
        if begin == self.scope.quantities[at - 1].end or not self.index.beside(
            begin, start, "bound", "filler", "opener"
        ):
            return None
        last = self.shares[at - 1]
        if last.num is None and last.den is not None and self.totals.is_predicate(at - 1):
            return last.den  # "…, 60% là nữ"
        whole = self.totals.is_level(at - 1) and not self.totals.is_rate(at - 1) and self.totals.is_all(at - 1)
        return at - 1 if whole else None

    def divided(self, at: int, whole: int | None) -> int | None:
        """`whole`, noted as divided up to the sentence of `at`."""
        if whole is not None:
            self.sentence = self.scope.sentence_of[at]
        return whole

    def gap(self, at: int) -> tuple[int, int]:
        """The span between "trong đó", a mark or the quantity before, and percentage `at`."""
        start = self.scope.quantities[at].start
        begin = max(
            self.scope.sentences[self.scope.sentence_of[at]].start, self.scope.quantities[at - 1].end if at else 0
        )
        ends = [cue.end for slot in ("keep", "and") for cue in self.index.between(slot, begin, start)]
        return max([begin, *ends, *(part.end() for part in PART.finditer(self.index.text, begin, start))]), start

    def leads(self, at: int) -> bool:
        """Whether the percentage opens its part of the list: "trong đó 91% có …, 12% là …"."""
        begin, start = self.gap(at)
        if self.open[0] == at - 1:  # "trong 143 xã có 50% …"
            begin = max([begin, *(cue.start for cue in self.index.between("holds", begin, start))])
        return self.index.beside(begin, start, "bound", "filler", "opener")

    def names_part(self, at: int) -> bool:
        """Whether the words before the percentage name a part: "nữ chiếm 30%", "vốn vay 60%", "dân đóng góp 20%"."""
        begin, start = self.gap(at)
        done = [cue for cue in self.index.between("outcome", begin, start) if cue.value != "late"]
        if any(self.index.text[begin : cue.start].strip() for cue in done):
            return False  # "khối lớp chọn đỗ 99%" is the rate of those
        if any(cue.value == "strong" for cue in self.index.between("share", begin, start)):
            return True
        if self.index.between("part", begin, start):
            return self.scope.quantities[self.open[0]].kind == "amount"
        first = self.totals.clause_before(at)[0]
        rate = any(cue.value == "rate" for cue in self.index.between("share", first, start))
        if at == self.since and rate and self.index.between("keep", first, start):
            return True  # "tỷ lệ nữ trong số đó đạt 10%"
        said = self.index.between("verb", begin, start) + self.index.between("share", begin, start)
        if said and any(self.shares[other].den == self.open[0] for other in range(self.since, at)):
            said = [cue for cue in said if not self.index.beside(cue.start, start, "verb", "share", "bound")]
        short = 0 < len(self.index.text[begin:start].split()) <= PARTS
        return not said and short and self.totals.same_place(at, self.open[0])
