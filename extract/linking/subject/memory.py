"""What has been counted so far in an article, and what do the words before a list say of its items?"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.records import Subject

HOST, LEAD = -1, -2  # in `Memory.done`: the phrase before a bracket, the phrase before a colon


@dataclass(slots=True)
class Memory:
    """What has been counted so far in an article."""

    done: dict[int, Subject] = field(default_factory=dict)  # by index of the quantity
    nouns: dict[int, str] = field(default_factory=dict)  # their labels without the predicate
    units: dict[int, str | None] = field(default_factory=dict)  # in what they are measured
    last: int | None = None  # the last level that was counted
    base: int | None = None  # the whole whose parts are being listed
    split: int | None = None  # the first such whole of this sentence
    total: int | None = None  # that of the sentence before
    sorted: bool = False  # the words before a colon only say by what parts are told
    peers: int = 0  # the first quantity of the sentence of the whole whose parts are being listed
    scale: str | None = None  # the unit of that whole
    alone: bool = False  # one part is singled out: the next quantity is of another kind
    spread: bool = False  # its parts are a list after a colon, with semicolons between them
    lead: int | None = None  # what the words before a colon name
    among: int | None = None  # the whole whose members are spoken of
    front: tuple[list[str], tuple[str, ...]] | None = None  # the facets that open a list, before which noun
    row: list[Subject] = field(default_factory=list)  # what the next numbers of a row count
    measured: bool = False  # the words before the colon name a measure
    counting: bool = False  # they name things that are counted
    step: str | None = None  # the step of the administration named before a colon
    judging: bool = False  # a grade or a sanction is expected
    rate: int | None = None  # a rate of a sum that is paid for somebody
    funds: str | None = None  # what money the sentence before says is spent
    goods: str | None = None  # what was sold at the last price
    heading: str | None = None  # the level dimension in force

    def enter_zone(self) -> None:
        """Forget what held for the zone before."""
        self.lead = self.among = self.base = self.rate = self.front = self.step = None
        self.judging = self.measured = self.counting = self.sorted = False
