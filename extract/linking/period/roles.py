"""What is a term to the figures around it? Framing a clause, part of a comparison, a document's date, or a bracket's.

Only the words right around a term are looked at, never more than its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.linking.period.words import PeriodWords
from extract.records import Quantity, Sentence, Span, Term, View

REACH = 60  # characters looked at before a term
MONTH = 7  # characters of an ISO 8601 month
BRACKETS = 300  # characters looked through for the bracket a term stands in
BOUNDARY = re.compile(r"[,;:.()\"]|(?<= )-(?= )")
BRACKET = re.compile(r"[()]")
ASIDE = re.compile(r",? ?\((?:\w+ ){0,2}")  # between a year and the days it is counted by
LEADING = re.compile(r"(?:[^\W\d]+ ){0,2}")  # "(tính | từ ngày"
COUNTED = frozenset({"year", "quarter", "half", "month"})
NUMBERED = re.compile(r"(?:\d[\d/]*[-/][^\W\d_][\w/&-]*|\d+/\d{4}\S*),? ?(?:\w+ )?\Z")  # a document's number


@dataclass(frozen=True, slots=True)
class Role:
    """What a term does."""

    term: Term
    sentence: int  # index of its sentence
    within: Span  # where it can hold: its sentence, or the brackets it stands in
    frame: bool  # it opens its clause: holds for what follows, in later sentences too
    subject: bool  # a verb of level follows: likewise
    strong: bool  # "vào năm 2018": holds for the figure right before it
    aimed: bool  # a target, a plan or a task stands before it
    report: bool  # a report, a review or results stand before it
    weak: bool  # an adverb such as "hiện" or "hằng năm" inside a clause: yields to the sentence's frame
    aside: bool = False  # a part or the other side of what is told: holds for its own figures alone


def find_roles(
    view: View,
    sentences: Sequence[Sentence],
    terms: Sequence[Term],
    words: PeriodWords,
    *,
    quantities: Sequence[Quantity] = (),
) -> list[Role]:
    """The roles of the terms that can be a figure's period, in text order; comparisons and documents are left out."""
    roles = []
    ends = [quantity.end for quantity in quantities]
    at = 0
    for term in terms:
        while at + 1 < len(sentences) and sentences[at + 1].start <= term.start:
            at += 1
        if not sentences or not sentences[at].start <= term.start < sentences[at].end:
            continue
        before = view.folded[max(sentences[at].start, term.start - REACH) : term.start]
        if not is_aside(view, term, before, words):
            role = role_of(view, sentences[at], at, term, words)
            if words.begun.match(view.folded, term.end) and words.founded.search(before):
                role = replace(role, within=(role.within[0], clause_end(view.folded, term.end, role.within[1])))
            roles.append(unbracket(view, sentences[at], role, ends))
    return set_asides(view, join_stretches(view, roles), sentences, words)


def join_stretches(view: View, roles: Sequence[Role]) -> list[Role]:
    """A year with the days that it is counted from and to is one term: "năm 2022 (từ 1/12/2021 đến 30/11/2022)"."""
    joined: list[Role] = []
    for role in roles:
        last, period = (joined[-1] if joined else None), role.term.period or ""
        if (
            last is not None
            and last.term.type in COUNTED
            and "/" in period
            and not period.endswith("now")
            and ASIDE.fullmatch(view.folded, last.term.end, role.term.start)
        ):
            joined[-1] = replace(last, term=replace(last.term, period=period))
        else:
            joined.append(role)
    return joined


def set_asides(view: View, roles: Sequence[Role], sentences: Sequence[Sentence], words: PeriodWords) -> list[Role]:
    """The roles, those that hold for their own figures alone marked: "9 tháng tăng 7%, riêng quý III tăng 8%"."""
    found: list[Role] = []
    for role in roles:
        before = view.folded[max(sentences[role.sentence].start, role.term.start - REACH) : role.term.start]
        main = found[-1] if found and found[-1].sentence == role.sentence and not found[-1].aside else None
        named = words.parting.search(before)
        part = named is not None and named.start() > 0 and (main is None or is_part(role.term, main.term))
        if main is not None and part:
            found[-1] = replace(main, subject=True)
        aside = part or (role.within == sentence_span(sentences[role.sentence]) and words.contrast.search(before))
        found.append(replace(role, aside=True, frame=False, subject=False, weak=False) if aside else role)
    return found


def is_part(term: Term, whole: Term) -> bool:
    """Whether a term is some of the months of another one."""
    months, all_months = month_span(term.period), month_span(whole.period)
    if months is None or all_months is None or months == all_months:
        return False
    return all_months[0] <= months[0] and months[1] <= all_months[1]


