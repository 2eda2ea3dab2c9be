"""What does each quantity count or measure?

An article is read sentence by sentence, what stands in brackets after what stands outside; what was counted is
remembered, since later quantities restate it, change it or take a part of it. The choice is made in `choosing.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extract.linking.scope import Scope
from extract.linking.subject.around import Around
from extract.linking.subject.brackets import Brackets
from extract.linking.subject.choosing import Choice
from extract.linking.subject.facets import Facets
from extract.linking.subject.inner import is_inner
from extract.linking.subject.introducing import (
    after_purpose,
    after_sorting,
    drop_judgement,
    find_funds,
    find_lead,
    is_period,
    is_within,
    names_nothing,
)
from extract.linking.subject.labels import is_made_of, is_where, make_label
from extract.linking.subject.leading import Left, find_left
from extract.linking.subject.lists import count_rows, share_predicates
from extract.linking.subject.memory import LEAD
from extract.linking.subject.phrases import LISTED, Right, find_right, tail_start
from extract.linking.subject.zones import Lexicon, Zone, find_zones
from extract.patterns import Patterns
from extract.records import Cues, Quantity, Span, Subject

BOUND = frozenset({"bound"})
INTRODUCING = frozenset({"bound", "colon"})  # all that stands between a label and its number
AMONG = frozenset({"among", "within"})  # before the count of a whole whose members are spoken of next
ASIDE = frozenset({"went", "divided", "mostly"})  # after what is introduced: none of its name
COUNTED = frozenset({"counted", "sorting"})  # begin a list of what is counted
PREDICATE = frozenset({"verb", "auxiliary", "passive"})  # what is said of a thing, not its name
UNIT = re.compile(r"\s?[^\W\d_]\w*")
WHOLE = frozenset({"whole", "bound"})  # all that stands between a share and the count of its whole


def link_subjects(
    scope: Scope,
    cues: Sequence[Cues],
    patterns: Patterns,
    *,
    words: Mapping[int, Sequence[Span]] | None = None,
    title: str | None = None,
) -> list[Subject]:
    """What each quantity of `scope` counts, one Subject a quantity; `words` are word spans by sentence.

    `title` speaks for a quantity that has no noun of its own before anything was counted.

    >>> from decimal import Decimal
    >>> from extract.linking.scope import make_scope
    >>> from extract.patterns import load_patterns
    >>> from extract.records import Sentence, View
    >>> text = "Huyện kết nạp 86 đảng viên, trong đó nữ có 40 đồng chí."
    >>> quantities = [Quantity(14, 16, "86", "count", Decimal(86)), Quantity(43, 45, "40", "count", Decimal(40))]
    >>> scope = make_scope(View(text, text.lower()), [Sentence(0, len(text), 0)], quantities)
    >>> [(s.unit, s.label, s.facets) for s in link_subjects(scope, [Cues(), Cues()], load_patterns())]
    [('đảng viên', 'đảng viên kết nạp', ()), ('đồng chí', 'đảng viên kết nạp', ('nữ',))]
    """
    reader = Reader(scope, cues, patterns, words or {})
    for sentence, indexes in groupby(range(len(scope.quantities)), key=scope.sentence_of.__getitem__):
        reader.read_sentence(sentence, list(indexes))
    done = [reader.memory.done[index] for index in range(len(scope.quantities))]
    subjects = [
        subject if subject.unit is None or quantity.kind in ("count", "ratio") else replace(subject, unit=None)
        for subject, quantity in zip(done, scope.quantities, strict=True)
    ]
    if title is None:
        return subjects
    return [s if s.label else replace(s, text=title, label=title, rule="subject.title") for s in subjects]


def unit_end(zone: Zone, quantity: Quantity) -> int:
    """Where a quantity ends; the unit of a ratio stands outside its span: "45/51 | ha | mặt bằng"."""
    unit = UNIT.match(zone.view.text, quantity.end) if quantity.kind == "ratio" and quantity.unit else None
    return unit.end() if unit else quantity.end


class Reader(Brackets):
    """Reads the sentences of one article in order."""

    def __init__(
        self, scope: Scope, cues: Sequence[Cues], patterns: Patterns, words: Mapping[int, Sequence[Span]]
    ) -> None:
        super().__init__(scope, patterns.compiled(Lexicon))
        self.cues, self.words = cues, words
        self.facets = patterns.compiled(Facets)
        self.spans: Sequence[Span] = ()  # its words

    def read_sentence(self, sentence: int, indexes: list[int]) -> None:
        """Link the quantities of one sentence: those outside brackets first, then those inside each."""
        self.sentence = range(indexes[0], indexes[-1] + 1)
        self.memory.total, self.memory.split = self.memory.split, None
        self.spans = self.words.get(sentence, ())
        found = self.scope.sentences[sentence]
        outer, *brackets = find_zones(self.scope.view, found.start, found.end, self.lexicon, self.spans)
        self.memory.funds = self.find_funds(sentence) if "spends" in outer.roles else None
        inner = deal(brackets, indexes, self.scope.quantities)
        bracketed = {index for group in inner for index in group}
        main = [index for index in indexes if index not in bracketed]
        if main:
            self.read_zone(outer, main, None)
        place, low = 0, outer.start
        for zone, group in zip(brackets, inner, strict=True):
            if not group:
                continue
            while place < len(main) and main[place] < group[0]:
                place += 1
            after = self.memory.last
            self.read_zone(zone, group, self.find_host(outer, zone, main[place - 1] if place else None, low))
            self.memory.last = after if main else self.memory.last
            low = zone.end + 1

    def find_funds(self, sentence: int) -> str | None:
        """What money is spent, by the sentence before in the same paragraph."""
        before, here = self.scope.sentences[sentence - 1 : sentence + 1] if sentence else (None, None)
        if before is None or here is None or before.paragraph != here.paragraph:
            return None
        return find_funds(find_zones(self.scope.view, before.start, before.end, self.lexicon)[0])

    def read_zone(self, zone: Zone, indexes: list[int], host: int | None) -> None:
        """Link the quantities of one zone, left to right."""
        quantities, memory = self.scope.quantities, self.memory
        indexes = self.pass_inner(zone, indexes)
        ends = [quantities[index].start for index in indexes[1:]]
        rights = [
            find_right(zone, unit_end(zone, quantities[index]), following, self.spans)
            for index, following in zip(indexes, [*ends, None], strict=True)
        ]
        shared = share_predicates(zone, indexes, rights, quantities)
        memory.enter_zone()
        low, verb = zone.start, None
        rows = count_rows(zone, indexes, rights, quantities)
        for index, right, predicate, row, before in zip(indexes, rights, shared, rows, [1, *rows], strict=False):
            quantity, cues = quantities[index], self.cues[index]
            left = find_left(zone, low, quantity.start)
            verb, goods = self.find_deed(zone, low, index, left, right, verb)
            self.notice(zone, low, index, left, right)
            near = Around(
                zone,
                index,
                quantity,
                cues,
                left,
                right,
                verb,
                goods,
                predicate,
                host,
                self.sentence,
                low,
                row,
                before > 1,
            )
            choice = Choice(memory, self.facets, near)
            memory.done[index] = choice.denominator() if self.follows_stroke(index) else choice.make()
            memory.units[index] = quantity.unit
            named = not near.changes or memory.done[index].rule == "subject.before"
            if named and not near.rate and memory.done[index].label:
                memory.last = index
            low = after_purpose(zone, max(right.end, quantity.end), right.limit)
        self.pass_back(zone, indexes, rights)

    def find_deed(
        self, zone: Zone, low: int, index: int, left: Left, right: Right, verb: Span | None
    ) -> tuple[Span | None, Span | None]:
        """What is done to what is counted, and what of it this item names anew; `verb` was done to the item before."""
        quantities, at = self.scope.quantities, self.scope.quantities[index].start
        if verb is not None and (quantities[index].kind == "percent") != (quantities[index - 1].kind == "percent"):
            verb = None  # "xảy ra 40 vụ, 78% nạn nhân là phụ nữ"
        listed = verb is not None and zone.first("end", quantities[index - 1].end, at) is None
        if listed and left.verb is None and left.body is not None and "beneficiary" in left.tail:
            return verb, left.body
        before = zone.mark_before(at)
        anew = before is not None and "end" in before.roles and right.bare  # "kỷ luật 2 chi bộ bằng cảnh cáo; 9 người"
        listed = left.body is None and (anew or zone.only(low, at, LISTED, empty=True))
        return verb if listed else left.verb, None

    def follows_stroke(self, index: int) -> bool:
        """Whether nothing but a stroke stands between a quantity and the one before it."""
        start, text = self.scope.quantities[index].start, self.scope.view.text
        return index in self.sentence[1:] and text[self.scope.quantities[index - 1].end : start].strip() == "/"

    def pass_inner(self, zone: Zone, indexes: list[int]) -> list[int]:
        """`indexes` without the numbers that belong to what others count; these get the noun after them."""
        quantities, outer = self.scope.quantities, list[int]()
        for place, index in enumerate(indexes):
            quantity = quantities[index]
            before = quantities[indexes[place - 1]].end if place else None
            following = quantities[indexes[place + 1]].start if place + 1 < len(indexes) else None
            if not is_inner(zone, quantity, before, following):
                outer.append(index)
                continue
            noun = find_right(zone, quantity.end, following, self.spans).noun
            text = zone.slices(*noun) if noun is not None else None
            self.memory.done[index] = Subject(text, text, text, rule="subject.inner")
        return outer

    def notice(self, zone: Zone, low: int, index: int, left: Left, right: Right) -> None:
        """Remember what the words before a quantity say of it and of those after it."""
        memory, at = self.memory, self.scope.quantities[index].start
        said = zone.roles_in(low, at)
        if "dimension" in said:
            memory.heading = self.facets.heading(zone, low, at)
        memory.judging = memory.judging or "scale" in said
        before = zone.mark_before(tail_start(zone, low, at, BOUND)) if said & AMONG else None
        if before is not None and ("among" in before.roles or is_within(zone, before, right)):
            memory.among = index
        if left.part and not (left.subject and is_where(zone, *left.subject)) and not is_period(zone, low, at):
            memory.spread = "colon" in said
            self.open_parts(index)
        end = find_lead(zone, low, at) if low == zone.start or said & {"colon", "like"} else None
        if end is not None and not self.facets.heading(zone, low, end):
            self.notice_lead(zone, low, end, stated=zone.only(end, at, INTRODUCING))

    def open_parts(self, index: int) -> None:
        """Remember that what was counted last is the whole whose parts are listed from `index` on."""
        memory, last, quantities = self.memory, self.memory.last, self.scope.quantities
        memory.base, memory.split = last, last if memory.split is None else memory.split
        memory.peers, memory.scale = 0, None
        if last is not None and last >= 0:
            memory.peers = bisect_left(self.scope.sentence_of, self.scope.sentence_of[last])
            memory.scale = quantities[last].unit
        memory.alone = index + 1 not in self.sentence or quantities[index + 1].unit != memory.scale

    def notice_lead(self, zone: Zone, low: int, end: int, *, stated: bool) -> None:
        """Remember what the words before `end` introduce; if `stated`, only a number stands after them."""
        if stated and zone.first("tier", low, end) is None:
            return
        if "divided" in zone.roles_at(zone.ahead(low)):
            self.memory.sorted = True
            return
        lead = find_left(zone, low, end)
        span = lead.subject if lead.head else lead.body
        if span is None:
            return
        if is_made_of(zone, *span, "tier"):
            self.memory.step = zone.slices(*span)
        elif names_nothing(zone, *span):
            self.memory.sorted = True
        elif not stated:
            self.introduce(zone, after_sorting(zone, *span), span[1], measured=lead.head)

    def introduce(self, zone: Zone, start: int, end: int, *, measured: bool) -> None:
        """Remember what a phrase introduces, without how it went: "sản phẩm OCOP | tăng nhanh nhất:"."""
        start, end = drop_judgement(zone, start, end)
        counting = measured or bool(zone.roles_at(start) & COUNTED)
        said = (mark.start for mark in zone.marks_in(start + 1, end) if mark.roles & ASIDE)
        end = zone.back(next(said, end))
        if label := make_label(zone, start, end):
            self.memory.lead, self.memory.measured, self.memory.counting = LEAD, measured, counting
            self.memory.done[LEAD] = Subject(None, zone.slices(start, end), label)
            said = (mark.start for mark in zone.marks_in(start + 1, end) if mark.roles & PREDICATE)
            self.memory.nouns[LEAD] = make_label(zone, start, zone.back(next(said, end)))

    def pass_back(self, zone: Zone, indexes: list[int], rights: list[Right]) -> None:
        """Give "50% of the 143 units that ..." the noun phrase of its whole, and the whole its noun alone."""
        quantities, done = self.scope.quantities, self.memory.done
        for index, other, right in zip(indexes, indexes[1:], rights[1:], strict=False):
            share, whole = quantities[index], done[other]
            if share.kind not in ("percent", "ratio") or not zone.only(share.end, quantities[other].start, WHOLE):
                continue
            done[index] = replace(whole, unit=done[index].unit, rule="subject.whole")
            if right.predicate is not None:
                done[other] = replace(whole, label=make_label(zone, right.start, right.predicate) or whole.label)


def deal(zones: Sequence[Zone], indexes: Sequence[int], quantities: Sequence[Quantity]) -> list[list[int]]:
    """For each of `zones`, in text order, the quantities inside it."""
    groups: list[list[int]] = [[] for _ in zones]
    place = 0
    for index in indexes:
        while place < len(zones) and zones[place].end <= quantities[index].start:
            place += 1
        if place < len(zones) and zones[place].start <= quantities[index].start:
            groups[place].append(index)
    return groups
