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

from extract.linking.period_scope import SentenceScope
from extract.linking.period_words import PeriodWords
from extract.linking.scope import Scope
from extract.linking.term_roles import Role, find_roles
from extract.patterns import Patterns, load_patterns
from extract.records import Cues, PeriodLink, Sentence, Term

SECTION = 100  # characters of a section's heading at most; longer lines are captions
LEAD = 3  # paragraphs that tell what an article is about, the title being 0
VERB = 120  # characters looked back at for a quantity's verb
REPORTED = frozenset({"year", "quarter", "month", "half", "as_of"})
TIMELESS = (None, "now", "recurring")
ITEM = re.compile(r"[-+*\u2022\u25aa]|(?:\d{1,2}|[a-z\u0111])[.)] ")
YEAR = re.compile(r"(?:19|20)\d\d")
NOTHING = PeriodLink(None, None, "period.none")


@dataclass(slots=True)
class Carry:
    """What holds after a sentence, in its paragraph: the last framing term, and the last that is no target's."""

    last: PeriodLink | None = None
    reported: PeriodLink | None = None

    def keep(self, link: PeriodLink, *, aimed: bool = False, beside: bool = False) -> None:
        """A term takes over; a target's does not where its sentence, `beside` it, also reports."""
        if not aimed:
            self.reported = self.last = link
        elif not beside:
            self.last = link


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
    roles = find_roles(scope.view, scope.sentences, terms, words)
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
        self.starts = [term.start for term in terms]
        self.role_sentences = [role.sentence for role in roles]
        self.year = (published or "9999")[:4]
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
        governing = here.governing(index)
        if governing:
            return self.governed(*governing, index, here)
        if here.is_old(index):
            return PeriodLink(None, None, "period.old")
        return self.compared(index, here.sentence) or self.carried(index, here)

    def governed(self, role: Role, how: str, index: int, here: SentenceScope) -> PeriodLink:
        """What a term says of a quantity; "trong năm" in a rule means every year, "từ năm 2015 với 5 hộ" that year."""
        term = role.term
        start, _, end = (term.period or "").partition("/")
        named = any(character.isdigit() for character in term.text)
        if not named and term.type in ("year", "quarter", "month") and self.status(index, here.sentence) == "criterion":
            return PeriodLink("recurring", term.text, "period.criterion")
        if end == "now" and not (role.frame or role.subject):
            return PeriodLink(start, term.text, "period.start")
        return self.narrowed(role, f"period.{how}")

    def narrowed(self, role: Role, rule: str) -> PeriodLink:
        """A link to a term; a holiday in the month that the article reports on is in that month."""
        period, report = role.term.period, self.report
        if role.term.type == "season" and period and report and (report.period or "").startswith(f"{period}-"):
            return PeriodLink(report.period, role.term.text, "period.season")
        return PeriodLink(period, role.term.text, rule)

    def compared(self, index: int, sentence: Sentence) -> PeriodLink | None:
        """The year after the one of "so với cùng kỳ năm 2015", where what holds so far is of another year."""
        at = bisect_left(self.starts, self.scope.quantities[index].end)
        for term in self.terms[at : at + 2]:
            year = YEAR.search(term.text) if term.end <= sentence.end else None
            if year and self.words.same.match(self.folded, term.start):
                period = str(int(year[0]) + 1)
                held = self.carry.last or self.report
                if held and (held.period or "").startswith(period):
                    return None
                return PeriodLink(period, term.text, "period.compared")
        return None

    def carried(self, index: int, here: SentenceScope) -> PeriodLink:
        """The period that a quantity without a term in its sentence has from before, or from its verb."""
        start = self.scope.quantities[index].start
        if self.said and index:
            last = self.scope.quantities[index - 1].end
            if self.folded.find(";", last, start) < 0 and not self.words.verb.search(self.folded, last, start):
                return self.said
        self.said = self.inherited(index, here)
        return self.said

    def inherited(self, index: int, here: SentenceScope) -> PeriodLink:
        """The same, for the first quantity of a clause."""
        sentence = here.sentence
        start = self.scope.quantities[index].start
        deed = self.is_deed(index, sentence)
        if deed and self.words.meeting.search(self.folded, max(sentence.start, start - 2 * VERB), start):
            return self.meeting or NOTHING
        status = self.status(index, sentence)
        carry = self.carry.reported if status == "reported" else self.carry.last
        if carry and not (deed and carry.period in TIMELESS):
            return replace(carry, rule="period.paragraph")
        if status == "criterion" and not deed:
            return PeriodLink("recurring", None, "period.criterion")
        held = self.section or self.report
        if held and not carry:
            return held
        if deed and (closing := here.closing(index)):
            return self.narrowed(closing, "period.closing")
        return NOTHING if deed or status == "target" else PeriodLink("now", None, "period.state")

    def status(self, index: int, sentence: Sentence) -> str | None:
        """Whether a quantity is reported, a target or a criterion; None where nothing tells."""
        if self.cues is not None:
            return self.cues[index].status
        return self.words.status(self.folded, sentence.start, self.scope.quantities[index].start)

    def is_deed(self, index: int, sentence: Sentence) -> bool:
        """Whether the verb nearest before a quantity, else after it, says what was done."""
        quantity = self.scope.quantities[index]
        if quantity.kind in ("percent", "ratio"):
            return self.words.entitled.search(self.folded[max(0, quantity.start - 30) : quantity.start]) is not None
        verbs = list(self.words.verb.finditer(self.folded, max(sentence.start, quantity.start - VERB), quantity.start))
        after = min(sentence.end, quantity.end + VERB // 2)
        verb = verbs[-1] if verbs else self.words.verb.search(self.folded, quantity.end, after)
        return verb is not None and verb[0] not in self.words.states

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
                self.carry.keep(self.narrowed(role, ""), aimed=aimed, beside=beside)
                beside = beside or not aimed
                if role.term.period == "now":
                    self.report = None
        met = self.words.meeting.search(self.folded, sentence.start, sentence.end)
        if met and self.words.deed.search(self.folded, met.end(), sentence.end):
            self.carry.keep(self.meeting or NOTHING)
        elif links and links[-1].rule == "period.compared":
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
    if sentence.paragraph > LEAD or role.term.type not in REPORTED or role.term.period in TIMELESS:
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
