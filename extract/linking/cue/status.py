"""Is each quantity reported, a target, a criterion or an estimate?

A status cue governs what follows it in its sentence until another one takes over ("đã" and its like report again).
An estimate ends where a new verb takes a new subject ("ước đạt 5 tấn, sản lượng đạt 9 tấn"), unless the part belongs
to the whole before it ("trong đó", also where that opens the next sentence). A target goes on into the sentences that
continue its list, and a lead that ends with a colon governs the rest of its paragraph or the list below it. What "must"
be reached is a rule, but a target where a plan or a coming year says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from extract.finding.cues import Cue, CueIndex
from extract.linking.cue.grants import Grants
from extract.linking.cue.horizon import Horizon
from extract.linking.cue.targets import Plans
from extract.linking.scope import Scope
from extract.records import Sentence, Status, Term

MARK = re.compile(r"[,;]|[.\u2026](?=\s)")
HARD = re.compile(r"[,;:(\u2026]")
YEAR = re.compile(r"\s*(\d{4})(?!\d)")
ITEM = re.compile(r"\s*(?:[-+*\u2022]|\d+[.)](?!\d)|[a-z\u0111]\))")
FAR = 120
NEAR = 12  # characters of "so với"
RULED = 5  # words between a number and the rule that sets it: "trở lên", a noun
HEADS = frozenset({"plan", "next", "lead", "part"})  # reaches of what may be named at the head of a clause
LEADING = 12  # characters before a term that opens a sentence: "Trong năm 2026", "Dự án"


@dataclass(slots=True)
class State:
    """What holds at one point of the text."""

    cue: Cue | None = None  # the status cue in force
    used: bool = False  # whether it governs a quantity of this sentence already
    kept: bool = False  # whether "trong đó" keeps an estimate in force
    reported: bool = False  # whether this sentence reports something before this point
    measure: str | None = None  # the unit of the quantity that it governs first
    divides: str | None = None  # the unit of an estimate whose parts this sentence tells
    lead: bool = False  # whether the cue was a lead with a colon, or a title
    title: bool = False


def link_status(
    scope: Scope,
    index: CueIndex,
    *,
    changes: Sequence[Cue | None],
    bounds: Sequence[Cue | None],
    terms: Sequence[Term] = (),
    published: str | None = None,
) -> list[tuple[Status, Cue | None]]:
    """The status of each quantity of `scope`, with the cue that says so."""
    horizon = Horizon(index.text, terms, published)
    reader = StatusReader(scope, index, changes, bounds, horizon, Plans(scope, index, terms))
    state, at, found = State(), 0, list[tuple[Status, Cue | None]]()
    for number, sentence in enumerate(scope.sentences):
        state = reader.carried(state, number)
        position = sentence.start
        while at < len(scope.quantities) and scope.sentence_of[at] == number:
            reader.advance(state, position, scope.quantities[at].start, sentence)
            found.append(reader.status(state, at, found, sentence))
            position = scope.quantities[at].end
            at += 1
        reader.advance(state, position, sentence.end, sentence)
        if sentence.heading and state.cue and state.cue.reach in ("list", "lead"):
            state.title = state.title or not state.lead
            state.lead = True
    return found


class StatusReader:
    """Walks an article with a `State`."""

    def __init__(
        self,
        scope: Scope,
        index: CueIndex,
        changes: Sequence[Cue | None],
        bounds: Sequence[Cue | None],
        horizon: Horizon,
        plans: Plans,
    ) -> None:
        self.scope, self.index, self.text = scope, index, index.text
        self.changes, self.bounds, self.horizon, self.plans = changes, bounds, horizon, plans
        self.starts = [quantity.start for quantity in scope.quantities]
        self.coming, self.grants = horizon.coming, Grants(scope, index, self.starts)

    def carried(self, state: State, number: int) -> State:
        """The state in which a sentence begins."""
        sentence = self.scope.sentences[number]
        cue = state.cue
        first = bisect_left(self.coming, sentence.start)
        if first < len(self.coming) and self.coming[first] < sentence.start + LEADING:
            coming = self.coming[first]
            return State(Cue(coming, coming, "status", "target", "sentence", "cue.status.coming"))
        if cue is None or not number:
            return State()
        if cue.value == "estimate":
            return self.divided(state, number)
        new_line = self.scope.sentences[number - 1].paragraph != sentence.paragraph
        listed = self.continues(sentence, cue)
        if new_line:
            item = bool(ITEM.match(self.text, sentence.start))
            goes_on = state.lead and (item or (listed and not state.title))
        else:
            goes_on = listed or (state.lead and self.holds_number(sentence))
            goes_on = goes_on and (state.lead or cue.reach in ("list", "budget"))
        return State(cue, lead=state.lead, title=state.title) if goes_on else State()

    def divided(self, state: State, number: int) -> State:
        """The state after an estimate: it goes on where the sentence opens with "trong đó"."""
        sentence, before = self.scope.sentences[number], self.scope.sentences[number - 1]
        keeps = self.index.between("keep", sentence.start, min(sentence.end, sentence.start + FAR))
        goes_on = state.used and bool(keeps) and keeps[0].start == sentence.start
        if goes_on and keeps[0].value == "whole" and before.paragraph == sentence.paragraph:
            return State(state.cue, used=True, kept=True, divides=state.measure)
        return State()

    def holds_number(self, sentence: Sentence) -> bool:
        """Whether a quantity stands in the sentence."""
        at = bisect_left(self.starts, sentence.start)
        return at < len(self.starts) and self.starts[at] < sentence.end

    def continues(self, sentence: Sentence, cue: Cue) -> bool:
        """Whether a sentence opens as one more item of a list: with a number, "có", "tỷ lệ", "trong đó"…

        After a budget it may be a head of it: "tổng chi", "thu nội địa".
        """
        openers = self.index.between("opener", sentence.start, min(sentence.end, sentence.start + FAR))
        if openers and openers[0].start == sentence.start and (openers[0].value == "-" or cue.reach == "budget"):
            return True
        if not self.holds_number(sentence):
            return False
        first = self.starts[bisect_left(self.starts, sentence.start)]
        return self.index.beside(sentence.start, first, "bound", "opener")

    def advance(self, state: State, start: int, end: int, sentence: Sentence) -> None:
        """Moves the state over the text between two quantities."""
        if state.cue and state.cue.value == "estimate" and state.used:
            state.kept = state.kept or bool(self.index.between("keep", start, end))
            if not state.kept and self.new_subject(start, end):
                state.cue = None
        planned = state.cue is not None and state.cue.value == "target" and state.used
        if planned and self.horizon.turns(start, end):
            state.cue, state.lead, state.reported = None, False, True
        for cue in self.index.between("status", start, end):
            if cue.value == "reported":
                state.cue, state.kept, state.lead, state.reported = None, False, False, True
            elif not (self.is_base(cue) or self.is_met(cue, end)) and self.takes_over(state, cue, end, sentence):
                state.cue = self.due(cue, end, sentence) or cue
                state.used, state.kept, state.reported = False, False, False
                state.lead = state.lead or self.text.find(":", cue.end, min(end, cue.end + FAR)) >= 0

    def is_base(self, cue: Cue) -> bool:
        """Whether a rule or plan is but what something is compared with: "so với định mức, còn thiếu 20 giáo viên"."""
        begin = max(cue.start - NEAR, 0)
        before = [vs for vs in self.index.between("vs", begin, cue.start) if vs.value == "open"]
        before += [change for change in self.index.between("change", begin, cue.start) if change.reach == "than"]
        return any(self.index.beside(base.end, cue.start, "filler") for base in before)

    def is_met(self, cue: Cue, end: int) -> bool:
        """Whether a plan is but what was reached: "vượt mục tiêu đề ra", "đạt 98% chỉ tiêu đề ra"."""
        if cue.value != "target" or cue.reach != "list" or self.equated(cue.end, end):
            return False
        at = bisect_left(self.starts, cue.start) - 1
        begin = self.scope.quantities[at].end if at >= 0 else 0
        percent = at >= 0 and self.scope.quantities[at].kind == "percent"
        said = self.index.between("change", max(begin, cue.start - NEAR), cue.start)
        passed = bool(said) and said[-1].reach == "base" and not self.text[said[-1].end : cue.start].strip()
        return passed or (percent and self.index.beside(begin, cue.start, "vs"))

    def takes_over(self, state: State, cue: Cue, end: int, sentence: Sentence) -> bool:
        """Whether a cue governs what follows it; `end` is where the next quantity or the sentence's end stands."""
        if cue.reach in HEADS and (self.plans.head(cue, end) or self.plans.lists(cue, end)):
            return True
        match cue.reach:
            case "list" | "sentence":
                return True
            case "must":  # what a target says must be reached is no rule
                return not (state.cue and state.cue.value == "target" and state.cue.start >= sentence.start)
            case "task" | "budget":  # "GRDP cả năm phải tăng 8%", but not "dân phải đi bộ 12 km"
                return self.horizon.ahead(sentence.start, end)
            case "if":
                return state.cue is None and end < cue.end + 2 * FAR and not self.horizon.past(cue.end)
            case "rate":
                return state.cue is None and not state.reported and self.grants.for_class(cue, end, sentence)
            case "next":
                return self.equated(cue.end, end)
            case "class":
                return state.cue is None and not state.reported and self.grants.to_class(cue, end, sentence)
            case "norm":  # "ông A cho hay: xã giao mỗi chi bộ …" is no report, "đã giao mỗi chi bộ …" is one
                return not (self.plans.told(cue) if cue.value == "target" else state.reported)
            case "lead":
                alone = sentence.heading and cue.start == sentence.start and end == sentence.end
                stated = alone or self.equated(cue.end, end)
                return not state.reported and (stated or self.text.find(":", cue.end, min(end, cue.end + FAR)) >= 0)
            case "part":
                mark = HARD.search(self.text, cue.end, min(end, cue.end + 2 * FAR))
                return state.cue is None and (mark[0] == ":" if mark else end < cue.end + 2 * FAR)
            case "year":
                return self.year_ahead(cue)
        return False  # "next", "limit" and "rate" govern one number: see `local`

    def due(self, cue: Cue, end: int, sentence: Sentence) -> Cue | None:
        """The plan or the coming term before a "phải đạt" in its sentence: what must be reached then is a target.

        So is what is asked for a time to come, named before `end`: "yêu cầu 6 tháng cuối năm giảm 5%".
        """
        if cue.reach == "part" and cue.value == "criterion" and self.horizon.ahead(cue.end, end):
            return Cue(cue.start, cue.end, "status", "target", "sentence", "cue.status.coming")
        if cue.reach != "must":
            return None
        plans = [
            plan for plan in self.index.between("status", sentence.start, cue.start) if plan.reach in ("due", "plan")
        ]
        first = bisect_left(self.coming, sentence.start)
        if not plans and first < len(self.coming) and self.coming[first] < cue.start:
            return Cue(self.coming[first], cue.end, "status", "target", "sentence", "cue.status.coming")
        return plans[-1] if plans else None

    def equated(self, start: int, end: int) -> bool:
        """Whether an "là" and no mark stand in the span: "kế hoạch năm của tỉnh là có thêm 20 xã"."""
        said = any(verb.value == "is" for verb in self.index.between("predicate", start, end))
        return said and not HARD.search(self.text, start, end)

    def new_subject(self, start: int, end: int) -> bool:
        """Whether a comma or "và", a new subject and a verb stand in the span."""
        split = False
        for mark in MARK.finditer(self.text, start, end):
            split, start = True, mark.end()
        for both in self.index.between("and", start, end):
            if both.value == "both":
                split, start = True, both.end
        if not split:
            return False
        verbs = [verb for verb in self.index.between("verb", start, end) if verb.value not in ("from", "to")]
        return any(self.text[start : verb.start].strip() for verb in verbs)

    def year_ahead(self, cue: Cue) -> bool:
        """Whether the year after the cue lies after the year of publication."""
        year = YEAR.match(self.text, cue.end)
        return year is not None and self.horizon.later(year[1])

    def status(
        self, state: State, at: int, found: Sequence[tuple[Status, Cue | None]], sentence: Sentence
    ) -> tuple[Status, Cue | None]:
        """The status of quantity `at` in this state."""
        cue = self.local(state, at, sentence)
        if cue is None and state.cue is None and not state.reported and at and self.bounds[at]:
            # A least value after a rule states one more rule.
            last, near = found[-1], self.scope.sentence_of[at] - self.scope.sentence_of[at - 1] <= 3
            if last[0] == "criterion" and near and cast(Cue, self.bounds[at]).value == "least":
                state.cue = last[1]
        if cue is None:
            unit = self.scope.quantities[at].unit
            if state.divides and unit and unit not in (state.divides, "%"):
                return "reported", None  # "sản lượng ước 900 tấn. Trong đó, huyện A thu hoạch 380 ha"
            if self.is_reached(state, at):
                state.cue, state.reported = None, True
            cue, state.measure, state.used = state.cue, state.measure if state.used else unit, True
        return (cast(Status, cue.value), cue) if cue else ("reported", None)

    def is_reached(self, state: State, at: int) -> bool:
        """Whether a percentage says how much of the plan before it is done: "kế hoạch là 500 ha, đạt 91%"."""
        cue, quantity = state.cue, self.scope.quantities[at]
        if not (at and cue and cue.value == "target" and cue.reach in ("next", "lead") and state.used):
            return False
        apart = self.scope.sentence_of[at] != self.scope.sentence_of[at - 1]
        if apart or quantity.kind != "percent" or state.measure == "%":
            return False
        before = self.scope.quantities[at - 1].end
        shares = self.index.between("share", before, quantity.start)
        begins = bool(shares) and self.text[before : shares[0].start].rstrip().endswith(",")
        return begins and self.index.beside(shares[0].end, quantity.start, "bound")

    def named_after(self, at: int, sentence: Sentence) -> list[Cue]:
        """The rule named right after a number: "từ 15% trở lên theo Chỉ thị 35"."""
        end = self.scope.quantities[at].end
        cues = self.index.between("status", end, min(sentence.end, end + FAR))[:1]
        gaps = [self.text[end : cue.start] for cue in cues]
        return cues if gaps and not MARK.search(gaps[0]) and len(gaps[0].split()) <= RULED else []

    def local(self, state: State, at: int, sentence: Sentence) -> Cue | None:
        """A cue that governs this quantity alone."""
        quantity = self.scope.quantities[at]
        begin = max(sentence.start, quantity.start - FAR, self.scope.quantities[at - 1].end if at else 0)
        for cue in reversed(self.index.between("status", begin, quantity.start)):
            alone = cue.reach == "next" or self.is_met(cue, quantity.start)
            if cue.value == "target" and cue.reach in ("next", "list", "lead") and self.plans.brackets(cue, at):
                return cue
            if alone and not self.changes[at] and self.index.filled(cue.end, quantity.start):
                return cue
            if cue.reach in ("rate", "class") and not state.reported and "/" in (quantity.unit or ""):
                return None if HARD.search(self.text, cue.end, quantity.start) else cue
        if state.cue is None and not state.reported and (bound := self.bounds[at]) and bound.value in ("least", "most"):
            rules = self.index.between("status", sentence.start, quantity.start) + self.named_after(at, sentence)
            norm = next((rule for rule in rules if rule.value == "criterion" and rule.reach in ("limit", "part")), None)
            if norm:
                return norm
        if state.cue is None and not state.reported:
            after = self.scope.quantities[at + 1].start if at + 1 < len(self.scope.quantities) else sentence.end
            mark = MARK.search(self.text, quantity.end, min(after, sentence.end))
            end = mark.start() if mark else min(after, sentence.end)
            for cue in self.index.between("status", quantity.end, end):
                if cue.reach == "year" and self.year_ahead(cue):
                    return cue
        return None
