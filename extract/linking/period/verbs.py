"""Does a figure say what is, what was done, or what was planned? The words nearest to it tell."""

from __future__ import annotations

import re

from extract.linking.period.words import PeriodWords
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


def is_level(scope: Scope, index: int, sentence: Sentence, words: PeriodWords, *, rests: bool = False) -> bool:
    """Whether a quantity is of what there is ("có 214 trạm y tế"), with no word of change behind it.

    `rests` says whether what is left ("còn 12 hộ") counts as well.
    """
    quantity, folded = scope.quantities[index], scope.view.folded
    if quantity.kind not in ("count", "ratio") and quantity.unit not in words.measures:
        return False
    before = folded[max(sentence.start, quantity.start - VERB) : quantity.start]
    land = quantity.kind == "amount" and words.land.search(before)
    if not (land or words.stock.search(before) or (rests and words.rest.search(before))):
        return False
    if words.happening.match(folded, quantity.end):
        return False
    end = min(sentence.end, quantity.end + VERB // 2)
    end = clause_end(folded, quantity.end, end, words)
    start = quantity.start - len(before) + land.start() if land else quantity.end
    return words.flow.search(folded, start, end) is None


def clause_end(folded: str, start: int, end: int, words: PeriodWords) -> int:
    """Where the clause that goes on at `start` ends: at a mark, or before the other side of what is told."""
    pause = PAUSE.search(folded, start, end)
    end = pause.start() if pause else end
    other = words.other.search(folded, start, end)
    return other.start() if other else end


def is_owned(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a sentence opens with what somebody has: "Toàn tỉnh có 12.000 doanh nghiệp", and no deed."""
    quantity, folded = scope.quantities[index], scope.view.folded
    if quantity.kind != "count" or PAUSE.search(folded, sentence.start, quantity.start):
        return False
    named = words.stock.search(folded[sentence.start : quantity.start])
    if named is None or not named.start() or not is_level(scope, index, sentence, words):
        return False
    end = clause_end(folded, quantity.end, min(sentence.end, quantity.end + VERB // 2), words)
    verb = words.verb.search(folded, quantity.end, end)
    return verb is None or verb[0] in words.states


def is_flow(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a count is of what came or went, though "có" stands before it: "có 812 doanh nghiệp thành lập mới"."""
    quantity, folded = scope.quantities[index], scope.view.folded
    if quantity.kind != "count":
        return False
    end = min(sentence.end, quantity.end + VERB // 2)
    pause = PAUSE.search(folded, quantity.end, end)
    return words.flow.search(folded, quantity.end, pause.start() if pause else end) is not None


def is_plan(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is what a year's plan gives: "được giao 240 tỷ đồng", "dự toán năm là 12 tỷ đồng"."""
    quantity = scope.quantities[index]
    if quantity.kind == "ratio":
        return False
    before = scope.view.folded[max(sentence.start, quantity.start - GRANT) : quantity.start]
    return words.plan.search(before) is not None


def is_present(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a figure is of what goes on as the article is written: "trang trại đang nuôi 900 con heo"."""
    start = scope.quantities[index].start
    return words.present.search(scope.view.folded[max(sentence.start, start - GRANT) : start]) is not None


def is_extent(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a figure is how large a place is: "tỉnh mới rộng 6.300 km2", "dân số gần 2 triệu người"."""
    quantity = scope.quantities[index]
    if quantity.kind != "count" and quantity.unit not in words.measures:
        return False
    before = scope.view.folded[max(sentence.start, quantity.start - GRANT - GRANT) : quantity.start]
    return words.extent.search(before) is not None


def is_total(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a count is what there is since something was done: "nâng tổng số đảng viên lên 2.187"."""
    start = scope.quantities[index].start
    return words.total.search(scope.view.folded[max(sentence.start, start - VERB) : start]) is not None


def is_yield(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a figure counts what came in over some months: "nộp ngân sách 860 tỷ đồng"; or how that grew."""
    quantity, folded = scope.quantities[index], scope.view.folded
    if quantity.kind not in ("amount", "percent"):
        return False
    return words.yielded.search(folded, max(sentence.start, quantity.start - VERB), quantity.start) is not None


def is_limit(scope: Scope, index: int, sentence: Sentence, words: PeriodWords, *, status: str | None) -> bool:
    """Whether a quantity is a target, or a percentage with words of one around it: "ít nhất 60%"."""
    quantity = scope.quantities[index]
    if status == "target" or quantity.kind != "percent":
        return status == "target"
    start, end = max(sentence.start, quantity.start - VERB // 2), min(sentence.end, quantity.end + VERB // 2)
    return words.limit.search(scope.view.folded, start, end) is not None
