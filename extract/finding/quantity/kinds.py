"""Is a number a count, an amount, a percentage, a score or an index? Its unit tells, else the words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.finding.quantity.amounts import Amount, Measure, Reader
from extract.records import Kind, Sentence

LAST_WORD = re.compile(r"([^\W_]++)[\s\"']*+\Z")
REACH = 20  # characters in which the word before a number is looked for
CONTEXT = 80  # characters in which the words that say what a number measures are looked for
Settled = tuple[Kind, str | None, str | None]  # kind, unit, and by which rule, None where nothing tells


def word_before(folded: str, begin: int, at: int) -> str | None:
    """The folded word right before `at`.

    >>> word_before("đạt 87", 0, 4)
    'đạt'
    """
    word = LAST_WORD.search(folded, max(begin, at - REACH), at)
    return word[1] if word else None


@dataclass(frozen=True, slots=True)
class Kinds:
    """Tells kind and unit of one article's quantities."""

    reader: Reader

    def settle(self, at: int, end: int, sentence: Sentence, last: Amount, measure: Measure | None) -> Settled:
        """Kind, unit and rule of the quantity at `at`:`end`; `last` is the number that the words after it follow."""
        if measure:
            kind: Kind = "percent" if measure.unit.sense == "percent" else "amount"
            return kind, measure.name, f"unit.{measure.unit.name}"
        if self.is_score(at, end, sentence, last):
            return "amount", self.reader.grammar.score, "unit.score"
        stop = sentence.end
        if last.magnitude >= 1000 and not self.reader.noun_at(end, stop) and self.is_money(at, end, sentence, last):
            return "amount", "VND", "unit.money"
        index = last.printed.decimals and last.magnitude == 1 and not self.reader.word_follows(end, stop)
        if index and not self.is_number_of(at, sentence):
            return "amount", None, "index"
        return "count", None, None

    def is_score(self, at: int, end: int, sentence: Sentence, last: Amount) -> bool:
        """Whether points were won: no place counts in decimals, a whole number of them needs words that say so."""
        folded, grammar, stop = self.reader.view.folded, self.reader.grammar, sentence.end
        score = grammar.score_word.match(folded, end, stop)
        if score is None:
            return False
        if last.printed.decimals and last.magnitude == 1:
            return len(self.reader.noun_at(end, stop) or "") <= len(grammar.score)
        closed = not self.reader.word_follows(score.end(), stop)
        closed = closed or grammar.score_after.match(folded, score.end(), stop) is not None
        return closed and word_before(folded, sentence.start, at) in grammar.score_before

    def is_number_of(self, at: int, sentence: Sentence) -> bool:
        """Whether the number of something was named before: "số bác sĩ trên vạn dân đạt 9,5"."""
        begin = max(sentence.start, at - CONTEXT)
        named = list(self.reader.grammar.number_of.finditer(self.reader.view.folded, begin, at))
        return bool(named) and self.reader.noun_at(named[-1].end(), at) is not None

    def is_money(self, at: int, end: int, sentence: Sentence, last: Amount) -> bool:
        """Billions without a noun are money; thousands and millions are where a word for money came before."""
        if last.magnitude >= 1_000_000_000:
            return True
        context = self.reader.view.folded[max(sentence.start, at - CONTEXT) : at]
        closed = not self.reader.word_follows(end, sentence.end)
        return closed and bool(self.reader.grammar.money.search(context))
