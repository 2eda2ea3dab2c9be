"""Which mention governs which quantity? The one scope rule of places, periods and status.

A mention governs what follows it, until another mention takes over: first in its clause, then in its sentence, then in
its paragraph, and from a heading or the lead on. It governs what stands before it only inside its own clause, where no
other mention does so from the left and no other quantity stands between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from extract.records import Quantity, Sentence, Span, View

Reach = Literal["clause", "after", "sentence", "paragraph", "heading", "carried"]


class Mention(Protocol):
    """Anything with a span in the view's text."""

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Scope:
    """Where each quantity of an article stands; built once an article and used by every linker."""

    view: View
    sentences: Sequence[Sentence]
    quantities: Sequence[Quantity]
    sentence_of: Sequence[int]  # index into `sentences`, for each quantity
    clause_of: Sequence[Span]  # between semicolons, for each quantity


def make_scope(view: View, sentences: Sequence[Sentence], quantities: Sequence[Quantity]) -> Scope:
    """`quantities` in text order, each inside one of `sentences`."""
    starts = [sentence.start for sentence in sentences]
    sentence_of = [bisect_right(starts, quantity.start) - 1 for quantity in quantities]
    clause_of = [
        clause(view.text, sentences[at], quantity) for at, quantity in zip(sentence_of, quantities, strict=True)
    ]
    return Scope(view, sentences, quantities, sentence_of, clause_of)


def clause(text: str, sentence: Sentence, quantity: Quantity) -> Span:
    """The part of `sentence` between semicolons that holds `quantity`."""
    start = text.rfind(";", sentence.start, quantity.start) + 1
    end = text.find(";", quantity.end, sentence.end)
    return (start or sentence.start), (end if end >= 0 else sentence.end)


def governing(scope: Scope, index: int, mentions: Sequence[Mention]) -> tuple[int, Reach] | None:
    """The mention (index into `mentions`, in text order) that governs quantity `index`, and how it reaches it.

    None where no mention stands before the quantity in the article, nor after it in its clause.
    """
    quantity = scope.quantities[index]
    begin, end = scope.clause_of[index]
    sentence = scope.sentences[scope.sentence_of[index]]
    before = bisect_right([mention.start for mention in mentions], quantity.start) - 1
    if before >= 0 and mentions[before].start >= begin:
        return before, "clause"
    following = scope.quantities[index + 1].start if index + 1 < len(scope.quantities) else end
    if before + 1 < len(mentions) and mentions[before + 1].start < min(end, following):
        return before + 1, "after"
    if before < 0:
        return None
    if mentions[before].start >= sentence.start:
        return before, "sentence"
    holder = scope.sentences[bisect_right([other.start for other in scope.sentences], mentions[before].start) - 1]
    if holder.paragraph == sentence.paragraph:
        return before, "paragraph"
    return before, "heading" if holder.heading else "carried"
