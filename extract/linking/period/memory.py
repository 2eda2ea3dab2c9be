"""What has an article said of periods so far, that holds for what it says next?

Its report, the last heading, the last term of office, the term by which targets are due, and in each paragraph
the last term that framed a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.linking.period.governing import BEFORE, SentenceScope
from extract.linking.period.reports import (
    LEAD,
    REPORTED,
    TIMELESS,
    is_counted,
    is_crop,
    is_exact,
    is_longer,
    is_report,
    is_section,
    is_stretch,
    meeting_day,
    vote_day,
)
from extract.linking.period.roles import Role
from extract.linking.period.topics import begins_personal, is_office, mentions_person, names_meeting
from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.records import PeriodLink, Sentence, Term

ITEM = re.compile(r"[-+*\u2022\u25aa]|(?:\d{1,2}|[a-z\u0111])[.)] ")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
YEARS = re.compile(r"\d{4}/\d{4}")
NOTHING = PeriodLink(None, None, "period.none")
# Rules by a term of the sentence, or by the title whose figure it repeats.
SAID = frozenset({"period.trailing", "period.leading", "period.frame", "period.title"})
STATE = PeriodLink("now", None, "period.state")


@dataclass(slots=True)
class Carry:
    """What holds after a sentence, in its paragraph: the last framing term, and the last that is no target's."""

    last: PeriodLink | None = None
    reported: PeriodLink | None = None
    over: PeriodLink | None = None  # the year or months said before the day up to which the last counts
    office: bool = False  # whether the last is a term of office
    tail: PeriodLink | None = None  # what a term beside the last figure says of it alone
    present: bool = False  # whether the last sentence ended with what there is now
    reporting: bool = False  # whether the article's report holds for what was said last
    own: bool = False  # whether what holds was said of a person
    personal: bool = False  # whether a person's own affairs are told

    def keep(self, link: PeriodLink, *, aimed: bool = False, beside: bool = False, office: bool = False) -> None:
        """A term takes over; a target's does not where its sentence, `beside` it, also reports."""
        if aimed and beside:
            return
        if not DAY.fullmatch(link.period or ""):
            self.over = link
        self.last, self.office = link, office
        if not aimed:
            self.reported = link


