"""Which quantities does a text hold? A value or a reason, never a guess."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.finding.quantity.amounts import DIGIT_RUN, Amount, Measure, Reader
from extract.finding.quantity.grammar import Grammar
from extract.finding.quantity.kinds import CONTEXT, LAST_WORD, REACH, Kinds, word_before
from extract.finding.quantity.numerals import text_style
from extract.finding.quantity.ratios import TAIL, Ratios
from extract.patterns import Patterns
from extract.records import Quantity, Rejected, Sentence, Term, View

DASHED = re.compile(r"\d{1,2}-\d{1,2}(?!\d)")
CODE = re.compile(r"\d+(?:[./-]\d+)*(?:[^\W\d_](?!\w))?")
LIST_NUMBER = re.compile(r"\d{1,2}(?:[.)/]|\s-)(?:\d{1,2}[.)])*\s")
SHARE = re.compile(r" \((?:[^\W\d_]+ ){0,3}\d[\d.,]* ?%")  # a name has no share: "ngoài Đảng 5 (đạt 9%)"
POWERS = frozenset(Decimal(10) ** power for power in range(7))
NAME_LIMIT = 30  # a name such as "Vân Canh 2" carries a small number
OLDEST = 100  # no mean age is above it
LIST_OF_PLACES = 3  # so many of them in a sentence are places with counts: "Hà Nội 12, Hải Phòng 9 và Đà Nẵng 7"


def find_quantities(
    view: View, sentences: Sequence[Sentence], patterns: Patterns, *, terms: Sequence[Term] = ()
) -> tuple[list[Quantity], list[Rejected]]:
    """The quantities of `sentences` in text order, and what looked like one and is none.

    Numbers inside `terms` are stretches of time and neither.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.view import make_view
    >>> view = make_view("Thôn 2 thu từ 5 đến 7 triệu đồng/hộ.", load_patterns())
    >>> found, rejected = find_quantities(view, [Sentence(0, 36, 0)], load_patterns())
    >>> [(q.text, int(q.value), int(q.high), q.unit) for q in found]
    [('5 đến 7 triệu đồng/hộ', 5000000, 7000000, 'VND/hộ')]
    >>> [(r.text, r.reason) for r in rejected]
    [('2', 'name with a number')]
    """
    finder = Finder(view, sentences, patterns.compiled(Grammar), terms)
    return finder.quantities(), sorted(finder.rejected, key=lambda rejected: rejected.start)


class Finder:
    """One article on its way from candidates to quantities."""

    def __init__(self, view: View, sentences: Sequence[Sentence], grammar: Grammar, terms: Sequence[Term]) -> None:
        self.text, self.folded, self.grammar = view.text, view.folded, grammar
        self.reader = Reader(view, grammar, text_style(view.text))
        self.kinds, self.ratios = Kinds(self.reader), Ratios(self.reader)
        self.sentences, self.terms = sentences, terms
        self.term_starts = [term.start for term in terms]
        self.rejected: list[Rejected] = []

    def quantities(self) -> list[Quantity]:
        """All quantities, in text order."""
        found: list[Quantity] = []
        named: dict[int, list[Quantity]] = {}  # sentence -> its small numbers after a capitalised word
        sentence_starts = [sentence.start for sentence in self.sentences]
        done = 0
        for at in self.candidates():
            if at < done:
                continue
            if term := self.term_at(at):
                done = term.end
                continue
            index = bisect_right(sentence_starts, at) - 1
            if index < 0 or at >= self.sentences[index].end:
                done = self.refuse_run(at, "page furniture") if self.folded[at].isdigit() else at + 1
                continue
            quantity, done = self.read(self.sentences[index], at)
            if quantity is not None:
                found.append(quantity)
                if self.follows_name(quantity, self.sentences[index]):
                    named.setdefault(index, []).append(quantity)
        dropped = self.names(named)
        for quantity in dropped:
            self.refuse(quantity.start, quantity.end, "name with a number")
        return [quantity for quantity in found if quantity not in dropped]

    def term_at(self, at: int) -> Term | None:
        """The stretch of time that `at` is in."""
        index = bisect_right(self.term_starts, at) - 1
        return self.terms[index] if index >= 0 and at < self.terms[index].end else None

    def names(self, named: dict[int, list[Quantity]]) -> list[Quantity]:
        """Those of `named` that are names: before no noun, and not in a list of places with counts."""
        return [
            quantity
            for index, group in named.items()
            if len(group) < LIST_OF_PLACES
            for quantity in group
            if self.reader.noun_at(quantity.end, self.sentences[index].end) is None
        ]

    def candidates(self) -> list[int]:
        """Where a numeral may begin."""
        folded = self.folded
        places = [match.start() for match in DIGIT_RUN.finditer(folded)]
        if any(sign in folded for sign in self.grammar.fractions):
            places += [match.start() for match in self.grammar.fraction_sign.finditer(folded)]
        for _, start, end in self.grammar.scanner.find_matches_as_indexes(folded):
            if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
                places.append(start)
        return sorted(places)

    def read(self, sentence: Sentence, at: int) -> tuple[Quantity | None, int]:
        """The quantity at `at`, and where to go on."""
        sign = self.grammar.fractions.get(self.text[at])
        if sign:
            return self.ratios.ratio(at, at + 1, Decimal(sign[0]), Decimal(sign[1]), "fraction.sign"), at + 1
        return self.read_digits(sentence, at) if self.folded[at].isdigit() else self.read_words(sentence, at)

    def read_digits(self, sentence: Sentence, at: int) -> tuple[Quantity | None, int]:
        """The quantity that begins with digits at `at`."""
        begin, stop, folded = sentence.start, sentence.end, self.folded
        shape = self.grammar.lookalikes.shape_at(folded, at, stop)
        if shape:
            return None, self.refuse(at, *shape)
        if not self.text[begin:at].strip("(-–+• ") and LIST_NUMBER.match(folded, at, stop):
            return None, self.refuse_run(at, "list number")
        amount = self.reader.digits_at(at, stop)
        if amount is None:
            return None, self.refuse_run(at, "not one well-formed numeral")
        measure = self.reader.measure_at(amount.end, stop)
        reason = self.naming_reason(sentence, at, amount, measure)
        before, further = folded[max(begin, at - 1) : at], folded[max(begin, at - 2) : max(begin, at - 1)]
        if reason is None and (before.isalpha() or before == "_"):
            reason = "glued to letters"
        elif reason is None and before == "/" and further.isalpha() and amount.value in POWERS:
            reason = "part of a rate"  # bác sĩ/10.000 dân
        elif reason is None and ((further.isdigit() and before in "/.,-") or (further.isalpha() and before == "-")):
            reason = "part of a code"
        if reason:
            code = CODE.match(folded, at, stop)
            return None, self.refuse(at, max(amount.end, code.end() if code else 0), reason)
        return self.quantity(sentence, at, amount, measure, minus=before == "-")

    def naming_reason(self, sentence: Sentence, at: int, amount: Amount, measure: Measure | None) -> str | None:
        """Why the words before a number make it a name, if they do."""
        naming = self.grammar.lookalikes.naming_before(self.folded, sentence.start, at)
        if naming is None or naming.reason == "allow" or (naming.most is not None and amount.value > naming.most):
            return None
        if naming.unless == "never":
            return naming.reason
        if measure is not None or amount.magnitude > 1 or amount.printed.grouped or amount.printed.decimals:
            return None
        if naming.unless == "unit":
            return naming.reason
        noun = self.counted_noun(amount.end, sentence.end)
        return naming.reason if noun is None or noun in self.grammar.containers else None

    def counted_noun(self, at: int, stop: int) -> str | None:
        """The counted noun that follows, perhaps behind the whole of a ratio: `4/13 xã`."""
        link = self.grammar.whole.match(self.folded, at, stop)
        whole = DIGIT_RUN.match(self.folded, link.end(), stop) if link else None
        return self.reader.noun_at(whole.end() if whole else at, stop)

    def read_words(self, sentence: Sentence, at: int) -> tuple[Quantity | None, int]:
        """The quantity that begins with number words at `at`; they count only before a noun, a unit or a magnitude."""
        folded, grammar, stop = self.folded, self.grammar, sentence.end
        half = grammar.half_word.match(folded, at, stop)
        if half:
            return self.ratios.ratio(at, half.end(), Decimal(1), Decimal(2), "fraction.half"), half.end()
        amount = self.reader.words_at(at, stop)
        if amount is None:
            return None, self.after_vague_words(at, stop)
        part = grammar.fraction.match(folded, amount.end, stop)
        if part and grammar.words[part[1]].role in ("digit", "ten", "unit"):
            return self.ratios.ratio(
                at, part.end(), amount.value, grammar.words[part[1]].value, "fraction.words"
            ), part.end()
        measure = self.reader.measure_at(amount.end, stop)
        counted = measure or amount.magnitude > 1 or self.reader.noun_at(amount.end, stop)
        word = folded[at : amount.end]
        previous = word_before(folded, sentence.start, at)
        if not (counted or self.range_at(amount, measure, stop)) or (
            word == grammar.year and previous in grammar.year_before
        ):
            return None, amount.end
        naming = grammar.lookalikes.naming_before(folded, sentence.start, at)
        if naming and naming.reason != "allow":
            return None, self.refuse(at, amount.end, naming.reason)
        if shape := grammar.lookalikes.shape_at(folded, at, stop):
            return None, self.refuse(at, *shape)
        if self.is_in_name(sentence, at, amount.end):
            return None, self.refuse(at, amount.end, "name with a number")
        if word == grammar.lone:
            return None, self.refuse(at, amount.end, "article")
        if folded[at - 2 : at] == ", " and word_before(folded, sentence.start, at - 2) in grammar.words:
            return None, self.refuse(at, amount.end, "vague")  # hai, ba hộ
        return self.quantity(sentence, at, amount, measure)

    def is_in_name(self, sentence: Sentence, at: int, end: int) -> bool:
        """Whether one number word is written like part of a name inside a sentence: "chợ | Ba Xã"."""
        text, word = self.text, self.text[at:end]
        inside = at > sentence.start + 1 and text[at - 1] == " " and text[at - 2].islower()
        return inside and word.istitle() and " " not in word and text[end + 1 : end + 2].isupper()

    def after_vague_words(self, at: int, stop: int) -> int:
        """Behind number words that say no number; `năm sáu hộ` is refused, a lone word is none."""
        run = self.grammar.word_run.match(self.folded, at, stop)
        if run is None:
            return at + 1
        if " " in run[0] and (self.reader.noun_at(run.end(), stop) or self.reader.measure_at(run.end(), stop)):
            self.refuse(at, run.end(), "vague")
        return run.end()

    def quantity(
        self, sentence: Sentence, at: int, amount: Amount, measure: Measure | None, *, minus: bool = False
    ) -> tuple[Quantity | None, int]:
        """The quantity that begins with `amount`, or its refusal."""
        stop = sentence.end
        if measure is None and amount.magnitude == 1 and not amount.words:
            found = self.ratios.ratio_at(at, amount, stop)
            if found is not None:
                ratio, end = found
                return (None, self.refuse(at, end, ratio)) if isinstance(ratio, str) else (ratio, end)
        ranged = self.range_at(amount, measure, stop)
        low, high, measure = ranged or (amount, None, measure)
        last = high or low
        end = measure.end if measure else last.end
        reason = self.refusal(sentence, at, last, measure, end)
        if reason:
            code = CODE.match(self.folded, at, stop)
            return None, self.refuse(at, max(end, code.end() if code else 0), reason)
        factor = measure.unit.factor if measure else Decimal(1)
        kind, unit, rule = self.kinds.settle(at, end, sentence, last, measure)
        numeral = "numeral.words" if low.words else "numeral.digits"
        quantity = Quantity(
            start=at,
            end=end,
            text=self.text[at:end],
            kind=kind,
            value=low.value * factor,
            high=high.value * factor if high else None,
            decimals=max(low.printed.decimals, last.printed.decimals),
            unit=unit,
            minus=minus,
            rule=f"{numeral}; {rule}" if rule else numeral,
        )
        return quantity, end

    def refusal(self, sentence: Sentence, at: int, last: Amount, measure: Measure | None, end: int) -> str | None:
        """Why a number that reads well is no quantity, if so."""
        if measure:
            return measure.unit.sense if measure.unit.sense in ("duration", "age") else None
        tail = TAIL.match(self.folded, end, sentence.end)
        if tail and not last.words:
            return "glued to letters" if tail[0].isalpha() else "not one well-formed numeral"
        if last.end - at <= 2 and not last.words and DASHED.match(self.folded, at, sentence.end):
            return "date"  # 10-10: two small numbers that make no range
        if self.is_mean_age(sentence, at, last):
            return "age"
        if sense := self.shared_sense(last, end, sentence.end):
            return sense
        if last.printed.ambiguous and last.magnitude == 1 and last.value >= 1:
            # 1,234 người: no count has three decimals, but nothing else says that the comma groups.
            return "comma before three digits: decimal or thousands?"
        plain = last.magnitude == 1 and not last.words and last.end - at == 4
        if plain and 1900 <= last.value <= 2100 and not self.reader.noun_at(end, sentence.end):
            return "year"
        return None

    def is_mean_age(self, sentence: Sentence, at: int, last: Amount) -> bool:
        """Whether a number says how old people are on average: "tuổi bình quân là 43,2"."""
        if self.grammar.mean_age.search(self.folded, max(sentence.start, at - CONTEXT), at) is None:
            return False
        return last.printed.decimals > 0 or (
            last.value < OLDEST and self.reader.noun_at(last.end, sentence.end) is None
        )

    def shared_sense(self, last: Amount, end: int, stop: int) -> str | None:
        """What a small number measures that shares the unit of those after it: "55, 45 và 40 năm tuổi Đảng"."""
        shared = self.grammar.shared.match(self.folded, end, stop) if not last.words and last.value < 1000 else None
        return self.grammar.units[shared[1]].sense if shared and not self.term_at(shared.start(1) - 2) else None

    def range_at(self, low: Amount, measure: Measure | None, stop: int) -> tuple[Amount, Amount, Measure | None] | None:
        """Both ends of a range that begins with `low`, and its unit; magnitude and unit are shared."""
        joined = self.grammar.joined.match(self.folded, measure.end if measure else low.end, stop)
        high = self.reader.amount_at(joined.end(), stop) if joined else None
        if high is None or low.words != high.words:
            return None
        unit = self.reader.measure_at(high.end, stop)
        if measure and (unit is None or (unit.name != measure.name and not unit.name.startswith(f"{measure.name}/"))):
            return None  # the rate may stand behind the second only: "15.000 đồng đến 19.000 đồng/kg"
        if low.magnitude == 1 and high.magnitude > 1 and not low.words and low.printed.value < high.printed.value:
            low = replace(low, value=low.value * high.magnitude)
        return (low, high, unit) if low.value < high.value else None

    def follows_name(self, quantity: Quantity, sentence: Sentence) -> bool:
        """Whether a small bare number stands right behind a capitalised word."""
        if quantity.kind != "count" or quantity.value > NAME_LIMIT or quantity.decimals or quantity.high is not None:
            return False
        if SHARE.match(self.folded, quantity.end, sentence.end):
            return False
        begin = max(sentence.start, quantity.start - REACH)
        if self.text[begin : quantity.start].islower():
            return False
        word = LAST_WORD.search(self.text, begin, quantity.start)
        if word is None or word[1].lower() in self.grammar.no_names:
            return False
        return word[1][0].isupper() and word.start() > sentence.start

    def refuse(self, at: int, end: int, reason: str) -> int:
        """Writes the span down as rejected; returns its end."""
        self.rejected.append(Rejected(at, end, self.text[at:end], reason))
        return end

    def refuse_run(self, at: int, reason: str) -> int:
        """Rejects the run of digits at `at`."""
        run = DIGIT_RUN.match(self.folded, at)
        return self.refuse(at, run.end() if run else at + 1, reason)
