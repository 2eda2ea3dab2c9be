"""Which period is each quantity about?

A term that frames a sentence holds until another one; a term right after a figure's noun holds for that figure alone;
what frames a sentence holds in its paragraph, what stands in a heading below it, what an article reports on in all of
it until it turns to what is now; what came in ("doanh thu") returns to it. Where nothing is said, a state ("có", "là")
is as of now, a deed has the day of the meeting it was done at or no period, and a rule is for every year.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.linking.period.baselines import find_baseline, find_year_after
from extract.linking.period.carried import UNKNOWN, Carrier
from extract.linking.period.governing import SentenceScope
from extract.linking.period.memory import DAY, Memory
from extract.linking.period.reports import TIMELESS, is_section
from extract.linking.period.roles import Role, find_roles, is_ahead
from extract.linking.period.titles import is_same, repeat_titles
from extract.linking.period.topics import (
    find_attendance,
    is_elected,
    is_resolved,
    is_seated,
    is_vote,
    names_meeting,
)
from extract.linking.period.verbs import (
    is_level,
    is_plan,
    is_yield,
)
from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.patterns import Patterns, load_patterns
from extract.records import Cues, PeriodLink, Sentence, Term

MONTHS = re.compile(r"(\d{4})-01/\1-\d\d")
EARLY, LATE = "01-31", "12-10"  # days of a year up to and from which meetings review a whole one


def link_periods(
    scope: Scope,
    terms: Sequence[Term],
    patterns: Patterns | None = None,
    *,
    published: str | None = None,
    cues: Sequence[Cues] | None = None,
) -> list[PeriodLink]:
    """The period of each of the scope's quantities; None where nothing tells. `cues` tell targets and rules apart.

    `published` (ISO 8601) tells what is still to come.

    >>> from decimal import Decimal
    >>> from extract.finding.term.terms import find_terms
    >>> from extract.linking.scope import make_scope
    >>> from extract.reading.sentences import find_sentences
    >>> from extract.reading.view import make_view
    >>> from extract.records import Quantity
    >>> patterns = load_patterns()
    >>> view = make_view("Năm 2018, xã có 12 hộ nghèo.", patterns)
    >>> sentences = find_sentences(view, (), patterns)
    >>> scope = make_scope(view, sentences, [Quantity(16, 18, "12", "count", Decimal(12))])
    >>> link_periods(scope, find_terms(view, sentences, patterns), patterns)
    [PeriodLink(period='2018', text='Năm 2018', rule='period.frame')]
    """
    words = (patterns or load_patterns()).compiled(PeriodWords)
    roles = find_roles(scope.view, scope.sentences, terms, words, quantities=scope.quantities)
    return Linker(scope, terms, roles, words, published=published, cues=cues).link()


class Linker(Carrier):
    """One article's pass over its sentences."""

    def __init__(
        self,
        scope: Scope,
        terms: Sequence[Term],
        roles: Sequence[Role],
        words: PeriodWords,
        *,
        published: str | None,
        cues: Sequence[Cues] | None,
    ) -> None:
        year = (published or UNKNOWN)[:4]
        self.roles = [replace(role, aimed=True) if is_ahead(role, year) else role for role in roles]
        super().__init__(scope, Memory(scope, self.roles, words, year=year), words, year=year, cues=cues)
        self.terms, self.term_starts = terms, [term.start for term in terms]
        self.role_sentences = [role.sentence for role in roles]
        self.titles: list[tuple[int, PeriodLink]] = []  # the dated figures of the title

    def link(self) -> list[PeriodLink]:
        """The links of all quantities, sentence by sentence."""
        links: list[PeriodLink] = []
        sentences, paragraph = self.scope.sentences, -1
        headings = [at for at, one in enumerate(sentences) if is_section(one)]
        for number in sorted({*self.scope.sentence_of, *self.role_sentences, *headings}):
            sentence = sentences[number]
            if sentence.paragraph != paragraph:
                self.memory.open_paragraph(number)
            paragraph, self.said = sentence.paragraph, None
            roles = self.roles[bisect_left(self.role_sentences, number) : bisect_right(self.role_sentences, number)]
            here = SentenceScope(self.scope, sentence, roles, self.words)
            first, last = bisect_left(self.scope.sentence_of, number), bisect_right(self.scope.sentence_of, number)
            found = [self.of_plan(self.period_of(index, here), index, here) for index in range(first, last)]
            self.memory.remember(here, found)
            links += found
            if not number:
                self.titles = [(at, link) for at, link in enumerate(found) if DAY.fullmatch(link.period or "")]
        return repeat_titles(self.scope, links, self.words, report=self.memory.report or self.memory.past)

    def period_of(self, index: int, here: SentenceScope) -> PeriodLink:
        """The period of one quantity."""
        at = bisect_left(self.term_starts, self.scope.quantities[index].end)
        following = self.terms[at : at + 2]
        if old := find_baseline(self.scope, index, here.sentence, following, self.words):
            return PeriodLink(old.period, old.text, "period.baseline")
        governing = here.governing(index)
        if governing and (reviewed := self.reviewed(governing[0], index, here.sentence)):
            return reviewed
        if governing and not self.escapes(governing[0], index, here.sentence):
            return self.governed(*governing, index, here)
        if here.is_old(index):
            return PeriodLink(None, None, "period.old")
        held = self.memory.carry.last or self.memory.report or self.memory.past
        if titled := self.titled(index):
            self.said = titled
            return titled
        after = find_year_after(self.scope, here.sentence, following, self.words)
        if after and not (held and (held.period or "").startswith(after[0])):
            return PeriodLink(*after, "period.compared")
        return self.carried(index, here)

    def escapes(self, role: Role, index: int, sentence: Sentence) -> bool:
        """Whether a term does not reach a quantity: a congress's guests, its "khóa I", what came in beside what is."""
        if self.memory.meeting and is_resolved(self.scope, index, sentence, self.words):
            return True
        if role.term.type == "term" and self.memory.vote and is_vote(self.scope, index, sentence, self.words):
            return True
        if role.term.type == "term":
            elected = role.term.period is None and is_elected(self.scope, index, sentence, self.words)
            named = names_meeting(self.scope, role, sentence, self.words)
            elected = elected or (named and not is_seated(self.scope, index, sentence, self.words))
            return elected or find_attendance(self.scope, index, sentence, self.words) is not None
        cut = role.weak and self.folded.find(";", role.term.end, self.scope.quantities[index].start) >= 0
        return cut and role.term.period == "now" and is_yield(self.scope, index, sentence, self.words)

    def reviewed(self, role: Role, index: int, sentence: Sentence) -> PeriodLink | None:
        """What a meeting that reviews a stretch of time says came in then, not on the meeting's day."""
        day, start = role.term.period or "", self.scope.quantities[index].start
        if not DAY.fullmatch(day) or role.term.type != "day" or not is_yield(self.scope, index, sentence, self.words):
            return None
        if self.words.gathering.search(self.folded, sentence.start, start) is None:
            return None
        held = self.memory.section or self.memory.report
        if held and held.period and not DAY.fullmatch(held.period):
            return replace(held, rule="period.review")
        if self.words.review.search(self.folded, sentence.start, start) is None or EARLY < day[5:] < LATE:
            return None
        return PeriodLink(str(int(day[:4]) - (day[5:] <= EARLY)), role.term.text, "period.review")

    def titled(self, index: int) -> PeriodLink | None:
        """What the title says of the same figure: "Trao Huy hiệu Đảng đợt 19/5 cho 612 đảng viên"."""
        quantity = self.scope.quantities[index]
        for at, link in self.titles:
            first = self.scope.quantities[at]
            if first.value == quantity.value and is_same(self.scope, first, quantity):
                return replace(link, rule="period.title")
        return None

    def of_plan(self, link: PeriodLink, index: int, here: SentenceScope) -> PeriodLink:
        """A plan's figure among those of the months since January is the year's: "dự toán năm (12 tỷ)"."""
        period = link.period or ""
        if (MONTHS.fullmatch(period) or DAY.fullmatch(period)) and is_plan(
            self.scope, index, here.sentence, self.words
        ):
            return replace(link, period=period[:4], rule="period.plan")
        return link

    def governed(self, role: Role, how: str, index: int, here: SentenceScope) -> PeriodLink:
        """What a term says of a quantity; "trong năm" in a rule means every year, "từ năm 2015 với 5 hộ" that year."""
        term = role.term
        if term.type == "term" and term.period is None and self.memory.congress and not self.words.former(term.text):
            return replace(self.memory.congress, rule=f"period.{how}")  # "khóa mới", "khóa XIX"
        start, _, end = (term.period or "").partition("/")
        named = any(character.isdigit() for character in term.text)
        if not named and term.type in ("year", "quarter", "month") and self.status(index, here.sentence) == "criterion":
            return PeriodLink("recurring", term.text, "period.criterion")
        if start == "recurring" and (mean := self.memory.mean(role)):
            return mean
        held = self.memory.carry.last
        if start == "recurring" and held and held is not self.memory.carry.reported and not role.frame:
            return replace(held, rule="period.mean")  # "mỗi năm" on the way to a target
        if start == "recurring" and held and held.period not in TIMELESS and self.words.rate.search(term.text.lower()):
            return replace(held, rule="period.rate")
        summed = (
            term.type == "as_of" and MONTHS.fullmatch(term.period or "") and self.words.summed.match(term.text.lower())
        )
        if summed and is_level(self.scope, index, here.sentence, self.words):
            return PeriodLink(end, term.text, f"period.{how}")  # "lũy kế đến hết tháng 6 có 498 dự án"
        if end == "now" and not (role.frame or role.subject):
            return PeriodLink(start, term.text, "period.start")
        return self.memory.narrowed(role, f"period.{how}")