class Memory:
    """What one article has said so far."""

    def __init__(self, scope: Scope, roles: Sequence[Role], words: PeriodWords, *, year: str) -> None:
        self.scope, self.words, self.year = scope, words, year
        self.folded = scope.view.folded
        self.carry = Carry()
        self.report: PeriodLink | None = None  # what the article reports on
        self.past: PeriodLink | None = None  # the same, after the article turned to what is now
        self.as_of = False  # whether the report counts what there was up to a day
        self.elected = False  # whether the article is about who was elected for a term of office
        self.crop = False  # whether the report is of a season in the field
        self.congress: PeriodLink | None = None  # the last term of office that has begun
        self.counted = False  # whether a sentence of the text had figures
        self.school: PeriodLink | None = None  # the school year that the article is about
        self.section: PeriodLink | None = None  # what the last heading says
        self.office: PeriodLink | None = None  # the term of office said last
        self.goal: PeriodLink | None = None  # by when the targets of this section are to be reached
        self.meeting = meeting_day(scope, roles, words)
        self.vote = vote_day(scope, roles, words)

    def open_paragraph(self, number: int) -> None:
        """Forgets what held in the paragraph before a sentence's, unless both are items of one list."""
        first = first_of_paragraph(self.scope.sentences, number)
        if not self.is_listed(first):
            self.carry = Carry(personal=begins_personal(self.scope, self.scope.sentences[first], self.words))
        elif self.carry.tail and self.carry.tail.rule == "period.trailing":
            self.carry.keep(self.carry.tail)  # a list of the parts of the figure before
            self.carry.tail = None

    def is_listed(self, first: int) -> bool:
        """Whether a paragraph is an item of a list that goes on or that a colon opened."""
        sentences = self.scope.sentences
        if not first or not ITEM.match(self.folded, sentences[first].start):
            return False
        before = sentences[first_of_paragraph(sentences, first - 1)]
        return self.folded[sentences[first - 1].end - 1] == ":" or ITEM.match(self.folded, before.start) is not None

    def narrowed(self, role: Role, rule: str) -> PeriodLink:
        """A link to a term; a holiday in the month that the article reports on is in that month."""
        period, report = role.term.period, self.report
        if role.term.type == "season" and period and report and (report.period or "").startswith(f"{period}-"):
            return PeriodLink(report.period, role.term.text, "period.season")
        return PeriodLink(period, role.term.text, rule)

    def mean(self, role: Role) -> PeriodLink | None:
        """What a mean by the year is taken over: the stage or the term of office that the paragraph tells of."""
        held = self.carry.last
        if held is None or not YEARS.fullmatch(held.period or "") or not self.words.mean.search(role.term.text.lower()):
            return None
        return replace(held, rule="period.mean")

    def remember(self, here: SentenceScope, links: Sequence[PeriodLink]) -> None:
        """Keeps what a sentence and the links of its quantities say of the sentences after it."""
        sentence = here.sentence
        if is_section(sentence) and not links:
            dated = [role for role in here.roles if role.term.type in REPORTED and role.term.period not in TIMELESS]
            self.section = self.narrowed(dated[0], "period.section") if dated else None
            self.goal = None
        self.keep_terms(here, reported=bool(links))
        self.counted = self.counted or bool(links and not sentence.heading)
        met = self.words.meeting.search(self.folded, sentence.start, sentence.end)
        if met and self.words.deed.search(self.folded, met.end(), sentence.end):
            self.carry.keep(self.meeting or NOTHING)
        elif links:
            self.keep_links(sentence, links)

    def keep_terms(self, here: SentenceScope, *, reported: bool) -> None:
        """Keeps the terms of a sentence that frame it; `reported` says whether it holds figures."""
        sentence, beside = here.sentence, False
        opened: Role | None = None
        for number, role in enumerate(here.roles):
            self.keep_report(role, here)
            if is_congress_day(role, here.roles) or self.is_apart(role, sentence) or self.is_named(role, sentence):
                continue
            framing = (role.frame or role.subject) and not role.weak and not here.trails(role)
            whole = role.within == (sentence.start, sentence.end)
            named = role.report and not reported
            if not (named or (framing and whole)) or here.is_mean(role, here.roles[max(0, number - BEFORE) : number]):
                continue
            if not role.frame and self.carry.last and is_longer(role, self.carry.last.period or ""):
                continue  # "Trong tháng 5, ... Thu ngân sách 5 tháng đầu năm đạt 31 tỷ đồng. Dịch xảy ra tại 5 xã"
            if opened is not None and not role.frame and is_within(role, opened):
                continue  # "nhiệm kỳ 2020 - 2025, thu nhập năm 2025 đạt 49 triệu đồng. Nhân dân hiến đất": of the term
            opened = opened or role
            self.carry.keep(self.narrowed(role, ""), aimed=role.aimed, beside=beside, office=role.term.type == "term")
            beside = beside or not role.aimed
            if role.aimed:
                self.goal = self.narrowed(role, "period.goal")
            contrast = any(other.term.period not in TIMELESS for other in here.roles[:number])
            if role.term.period == "now" and not contrast:
                self.past, self.report = self.report or self.past, None

    def is_apart(self, role: Role, sentence: Sentence) -> bool:
        """Whether a term holds for its own figures alone: a level compared with, or by when congresses were held.

        "Cùng kỳ năm trước chỉ có 12 vụ", "khóa trước là 8%"; those whom the congresses elected have a term of office.
        """
        term = role.term
        if term.type == "as_of":
            held = self.office and self.words.held.search(self.folded, sentence.start, sentence.end)
            return bool(held or self.words.same.match(self.folded, term.start))
        return term.type == "term" and self.is_former(term)

    def is_named(self, role: Role, sentence: Sentence) -> bool:
        """Whether a term of office only names the meeting that the sentence tells of."""
        return not sentence.heading and names_meeting(self.scope, role, sentence, self.words)

    def is_session(self, sentence: Sentence) -> bool:
        """Whether a council meets, which its term of office only names: "HĐND nhiệm kỳ 2021-2026 họp kỳ thứ 5"."""
        return self.words.session.search(self.folded, sentence.start, sentence.end) is not None

    def is_former(self, said: Term | PeriodLink) -> bool:
        """Whether a term of office is only named as the one before that of the article: "khóa trước"."""
        office = (self.office or NOTHING).period or ""
        return (said.period or office) < office and self.words.previous.search((said.text or "").lower()) is not None

    def keep_report(self, role: Role, here: SentenceScope) -> None:
        """Keeps a term of office, and the period that the article reports on, to the day where it says so later."""
        sentence = here.sentence
        aside = role.within != (sentence.start, sentence.end) or self.is_apart(role, sentence)
        aside = aside or (role.term.type == "term" and self.is_session(sentence))
        if not aside and is_office(self.scope, role, sentence, self.words, year=self.year):
            lead = sentence.paragraph <= LEAD and not self.is_named(role, sentence)
            self.elected = self.elected or lead
            self.office = self.narrowed(role, "period.office")
            if self.congress is None or (self.office.period or "") > (self.congress.period or ""):
                self.congress = self.office
        told = role.frame or role.report or sentence.heading
        if role.term.type == "school_year" and told and not (aside or role.aimed) and sentence.paragraph <= LEAD:
            self.school = self.narrowed(role, "period.school")
        if self.reports(role, here):
            self.section = None if self.is_exact(role) else self.section  # the title's year, to the day
            self.report = self.narrowed(role, "period.report")
            self.crop = is_crop(role, self.words)
            tallied = role.report or self.words.tallied.search(role.term.text.lower()) is not None
            self.as_of = tallied and DAY.fullmatch(role.term.period or "") is not None

    def is_exact(self, role: Role) -> bool:
        """Whether a term says to the day what the article reports on."""
        known = self.report is not None and is_exact(role, self.report.period or "")
        return is_counted(role) or (role.frame and known)

    def reports(self, role: Role, here: SentenceScope) -> bool:
        """Whether a term is what the article reports on, or says it more exactly than what was taken for that."""
        sentence = here.sentence
        if self.report is None:
            if is_congress_day(role, here.roles):
                return False
            told = not role.aimed and (sentence.heading or not here.trails(role))
            if not (role.report or sentence.heading) and mentions_person(self.scope, sentence, self.words):
                return False  # "Năm 2009, ông vay 20 triệu đồng": his year is not the article's
            return told and is_report(role, sentence, self.words)
        if self.is_exact(role):
            return sentence.paragraph <= LEAD
        longer = not self.counted and is_longer(role, self.report.period or "")
        return role.frame and (is_stretch(role) or longer) and role.term.start == sentence.start

    def keep_links(self, sentence: Sentence, links: Sequence[PeriodLink]) -> None:
        """Keeps what was found for the quantities of a sentence, where that holds for the next ones too."""
        last, carry = links[-1], self.carry
        if not carry.last and last.rule == "period.leading" and "/" in (last.period or "") and not self.is_former(last):
            carry.keep(last)
        if last.rule == "period.title":
            carry.keep(last)
        turned = links[0] is STATE and (self.report or carry.office)
        if turned or last.rule in ("period.compared", "period.office", "period.continued", "period.review"):
            carry.keep(last, office=last.rule == "period.office")
        self.elected = self.elected or last.rule == "period.office"
        held = self.section or self.report
        if carry.last and not carry.own:
            carry.own = mentions_person(self.scope, sentence, self.words)
        carry.reporting = held is not None and last.period == held.period
        carry.present = last.period == "now"
        carry.tail = last if last.period and last.rule in SAID else None


def is_congress_day(role: Role, roles: Sequence[Role]) -> bool:
    """Whether a day is that up to which congresses of a term of office were held, said in the same sentence."""
    return role.term.type == "as_of" and any(other.term.type == "term" for other in roles)


def is_within(role: Role, other: Role) -> bool:
    """Whether a year is one of those from and to which another term goes."""
    start, _, end = (other.term.period or "").partition("/")
    year = (role.term.period or "").partition("/")[2] or role.term.period or ""
    return len(start) == len(end) == len("2020") and start <= year[:4] <= end


def first_of_paragraph(sentences: Sequence[Sentence], number: int) -> int:
    """The first sentence of a sentence's paragraph."""
    while number and sentences[number - 1].paragraph == sentences[number].paragraph:
        number -= 1
    return number
