"""What number, unit or noun begins at a place of the text? Reads strictly; decides nothing about meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.finding.quantity.grammar import ONE, Grammar, Unit
from extract.finding.quantity.numerals import Numeral, Style, parse_numeral, parse_words
from extract.records import View

LEADING_ONE = re.compile(ONE)
DIGIT_RUN = re.compile(r"\d\d*(?:[.,]\d+)*")  # begins with a class and no repeat: faster
SPACED_RUN = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d.]| \d)")
LOWER_PART = re.compile(r"\s(\d{1,3})(?!\d)")  # "1 tỷ 278 triệu": what follows is below a thousand
NEXT_WORDS = re.compile(r"\s?[^\W\d_]\w*(?:[/-]\w+)*(?:\s[^\W\d_]\w*){0,4}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its magnitudes, and where it ends."""

    value: Decimal
    end: int
    printed: Numeral
    magnitude: Decimal = Decimal(1)  # product of the magnitude words
    words: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as it stands, with the rest of a rate, and where it ends."""

    unit: Unit
    name: str
    end: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one article's view at given places, never beyond `stop`."""

    view: View
    grammar: Grammar
    style: Style

    def amount_at(self, at: int, stop: int) -> Amount | None:
        """Digits or number words with their magnitudes."""
        if at < stop and self.view.folded[at].isdigit():
            return self.digits_at(at, stop)
        return self.words_at(at, stop)

    def digits_at(self, at: int, stop: int) -> Amount | None:
        """`1 tỷ 278 triệu`, `19 nghìn tỷ`, `1 tỷ rưỡi`, `16.216,40`."""
        for shape in (SPACED_RUN, DIGIT_RUN):
            match = shape.match(self.view.folded, at, stop)
            printed = parse_numeral(match[0], self.style) if match else None
            if match and printed:
                factor, end = self.magnitude_at(match.end(), stop)
                amount = Amount(printed.value * factor, end, printed, factor)
                return self.with_lower_parts(amount, stop) if factor > 1 else amount
        return None

    def magnitude_at(self, at: int, stop: int) -> tuple[Decimal, int]:
        """The product of the magnitude words at `at`, and where they end."""
        factor = Decimal(1)
        while match := self.grammar.magnitude.match(self.view.folded, at, stop):
            factor, at = factor * self.grammar.words[match[1]].value, match.end()
        return factor, at

    def with_lower_parts(self, amount: Amount, stop: int) -> Amount:
        """`amount` with the falling parts that follow it added."""
        last = amount.magnitude
        while True:
            half = self.grammar.half.match(self.view.folded, amount.end, stop)
            if half:
                return replace(amount, value=amount.value + last / 2, end=half.end())
            part = LOWER_PART.match(self.view.folded, amount.end, stop)
            factor, end = self.magnitude_at(part.end(), stop) if part else (Decimal(1), 0)
            if part is None or factor == 1 or factor >= last:
                return amount
            amount, last = replace(amount, value=amount.value + int(part[1]) * factor, end=end), factor

    def words_at(self, at: int, stop: int) -> Amount | None:
        """The number that a run of number words says; a last `năm` may be the word for year."""
        run = self.grammar.word_run.match(self.view.folded, at, stop)
        if run is None:
            return None
        words = run[0].split()
        for count in (len(words), len(words) - 1):
            known = [self.grammar.words[word] for word in words[:count]]
            value = parse_words(known) if known else None
            if value is not None:
                scales = [word.value for word in known if word.role in ("magnitude", "hundred")]
                end = at + len(" ".join(words[:count]))
                return Amount(value, end, Numeral(value), max(scales, default=Decimal(1)), words=True)
            if words[-1] != self.grammar.year:
                break
        return None

    def measure_at(self, at: int, stop: int) -> Measure | None:
        """The unit at `at` with its rate; none where a longer counted noun begins there (`đồng chí`, `ngày công`)."""
        match = self.grammar.unit.match(self.view.folded, at, stop)
        if not match:
            return None
        surface = match[1] or match[2]
        unit = self.grammar.units[surface]
        capital = len(surface) == 1 and self.view.text[match.start(match.lastindex or 0)].isupper()  # 5G is no gram
        if capital or len(self.noun_at(at, stop) or "") > len(surface):
            return None
        if unit.sense in ("duration", "age"):
            return Measure(unit, unit.name, match.end())
        rate, group = self.grammar.rate.match(self.view.folded, match.end(), stop), 0
        if rate is None and unit.sense == "amount":  # 3 tấn quả/ha
            rate, group = self.grammar.product_rate.match(self.view.folded, match.end(), stop), 1
        if rate is None:
            return Measure(unit, unit.name, match.end())
        return Measure(unit, unit.name + self.rate_name(self.view.text[slice(*rate.span(group))]), rate.end())

    def rate_name(self, written: str) -> str:
        """`/tấn/ năm` as `/tonne/năm`: canonical where it is a unit, else as written."""
        parts = [LEADING_ONE.sub("", part.strip()) for part in written.split("/")[1:]]
        units = (self.grammar.units.get(part.lower()) for part in parts)
        names = (
            unit.name if unit and unit.sense == "amount" else part for unit, part in zip(units, parts, strict=True)
        )
        return "".join(f"/{name}" for name in names)

    def noun_at(self, at: int, stop: int) -> str | None:
        """The longest counted noun of `classifiers.csv` that begins at `at`."""
        match = NEXT_WORDS.match(self.view.folded, at, stop)
        if not match:
            return None
        words = match[0].split()
        for count in range(min(len(words), self.grammar.longest_classifier), 0, -1):
            surface = " ".join(words[:count])
            if surface in self.grammar.classifiers:
                return surface
        return None

    def word_follows(self, at: int, stop: int) -> bool:
        """Whether a word stands at `at`, with no punctuation before it."""
        return NEXT_WORDS.match(self.view.folded, at, stop) is not None
