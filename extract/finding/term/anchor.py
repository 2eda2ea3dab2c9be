"""When was an article without a date written, and which year is in force where it says "trong năm"?

What is planned, compared with or only mentioned in passing tells neither: the year in force is one that a sentence
opens with ("Năm 2023, ...") and that is not still to come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.finding.term.calendar import Anchor, Context, parse_anchor
from extract.finding.term.readings import read
from extract.finding.term.table import Hit
from extract.patterns import Patterns
from extract.reading.surfaces import any_of, at_word, whole_word
from extract.records import View

REACH = 120  # characters looked at before a term
AHEAD = 60  # and after it
TAG = 40  # characters of a line before its dateline: "(BĐ) - Chiều 3.7"
LEAD = 800  # characters of an article in which its dateline stands
DATED = frozenset({"day", "month", "quarter", "half", "as_of"})  # types that tell when an article was written
PLAIN = frozenset({"year", "month", "as_of", "day", "stage"})  # types of terms that may say from when on years count
SPANS = frozenset({"year", "quarter", "month", "half"})  # those that "trong thời gian này" may mean
STRETCHES = frozenset({"term", "stage", "school_year"})
END = re.compile(r"[\n;]|[.!?](?= )")
BOUNDARY = re.compile(r"[,;:.(\n]|(?<= )-(?= )")
LATE = "10"  # the month from which next year's plans are spoken of
LEAVING = 3  # the last month in which the holiday at its beginning is reported on
HOLIDAYS = ("lunar_year", "holiday:0", "year:0")  # readings of holidays
NEW_YEAR = 2  # a dateline up to this month, after a year that is reviewed, is of the next one


class AnchorWords:
    """What stands around a term that tells no date."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("periods.toml")
        comparison, openers = sections["comparison"], sections["frame"]["openers"]
        self.target = compile_target(sections["status"])
        self.aims = re.compile(whole_word(sections["status"]["aims"]))
        self.compared = re.compile(rf"{whole_word(comparison['before'])}[^,;.:()]{{0,40}}\Z")
        inert = sections["inert"]
        before = rf"(?:{any_of(inert['prepositions'])} )?"
        self.founded = re.compile(rf"{at_word(inert['events'])} {before}\Z")
        self.by = re.compile(rf"{any_of(comparison['by'])}(?!\w)")
        self.opening = re.compile(rf"[\s\"'-]*(?:{any_of(openers)}\s+)*\Z")
        school = sections["school"]
        self.school_over = re.compile(whole_word(school["over"]))
        self.school_ahead = re.compile(whole_word(school["ahead"]))

    def is_compared(self, view: View, start: int) -> bool:
        """Whether the words before `start` make it what something else is compared with."""
        return self.compared.search(view.folded[max(0, start - REACH // 2) : start]) is not None

    def is_birth(self, view: View, start: int) -> bool:
        """Whether a date is that of a birth or a foundation: "(sinh năm 1991)"."""
        return self.founded.search(view.folded[max(0, start - TAG) : start]) is not None

    def is_aimed(self, view: View, hit: Hit) -> bool:
        """Whether a term is of a plan: a target is named before it, or a verb of aiming follows, in its sentence."""
        folded = view.folded
        start = max(0, hit.start - REACH)
        for match in END.finditer(folded, start, hit.start):
            start = match.end()
        if any(match["fulfilled"] is None for match in self.target.finditer(folded, start, hit.start)):
            return True
        end = END.search(folded, hit.end, hit.end + AHEAD)
        return self.aims.search(folded, hit.end, end.start() if end else hit.end + AHEAD) is not None

    def opens(self, view: View, hit: Hit) -> bool:
        """Whether a term opens its clause."""
        start = max(0, hit.start - REACH)
        for match in BOUNDARY.finditer(view.folded, start, hit.start):
            start = match.end()
        return self.opening.match(view.folded, start, hit.start) is not None


def compile_target(status: Mapping[str, Any]) -> re.Pattern[str]:
    """Words of target; the group `fulfilled` matches where they are met ("đạt chỉ tiêu")."""
    fulfilled = rf"(?P<fulfilled>{any_of(status['fulfilled'])}(?: \w+){{0,2}}) "
    names = rf"(?! {any_of(status['names'])})"
    return re.compile(rf"(?<!\w)(?:{fulfilled})?{any_of(status['target'])}(?!\w){names}")


@dataclass(slots=True)
class Said:
    """The last days, months or years of the terms that say their year."""

    dated: list[str] = field(default_factory=list)  # of those that tell when an article was written
    years: list[str] = field(default_factory=list)  # of the others
    aimed: list[str] = field(default_factory=list)  # of plans
    after: list[str] = field(default_factory=list)  # the years after those that are compared with
    opening: str = ""  # the last day said in the first lines


def infer_anchor(view: View, hits: Sequence[Hit], words: AnchorWords) -> Anchor | None:
    """The article's date where none is known: its dateline's day, else the end of what it reports last.

    Only where nothing else is said, the first year that a plan names.
    """
    said = find_said(view, hits, words)
    best, latest = max(said.dated, default=""), max(said.after or said.years, default="")
    known = best if best[:4] >= latest or is_year_end(said, best) else latest
    return dateline(view, hits, known or min(said.aimed, default=""), said.aimed, words)


def find_said(view: View, hits: Sequence[Hit], words: AnchorWords) -> Said:
    """What the terms that say their year tell of an article's date."""
    empty, said, coming = Context(), Said(), is_before_new_year(hits)
    for hit in hits:
        if "year" not in hit.numbers or hit.form.type in STRETCHES:
            continue
        if hit.form.reading == "same_period":
            said.after.append(str(hit.numbers["year"] + 1))  # "so với cùng kỳ năm 2023" is said in 2024
        period = read(hit.form.reading, hit.numbers, empty)
        if period is None or words.is_compared(view, hit.start):
            continue
        end = period.rpartition("/")[2].replace("now", "") or period[:4]
        if coming and is_holiday(hit):
            end = str(int(end[:4]) - 1)
        if words.is_aimed(view, hit):
            said.aimed.append(end[:4])
        elif hit.form.type in DATED and len(end) > 4:
            said.dated.append(end)
            if hit.start <= LEAD and len(end) == len("2022-12-28"):
                said.opening = max(said.opening, end)
        elif hit.form.type == "season" or not words.by.match(view.folded, hit.start):
            said.years.append(end[:4])
    return said


def is_holiday(hit: Hit) -> bool:
    """Whether a term is a new year's holiday with its year, or another holiday."""
    return hit.form.type == "season" and hit.form.reading in HOLIDAYS


def is_before_new_year(hits: Sequence[Hit]) -> bool:
    """Whether an article tells of a year's last months and none of its first: a new year's holiday is to come."""
    if not any("year" in hit.numbers and is_holiday(hit) for hit in hits):
        return False
    plain = [hit for hit in hits if "year" not in hit.numbers]
    months = [hit.numbers["month"] for hit in plain if "month" in hit.numbers]
    counts = [hit.numbers["count"] for hit in plain if hit.form.reading in ("elapsed", "first_months")]
    return max([*months, *counts], default=0) >= int(LATE) and min(months, default=12) > LEAVING


def is_year_end(said: Said, best: str) -> bool:
    """Whether an article that opens with a day late in a year tells of that year, and of the next as one to come."""
    year, latest = best[:4], max(said.years, default="")
    if not best or said.opening != best or best[5:7] < LATE or latest != str(int(year) + 1):
        return False
    return said.years.count(year) >= said.years.count(latest)


def dateline(view: View, hits: Sequence[Hit], known: str, aimed: Sequence[str], words: AnchorWords) -> Anchor | None:
    """The date `known`, moved to the day that the article's first lines begin with: "Chiều 3.7, Sở Y tế họp"."""
    anchor = parse_anchor(known or None)
    for hit in hits:
        if anchor is None or hit.start > LEAD:
            break
        numbers = hit.numbers
        begins = hit.start <= TAG or "\n" in view.text[hit.start - TAG : hit.start]
        if hit.form.reading != "day" or "year" in numbers or not begins or words.is_compared(view, hit.start):
            continue
        month, day = numbers["month"], numbers["day"]
        if anchor.month is not None:
            return Anchor(anchor.year + ((month, day) < (anchor.month, anchor.day or 0)), month, day)
        return Anchor(anchor.year + (month <= NEW_YEAR and str(anchor.year + 1) in aimed), month, day)
    return anchor


def remember(view: View, hit: Hit, period: str, context: Context, words: AnchorWords) -> None:
    """Keeps what a later "trong năm", "trong tháng", "vụ này" or "từ đầu nhiệm kỳ" may mean."""
    form, numbers, latest = hit.form, hit.numbers, context.latest
    if form.reading == "same_period" or words.is_compared(view, hit.start):
        return
    aimed = bool(numbers) and words.is_aimed(view, hit)
    if form.reading == "day" and form.type == "day":
        latest["day"], context.day_start = period, hit.start
        latest.setdefault("first_day", period)
    if "year" in numbers and "year2" not in numbers and form.type in PLAIN and not aimed:
        latest["told"] = period[:4]
    if words.is_birth(view, hit.start):
        latest["founded"] = period[:4]
        return
    said = form.type in SPANS and "year" in numbers and not aimed
    if said or ("/" in period and not period.endswith("now")):
        latest["span"] = period
    ahead = form.type == "season" and context.anchor is not None and period[:4] > str(context.anchor.year)
    if numbers and form.type != "day" and not (aimed or ahead):
        latest["any"] = period
    if form.reading in ("month", "quarter") and form.type == form.reading:
        latest[form.reading] = period
    elif form.type in ("season", "stage", "term", "school_year") and "year" in numbers:
        latest[form.type] = period
    if form.reading == "past_school_year":
        latest["school_year"] = period
    elif form.type == "term" and "/" in period:
        latest["office"] = period
    if form.type == "school_year" and "year" in numbers:
        keep_school_year(view, hit, period, context, words)
    if not aimed and "year" in numbers and form.type in ("year", "month", "quarter", "half", "as_of"):
        keep_year(view, hit, period, context, words)


def keep_school_year(view: View, hit: Hit, period: str, context: Context, words: AnchorWords) -> None:
    """Keeps which school year is over, by the words around one: "năm học 2022-2023 khép lại"."""
    start, end = hit.start, hit.end
    before = view.folded.rfind("\n", max(0, start - TAG), start) + 1 or max(0, start - TAG)
    over = words.school_over.search(view.folded, end, end + TAG) or words.school_over.search(view.folded, before, start)
    if over:
        context.latest["school_ended"] = period
    elif words.school_ahead.search(view.folded, before, start):
        context.latest["school_ended"] = f"{int(period[:4]) - 1}/{period[:4]}"


def keep_year(view: View, hit: Hit, period: str, context: Context, words: AnchorWords) -> None:
    """Keeps the year of a term that puts it in force."""
    year = period.rpartition("/")[2][:4]
    year = period[:4] if year == "now" else year
    ahead = context.anchor is not None and int(year) > context.anchor.year
    if not ahead and ("year" not in context.latest or words.opens(view, hit)):
        context.latest["year"] = year
