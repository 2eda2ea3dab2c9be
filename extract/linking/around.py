"""What do the words around one quantity say of what it counts?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extract.linking.labels import is_place, make_label
from extract.linking.phrases import STATING, Left, Right, find_boundary
from extract.linking.zones import Zone
from extract.records import Cues, Quantity, Span

LONGEST_DEED = 10  # syllables: what is longer is a clause of its own
LONE_DEED = 2  # syllables of a verb without an object
MISSPELT = 2  # syllables after a number that may be a classifier the lexicon does not know


@dataclass(frozen=True, slots=True)
class Around:
    """One quantity with the words that lead to it and the noun phrase after it."""

    zone: Zone
    index: int
    quantity: Quantity
    cues: Cues
    left: Left
    right: Right
    verb: Span | None  # what is done to the counted thing, said here or at the first item of the list
    predicate: Span | None  # what the last item of the list says for all
    host: int | None  # the quantity that the bracket around this one speaks of
    sentence: range  # the quantities of its sentence

    @property
    def counts(self) -> bool:
        """Whether it says how many, not how much."""
        return self.quantity.kind in ("count", "ratio")

    @property
    def changes(self) -> bool:
        """Whether it is the size of a change or the completion of a plan, no level."""
        return self.cues.change != "none" or self.cues.vs is not None

    @property
    def deed(self) -> str:
        """What is done to the counted thing, as a label."""
        return self.label(*self.verb) if self.verb is not None else ""

    @property
    def toward(self) -> bool:
        """Whether whom it is for follows the number, not what is counted."""
        return not self.counts and bool(self.zone.roles_at(self.right.start) & {"preposition", "beneficiary"})

    @property
    def filled(self) -> bool:
        """Whether a noun phrase follows the number."""
        return self.right.end > self.right.start and not self.toward

    @property
    def names_a_thing(self) -> bool:
        """Whether the phrase before the number names something else than a place or a measure."""
        subject = self.left.subject
        return subject is not None and not is_place(self.zone, *subject) and not self.thin

    @property
    def thin(self) -> bool:
        """Whether the phrase before the number is a measure that says nothing alone."""
        if self.left.subject is None:
            return False
        mark = self.zone.mark_at(self.left.subject[0])
        return mark is not None and "thin" in mark.roles and mark.end >= self.left.subject[1]

    @property
    def lone(self) -> bool:
        """Whether the words before the number are a verb without what it is done to."""
        return self.left.verb is not None and len(self.label(*self.left.verb).split()) <= LONE_DEED

    @property
    def unit(self) -> str | None:
        """The counted noun as written."""
        return self.text(*self.right.noun) or None if self.counts and self.right.noun is not None else None

    def is_before(self) -> bool:
        """Whether a count's subject stands before it."""
        left, right = self.left, self.right
        if not self.filled:
            return True
        if not right.bare:
            misspelt = not right.roles and len(self.text(right.start, right.end).split()) <= MISSPELT
            return left.head and misspelt and bool(left.tail & (STATING | {"bound"}))
        needy = "generic" in right.roles or ("classifier" in right.roles and "counted" not in right.roles)
        actor = left.subject if left.verb is not None and not left.head else None
        if actor is not None and left.tail.isdisjoint(STATING | {"exist"}):
            person = "person" in right.roles and "place" not in self.zone.roles_at(actor[0])
            return person or "times" in right.roles
        if needy:
            return True
        return bool(left.tail & STATING) or self.verb is None if left.head else "equal" in left.tail

    def noun_end(self) -> int:
        """The end of the phrase after the number without whom it is for, and without a list of what the things are."""
        right, at = self.right, self.right.predicate
        if at is not None and "defining" in self.zone.roles_at(at) and self.zone.first("comma", at, right.end):
            return self.zone.back(at)
        end = self.zone.first("beneficiary", right.start + 1, right.end)
        return right.end if end is None or (at is not None and at < end) else self.zone.back(end)

    def beneficiary(self) -> Span | None:
        """For whom a percentage of a rate is paid: "hỗ trợ 70% mức đóng cho hộ cận nghèo"."""
        right, zone = self.right, self.zone
        if self.quantity.kind != "percent":
            return None
        for mark in zone.marks_in(right.start, right.limit):
            if mark.start > zone.ahead(right.end) or mark.start == right.predicate:
                break
            if "beneficiary" in mark.roles:
                start = zone.ahead(mark.end)
                end = zone.back(find_boundary(zone, start, right.limit, closed=right.limit < zone.end))
                return (start, end) if start < end else None
        return None

    def with_deed(self, label: str, noun: str) -> str:
        """`label`, or its `noun` alone, with what is done to the counted thing, else with the predicate of the list."""
        right, deed = self.right, self.deed
        if self.predicate is not None:
            return f"{label} {deed or self.text(*self.predicate)}"
        if not deed or len(deed.split()) > LONGEST_DEED:
            return label
        classifier = right.noun is not None and noun == self.label(*right.noun) and "counted" not in right.roles
        return f"{label if classifier or not noun else noun} {deed}"

    def text(self, start: int, end: int) -> str:
        """The phrase as written."""
        return self.zone.slices(start, end)

    def label(self, start: int, end: int, without: Collection[Span] = ()) -> str:
        """The phrase as a label."""
        return make_label(self.zone, start, end, without)
