"""Which cells have the 34 provinces? Their own; where nothing is stated, those of the 63 taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from extract.data.comparing.boundaries import NEW, OLD, Boundaries
from extract.data.comparing.cells import Cell
from extract.data.comparing.measures import Measures
from extract.data.comparing.merging import DIGITS, Merged, Part, merge_between, merge_share, merge_sum, show
from extract.patterns import Patterns

WORST = ("contradiction", "undated", "several", "update", "single", "agree")
PARTITIVE = 10  # a ratio of more than this many counts things ("1.561/1.565"); below it may be a fraction ("2/3")


class Shared(NamedTuple):
    """What the parts of one merged cell have in common."""

    indicator: str
    breakdown: str
    measure: str
    unit: str
    whole: str
    change: str
    vs: str
    status: str
    period: str
    span: str


AT = [Cell._fields.index(name) for name in Shared._fields]


class Merger:
    """Makes the cells of the 34 provinces."""

    def __init__(self, patterns: Patterns, rows: Iterable[Cell]) -> None:
        self.measures, self.boundaries = patterns.compiled(Measures), patterns.compiled(Boundaries)
        self.old = defaultdict[tuple[str, Shared], dict[str, Cell]](dict)
        self.new: dict[tuple[str, Shared], Cell] = {}
        self.totals: dict[tuple[str, Shared], Merged] = {}
        self.counted = defaultdict[tuple[str, ...], set[Shared]](set)
        for row in rows:
            shared = Shared(*(str(row[at]) for at in AT))
            if row.territory != OLD:
                self.new[row.province, shared] = row
                continue
            code = self.boundaries.successor[row.province]
            self.old[code, shared][row.province] = row
            if shared.measure in ("count", "amount"):
                self.counted[code, shared.indicator, shared.breakdown, *shared[5:]].add(shared)

    def merge(self) -> list[Cell]:
        """All cells of the 34-list: the stated ones, and those merged where none is stated."""
        stated = [self.compare(row, code, shared) for (code, shared), row in self.new.items()]
        merged = [self.make_row(code, shared) for code, shared in self.old if (code, shared) not in self.new]
        return stated + merged

    def compare(self, row: Cell, code: str, shared: Shared) -> Cell:
        """A stated cell, with a note where the parts come to something else."""
        if (code, shared) not in self.old:
            return row
        merged, used = self.value(code, shared)
        members = used or list(self.old[code, shared].values())
        note = (
            f"parts come to {show(merged.value)} = {merged.formula}"
            if merged.value is not None
            else "parts: see other_figures"
        )
        same = merged.value is not None and row.value and merged.value == Decimal(row.value)
        others = joined([row.other_figures, *(member.figures for member in members)])
        return row._replace(other_figures=others, note=row.note if same else joined([row.note, note]))

    def make_row(self, code: str, shared: Shared) -> Cell:
        """A merged cell with the evidence of its parts."""
        members = self.old[code, shared]
        merged, used = self.value(code, shared)
        evidence = used or [members[part] for part in self.boundaries.parts[code] if part in members]
        figures = joined(row.figures for row in evidence)
        return next(iter(members.values()))._replace(
            territory=NEW,
            province=code,
            province_name=self.boundaries.names[NEW, code],
            basis=merged.basis,
            agreement=min((row.agreement for row in evidence), key=WORST.index),
            value=show(merged.value),
            low=show(merged.low),
            high=show(merged.high),
            of=show(merged.of),
            bound=merged.bound,
            text="",
            sources=count_articles(figures),
            figures=figures,
            other_figures=joined(row.other_figures for row in evidence),
            published=max(row.published for row in evidence),
            series_break="",
            formula=merged.formula,
            note=self.spell(merged.note),
        )

    def value(self, code: str, shared: Shared) -> tuple[Merged, list[Cell]]:
        """What the parts come to, and the rows it rests on where they are not the cell's own parts."""
        if shared.indicator not in self.measures:
            return Merged("not_comparable", note="not in the registry"), []
        if shared.change != "none" or shared.vs:
            return Merged("not_comparable", note="changes and comparisons do not add up"), []
        if shared.period.endswith("now"):
            return Merged("not_comparable", note="no day known"), []
        needed, additive = self.boundaries.parts[code], self.measures.adds_up(shared.indicator)
        if additive and shared.measure in ("count", "amount"):
            return self.total(code, shared), []
        parts = [read_part(row) for row in self.old[code, shared].values()]
        match shared.measure:
            case "percent":
                found = self.share(code, shared, parts)
                if found:
                    return found
            case "ratio":
                additive = additive and all((part.of or 0) > PARTITIVE for part in parts)
                return (merge_sum(parts, needed) if additive else Merged("not_comparable", note="fractions")), []
        if self.measures.lies_between(shared.indicator):
            return merge_between(parts, needed), []
        return Merged("not_comparable", note="means nothing for places taken together"), []

    def total(self, code: str, shared: Shared) -> Merged:
        """The sum of a count or amount over all parts; asked for again by every percentage of it."""
        if (code, shared) not in self.totals:
            members = self.old[code, shared].values()
            self.totals[code, shared] = merge_sum(map(read_part, members), self.boundaries.parts[code])
        return self.totals[code, shared]

    def share(self, code: str, shared: Shared, parts: Sequence[Part]) -> tuple[Merged, list[Cell]] | None:
        """The percentage from counts of all parts, with the rows of those counts."""
        whole, _, narrowed = shared.whole.partition("; ")
        numerator = self.counts(code, shared, shared.indicator, shared.breakdown)
        denominator = self.counts(code, shared, whole, narrowed)
        if numerator is None or denominator is None:
            return None
        digits = [-int(part.value.as_tuple().exponent) for part in parts if part.value is not None]
        merged = merge_share(numerator[0], denominator[0], max([DIGITS, *digits]))
        return (merged, numerator[1] + denominator[1]) if merged else None

    def counts(self, code: str, shared: Shared, indicator: str, breakdown: str) -> tuple[Merged, list[Cell]] | None:
        """The sum of a count or amount over all parts, in the same period and status, with its rows."""
        if not self.measures.adds_up(indicator):
            return None
        for other in sorted(self.counted.get((code, indicator, breakdown, *shared[5:]), ())):
            merged = self.total(code, other)
            if merged.basis == "derived":
                return merged, list(self.old[code, other].values())
        return None

    def spell(self, note: str) -> str:
        """A note with the names of provinces for their codes."""
        if not note:
            return ""
        notes = []
        for reason in note.split("; "):
            why, colon, codes = reason.partition(": ")
            notes.append(
                why + colon + ", ".join(self.boundaries.names.get((OLD, code), code) for code in codes.split(", "))
            )
        return "; ".join(notes)


def read_part(row: Cell) -> Part:
    """A cell of the 63-list as a part."""
    number = make_number
    return Part(
        row.province, number(row.value), number(row.low), number(row.high), number(row.of), row.bound or "exact",
        row.agreement,
    )  # fmt: skip


def make_number(cell: str) -> Decimal | None:
    """The number of a cell."""
    return Decimal(cell) if cell else None


def joined(cells: Iterable[str]) -> str:
    """Lists of ids or notes as one, each once.

    >>> joined(["a; b", "", "b"])
    'a; b'
    """
    parts = "; ".join(filter(None, cells)).split("; ")
    return "; ".join(dict.fromkeys(parts))


def count_articles(figures: str) -> int:
    """How many articles a list of figure ids comes from.

    >>> count_articles("a:1; a:9; b:1")
    2
    """
    return len({figure.rpartition(":")[0] for figure in figures.split("; ") if figure})
