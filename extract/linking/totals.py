"""Which whole do the words after a percentage name ("20% tổng số hộ"), or its arithmetic give?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from extract.finding.cues import PART, Cue, CueIndex
from extract.linking.scope import Scope
from extract.records import Cues, Subject

NEAR = 40  # characters of a counted noun
WINDOW = 150  # quantities on each side among which a whole is looked for
SENTENCES = 20  # how far a whole may stand that only arithmetic finds
FAR = 150  # characters between the name of a total and its number


class Totals:
    """Looks up named totals in one article."""

    def __init__(self, scope: Scope, cues: Sequence[Cues], index: CueIndex, subjects: Sequence[Subject] | None) -> None:
        self.scope, self.cues, self.index, self.subjects = scope, cues, index, subjects
        self.text = index.text
        self.known: dict[int, list[str]] = {}

    def words(self, at: int, start: int | None = None) -> list[str]:
        """The words after quantity `at` (or from `start`) up to the next mark or number, at most four."""
        start = self.scope.quantities[at].end if start is None else start
        following = self.scope.quantities[at + 1].start if at + 1 < len(self.scope.quantities) else len(self.text)
        end = min(self.scope.sentences[self.scope.sentence_of[at]].end, max(following, start), start + NEAR)
        return PART.split(self.text[start:end], maxsplit=1)[0].split()[:4]

    def nouns(self, at: int) -> list[str]:
        """The words of what quantity `at` counts."""
        if at not in self.known:
            unit = self.subjects[at].unit if self.subjects else None
            self.known[at] = unit.lower().split() if unit else self.words(at)
        return self.known[at]

    def around(self, at: int) -> range:
        """The quantities among which the whole of `at` is looked for."""
        return range(max(at - WINDOW, 0), min(at + WINDOW, len(self.scope.quantities)))

    def named(self, at: int) -> Cue | None:
        """The "tổng số", "tổng" or "số" that follows the percentage `at`."""
        end = self.scope.quantities[at].end
        for total in self.index.between("total", end, end + 12):
            if not self.text[end : total.start].strip():
                return total
        return None

    def is_called(self, whole: int, at: int) -> bool:
        """Whether the total named after `at` is what quantity `whole` counts."""
        total = self.named(at)
        return total is not None and same_noun(self.words(at, total.end), self.nouns(whole))

    def stated(self, at: int) -> int | None:
        """The quantity that states the total named after `at`, where all that could do agree on its value.

        The last one before `at`, else the first one after it.
        """
        total = self.named(at)
        if total is None:
            return None
        found = sorted({*self.wholes(at, total), *self.named_elsewhere(at, total)} - {at})
        quantities = self.scope.quantities
        if len({quantities[other].of or quantities[other].value for other in found}) != 1:
            return None
        return max((other for other in found if other < at), default=found[0])

    def wholes(self, at: int, total: Cue) -> Iterator[int]:
        """The ratios, and the counts beside a "tổng số", of the noun that the total names."""
        nouns = self.words(at, total.end)
        for other in self.around(at):
            quantity = self.scope.quantities[other]
            before = self.index.between("total", max(quantity.start - 12, 0), quantity.start)
            opened = quantity.kind == "count" and before and self.index.beside(before[-1].end, quantity.start, "bound")
            if (quantity.kind == "ratio" or opened) and same_noun(nouns, self.nouns(other)):
                yield other

    def named_elsewhere(self, at: int, total: Cue) -> Iterator[int]:
        """The levels that follow the same words: "tổng dư nợ các chương trình đạt 166 tỷ đồng"."""
        words = self.words(at, total.end)
        if not words:
            return
        name = f"{self.text[total.start : total.end]} {' '.join(words)}"
        for number in self.around(at):
            quantity = self.scope.quantities[number]
            if quantity.kind == "percent" or self.cues[number].change != "none":
                continue
            last = self.scope.quantities[number - 1].end if number else 0
            begin = max(last, quantity.start - FAR, self.scope.sentences[self.scope.sentence_of[number]].start)
            named = self.text.rfind(name, begin, quantity.start)
            if named >= 0 and not PART.search(self.text, named, quantity.start):
                yield number

    def gives(self, num: int, den: int, percent: Decimal) -> bool:
        """Whether num / den is the percentage as printed, rounded or cut off."""
        part, whole = self.scope.quantities[num].value, self.scope.quantities[den].value
        step = Decimal(1).scaleb(min(int(percent.as_tuple().exponent), 0))
        return 0 < part < whole and abs(Fraction(part) / Fraction(whole) * 100 - Fraction(percent)) < Fraction(step)

    def recomputed(self, at: int, num: int) -> int | None:
        """The whole that no word points at: the one count of the same thing that gives the percentage as printed.

        A percentage of whole figures is given by chance too often: its whole must stand close by.
        """
        percent, nouns, found = self.scope.quantities[at].value, self.nouns(num)[:1], list[int]()
        reach = 1 if int(percent.as_tuple().exponent) == 0 else SENTENCES
        for other in self.around(at):
            quantity = self.scope.quantities[other]
            level = quantity.kind != "percent" and self.cues[other].change == "none"
            near = abs(self.scope.sentence_of[at] - self.scope.sentence_of[other]) <= reach
            if level and near and self.gives(num, other, percent) and self.nouns(other)[:1] == nouns != []:
                found.append(other)
        return found[0] if len({self.scope.quantities[other].value for other in found}) == 1 else None


def same_noun(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two counted nouns begin alike: their first two words, or the only one.

    >>> same_noun(["đơn", "vị", "cấp"], ["đơn", "vị"]), same_noun(["đơn", "vị"], ["đơn", "thư"])
    (True, False)
    >>> same_noun(["xã"], ["xã", "đạt"])
    True
    """
    size = min(len(one), len(other), 2)
    return size > 0 and list(one[:size]) == list(other[:size])
