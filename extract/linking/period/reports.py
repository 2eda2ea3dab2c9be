"""Which period does an article report on, and on which day was the meeting that it reports?

The period that the title, a heading or one of the first paragraphs names.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.linking.period.roles import COUNTED, REACH, Role
from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.records import PeriodLink, Sentence

SECTION = 100  # characters of a section's heading at most; longer lines are captions
LEAD = 3  # paragraphs that tell what an article is about, the title being 0
MONTH, DAY = "2024-01", "2024-01-01"
REPORTED = frozenset({"year", "quarter", "month", "half", "as_of"})
TIMELESS = (None, "now", "recurring")


def is_section(sentence: Sentence) -> bool:
    """Whether a sentence is a short line of its own, as sections begin with."""
    return sentence.heading and sentence.end - sentence.start <= SECTION


def is_stretch(role: Role) -> bool:
    """Whether a term goes from one day to another, within two years."""
    start, _, end = (role.term.period or "").partition("/")
    days = role.term.type == "day" and start[:4].isdecimal() and end[:4].isdecimal()
    return days and int(end[:4]) - int(start[:4]) < 2


def is_counted(role: Role) -> bool:
    """Whether a term is a year, or some months, counted from and to days it names."""
    start, _, end = (role.term.period or "").partition("/")
    return role.term.type in COUNTED and len(start) == len(end) == len(DAY)


def is_exact(role: Role, report: str) -> bool:
    """Whether a term names the days of the months that an article reports on: "từ 15/12/2022 đến 14/6/2023"."""
    days = (role.term.period or "").split("/")
    if len(days) != 2 or any(len(day) != len(DAY) for day in days):
        return False
    first, last = report.partition("/")[0], report.rpartition("/")[2]
    first, last = (first + "-01")[: len(MONTH)], (last + "-12")[: len(MONTH)]
    if days[0] == f"{first}-01":
        return False  # the same months, in other words
    return all(abs(months(day) - months(month)) <= 1 for day, month in zip(days, (first, last), strict=True))


def months(period: str) -> int:
    """The months up to that of an ISO 8601 month or day."""
    return int(period[:4]) * 12 + int(period[5:7])


def is_crop(role: Role, words: PeriodWords) -> bool:
    """Whether a term is a dated season in the field: "vụ đông xuân 2022 - 2023", but not a holiday."""
    return role.term.type == "season" and words.crop.match(role.term.text.lower()) is not None


def is_longer(role: Role, report: str) -> bool:
    """Whether a term opens the months of the year that end with the report's: "9 tháng" for "quý III"."""
    start, _, end = (role.term.period or "").partition("/")
    first, _, last = report.partition("/")
    return bool(end) and len(start) == len(end) == len(MONTH) and end == (last or first) and start < first


def is_report(role: Role, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a term of the title or the first paragraphs is the period that the article reports on."""
    term = role.term
    reported = (
        term.type in REPORTED or is_stretch(role) or (term.type == "stage" and role.report) or is_crop(role, words)
    )
    if sentence.paragraph > LEAD or not reported or term.period in TIMELESS:
        return False
    framing = role.report or ((role.frame or role.subject) and sentence.paragraph > 0)
    return framing or sentence.heading or role.sentence == 0


def vote_day(scope: Scope, roles: Sequence[Role], words: PeriodWords) -> PeriodLink | None:
    """The day of the election that an article's first paragraphs tell of."""
    for role in roles:
        sentence, term = scope.sentences[role.sentence], role.term
        if sentence.paragraph > LEAD:
            break
        dated = term.type in ("day", "as_of") and term.period is not None and len(term.period) == len(DAY)
        if dated and words.election.search(scope.view.folded, sentence.start, sentence.end):
            return PeriodLink(term.period, term.text, "period.vote")
    return None


def meeting_day(scope: Scope, roles: Sequence[Role], words: PeriodWords) -> PeriodLink | None:
    """The day an article's first paragraphs begin with, that of the meeting it reports; else the title's year."""
    year = None
    for role in roles:
        sentence, term = scope.sentences[role.sentence], role.term
        if sentence.paragraph > LEAD:
            break
        dateline = 2 * len(term.text) > sentence.end - sentence.start
        if term.type != "day" or not term.period or dateline:
            continue
        before = scope.view.folded[max(sentence.start, term.start - REACH) : term.start]
        far = words.held_on.search(before) is not None  # "Kỳ họp thứ 24 HĐND tỉnh, nhiệm kỳ ... bế mạc chiều nay"
        before = scope.view.folded[max(sentence.start, term.start - REACH - far * REACH) : term.start]
        if not sentence.heading and (role.frame or ("/" not in term.period and words.gathering.search(before))):
            return PeriodLink(term.period, term.text, "period.meeting")
        year = year or (
            PeriodLink(term.period.rpartition("/")[2][:4], term.text, "period.meeting") if sentence.heading else None
        )
    return year
