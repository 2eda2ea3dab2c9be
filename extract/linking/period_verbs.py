"""Does a figure say what is, or what was done? The verb nearest to it tells."""

from __future__ import annotations

import re

from extract.linking.period_words import PeriodWords
from extract.linking.scope import Scope
from extract.records import Sentence

VERB = 120  # characters looked back at for a quantity's verb
GRANT = 30  # the same for the verb that grants a percentage
PAUSE = re.compile(r"[,;:(]")


def is_deed(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether the verb nearest before a quantity, else after it, says what was done."""
    quantity, folded = scope.quantities[index], scope.view.folded
    if quantity.kind in ("percent", "ratio"):
        return words.entitled.search(folded[max(0, quantity.start - GRANT) : quantity.start]) is not None
    verbs = list(words.verb.finditer(folded, max(sentence.start, quantity.start - VERB), quantity.start))
    after = min(sentence.end, quantity.end + VERB // 2)
    verb = verbs[-1] if verbs else words.verb.search(folded, quantity.end, after)
    return verb is not None and verb[0] not in words.states


def is_level(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is of what there is ("có 214 trạm y tế"), with no word of change behind it."""
    quantity, folded = scope.quantities[index], scope.view.folded
    if not words.stock.search(folded[max(sentence.start, quantity.start - GRANT) : quantity.start]):
        return False
    end = min(sentence.end, quantity.end + VERB // 2)
    pause = PAUSE.search(folded, quantity.end, end)
    return words.flow.search(folded, quantity.end, pause.start() if pause else end) is None
