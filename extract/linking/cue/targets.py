"""Is a plan that is named the target of the clause, of a list or of the bracket that follow it?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding.cues import Cue, CueIndex
from extract.linking.scope import Scope
from extract.records import Sentence, Term

CLAUSE = re.compile(r"[,;:\u2026]")
QUOTE = " \"'\u201c\u2018-+\u2022"
FAR = 120
HEAD = 10  # words of "theo kế hoạch của tỉnh" before its comma
GIVEN = 2  # words between a plan and its term, and behind that: "kế hoạch | vụ mùa | năm 2024 | của tỉnh"
GIVER = 4  # words between a plan and the bracket that says how much it was: "tỉnh giao"


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans named in one article."""

    scope: Scope
    index: CueIndex
    terms: Sequence[Term]

    def head(self, cue: Cue, end: int) -> bool:
        """Whether a plan opens a clause and a comma sets it off: "Kế hoạch năm nay, xã trồng 30 ha".

        `end` is where the next quantity stands.
        """
        text, sentence, begin = self.index.text, self.sentence(cue), self.clause(cue)
        mark = CLAUSE.search(text, cue.end, min(end, cue.end + FAR))
        if text[begin : cue.start].strip(QUOTE) or mark is None or mark[0] != ",":
            return False
        if cue.reach == "plan":
            last = min(sentence.end, end + FAR)
            stop = CLAUSE.search(text, end, last)
            done = self.index.between("status", end, stop.start() if stop else last)
            near = len(text[cue.end : mark.start()].split()) <= HEAD
            return near and not any(cue.value == "reported" for cue in done)  # "Theo kế hoạch, 30 hộ đã di dời"
        return self.is_of_term(cue.end, mark.start())

    def told(self, cue: Cue) -> bool:
        """Whether the clause of a plan says before it that it was done: "đã giao mỗi chi bộ"."""
        return any(told.value == "reported" for told in self.index.between("status", self.clause(cue), cue.start))

    def sentence(self, cue: Cue) -> Sentence:
        """The sentence of a plan."""
        return self.scope.sentences[bisect_right(self.scope.sentences, cue.start, key=lambda s: s.start) - 1]

    def clause(self, cue: Cue) -> int:
        """Where the clause of a plan begins, or a point inside it."""
        start = max(self.sentence(cue).start, cue.start - FAR)
        return max([start, *(mark.end() for mark in CLAUSE.finditer(self.index.text, start, cue.start))])

    def is_of_term(self, start: int, end: int) -> bool:
        """Whether the span is a stretch of time with few words beside it: "[mục tiêu] giai đoạn 2021 - 2025"."""
        text = self.index.text
        for term in self.terms[bisect_left(self.terms, start - FAR, key=lambda t: t.start) :]:
            if term.start >= end:
                break
            if term.end > start and len(text[term.end : end].split()) <= GIVEN + 1:
                return len(text[start : max(start, term.start)].split()) <= GIVEN
        return False

    def lists(self, cue: Cue, end: int) -> bool:
        """Whether counted aims are set, and some of them follow: "đề ra 5 chỉ tiêu, trong đó thu 20 tỷ đồng"."""
        quantities, text = self.scope.quantities, self.index.text
        at = bisect_left(quantities, cue.start, key=lambda quantity: quantity.start) - 1
        if at < 0 or text[quantities[at].end : cue.start].strip():
            return False
        quantity = quantities[at]
        sets = self.index.between("sets", max(quantity.start - FAR, 0), quantity.start)
        if not sets or not self.index.beside(sets[-1].end, quantity.start, "bound"):
            return False
        mark = CLAUSE.search(text, cue.end, min(end, cue.end + FAR))
        keeps = self.index.between("keep", mark.end(), end) if mark else []
        following = bool(keeps) and mark is not None and not text[mark.end() : keeps[0].start].strip()
        return mark is not None and (mark[0] == ":" or following)

    def brackets(self, cue: Cue, at: int) -> bool:
        """Whether a bracket after a plan gives it as quantity `at`: "vượt kế hoạch tỉnh giao (giảm 1,4%)".

        After a percentage the bracket may as well hold what was reached: "bằng 104% dự toán tỉnh giao (520 tỷ đồng)".
        """
        text, quantities = self.index.text, self.scope.quantities
        start = quantities[at].start
        last = quantities[at - 1].end if at else 0
        mark = text.rfind("(", cue.end, start)
        if mark < 0 or cue.start < last or quantities[at].kind == "ratio" or self.index.beside(last, cue.start, "vs"):
            return False
        given = text[cue.end : mark]
        near = CLAUSE.search(given) is None and len(given.split()) <= GIVER
        return near and self.index.beside(mark + 1, start, "bound", "change", "same", "filler")
