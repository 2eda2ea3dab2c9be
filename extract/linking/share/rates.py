"""Which figures of the article does the registry say a percentage rests on?

The registry gives for a rate its denominator ("tỷ lệ che phủ rừng" is a share of the land area), and the count with the
same denominator and name is its numerator. A figure with that code is linked where the place, the period and the status
are the same, and all that could do agree on its value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extract.finding.cues import CueTable
from extract.finding.registry import Indicator, load_registry
from extract.linking.share.totals import WINDOW, Totals
from extract.patterns import Patterns
from extract.reading.view import Orthography
from extract.records import PeriodLink, Share, Subject

STEPS = 8  # quantities between a count and a percentage of one of its facets
VERB, NOUN = 2, 2  # syllables of a verb before a noun, and of the shortest noun that tells


class Parts(dict[str, frozenset[str]]):
    """For each rate that is a share of something: the counts that are its part."""


def load_parts(patterns: Patterns) -> Parts:
    """The numerators of the registry's rates: the counts of the same topic and whole that bear the rate's name.

    Where only one count of the topic has that whole, it needs no name.

    >>> from extract.patterns import load_patterns
    >>> parts = load_patterns().compiled(load_parts)
    >>> sorted(parts["poverty.rate"]), sorted(parts["forest.cover"])
    (['poverty.households'], ['forest.area'])
    """
    fold = patterns.compiled(Orthography).fold
    leads = patterns.compiled(CueTable).words("total") | patterns.compiled(CueTable).words("share")
    registry = patterns.compiled(load_registry)
    counts = [found for found in registry.values() if found.of and found.kind in ("count", "amount")]
    parts = Parts()
    for rate in registry.values():
        if rate.kind != "rate" or not rate.of:
            continue
        alike = [count for count in counts if count.of == rate.of and count.topic == rate.topic]
        named = [count for count in alike if bare_name(count, fold, leads) == bare_name(rate, fold, leads)]
        chosen = named or (alike if len(alike) == 1 else [])
        parts[rate.code] = frozenset(count.code for count in chosen)
    return parts


def bare_name(indicator: Indicator, fold: Callable[[str], str], leads: frozenset[str]) -> str:
    """An indicator's name without "tỷ lệ" or "số" before it.

    >>> from extract.patterns import load_patterns
    >>> bare_name(load_patterns().compiled(load_registry)["poverty.rate"], str.lower, frozenset(["tỷ lệ"]))
    'hộ nghèo'
    """
    name = fold(indicator.vi)
    lead = max((lead for lead in leads if name.startswith(lead + " ")), key=len, default="")
    return name[len(lead) :].strip()


def link_rates(
    totals: Totals,
    shares: Sequence[Share],
    subjects: Sequence[Subject],
    periods: Sequence[PeriodLink],
    wholes: Mapping[int, int],
    patterns: Patterns,
) -> list[Share]:
    """`shares` with what the registry adds; `wholes` are the levels that "trong đó" divides, by their parts."""
    reader = RateReader(totals, subjects, periods, patterns)
    linked = list(shares)
    for share, period in zip(shares, periods, strict=True):
        if share.role == "share" and share.den is not None and share.num != share.den:
            reader.wholes.setdefault(share.den, set()).add(period.period)
    for at, quantity in enumerate(totals.scope.quantities):
        share = shares[at]
        if quantity.kind == "percent" and share.role == "share" and share.num is share.den is None:
            linked[at] = reader.read(at, wholes)
            if linked[at] == Share():
                linked[at] = reader.narrowed(at)
    known: dict[str, list[int]] = {}
    for at, share in enumerate(linked):
        if share.role != "change" and not share.num is share.den is None:
            known.setdefault(totals.scope.quantities[at].text, []).append(at)
    for at, quantity in enumerate(totals.scope.quantities):
        if quantity.text in known and linked[at].num is None and quantity.kind == "percent" and quantity.decimals:
            linked[at] = reader.repeated(at, known[quantity.text], linked)
    return linked


class RateReader:
    """Looks up the parts and wholes of rates in one article."""

    def __init__(
        self, totals: Totals, subjects: Sequence[Subject], periods: Sequence[PeriodLink], patterns: Patterns
    ) -> None:
        self.totals, self.subjects, self.periods = totals, subjects, periods
        self.registry, self.parts = patterns.compiled(load_registry), patterns.compiled(load_parts)
        self.wholes: dict[int, set[str | None]] = {}  # what shares rest on already, and the periods of those
        self.levels: dict[str, list[int]] = {}
        for at, subject in enumerate(subjects):
            if subject.code and totals.is_level(at):
                self.levels.setdefault(subject.code, []).append(at)

    def read(self, at: int, wholes: Mapping[int, int]) -> Share:
        """The count and the whole of the rate that percentage `at` states."""
        rate = self.registry.get(self.subjects[at].code or "")
        every = self.totals.named(at) or self.is_every(at)
        if rate is None or rate.of is None or every:
            return Share()
        num = self.only(at, self.parts.get(rate.code, frozenset()))
        den = self.only(at, frozenset({rate.of}), all_there_is=True)
        if den is None and num is not None:
            den = wholes.get(num)
        quantities = self.totals.scope.quantities
        if num is not None and den is not None and quantities[num].value > quantities[den].value:
            return Share()
        return Share(num, den)

    def narrowed(self, at: int) -> Share:
        """The whole before a percentage of one of its facets: what the same words count, and others are shares of.

        "bầu 900 cấp ủy viên, trong đó nữ 270, chiếm 30%. Về trình độ, 95% cấp ủy viên có trình độ đại học"
        """
        done = self.totals.index.between("outcome", *self.totals.clause_before(at))  # "án hình sự khám phá 96%"
        if done or self.is_every(at):
            return Share()
        if not self.subjects[at].facets:
            return Share(den=at - 1) if self.is_of_members(at) else Share()
        if (beside := self.beside(at)) is not None:
            return Share(den=beside)
        found = [
            other
            for other in range(max(at - WINDOW, 0), at)
            if (other in self.wholes or self.totals.is_total(other))
            and self.totals.is_level(other)
            and not self.totals.is_rate(other)
            and not self.subjects[other].facets
            and self.same_subject(at, other)
            and self.same_time_and_place(at, other)
        ]
        values = {self.totals.scope.quantities[other].value for other in found}
        return Share(den=found[-1]) if len(values) == 1 else Share()

    def beside(self, at: int) -> int | None:
        """The last count before a percentage of one of its facets: "bầu 55 đại biểu, tỷ lệ nữ đạt 34,5%"."""
        scope = self.totals.scope
        here = scope.sentences[scope.sentence_of[at]]
        for other in range(at - 1, max(at - STEPS, -1), -1):
            far = scope.sentence_of[at] - scope.sentence_of[other] > 1
            if far or scope.sentences[scope.sentence_of[other]].paragraph != here.paragraph:
                return None
            if self.totals.is_level(other) and not self.subjects[other].facets and not self.is_aside(other):
                fits = scope.quantities[other].kind != "amount" and not self.totals.is_rate(other)
                fits = fits and self.same_subject(at, other) and self.same_time_and_place(at, other)
                return other if fits else None
        return None

    def is_of_members(self, at: int) -> bool:
        """Whether a percentage says what became of those counted before it: "dạy nghề cho 90 học viên, 80% có việc"."""
        if not at or self.totals.scope.sentence_of[at - 1] != self.totals.scope.sentence_of[at]:
            return False
        unit, label = self.subjects[at - 1].unit, self.subjects[at].label
        said = bool(unit and label and label.startswith(f"{unit} ")) and self.totals.is_predicate(at)
        return said and self.totals.is_level(at - 1) and not self.totals.is_rate(at - 1) and not self.is_aside(at - 1)

    def is_aside(self, at: int) -> bool:
        """Whether a bracket holds a count: "287/290 đại biểu trúng cử (thiếu 3 đại biểu)"."""
        begin, start = self.totals.clause_before(at)
        return self.totals.text.rfind("(", begin, start) > self.totals.text.rfind(")", begin, start)

    def is_every(self, at: int) -> bool:
        """Whether a percentage only says "all", so that it rests on no count: "100% số xã"."""
        return self.totals.scope.quantities[at].value == 100 and not self.totals.is_predicate(at)

    def same_time_and_place(self, at: int, other: int) -> bool:
        """Whether two quantities speak of one place, period and status."""
        same = self.totals.same_place(at, other) and self.same_period(at, other)
        return same and self.totals.cues[at].status == self.totals.cues[other].status

    def same_subject(self, at: int, whole: int) -> bool:
        """Whether a percentage speaks of what `whole` counts, by the registry or in its words.

        "tham gia cấp ủy cơ sở" are words of "cấp ủy viên cơ sở bầu", but for the verb before them.
        """
        subject, other = self.subjects[at], self.subjects[whole]
        if subject.code and other.code:
            rate = self.registry.get(subject.code)
            return other.code in (subject.code, rate.of if rate else None)
        if not subject.label or not other.label:
            return False
        said, counted = subject.label.split(), other.label.split()
        start = next((number for number, word in enumerate(said) if word in counted), len(said))
        start_fits = start == 0 or (start <= VERB and not self.totals.follows(at))
        within = start_fits and len(said) - start >= NOUN and set(said[start:]) <= set(counted)
        return subject.label == other.label or within

    def same_period(self, at: int, whole: int) -> bool:
        """Whether a percentage speaks of the time of `whole`, or of its shares' where it has none."""
        period, other = self.periods[at].period, self.periods[whole].period
        return period == other or (other is None and period in self.wholes.get(whole, ()))

    def only(self, at: int, codes: frozenset[str], *, all_there_is: bool = False) -> int | None:
        """The level with one of these codes at the place, period and status of `at`, where all agree on its value."""
        found = [
            other
            for code in codes
            for other in self.levels.get(code, ())
            if not self.totals.is_rate(other)
            and self.totals.same_place(at, other)
            and self.periods[at].period == self.periods[other].period
            and self.totals.cues[at].status == self.totals.cues[other].status
            and not self.subjects[other].facets
            and (not all_there_is or self.totals.scope.quantities[other].kind == "amount" or self.totals.is_all(other))
        ]
        quantities = self.totals.scope.quantities
        if len({quantities[other].value for other in found}) != 1:
            return None
        return max((other for other in found if other < at), default=min(found))

    def repeated(self, at: int, others: Sequence[int], shares: Sequence[Share]) -> Share:
        """The share of the other percentages that state the same thing: a title says what the text says."""
        label, share = self.subjects[at].label, shares[at]
        names = [(other, self.subjects[other].label or "") for other in others if other != at] if label else []
        found = {shares[other] for other, name in names if name and self.is_named(at, label or "", other, name)}
        fits = len(found) == 1 and all(one.role == share.role and share.den in (None, one.den) for one in found)
        return found.pop() if fits else share

    def is_named(self, at: int, label: str, other: int, name: str) -> bool:
        """Whether two percentages have one name; a title may put it in other words."""
        if label.endswith(name) or name.endswith(label):
            return True
        scope = self.totals.scope
        title = scope.sentence_of[at] == 0 or scope.sentences[scope.sentence_of[at]].heading
        code = self.subjects[at].code
        alike = bool(code) and code == self.subjects[other].code
        return title and (alike or len(set(label.split()) & set(name.split())) > 1)