def month_span(period: str | None) -> tuple[str, str] | None:
    """The first and the last month of a year, of months or of years."""
    start, _, end = (period or "").partition("/")
    end = end or start
    if not start[:4].isdecimal() or not end[:4].isdecimal():
        return None
    return (start + "-01")[:MONTH], (end + "-12")[:MONTH]


def sentence_span(sentence: Sentence) -> Span:
    """Where a sentence begins and ends."""
    return sentence.start, sentence.end


def is_aside(view: View, term: Term, before: str, words: PeriodWords) -> bool:
    """Whether a term belongs to a comparison, a document, a birth or a foundation."""
    founded = term.period != "now" and words.founded.search(before) and not words.begun.match(view.folded, term.end)
    if term.type == "concept" or founded:
        return True
    same = words.same.match(view.folded, term.start) and not words.stands.match(view.folded, term.end)
    if same or (words.directly if term.period == "now" else words.compared).search(before):
        return True
    if not term.text[0].isdigit() and words.adjacent.search(before):
        return True
    sown = term.type == "season" and words.crop.match(view.folded, term.start)
    if (sown or term.type == "school_year") and words.purpose.search(before):
        return True
    if term.type not in ("day", "year"):
        return False
    document = words.document.search(before)
    return bool(
        NUMBERED.search(before) or (document and (term.type == "year" or words.of.match(view.folded, term.end)))
    )


def role_of(view: View, sentence: Sentence, index: int, term: Term, words: PeriodWords) -> Role:
    """The role of a term inside its sentence."""
    folded, start = view.folded, term.start
    within = brackets(folded, sentence, term)
    reach = max(sentence.start, start - REACH)
    lead = folded[clause_start(folded, max(within[0], reach), start) : start]
    opens = words.opening.match(lead) is not None
    cut = folded.startswith((",", ":"), term.end)
    strong = words.strong.search(lead) or words.strong_start.match(folded, start)
    aimed = words.is_target(folded, reach, start)
    return Role(
        term,
        index,
        within,
        frame=opens or cut,
        subject=words.level.match(folded, term.end) is not None,
        strong=bool(strong) and not (opens and cut),
        aimed=aimed,
        report=not aimed and words.report.search(folded, max(sentence.start, start - 2 * REACH), start) is not None,
        weak=not opens and term.period in ("now", "recurring"),
    )


def unbracket(view: View, sentence: Sentence, role: Role, ends: Sequence[int]) -> Role:
    """The role of a stretch of days in brackets that says when a holiday or campaign was: that of the whole sentence.

    "Trong 5 ngày nghỉ lễ (từ 29/4 đến 3/5), tỉnh đón ..." but not "thu 12 tấn (từ 1/5 đến 5/5)".
    """
    start, end = role.within
    term = role.term
    stretch = (term.type in ("day", "month") or (term.type == "stage" and role.subject)) and "/" in (term.period or "")
    if not stretch or start == sentence.start or view.folded[term.end : end]:
        return role
    if LEADING.fullmatch(view.folded, start + 1, term.start) is None:
        return role
    clause = clause_start(view.folded, max(sentence.start, start - REACH), start)
    at = bisect_right(ends, start) - 1
    if at >= 0 and ends[at] > clause:
        return role
    return replace(role, within=(sentence.start, sentence.end), frame=True)


def clause_start(folded: str, start: int, end: int) -> int:
    """Where the words before `end` begin that no comma, colon or bracket cuts off."""
    for match in BOUNDARY.finditer(folded, start, end):
        start = match.end()
    return start


def clause_end(folded: str, start: int, end: int) -> int:
    """Where the words from `start` on end that no comma, colon or bracket cuts off."""
    match = BOUNDARY.search(folded, start, end)
    return match.start() if match else end


def brackets(folded: str, sentence: Sentence, term: Term) -> Span:
    """The brackets a term stands in, else its sentence."""
    opening = None
    for match in BRACKET.finditer(folded, max(sentence.start, term.start - BRACKETS), term.start):
        opening = match.start() if match[0] == "(" else None
    if opening is None:
        return sentence.start, sentence.end
    closing = folded.find(")", term.end, min(sentence.end, term.end + BRACKETS))
    return opening, closing if closing >= 0 else sentence.end


def is_ahead(role: Role, year: str) -> bool:
    """Whether a term lies after the year of the article."""
    period = role.term.period or ""
    return period[:1].isdecimal() and "/" not in period and period[:4] > year
