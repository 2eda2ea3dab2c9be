"""Which term of office is "nhiệm kỳ này", where an article prints none before it, or only the one it compares with?

Terms of the Party's committees begin in 2015, 2020, 2025 ..., those of the councils in 2016, 2021, 2026 ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.finding.term.anchor import AnchorWords
from extract.finding.term.calendar import Anchor, Numbers, Offices
from extract.finding.term.office_readings import LENGTH, next_term
from extract.finding.term.table import Hit
from extract.patterns import Patterns
from extract.reading.surfaces import whole_word
from extract.records import View

AROUND = 150  # characters before and after a term in which it is said whose it is
NEAR = 60  # the same where it is of an association, whose years no calendar tells
LEAD = 400  # the same at the head of the article
PARTY, COUNCIL = 0, 1  # years after 2010, 2015, ... in which the terms begin
ELECTION = {PARTY: 4, COUNCIL: 5}  # the month of such a year from which "this term" is the new one


class OfficeWords:
    """Words that say whose term of office is meant."""

    def __init__(self, patterns: Patterns) -> None:
        office = patterns.sections("periods.toml")["office"]
        self.party = re.compile(whole_word(office["party"]))
        self.others = re.compile(whole_word(office["others"]))
        self.council = re.compile(whole_word(office["council"]))

    def begins(self, folded: str, start: int, end: int) -> int | None:
        """Whose terms are spoken of between two places: the Party's, a council's, or neither's."""
        if self.party.search(folded, start, end):
            return PARTY
        return COUNCIL if self.council.search(folded, start, end) else None


def infer_offices(
    view: View, hits: Sequence[Hit], anchor: Anchor | None, words: AnchorWords, office: OfficeWords
) -> Offices:
    """The terms of office that an article may mean without printing them."""
    named = [hit for hit in hits if hit.form.type == "term" or hit.form.reading == "term_start"]
    relative = [hit for hit in named if hit.form.reading != "years"]
    if not relative:
        return Offices()
    latest = anchor.year if anchor else 9999
    printed = [(terms_years(hit.numbers), words.is_compared(view, hit.start)) for hit in named if hit not in relative]
    this = max((years for years, compared in printed if not compared and years[0] <= latest), default=None)
    old = max((years for years, compared in printed if compared and years[1] <= latest), default=None)
    if old and old[1] - old[0] == LENGTH and (this is None or this <= old):
        return Offices(this=next_term(*old), running=next_term(*old), old=f"{old[0]}/{old[1]}")
    if this:
        return Offices(this=f"{this[0]}/{this[1]}", running=f"{this[0]}/{this[1]}")
    return calendar_offices(view, relative[0], anchor, office)


def terms_years(numbers: Numbers) -> tuple[int, int]:
    """The years of a printed term of office."""
    return numbers["year"], numbers["year2"]


def calendar_offices(view: View, hit: Hit, anchor: Anchor | None, office: OfficeWords) -> Offices:
    """The terms in which an article was written, by the calendar of those whose they are."""
    folded = view.folded
    if office.others.search(folded, max(0, hit.start - NEAR), hit.end + NEAR):
        return Offices()
    whose = office.begins(folded, max(0, hit.start - AROUND), hit.end + AROUND)
    if whose is None:
        whose = office.begins(folded, 0, LEAD)
    if anchor is None or whose is None:
        return Offices()
    begun = anchor.year - (anchor.year - whose) % LENGTH
    ending = f"{begun - LENGTH}/{begun}"
    running = f"{begun}/{begun + LENGTH}"
    if anchor.year != begun:
        return Offices(this=running, running=running, ended=ending if anchor.year == begun + 1 else None)
    held = anchor.month is None or anchor.month >= ELECTION[whose]
    return Offices(this=running if held else ending, running=ending, ended=ending)
