"""What does each of several numbers count that are said in a row: "thu nội địa và xuất khẩu tăng lần lượt 5% và 7%"?

The things stand before the first number in the same order: as the items of its subject, or as what was counted last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.linking.subject.labels import is_where
from extract.linking.subject.leading import opening
from extract.linking.subject.parts import Parts
from extract.records import Span, Subject

SPLIT = frozenset({"comma", "and"})
SHORTEST = 2  # numbers of a row


@dataclass(slots=True)
class Rows(Parts):
    """The answers for a number in a row."""

    def respective(self) -> Subject | None:
        """What one of a row counts, by its place in the row."""
        if "respective" in self.near.left.tail:
            self.memory.row = self.named_in_row() or self.counted_in_row()
        elif not self.near.in_row:
            self.memory.row = []
        return replace(self.memory.row.pop(0), unit=self.near.unit) if self.memory.row else None

    def named_in_row(self) -> list[Subject]:
        """The items of the subject, where there are as many as numbers."""
        near, subject, count = self.near, self.near.left.subject, self.near.row
        if subject is None or count < SHORTEST:
            return []
        zone = near.zone
        splits = [mark for mark in zone.marks_in(near.low, subject[1]) if mark.roles & SPLIT]
        if len(splits) < count - 1:
            return []
        begins = [near.low, *(mark.end for mark in splits)][-count:]
        ends = [*(mark.start for mark in splits), subject[1]][-count:]
        items = [(opening(zone, begin, end), zone.back(end)) for begin, end in zip(begins, ends, strict=True)]
        if not all(self.is_thing(item) for item in items):
            return []
        return [Subject(None, near.text(*item), near.label(*item), rule="subject.row") for item in items]

    def is_thing(self, item: Span) -> bool:
        """Whether an item names what can be counted, no place and no time."""
        zone, (start, end) = self.near.zone, item
        if start >= end or zone.view.text[start].isdigit() or zone.time_at(start) is not None:
            return False
        return "stop" not in zone.roles_at(start) and not is_where(zone, start, end)

    def counted_in_row(self) -> list[Subject]:
        """What was counted last in the sentence, as many levels as there are numbers."""
        done = self.memory.done
        levels = [i for i in self.earlier() if i in self.near.sentence and done[i].rule != "subject.change"]
        if len(levels) < self.near.row:
            return []
        return [replace(done[i], rule="subject.change") for i in reversed(levels[: self.near.row])]
