"""Which period does a comparison give? Its old level has its own term; "cùng kỳ năm 2015" dates what is compared."""

from __future__ import annotations

import re
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
    """The term right behind a quantity, if of an old level: "so với 31 vụ của cùng kỳ", "cao hơn mức 7% năm 2022"."""
    quantity, folded = scope.quantities[index], scope.view.folded
    term = terms[0] if terms else None
    if term is None or term.end > sentence.end or term.period is None or term.start - quantity.end > GAP:
        return None
    if not words.against.search(folded[max(sentence.start, quantity.start - GAP) : quantity.start]):
        return None
    gap = folded[quantity.end : term.start]
    return term if WORDS.fullmatch(gap) and not words.comparing.search(gap) else None


def find_year_after(
    scope: Scope, sentence: Sentence, terms: Sequence[Term], words: PeriodWords
) -> tuple[str, str] | None:
    """The year after that of "so với cùng kỳ năm 2015" among `terms`, and the words that say so."""
    for term in terms:
        year = YEAR.search(term.text) if term.end <= sentence.end else None
        if year and words.same.match(scope.view.folded, term.start):
            return str(int(year[0]) + 1), term.text
    return None
