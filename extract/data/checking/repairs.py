"""Who is wrong? The nearest single misprint that explains numbers which do not agree, with its alternatives ranked.

A repair changes one number so that the failing relation fits and every relation that fitted before still does. Among
those, the one that mends most failing relations comes first, then the likeliest misprint: its kind, out of the ways in
which that kind could have spoilt the repaired number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from extract.data.checking.arithmetic import as_fraction, judge_attainable
from extract.data.checking.context import Context, same_unit
from extract.data.checking.judging import Judged, judge_relation
from extract.data.checking.printed import find_step
from extract.data.checking.relations import FORMULAS, NEAR, Relation
from extract.records import Figure

# How often a misprint is of this kind, in parts of a hundred: an editor's guess, only the order matters.
PRIOR = {
    "swapped_digits": 20,
    "lost_digit": 20,
    "doubled_digit": 20,
    "wrong_whole": 20,
    "decimal_mark": 10,
    "wrong_digit": 10,
    "recomputed": 20,
}
NEIGHBOURS = 25  # relations of one figure that a repair is held against
Around = Mapping[str, Sequence[Judged]]
Misprint = tuple[str, int, Decimal]  # its kind, in how many ways it can spoil the number, the number unspoilt
Spoil = Callable[[Decimal, Fraction, bool], Iterator[Misprint]]

RECOMPUTED = {*FORMULAS, "attainable", "rest"}
HABITS = {"half_up": 4, "bound": 4}  # a repair that only cutting off explains is a fourth as likely


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to make the numbers agree: `figure` should have been printed as `value`."""

    kind: str  # a section [repair.*] of `checks.toml`
    figure: str  # the figure id of the culprit
    printed: Decimal
    value: Decimal
    mends: int  # failing relations that it makes fit
    weight: Fraction  # how likely, beside the other repairs

    @property
    def rank(self) -> tuple[int, Fraction, str, Decimal]:
        """Sorts the best repair first."""
        return -self.mends, -self.weight, self.figure, self.value


def index_relations(judged: Iterable[Judged]) -> Around:
    """The testable relations that rest on each figure (by id), the first `NEIGHBOURS` of them."""
    around: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.judgement.verdict != "not_testable":
            for figure in one.relation.figures:
                if len(around[figure.figure]) < NEIGHBOURS:
                    around[figure.figure].append(one)
    return around


def find_repairs(failed: Judged, around: Around, context: Context | None = None) -> list[Repair]:
    """The repairs of a failing relation, the best first; `around` holds the relations of its figures."""
    if failed.formula not in RECOMPUTED:
        return []
    others = {
        figure.figure: [one for one in around.get(figure.figure, ()) if one.relation is not failed.relation]
        for figure in failed.relation.figures
    }
    repairs = list(find_other_wholes(failed, context)) if context else []
    for spoil in (spoilt, spoilt_digit):
        for figure in failed.relation.figures:
            repairs += repair_figure(figure, failed, others[figure.figure], spoil)
        if repairs and all(one.fits for ones in others.values() for one in ones):
            break  # one wrong digit explains too much to be asked where something better does
    if failed.judgement.expected is not None:
        repairs.append(recompute(failed, "recomputed"))
    best: dict[tuple[str, Decimal], Repair] = {}
    for repair in sorted(repairs, key=lambda one: one.rank):
        best.setdefault((repair.figure, repair.value), repair)
    return list(best.values())


def repair_figure(figure: Figure, failed: Judged, around: Sequence[Judged], spoil: Spoil) -> Iterator[Repair]:
    """The misprints of one figure that would explain the failure and keep what agrees."""
    whole = (figure, True) in failed.relation.wholes()
    printed = figure.of if whole and figure.of is not None else figure.value
    is_near, comes_whole = nearness(failed, figure), figure.kind in ("count", "ratio")
    for kind, ways, value in spoil(printed, find_step(figure.text, figure.value), figure.kind == "percent"):
        if (comes_whole and value % 1) or not is_near(value):
            continue
        respelt = respell(figure, value, whole=whole)
        again = judge_relation(exchange(failed.relation, figure, respelt))
        if not again.fits:
            continue
        others = [(one.fits, judge_relation(exchange(one.relation, figure, respelt)).fits) for one in around]
        if all(now for before, now in others if before):
            mends = 1 + sum(now and not before for before, now in others)
            habit = max((HABITS.get(mode, 1) for mode in again.judgement.rounding), default=1)
            yield Repair(kind, figure.figure, printed, value, mends, Fraction(PRIOR[kind] * habit, ways))


def nearness(failed: Judged, figure: Figure) -> Callable[[Decimal], bool]:
    """A quick look at whether a value in the place of `figure` comes near enough to be recomputed properly."""
    judgement, relation, reported = failed.judgement, failed.relation, failed.relation.reported
    formula = FORMULAS.get(failed.formula)
    if reported.bound != "exact" or judgement.low is None or judgement.high is None or not judgement.expected:
        return lambda value: True
    expected, width = as_decimal(judgement.expected), as_decimal(judgement.high - judgement.low)
    printed, step = reported.value, as_decimal(find_step(reported.text, reported.value))
    known = [
        None if one is figure else (one.of if whole else one.value) or one.value for one, whole in relation.wholes()
    ]

    def near_expected(value: Decimal) -> bool:
        return abs(expected - value) <= 2 * (max(step, step * value / printed) if printed else step) + 2 * width

    def near_printed(value: Decimal) -> bool:
        if not value or formula is None:
            return bool(value)
        try:
            again = formula(*(value if one is None else one for one in known))
        except ArithmeticError:  # division by zero
            return True
        return bool(abs(again - printed) <= 2 * step + 2 * width * abs(again / expected))

    return near_expected if figure is reported else near_printed


