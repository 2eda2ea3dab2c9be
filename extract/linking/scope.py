"""Where does each quantity of an article stand? Its sentence and its clause, found once and used by every linker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Quantity, Sentence, Span, View

SEMICOLON = re.compile(";")


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
    stops = [match.start() for match in SEMICOLON.finditer(view.text)]
    clause_of = [clause(stops, sentences[at], quantity) for at, quantity in zip(sentence_of, quantities, strict=True)]
    return Scope(view, sentences, quantities, sentence_of, clause_of)


def clause(stops: Sequence[int], sentence: Sentence, quantity: Quantity) -> Span:
    """The part of `sentence` between semicolons, which stand at `stops`, that holds `quantity`."""
    before, after = bisect_left(stops, quantity.start) - 1, bisect_left(stops, quantity.end)
    start = stops[before] + 1 if before >= 0 else 0
    end = stops[after] if after < len(stops) else sentence.end
    return max(start, sentence.start), min(end, sentence.end)
