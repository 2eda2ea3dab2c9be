"""Which period has a title's figure that nothing dates? That with which the text repeats it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.records import PeriodLink, Quantity

NOUN = 30  # characters after a figure in which its noun stands


def repeat_titles(
    scope: Scope, links: Sequence[PeriodLink], words: PeriodWords, *, report: PeriodLink | None = None
) -> list[PeriodLink]:
    """The links, those of the title's figures that the text repeats with a period replaced; else by its `report`.

    What there is ("có 60 xã") stays as of now.
    """
    if not scope.sentences or not scope.sentences[0].heading:
        return list(links)
    dated = [repeated(scope, index, links, words) or link for index, link in enumerate(links)]
    undated = replace(report, rule="period.report") if report is not None else PeriodLink(None, None, "period.none")
    return [
        undated if link.rule == "period.none" and not scope.sentence_of[at] else link for at, link in enumerate(dated)
    ]


def repeated(scope: Scope, index: int, links: Sequence[PeriodLink], words: PeriodWords) -> PeriodLink | None:
    """The link with which the text repeats an undated figure of the title."""
    if scope.sentence_of[index] or links[index].text:
        return None
    quantity = scope.quantities[index]
    if quantity.kind == "count" and words.stock.search(
        scope.view.folded[max(0, quantity.start - NOUN) : quantity.start]
    ):
        return None
    for at in range(index + 1, len(links)):
        if scope.sentence_of[at] and is_same(scope, scope.quantities[index], scope.quantities[at]):
            return replace(links[at], rule="period.repeated") if links[at].period else None
    return None


def is_same(scope: Scope, first: Quantity, second: Quantity) -> bool:
    """Whether two quantities are the same number, of the same noun where they count; the first may be rounded."""
    if (first.kind, first.unit, first.high) != (second.kind, second.unit, second.high):
        return False
    if first.value != second.value and not is_rounded(first.value, second.value):
        return False
    return first.kind != "count" or noun_after(scope, first) == noun_after(scope, second)


def is_rounded(short: Decimal, full: Decimal) -> bool:
    """Whether a number is another one with its last digits left out or rounded: 5.2 for 5.21, 700 for 742."""
    digits = short.normalize()
    step = Decimal(1).scaleb(int(digits.as_tuple().exponent))
    return len(digits.as_tuple().digits) < len(full.normalize().as_tuple().digits) and abs(full - short) < step


def noun_after(scope: Scope, quantity: Quantity) -> list[str]:
    """The two words after a quantity."""
    return re.findall(r"\w+", scope.view.folded[quantity.end : quantity.end + NOUN])[:2]
