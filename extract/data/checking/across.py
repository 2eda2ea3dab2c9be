"""Is one thing said twice in different numbers? Repeats and targets, in one article and across articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extract.data.checking.arithmetic import BOUNDLESS, Judgement, as_fraction
from extract.data.checking.context import CheckWords
from extract.data.checking.judging import Judged
from extract.data.checking.messages import write_row
from extract.data.checking.printed import read_printed
from extract.data.checking.relations import Relation
from extract.data.comparing.measures import Measures
from extract.patterns import Patterns
from extract.records import Check, Figure

NEAR = 50  # two numbers within 2 % of each other say one thing; farther apart they may be about different things
VAGUE = frozenset({"now", "recurring"})
Key = tuple[object, ...]


def check_across(figures: Iterable[Figure], patterns: Patterns, *, apart: bool = False) -> list[Check]:
    """What articles say twice: one indicator, facets, place and period with other values; targets with results.

    Articles are compared in the order given; with `apart` nothing inside one article is. Two numbers of one sentence
    are never a repeat: they say two things.

    >>> from extract.patterns import load_patterns
    >>> check_across([], load_patterns())
    []
    """
    words = patterns.compiled(CheckWords)
    return [write_row(one, words) for one in judge_repeats(figures, patterns, apart=apart)]


def judge_repeats(figures: Iterable[Figure], patterns: Patterns, *, apart: bool = False) -> list[Judged]:
    """The repeats and targets of `check_across`, judged."""
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        key = identity(figure)
        if key is not None:
            groups[key].append(figure)
    found = [
        one
        for group in groups.values()
        if len(group) > 1
        for one in (*find_repeats(group), *find_targets(group, patterns))
    ]
    return [one for one in found if not apart or len({figure.article for figure in one.relation.figures}) > 1]


def identity(figure: Figure) -> Key | None:
    """What a figure is about, where it says so fully: two figures with one identity should have one value."""
    period = figure.period
    if period is None or period in VAGUE or period.endswith("/now") or figure.change != "none" or figure.vs:
        return None
    if figure.indicator is None or figure.province is None or figure.place is None:
        return None
    return (
        figure.indicator,
        figure.kind,
        figure.unit if figure.kind in ("amount", "percent") else (figure.unit or "").lower(),
        (figure.indicator_label or "").lower(),
        frozenset(figure.breakdown),
        figure.province,
        figure.place.lower(),
        period,
        figure.share_den is not None,
    )


def find_repeats(group: Sequence[Figure]) -> list[Judged]:
    """Each reported number of one identity against the first that it differs from in print."""
    judged = []
    stated = [figure for figure in group if figure.status == "reported"]
    other: Figure | None = None  # the first that differs from the very first
    for figure in stated:
        same = (figure.value, figure.of) == (stated[0].value, stated[0].of)
        first = other if same else stated[0]
        other = other or (None if same else figure)
        if first is None or (first.article, first.sentence) == (figure.article, figure.sentence):
            continue
        relation = Relation("repeat", (first,), figure, ("repeat",), "stated")
        if (one := judge_pair(relation)) is not None:
            judged.append(one)
    return judged


def judge_pair(relation: Relation) -> Judged | None:
    """Whether two printed numbers may stand for one value, or are so near that one must be a misprint of the other.

    None where they are too far apart to be about one thing.
    """
    one, other = relation.operands[0], relation.reported
    first, second = read_printed(one), read_printed(other)
    meets = first.low <= second.high and second.low <= first.high and one.of == other.of
    if not meets and not (NEAR * abs(first.value - second.value) <= second.value and first.value / first.step >= 100):
        return None
    judgement = Judgement("consistent" if meets else "inconsistent", (), first.value, first.low, first.high)
    return Judged(relation, judgement, "repeat")


def find_targets(group: Sequence[Figure], patterns: Patterns) -> list[Judged]:
    """The last target before each later result: met or missed, neither contradicts anything."""
    judged = []
    target: Figure | None = None
    for figure in group:
        if figure.status == "target":
            target = figure
        elif figure.status == "reported" and target is not None:
            relation = Relation("target", (target,), figure, ("target",), "stated")
            point = as_fraction(target.value)
            met = reaches(target, figure, patterns.compiled(Measures))
            judgement = Judgement("consistent", ("met" if met else "missed",), point)
            judged.append(Judged(relation, judgement, "met" if met else "missed"))
            target = None
    return judged


def reaches(target: Figure, result: Figure, measures: Measures) -> bool:
    """Whether a result meets its target, by the rule of the ledger of targets; a range counts by its nearer end."""
    if measures.met_by_less(target.indicator or "", target.bound, target.change):
        return result.value <= (target.value if target.high is None else target.high)
    return result.value >= target.value


def judge_criteria(figures: Iterable[Figure]) -> list[Judged]:
    """Targets below what a rule of the same article demands for the same thing."""
    demands: dict[Key, Figure] = {}
    judged: list[Judged] = []
    for figure in figures:
        key = (figure.indicator, figure.indicator_label, figure.kind, figure.unit, figure.breakdown, figure.province,
               figure.place)  # fmt: skip
        if figure.indicator is None or figure.change != "none" or figure.vs:
            continue
        if figure.status == "criterion" and figure.bound in ("least", "more"):
            demands[key] = figure
        elif figure.status == "target" and key in demands and figure.bound not in ("less", "most"):
            demand = demands[key]
            relation = Relation("bounds", (demand,), figure, ("criterion",), "stated")
            low = as_fraction(demand.value)
            fits = figure.value >= demand.value
            judgement = Judgement("consistent" if fits else "inconsistent", (), low, low, BOUNDLESS)
            judged.append(Judged(relation, judgement, "criterion"))
    return judged
