"""Which period is each quantity about?

A term that frames a sentence holds until another one; a term right after a figure's noun holds for that figure alone;
what frames a sentence holds in its paragraph, what stands in a heading below it, what an article reports on in all of
it until it turns to what is now. Where nothing is said, a state ("có", "là") is as of now, a deed has the day of the
meeting it was done at or no period, and a rule is for every year.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.linking.period_baselines import find_baseline, find_year_after
from extract.linking.period_scope import SentenceScope
from extract.linking.period_verbs import VERB, is_deed, is_level
from extract.linking.period_words import PeriodWords
from extract.linking.scope import Scope
from extract.linking.term_roles import Role, find_roles
from extract.patterns import Patterns, load_patterns
from extract.records import Cues, PeriodLink, Sentence, Term

SECTION = 100  # characters of a section's heading at most; longer lines are captions
LEAD = 3  # paragraphs that tell what an article is about, the title being 0
REPORTED = frozenset({"year", "quarter", "month", "half", "as_of"})
TIMELESS = (None, "now", "recurring")
ITEM = re.compile(r"[-+*\u2022\u25aa]|(?:\d{1,2}|[a-z\u0111])[.)] ")
YEARS = re.compile(r"\d{4}/\d{4}")
UNKNOWN = "9999"  # the year of an article without a date
NOTHING = PeriodLink(None, None, "period.none")
STATE = PeriodLink("now", None, "period.state")


@dataclass(slots=True)
class Carry:
    """What holds after a sentence, in its paragraph: the last framing term, and the last that is no target's."""

    last: PeriodLink | None = None
    reported: PeriodLink | None = None
    office: bool = False  # whether the last is a term of office

    def keep(self, link: PeriodLink, *, aimed: bool = False, beside: bool = False, office: bool = False) -> None:
        """A term takes over; a target's does not where its sentence, `beside` it, also reports."""
        if aimed and beside:
            return
        self.last, self.office = link, office
        if not aimed:
            self.reported = link


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
    >>> from extract.finding.terms import find_terms
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
        self.scope, self.terms, self.roles, self.words, self.cues = scope, terms, roles, words, cues
        self.folded = scope.view.folded
        self.role_sentences = [role.sentence for role in roles]
        self.year = (published or UNKNOWN)[:4]
        self.carry = Carry()
        self.report: PeriodLink | None = None  # what the article reports on
        self.section: PeriodLink | None = None  # what the last heading says
        self.meeting = meeting_day(scope.sentences, roles)
        self.said: PeriodLink | None = None  # the answer for the last quantity of the sentence without a term

    def link(self) -> list[PeriodLink]:
        """The links of all quantities, sentence by sentence."""
        links: list[PeriodLink] = []
        sentences, paragraph = self.scope.sentences, -1
        headings = [at for at, one in enumerate(sentences) if is_section(one)]
        for number in sorted({*self.scope.sentence_of, *self.role_sentences, *headings}):
            sentence = sentences[number]
            if sentence.paragraph != paragraph and not self.is_listed(number):
                self.carry = Carry()
            paragraph, self.said = sentence.paragraph, None
            roles = self.roles[bisect_left(self.role_sentences, number) : bisect_right(self.role_sentences, number)]
            here = SentenceScope(self.scope, sentence, roles, self.words)
            first, last = bisect_left(self.scope.sentence_of, number), bisect_right(self.scope.sentence_of, number)
            found = [self.period_of(index, here) for index in range(first, last)]
            self.remember(here, found)
            links += found
        return links

    def is_listed(self, number: int) -> bool:
        """Whether a sentence's paragraph is an item of a list that goes on or that a colon opened."""
        sentences = self.scope.sentences
        first = first_of_paragraph(sentences, number)
        if not first or not ITEM.match(self.folded, sentences[first].start):
            return False
        before = sentences[first_of_paragraph(sentences, first - 1)]
        return self.folded[sentences[first - 1].end - 1] == ":" or ITEM.match(self.folded, before.start) is not None

    def period_of(self, index: int, here: SentenceScope) -> PeriodLink:
        """The period of one quantity."""
        if old := find_baseline(self.scope, index, here.sentence, self.terms, self.words):
            return PeriodLink(old.period, old.text, "period.baseline")
        governing = here.governing(index)
        if governing:
            return self.governed(*governing, index, here)
        if here.is_old(index):
            return PeriodLink(None, None, "period.old")
        held = self.carry.last or self.report
        after = find_year_after(self.scope, index, here.sentence, self.terms, self.words)
        if after and not (held and (held.period or "").startswith(after[0])):
            return PeriodLink(*after, "period.compared")
        return self.carried(index, here)

    def governed(self, role: Role, how: str, index: int, here: SentenceScope) -> PeriodLink:
        """What a term says of a quantity; "trong năm" in a rule means every year, "từ năm 2015 với 5 hộ" that year."""
        term = role.term
        start, _, end = (term.period or "").partition("/")
        named = any(character.isdigit() for character in term.text)
        if not named and term.type in ("year", "quarter", "month") and self.status(index, here.sentence) == "criterion":
            return PeriodLink("recurring", term.text, "period.criterion")
        held = self.carry.last
        if start == "recurring" and held and held.period not in TIMELESS and self.words.rate.search(term.text.lower()):
            return replace(held, rule="period.rate")
        if end == "now" and not (role.frame or role.subject):
            return PeriodLink(start, term.text, "period.start")
        return self.narrowed(role, f"period.{how}")

    def narrowed(self, role: Role, rule: str) -> PeriodLink:
        """A link to a term; a holiday in the month that the article reports on is in that month."""
        period, report = role.term.period, self.report
        if role.term.type == "season" and period and report and (report.period or "").startswith(f"{period}-"):
            return PeriodLink(report.period, role.term.text, "period.season")
        return PeriodLink(period, role.term.text, rule)

    def carried(self, index: int, here: SentenceScope) -> PeriodLink:
        """The period that a quantity without a term in its sentence has from before, or from its verb."""
        start = self.scope.quantities[index].start
        if self.said and index:
            before = self.scope.quantities[index - 1]
            last = before.end + 2 * (before.kind == "count")  # a noun follows: "12 tổ chức" is no verb
            if self.folded.find(";", last, start) < 0 and not self.words.verb.search(self.folded, last, start):
                return self.said
        self.said = self.inherited(index, here)
        return self.said

    def inherited(self, index: int, here: SentenceScope) -> PeriodLink:
        """The same, for the first quantity of a clause."""
        sentence = here.sentence
        start = self.scope.quantities[index].start
        deed = is_deed(self.scope, index, sentence, self.words)
        if deed and self.words.meeting.search(self.folded, max(sentence.start, start - 2 * VERB), start):
            return self.meeting or NOTHING
        status = self.status(index, sentence)
        carry = self.carry.reported if status == "reported" else self.carry.last
        if carry and not deed and (self.said is STATE or self.leaves_office(index, sentence)):
            return STATE
        granted = deed and self.scope.quantities[index].kind == "percent"
        if granted and (carry or self.report) and not (carry and YEARS.fullmatch(carry.period or "")):
            return STATE  # a rate in force: not of the months reported, but of the years of a programme
        if carry and not (deed and carry.period in TIMELESS):
            return replace(carry, rule="period.paragraph")
        if status == "criterion" and not deed:
            return PeriodLink("recurring", None, "period.criterion")
        held = self.section or self.report
        if held and not carry:
            return STATE if not self.section and (self.said is STATE or self.is_stock(index, sentence)) else held
        if deed and (closing := here.closing(index)):
            return self.narrowed(closing, "period.closing")
        return NOTHING if deed or status == "target" else STATE

    def status(self, index: int, sentence: Sentence) -> str | None:
        """Whether a quantity is reported, a target or a criterion; None where nothing tells."""
        if self.cues is not None:
            return self.cues[index].status
        return self.words.status(self.folded, sentence.start, self.scope.quantities[index].start)

    def is_stock(self, index: int, sentence: Sentence) -> bool:
        """Whether a paragraph opens with what there is, though the article reports on some months of a year."""
        report, quantity = self.report, self.scope.quantities[index]
        if report is None or "/" not in (report.period or "") or quantity.kind != "count":
            return False
        return is_level(self.scope, index, sentence, self.words)

    def leaves_office(self, index: int, sentence: Sentence) -> bool:
        """Whether a term of office does not reach a quantity: another whole begins, or what there is later."""
        quantity, carry = self.scope.quantities[index], self.carry.last
        if not self.carry.office or carry is None or quantity.kind != "count":
            return False
        if self.words.whole.search(self.folded[max(sentence.start, quantity.start - 30) : quantity.start]):
            return True
        over = (carry.period or "")[-4:] <= self.year != UNKNOWN
        return over and is_level(self.scope, index, sentence, self.words)

    def remember(self, here: SentenceScope, links: Sequence[PeriodLink]) -> None:
        """Keeps what the sentence says of the sentences after it."""
        sentence, beside = here.sentence, False
        if is_section(sentence) and not links:
            dated = [role for role in here.roles if role.term.type in REPORTED and role.term.period not in TIMELESS]
            self.section = self.narrowed(dated[0], "period.section") if dated else None
        for role in here.roles:
            aimed = role.aimed or self.is_ahead(role)
            if self.report is None and not aimed and is_report(role, sentence):
                self.report = self.narrowed(role, "period.report")
            framing = (role.frame or role.subject) and not role.weak and not here.trails(role)
            whole = role.within == (sentence.start, sentence.end)
            if (role.report and not links) or (framing and whole):
                office = role.term.type == "term"
                self.carry.keep(self.narrowed(role, ""), aimed=aimed, beside=beside, office=office)
                beside = beside or not aimed
                if role.term.period == "now":
                    self.report = None
        met = self.words.meeting.search(self.folded, sentence.start, sentence.end)
        if met and self.words.deed.search(self.folded, met.end(), sentence.end):
            self.carry.keep(self.meeting or NOTHING)
            return
        turned = links and links[0] is STATE and (self.report or self.carry.office)
        if links and (turned or links[-1].rule == "period.compared"):
            self.carry.keep(links[-1])

    def is_ahead(self, role: Role) -> bool:
        """Whether a term lies after the article."""
        period = role.term.period or ""
        return period[:1].isdecimal() and "/" not in period and period[:4] > self.year


