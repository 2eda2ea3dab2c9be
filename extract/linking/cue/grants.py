"""Is a part of a sum granted to a class of people? Such a percentage is a rule: "hộ nghèo được hỗ trợ 30% mức đóng"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding.cues import Cue, CueIndex
from extract.linking.scope import Scope
from extract.records import Quantity, Sentence

FAR = 120


@dataclass(frozen=True, slots=True)
class Grants:
    """The grants named in one article; `starts` are where its quantities begin."""

    scope: Scope
    index: CueIndex
    starts: Sequence[int]

    def to_class(self, cue: Cue, end: int, sentence: Sentence) -> bool:
        """Whether the class stands before the grant: "hộ nghèo được hỗ trợ 30% mức đóng".

        Counted people ("120 hộ nghèo được hỗ trợ 30% mức đóng") were granted it already.
        """
        at = bisect_left(self.starts, end)
        return (
            self.is_part(at, cue, end)
            and bool(self.index.between("class", sentence.start, cue.start))
            and bisect_left(self.starts, sentence.start) == at
        )

    def for_class(self, cue: Cue, end: int, sentence: Sentence) -> bool:
        """Whether the class stands behind the grant: "hỗ trợ 30% mức đóng cho người thuộc hộ nghèo"."""
        at = bisect_left(self.starts, end)
        if not self.is_part(at, cue, end):
            return False
        last = self.scope.quantities[at].end
        after = self.starts[at + 1] if at + 1 < len(self.starts) else sentence.end
        return bool(self.index.between("class", last, min(after, sentence.end, last + FAR)))

    def is_part(self, at: int, cue: Cue, end: int) -> bool:
        """Whether quantity `at`, the first from `end` on, is a percentage of a sum, right after the cue."""
        if at == len(self.starts) or self.scope.quantities[at].kind != "percent":
            return False
        quantity: Quantity = self.scope.quantities[at]
        bases = self.index.between("base", quantity.end, quantity.end + FAR)
        named = bool(bases) and not self.index.text[quantity.end : bases[0].start].strip()
        return named and self.index.beside(cue.end, end, "bound", "filler")
