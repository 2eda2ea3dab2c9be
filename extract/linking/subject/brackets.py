"""What do the numbers inside brackets speak of: the quantity before them, the phrase before them, a country?"""

from __future__ import annotations

from dataclasses import replace

from extract.linking.scope import Scope
from extract.linking.subject.introducing import drop_degree, find_lead, is_example
from extract.linking.subject.labels import make_label
from extract.linking.subject.leading import find_left
from extract.linking.subject.memory import HOST, Memory
from extract.linking.subject.phrases import REACH
from extract.linking.subject.zones import Lexicon, Zone
from extract.records import Subject


class Brackets:
    """Finds what brackets speak of, in one article."""

    def __init__(self, scope: Scope, lexicon: Lexicon) -> None:
        self.scope, self.lexicon, self.memory = scope, lexicon, Memory()
        self.sentence = range(0)  # the quantities of the sentence at hand

    def find_host(self, outer: Zone, inner: Zone, parent: int | None, low: int) -> int | None:
        """What a bracket speaks of: the quantity before it, or the phrase before it, kept as `done[HOST]`.

        `low` is where the bracket with quantities before it ends.
        """
        at = inner.start - 1
        low = max(low, outer.start if parent is None else self.scope.quantities[parent].end, at - REACH)
        ends = [mark.end for mark in outer.marks_in(low, at) if "end" in mark.roles]
        if (nation := self.find_nation(outer, low, at)) is not None:
            return nation
        if parent is not None and not ends:
            self.memory.last = parent
            return parent
        left = find_left(outer, ends[-1] if ends else low, at)
        span = left.subject if left.head else left.body
        if span is None:
            return None
        if is_example(outer, *span) and (said := self.find_said(outer, at)) is not None:
            self.memory.last = said
            return said
        self.memory.last = HOST
        self.memory.done[HOST] = Subject(None, outer.slices(*span), make_label(outer, *span))
        return HOST

    def find_nation(self, outer: Zone, low: int, at: int) -> int | None:
        """Those of what was counted who are in a country: "[90 lao động ở nước ngoài, chủ yếu] ở Đài Loan (40)"."""
        nation = self.lexicon.nation.search(outer.view.folded, low, at)
        if nation is None:
            return None
        done, before = self.memory.done, (i for i in self.sentence if self.scope.quantities[i].end < nation.start())
        counted = [index for index in before if index in done and done[index].unit]
        if not counted:
            return None
        self.memory.last = HOST
        done[HOST] = replace(done[counted[-1]], facets=(outer.view.text[slice(*nation.span())],))
        return HOST

    def find_said(self, outer: Zone, at: int) -> int | None:
        """What examples before brackets count: "[tỷ lệ hộ nghèo còn cao ở các xã:] Trung Lý (54%)"."""
        memory, end = self.memory, find_lead(outer, outer.start, at)
        before = [index for index in self.sentence if index in memory.done]
        if end is None and before and memory.last not in self.sentence:
            return before[-1]  # "tập trung ở Vinh (9 ca), | Cửa Lò (5 ca)"
        if end is None or (memory.last is not None and memory.last in self.sentence):
            return memory.last
        lead = find_left(outer, outer.start, end)
        if not lead.head or lead.subject is None:
            return memory.last
        label = drop_degree(outer, make_label(outer, *lead.subject))
        memory.done[HOST] = Subject(None, outer.slices(*lead.subject), label)
        return HOST
