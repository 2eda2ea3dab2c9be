"""Which period has a quantity that no term of its sentence dates?

What the words before it were dated by, in its sentence, in its paragraph, under the last heading, or in the whole
report; the day of the meeting or of the election; the term of office; else now, or none, by the kind of its verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.linking.period.governing import SentenceScope
from extract.linking.period.memory import DAY, NOTHING, STATE, Memory
from extract.linking.period.reports import TIMELESS
from extract.linking.period.topics import (
    find_attendance,
    goes_on,
    is_contest,
    is_elected,
    is_personal,
    is_resolved,
    is_vote,
    names_office,
)
from extract.linking.period.verbs import (
    VERB,
    is_deed,
    is_extent,
    is_flow,
    is_level,
    is_limit,
    is_owned,
    is_present,
    is_total,
    is_yield,
)
from extract.linking.period.words import NEAR, PeriodWords
from extract.linking.scope import Scope
from extract.records import Cues, PeriodLink, Sentence

YEARS = re.compile(r"\d{4}/\d{4}")
MONTHS = re.compile(r"\d{4}-\d\d/\d{4}-\d\d")
UNKNOWN = "9999"  # the year of an article without a date


class Carrier:
    """What an article has said of periods so far, asked for one quantity after another."""

    def __init__(
        self, scope: Scope, memory: Memory, words: PeriodWords, *, year: str, cues: Sequence[Cues] | None
    ) -> None:
        self.scope, self.memory, self.words, self.year, self.cues = scope, memory, words, year, cues
        self.folded = scope.view.folded
        self.said: PeriodLink | None = None  # the answer for the last quantity of the sentence without a term

    def carried(self, index: int, here: SentenceScope) -> PeriodLink:
        """The period that a quantity without a term in its sentence has from before, or from its verb."""
        start = self.scope.quantities[index].start
        if self.said and index:
            before = self.scope.quantities[index - 1]
            last = before.end + 2 * (before.kind == "count")  # a noun follows: "12 tổ chức" is no verb
            bracketed = self.folded.rfind("(", last, start) > self.folded.rfind(")", last, start)
            apart = not bracketed and self.folded.find(";", last, start) >= 0
            if bracketed or not (apart or self.turns(index, last, here.sentence)):
                return self.said
        self.said = self.inherited(index, here)
        return self.said

    def turns(self, index: int, last: int, sentence: Sentence) -> bool:
        """Whether a quantity has a period of its own beside the one before it, whose noun begins at `last`."""
        start = self.scope.quantities[index].start
        verb = self.words.verb.search(self.folded, last, start)
        if verb and not self.words.part.search(self.folded, last, start):
            return True
        attends = find_attendance(self.scope, index, sentence, self.words) is not None
        return attends or self.is_standing(index, sentence)

    def inherited(self, index: int, here: SentenceScope) -> PeriodLink:
        """The same, for the first quantity of a clause."""
        sentence, memory = here.sentence, self.memory
        herd = memory.carry.present and self.words.herd.match(self.folded, sentence.start, sentence.end)
        if herd or self.is_standing(index, sentence):
            return STATE
        deed = is_deed(self.scope, index, sentence, self.words)
        deed = deed and not is_extent(self.scope, index, sentence, self.words)
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
        if DAY.fullmatch(carry.period or "") and is_extent(self.scope, index, sentence, self.words):
            return STATE  # "Sáng 14/7, đại hội khai mạc. Xã rộng 62 km2"
        if MONTHS.fullmatch(carry.period or "") and is_owned(self.scope, index, sentence, self.words):
            return STATE  # "6 tháng, huyện kết nạp 90 đảng viên. Toàn huyện có 800 doanh nghiệp"
        outcome = self.words.outcome.match(self.folded, sentence.start, quantity.start)
        if outcome and not deed and YEARS.fullmatch(carry.period or ""):
            return STATE  # "Giai đoạn 2016 - 2020, dân hiến đất. Nhờ đó, 90% đường được cứng hóa"
        if (carry.period or "").endswith("/now") and not deed and quantity.kind != "amount":
            return STATE  # "từ năm 2016 đến nay ... Tỷ lệ này là 36%"
        if carry.period == "recurring" and not deed and self.status(index, sentence) not in ("criterion", "target"):
            return STATE  # "mỗi ngày có 25 bệnh nhi. Khoảng 5% trẻ diễn tiến nặng"
        over = held.over or self.memory.report
        if deed and over and DAY.fullmatch(carry.period or "") and (over.period or "")[:4] == (carry.period or "")[:4]:
            return replace(over, rule="period.paragraph")
        met = self.words.meeting.search(self.folded, max(sentence.start, quantity.start - NEAR), quantity.start)
        if carry.period is None and not (deed or met or goes_on(self.scope, sentence, self.words)):
            return STATE
        return None if deed and carry.period in TIMELESS else replace(carry, rule="period.paragraph")

    def from_report(self, deed: bool, index: int, sentence: Sentence) -> PeriodLink | None:
        """What the last heading or the article's report says."""
        memory = self.memory
        if memory.school and not memory.section and is_contest(self.scope, index, sentence, self.words):
            return memory.school
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
        met = self.words.meeting.search(self.folded, max(sentence.start, start - 2 * VERB), start)
        if deed and met and self.words.teller.search(self.folded, met.end(), start) is None:
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
        if is_extent(self.scope, index, sentence, self.words):
            return False
        if carry.last and not carry.office and carry.last.period not in TIMELESS:
            return False
        named = names_office(self.scope, index, sentence, self.words, elected=self.memory.elected)
        named = named or (self.memory.vote is None and is_vote(self.scope, index, sentence, self.words))
        return named and not self.leaves_office(index, sentence)

    def leaves_office(self, index: int, sentence: Sentence) -> bool:
        """Whether a term of office does not reach a quantity: another whole begins, or what there is later."""
        quantity, carry = self.scope.quantities[index], self.memory.carry.last
        if self.memory.carry.office and is_extent(self.scope, index, sentence, self.words):
            return True
        if not self.memory.carry.office or carry is None or quantity.kind != "count":
            return False
        if self.words.whole.search(self.folded[max(sentence.start, quantity.start - 30) : quantity.start]):
            return True
        over = (carry.period or "")[-4:] <= self.year != UNKNOWN
        return over and is_level(self.scope, index, sentence, self.words)
