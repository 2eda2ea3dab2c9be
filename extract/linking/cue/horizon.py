"""Which terms of an article lie ahead of its day, and which are over? What is due is a target, what is over is told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extract.records import Term

MARK = re.compile(r"[,;]")
NEAR = 14  # characters between "nếu" and its term: "nếu như vào | cuối năm 2019"
WORDS = 2  # words between a mark and the term that opens the clause
STRETCHES = frozenset({"as_of", "month", "quarter", "half"})
YEAR = 4  # digits


class Horizon:
    """The terms of one article beside the day of its publication."""

    def __init__(self, text: str, terms: Sequence[Term], published: str | None) -> None:
        self.text, self.published = text, published
        self.terms = sorted(terms, key=lambda term: term.start)
        self.starts = [term.start for term in self.terms]
        self.coming = [term.start for term in self.terms if self.later(term.period)]
        self.due = [term.start for term in self.terms if self.later(term.period) or self.is_due(term.period)]

    def later(self, period: str | None) -> bool:
        """Whether a period begins after the day of publication."""
        start = (period or "").partition("/")[0]
        return bool(self.published and start[:1].isdigit() and start > self.published[: len(start)])

    def is_due(self, period: str | None) -> bool:
        """Whether a period is not over: the year of the article, a stretch that ends after its day."""
        end = (period or "").rpartition("/")[2]
        if not (self.published and end[:1].isdigit()):
            return False
        day = self.published[: len(end)]
        return end > day or (end == day and len(end) == YEAR)

    def ahead(self, start: int, end: int) -> bool:
        """Whether a term that is not over begins between two places."""
        at = bisect_left(self.due, start)
        return at < len(self.due) and self.due[at] < end

    def past(self, start: int) -> bool:
        """Whether a term that is over, or of old times, follows a place: "nếu | năm 2019 còn 30 hộ"."""
        at = bisect_left(self.starts, start)
        if at == len(self.terms) or self.terms[at].start > start + NEAR:
            return False
        term = self.terms[at]
        return term.type not in ("day", "season") and term.start not in self.due and term.period != "recurring"

    def turns(self, start: int, end: int) -> bool:
        """Whether a clause between two places opens with months that are over: "; hết tháng 8 trồng ..."."""
        for at in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            term = self.terms[at]
            marks = list(MARK.finditer(self.text, start, term.start))
            if not marks or term.type not in STRETCHES or not self.is_over(term.period):
                continue
            near = len(self.text[marks[-1].end() : term.start].split()) <= WORDS
            if near and (marks[-1][0] == ";" or term.type == "as_of"):
                return True
        return False

    def is_over(self, period: str | None) -> bool:
        """Whether a period is now or ends by the day of publication; any months do where that day is not known."""
        end = (period or "").rpartition("/")[2]
        if end == "now" or not end[:1].isdigit():
            return end == "now"
        day = (self.published or end)[: len(end)]
        return end < day or (end == day and len(end) > YEAR)