def as_decimal(value: Fraction) -> Decimal:
    """A fraction to 28 digits, which is enough for a quick look."""
    return Decimal(value.numerator) / value.denominator


def respell(figure: Figure, value: Decimal, *, whole: bool) -> Figure:
    """`figure` as if `value` were printed, with the digits that it has; in a ratio, as its `whole`."""
    if whole and figure.of is not None:
        return replace(figure, of=value)
    return replace(figure, value=value, text="".join(map(str, value.as_tuple().digits)))


def exchange(relation: Relation, figure: Figure, other: Figure) -> Relation:
    """`relation` with `other` in the place of `figure`."""
    operands = tuple(other if one is figure else one for one in relation.operands)
    return replace(relation, operands=operands, reported=other if relation.reported is figure else relation.reported)


def spoilt(printed: Decimal, step: Fraction, percent: bool) -> Iterator[Misprint]:
    """The numbers that a common misprint may have turned into `printed`.

    >>> [str(value) for kind, _, value in spoilt(Decimal("27.86"), Fraction(1, 100), True) if kind[:2] == "sw"]
    ['72.86', '28.76', '27.68']
    """
    text, unit = digits_of(printed, step)
    last = len(text) - 1
    for at in range(last):
        if text[at] != text[at + 1]:
            yield "swapped_digits", last, unit * int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        elif at == 0 or text[at - 1] != text[at]:
            yield "doubled_digit", last, unit * int(text[:at] + text[at + 1 :])
    for at in range(last + 2):
        for digit in "0123456789":
            if (at or digit != "0") and (at > last or text[at] != digit):  # the same number once
                yield "lost_digit", last + 2, unit * int(text[:at] + digit + text[at:])
    for power in (1, 2, -1, -2) if percent else (3, 6, -3):
        yield "decimal_mark", 2, printed.scaleb(power)


def spoilt_digit(printed: Decimal, step: Fraction, percent: bool) -> Iterator[Misprint]:
    """The numbers that differ from `printed` in one digit."""
    text, unit = digits_of(printed, step)
    for at in range(len(text)):
        for digit in "0123456789":
            if digit != text[at]:
                yield "wrong_digit", 9 * len(text), unit * int(text[:at] + digit + text[at + 1 :])


def digits_of(printed: Decimal, step: Fraction) -> tuple[str, Decimal]:
    """The digits of a number down to its last printed one, and what that one counts."""
    count = as_fraction(printed) / step
    power = len(str(step.numerator)) - len(str(step.denominator))
    unit = Decimal(1).scaleb(power)
    return str(count.numerator // count.denominator).zfill(len(str(step.denominator))), unit


def find_other_wholes(failed: Judged, context: Context) -> Iterator[Repair]:
    """The percentage as one of another number nearby: last year's total, the total after instead of before."""
    relation = failed.relation
    if len(relation.operands) != 2 or relation.reported.kind != "percent":
        return
    at = context.position.get(relation.reported.figure, 0)
    part, whole = relation.operands if relation.type != "change" else relation.operands[::-1]
    for other in context.figures[max(0, at - 2 * NEAR) : at + NEAR]:
        if other in relation.figures or other.kind not in ("count", "amount", "ratio") or other.change != "none":
            continue
        if not same_unit(other, whole):
            continue
        swapped = replace(relation, operands=(part, other), of=(False, other.kind == "ratio"))
        if relation.type != "change" and judge_relation(swapped).fits:
            yield recompute(failed, "wrong_whole")
    if relation.type == "change":
        share = Relation("share", (part, whole), relation.reported, ("share",), "evident")
        if judge_relation(share).fits:
            yield recompute(failed, "wrong_whole")


def recompute(failed: Judged, kind: str) -> Repair:
    """The reported number as it follows from the others: any number of its length may have been printed instead."""
    reported = failed.relation.reported
    value = print_like(reported, failed.judgement.expected or Fraction(0))
    printed, _ = digits_of(reported.value, find_step(reported.text, reported.value))
    ways = 1 if kind == "wrong_whole" else 10 ** len(printed)
    return Repair(kind, reported.figure, reported.value, value, 1, Fraction(PRIOR[kind] * HABITS["half_up"], ways))


def print_like(figure: Figure, value: Fraction) -> Decimal:
    """`value` rounded half up to the digits with which `figure` is printed."""
    step = find_step(figure.text, figure.value)
    count = (2 * (value / step).numerator + (value / step).denominator) // (2 * (value / step).denominator)
    return count * (Decimal(step.numerator) / Decimal(step.denominator))


def find_wholes(percents: Sequence[str], *, limit: int = 10_000) -> list[int]:
    """The whole counts, up to `limit`, of which each of these percentages is a rounded or cut off share.

    >>> find_wholes(["25.45", "14.55", "60.00"], limit=250)
    [55, 110, 165, 220]
    """
    printed = []
    for percent in percents:
        decimals = len(percent.partition(".")[2])
        printed.append((int(percent.replace(".", "")), decimals))
    return [
        whole
        for whole in range(1, limit + 1)
        if all(judge_attainable(whole, number, decimals).verdict != "unattainable" for number, decimals in printed)
    ]
