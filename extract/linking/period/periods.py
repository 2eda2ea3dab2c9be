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
from extract.linking.period.governing import SentenceScope
from extract.linking.period.memory import DAY, NOTHING, STATE, Memory
from extract.linking.period.reports import TIMELESS, is_section
from extract.linking.period.roles import Role, find_roles, is_ahead
from extract.linking.period.titles import is_same, repeat_titles
from extract.linking.period.topics import (
    find_attendance,
    goes_on,
    is_elected,
    is_personal,
    is_resolved,
    is_vote,
    names_office,
)
from extract.linking.period.verbs import (
    VERB,
    is_deed,
    is_flow,
    is_level,
    is_limit,
    is_plan,
    is_present,
    is_total,
    is_yield,
)
from extract.linking.period.words import NEAR, PeriodWords
from extract.linking.scope import Scope
from extract.patterns import Patterns, load_patterns
from extract.records import Cues, PeriodLink, Sentence, Term

MONTHS = re.compile(r"(\d{4})-01/\1-\d\d")
YEARS = re.compile(r"\d{4}/\d{4}")
UNKNOWN = "9999"  # the year of an article without a date


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


class Linker:
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
        self.scope, self.terms, self.words, self.cues = scope, terms, words, cues
        self.year = (published or UNKNOWN)[:4]
        self.roles = [replace(role, aimed=True) if is_ahead(role, self.year) else role for role in roles]
        self.folded = scope.view.folded
        self.role_sentences = [role.sentence for role in roles]
        self.memory = Memory(scope, self.roles, words, year=self.year)
        self.titles: list[tuple[int, PeriodLink]] = []  # the dated figures of the title
        self.said: PeriodLink | None = None  # the answer for the last quantity of the sentence without a term

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
        if old := find_baseline(self.scope, index, here.sentence, self.terms, self.words):
            return PeriodLink(old.period, old.text, "period.baseline")
        governing = here.governing(index)
        if governing and not self.escapes(governing[0], index, here.sentence):
            return self.governed(*governing, index, here)
        if here.is_old(index):
            return PeriodLink(None, None, "period.old")
        held = self.memory.carry.last or self.memory.report or self.memory.past
        if titled := self.titled(index):
            self.said = titled
            return titled
        after = find_year_after(self.scope, index, here.sentence, self.terms, self.words)
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
            return elected or find_attendance(self.scope, index, sentence, self.words) is not None
        cut = role.weak and self.folded.find(";", role.term.end, self.scope.quantities[index].start) >= 0
        return cut and role.term.period == "now" and is_yield(self.scope, index, sentence, self.words)

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

    def carried(self, index: int, here: SentenceScope) -> PeriodLink:
        """The period that a quantity without a term in its sentence has from before, or from its verb."""
        start = self.scope.quantities[index].start
        if self.said and index:
            before = self.scope.quantities[index - 1]
            last = before.end + 2 * (before.kind == "count")  # a noun follows: "12 tổ chức" is no verb
            part = self.words.part.search(self.folded, last, start)
            verb = not part and self.words.verb.search(self.folded, last, start)
            attends = find_attendance(self.scope, index, here.sentence, self.words)
            turned = verb or attends or self.is_standing(index, here.sentence)
            bracketed = self.folded.rfind("(", last, start) > self.folded.rfind(")", last, start)
            if bracketed or (self.folded.find(";", last, start) < 0 and not turned):
                return self.said
        self.said = self.inherited(index, here)
        return self.said

    def inherited(self, index: int, here: SentenceScope) -> PeriodLink:
        """The same, for the first quantity of a clause."""
        sentence, memory = here.sentence, self.memory
        herd = memory.carry.present and self.words.herd.match(self.folded, sentence.start, sentence.end)
        if herd or self.is_standing(index, sentence):
            return STATE
        deed = is_deed(self.scope, index, sentence, self.words)
        if found := self.continued(deed, index, sentence):
            return found
        status = self.status(index, sentence)
        carry = self.carried_link(status, index, sentence)
        if carry and (found := self.from_paragraph(carry, deed, index, sentence)):
            return found
        if status == "criterion" and not deed:
            return PeriodLink("recurring", None, "period.criterion")
        if not carry and (found := self.from_report(deed, index, sentence)):
            return found
        due = memory.goal if not carry and (status == "target" or not deed) else None
        if due and is_limit(self.scope, index, sentence, self.words, status=status):
            return due
        if deed and (closing := here.closing(index)):
            return memory.narrowed(closing, "period.closing")
        return NOTHING if deed or status == "target" else STATE

    def is_standing(self, index: int, sentence: Sentence) -> bool:
        """Whether a quantity is as of the article's day, whatever is reported on: a price, a new total."""
        return (
            self.scope.quantities[index].unit in self.words.prices
            or is_total(self.scope, index, sentence, self.words)
            or is_present(self.scope, index, sentence, self.words)
        )

    def continued(self, deed: bool, index: int, sentence: Sentence) -> PeriodLink | None:
        """What a sentence goes on with: the meeting, the figures before it, a term of office."""
        memory = self.memory
        if memory.vote and is_vote(self.scope, index, sentence, self.words):
            return memory.vote
        if attends := find_attendance(self.scope, index, sentence, self.words):
            return STATE if attends == "represented" else memory.meeting or NOTHING
        if self.is_met(deed, index, sentence):
            return memory.meeting or NOTHING
        if memory.carry.tail and goes_on(self.scope, sentence, self.words):
            return replace(memory.carry.tail, rule="period.continued")
        if memory.congress and is_elected(self.scope, index, sentence, self.words):
            return memory.congress
        goes = memory.office and self.said is not STATE and self.holds_office(index, sentence)
        return memory.office if goes else None

    def from_paragraph(self, carry: PeriodLink, deed: bool, index: int, sentence: Sentence) -> PeriodLink | None:
        """What the paragraph's last term says; None for a deed after one that is no stretch of time."""
        held, quantity = self.memory.carry, self.scope.quantities[index]
        dated = carry.period not in TIMELESS and not (held.office or held.own)
        if dated and is_personal(self.scope, index, sentence, self.words):
            return self.of_person(index, sentence)
        if not deed and (self.said is STATE or self.leaves_office(index, sentence)):
            return STATE
        if deed and quantity.kind == "percent" and not YEARS.fullmatch(carry.period or ""):
            return STATE  # a rate in force: not of the months reported, but of the years of a programme
        outcome = self.words.outcome.match(self.folded, sentence.start, quantity.start)
        if outcome and not deed and YEARS.fullmatch(carry.period or ""):
            return STATE  # "Giai đoạn 2016 - 2020, dân hiến đất. Nhờ đó, 90% đường được cứng hóa"
        if (carry.period or "").endswith("/now") and not deed and self.scope.quantities[index].kind != "amount":
            return STATE  # "từ năm 2016 đến nay ... Tỷ lệ này là 36%"
        if carry.period == "recurring" and not deed and self.status(index, sentence) not in ("criterion", "target"):
            return STATE  # "mỗi ngày có 25 bệnh nhi. Khoảng 5% trẻ diễn tiến nặng"
        over = held.over or self.memory.report
        if deed and over and DAY.fullmatch(carry.period or "") and (over.period or "")[:4] == (carry.period or "")[:4]:
            return replace(over, rule="period.paragraph")
        met = self.words.meeting.search(self.folded, max(sentence.start, quantity.start - NEAR), quantity.start)
        if carry.period is None and not (deed or met):
            return STATE
        return None if deed and carry.period in TIMELESS else replace(carry, rule="period.paragraph")

    def from_report(self, deed: bool, index: int, sentence: Sentence) -> PeriodLink | None:
        """What the last heading or the article's report says."""
        memory = self.memory
        held = memory.section or memory.report
        if held is None:
            returns = deed or is_yield(self.scope, index, sentence, self.words)
            returns = returns or is_flow(self.scope, index, sentence, self.words)
            return memory.past if returns else None
        if deed and memory.report and self.scope.quantities[index].kind == "percent":
            return STATE  # a rate in force
        if memory.carry.personal or is_personal(self.scope, index, sentence, self.words):
            memory.carry.personal = True
            return self.of_person(index, sentence)
        return STATE if self.said is STATE or self.is_stock(index, sentence) else held

    def of_person(self, index: int, sentence: Sentence) -> PeriodLink:
        """What a person has is so now; when it was earned or given is not said, but for a season's crop."""
        if is_level(self.scope, index, sentence, self.words):
            return STATE
        crop = self.memory.report if self.memory.crop and self.scope.quantities[index].kind == "amount" else None
        return crop or NOTHING

    def status(self, index: int, sentence: Sentence) -> str | None:
        """Whether a quantity is reported, a target or a criterion; None where nothing tells."""
        if self.cues is not None:
            return self.cues[index].status
        return self.words.status(self.folded, sentence.start, self.scope.quantities[index].start)

    def is_met(self, deed: bool, index: int, sentence: Sentence) -> bool:
        """Whether a quantity is of what was done at the meeting that the article reports."""
        start = self.scope.quantities[index].start
        if deed and self.words.meeting.search(self.folded, max(sentence.start, start - 2 * VERB), start):
            return True
        if is_resolved(self.scope, index, sentence, self.words):
            return self.memory.meeting is not None
        opened = self.words.occasion.match(self.folded, sentence.start, start)
        first, last = max(sentence.start, start - NEAR), min(sentence.end, start + VERB)
        return bool(opened and self.words.deed.search(self.folded, first, last))

    def carried_link(self, status: str | None, index: int, sentence: Sentence) -> PeriodLink | None:
        """What holds from the sentences before: a target's period not for what is there or was done."""
        last, reported = self.memory.carry.last, self.memory.carry.reported
        if status in ("target", "criterion", "estimate") or reported or last is None:
            return reported if status == "reported" else last
        start = self.scope.quantities[index].start
        done = self.words.done.search(self.folded, max(sentence.start, start - NEAR), start)
        return None if done or is_level(self.scope, index, sentence, self.words, rests=True) else last

    def is_stock(self, index: int, sentence: Sentence) -> bool:
        """Whether a paragraph opens with what there is, though the article reports on a stretch of time."""
        if self.memory.carry.reporting or (self.said and self.said.rule in ("period.report", "period.section")):
            return False
        if self.memory.as_of:
            return False  # what there was on the day that is reported on
        rests = self.memory.report is not None and len(self.memory.report.period or "") > len(self.year)
        return is_level(self.scope, index, sentence, self.words, rests=rests)

    def holds_office(self, index: int, sentence: Sentence) -> bool:
        """Whether a sentence goes on with the term of office said before, and no other term holds in its paragraph."""
        carry = self.memory.carry
        if carry.last and not carry.office and carry.last.period not in TIMELESS:
            return False
        named = names_office(self.scope, index, sentence, self.words, elected=self.memory.elected)
        named = named or (self.memory.vote is None and is_vote(self.scope, index, sentence, self.words))
        return named and not self.leaves_office(index, sentence)

    def leaves_office(self, index: int, sentence: Sentence) -> bool:
        """Whether a term of office does not reach a quantity: another whole begins, or what there is later."""
        quantity, carry = self.scope.quantities[index], self.memory.carry.last
        if not self.memory.carry.office or carry is None or quantity.kind != "count":
            return False
        if self.words.whole.search(self.folded[max(sentence.start, quantity.start - 30) : quantity.start]):
            return True
        over = (carry.period or "")[-4:] <= self.year != UNKNOWN
        return over and is_level(self.scope, index, sentence, self.words)
