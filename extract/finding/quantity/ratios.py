"""Is a number the part of a whole that follows it: `58/65 xã`, `3 trong 5 chỉ tiêu`, `15,8/17,3 km`?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.finding.quantity.amounts import Amount, Measure, Reader
from extract.records import Quantity

TAIL = re.compile(r"[.,]?\d|\s?/\s?\d|[^\W\d_]")  # what may not stand right behind a number


@dataclass(frozen=True, slots=True)
class Ratios:
    """Reads the ratios of one article; a reason where what looks like one is a date or a code."""

    reader: Reader

    def ratio_at(self, at: int, part: Amount, stop: int) -> tuple[Quantity | str, int] | None:
        """k/n or `k trong n` that begins at `at` with `part`, and where it ends; None where there is none."""
        reader, folded, grammar = self.reader, self.reader.view.folded, self.reader.grammar
        link = grammar.whole.match(folded, part.end, stop)
        whole = reader.digits_at(link.end(), stop) if link else None
        if link is None or whole is None:
            return None
        measure = reader.measure_at(whole.end, stop)
        if "/" in link[0] and measure and measure.unit.sense == "amount" and part.value <= whole.value:
            return self.measured(at, part, whole, measure), whole.end
        if whole.magnitude > 1:
            return None
        if "/" not in link[0]:
            noun = reader.noun_at(whole.end, stop)
            fits = noun and part.value < whole.value and not part.printed.decimals
            return (self.ratio(at, whole.end, part.value, whole.value, "ratio.words"), whole.end) if fits else None
        reason = self.refusal(part, whole, stop)
        return reason or self.ratio(at, whole.end, part.value, whole.value, "ratio.slash"), whole.end

    def refusal(self, part: Amount, whole: Amount, stop: int) -> str | None:
        """Why k/n is no ratio, if so."""
        if TAIL.match(self.reader.view.folded, whole.end, stop) or whole.value == 0:
            return "part of a code"
        if part.printed.decimals or whole.printed.decimals:
            return "not one well-formed numeral"
        if self.reader.noun_at(whole.end, stop) is not None:
            return None
        if part.value <= 31 and whole.value <= 12:
            of_all = self.reader.grammar.fraction_noun.match(self.reader.view.folded, whole.end, stop)
            return None if part.value < whole.value and of_all else "date"
        return "part above its whole" if part.value > whole.value else None

    def measured(self, at: int, part: Amount, whole: Amount, measure: Measure) -> Quantity:
        """A part of a measure that shares its magnitude and unit: `15,8/17,3 km`, `58,2/214 tỷ đồng`."""
        factor = measure.unit.factor
        ratio = self.ratio(at, whole.end, part.value * whole.magnitude * factor, whole.value * factor, "ratio.measured")
        return replace(ratio, unit=measure.name)

    def ratio(self, at: int, end: int, part: Decimal, whole: Decimal, rule: str) -> Quantity:
        """A ratio of the span."""
        return Quantity(at, end, self.reader.view.text[at:end], "ratio", part, of=whole, rule=rule)
