"""Which period does a comparison give? Its old level has its own term; "cùng kỳ năm 2015" dates what is compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.records import Sentence, Term

GAP = 40  # characters between a figure and the term that is compared
WORDS = re.compile(r"(?: [^\W\d]+){0,4} \(?")
YEAR = re.compile(r"(?:19|20)\d\d")


def find_baseline(
    scope: Scope, index: int, sentence: Sentence, terms: Sequence[Term], words: PeriodWords
) -> Term | None:
    """The term of an old level: "so với 31 vụ của cùng kỳ", "cao hơn mức 7% năm 2022"."""
    quantity, folded = scope.quantities[index], scope.view.folded
    if not words.against.search(folded[max(sentence.start, quantity.start - GAP) : quantity.start]):
        return None
    at = bisect_left(terms, quantity.end, key=lambda term: term.start)
    if at == len(terms) or terms[at].end > sentence.end or terms[at].period is None:
        return None
    gap = folded[quantity.end : terms[at].start]
    return terms[at] if len(gap) <= GAP and WORDS.fullmatch(gap) and not words.comparing.search(gap) else None


def find_year_after(
    scope: Scope, index: int, sentence: Sentence, terms: Sequence[Term], words: PeriodWords
) -> tuple[str, str] | None:
    """The year after that of "so với cùng kỳ năm 2015", and the words that say so."""
    at = bisect_left(terms, scope.quantities[index].end, key=lambda term: term.start)
    for term in terms[at : at + 2]:
        year = YEAR.search(term.text) if term.end <= sentence.end else None
        if year and words.same.match(scope.view.folded, term.start):
            return str(int(year[0]) + 1), term.text
    return None