def is_section(sentence: Sentence) -> bool:
    """Whether a sentence is a short line of its own, as sections begin with."""
    return sentence.heading and sentence.end - sentence.start <= SECTION


def first_of_paragraph(sentences: Sequence[Sentence], number: int) -> int:
    """The first sentence of a sentence's paragraph."""
    while number and sentences[number - 1].paragraph == sentences[number].paragraph:
        number -= 1
    return number


def is_report(role: Role, sentence: Sentence) -> bool:
    """Whether a term of the title or the first paragraphs is the period that the article reports on."""
    term = role.term
    start, _, end = (term.period or "").partition("/")
    stretch = term.type == "day" and start[:4].isdecimal() and end[:4].isdecimal() and int(end[:4]) - int(start[:4]) < 2
    reported = term.type in REPORTED or stretch or (term.type == "stage" and role.report)
    if sentence.paragraph > LEAD or not reported or term.period in TIMELESS:
        return False
    framing = role.report or ((role.frame or role.subject) and sentence.paragraph > 0)
    return framing or sentence.heading or role.sentence == 0


def meeting_day(sentences: Sequence[Sentence], roles: Sequence[Role]) -> PeriodLink | None:
    """The day an article's first paragraphs begin with, that of the meeting it reports; else the title's year."""
    year = None
    for role in roles:
        sentence, term = sentences[role.sentence], role.term
        if sentence.paragraph > LEAD:
            break
        dateline = 2 * len(term.text) > sentence.end - sentence.start
        if term.type != "day" or not term.period or dateline:
            continue
        if not sentence.heading and role.frame:
            return PeriodLink(term.period, term.text, "period.meeting")
        year = year or (
            PeriodLink(term.period.rpartition("/")[2][:4], term.text, "period.meeting") if sentence.heading else None
        )
    return year
