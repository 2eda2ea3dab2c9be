"""What does exact arithmetic say of one relation between figures?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from extract.data.checking.arithmetic import (
    HALF,
    Judgement,
    as_fraction,
    attainable_power,
    judge_attainable,
    judge_side,
    judge_value,
    share_power,
)
from extract.data.checking.printed import ABOUT, Printed, find_step, read_printed
from extract.data.checking.relations import FORMULAS, Relation
from extract.records import Figure

HUNDRED = Fraction(100)
OF_HUNDRED = {"share", "completion", "excess", "growth", "growth_over_base", "growth_after_rise", "growth_after_fall"}
SIZES = {"difference", "growth", "excess", "multiple_added"}  # no less than nothing
FITS = frozenset({"consistent", "half_even", "truncated"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation, what was recomputed and what that says."""

    relation: Relation
    judgement: Judgement
    formula: str
    reason: str = ""  # why it could not be tested

    @property
    def fits(self) -> bool:
        """Whether rounding or cutting off explains the printed number."""
        return self.judgement.verdict in FITS

    @property
    def power(self) -> Fraction | None:
        """The chance that a random percentage in the place of the printed one would have failed."""
        judgement, relation = self.judgement, self.relation
        if judgement.verdict == "not_testable":
            return None
        if self.formula == "attainable":
            whole = relation.operands[0]
            return attainable_power(int((whole.of if relation.of[0] else whole.value) or 0), digits(relation.reported))
        if self.formula not in OF_HUNDRED or judgement.low is None or judgement.high is None:
            return None
        return share_power(judgement.low, judgement.high, digits(relation.reported))


def judge_relation(relation: Relation) -> Judged:
    """`relation` recomputed."""
    if relation.type == "attainable":
        return judge_whole(relation)
    if relation.formulas == ("hundred",):
        return judge_hundred(relation)
    if relation.formulas == ("part",):
        limit = read_printed(relation.operands[0])
        return Judged(relation, Judgement("inconsistent", (), limit.value, Fraction(0), limit.high), "part")
    operands = [read_operand(figure, whole) for figure, whole in relation.wholes()]
    if relation.formulas == ("rest",):
        rest = as_fraction(relation.operands[0].of or Decimal(0)) - operands[0].value
        return Judged(relation, judge_reported(relation.reported, rest, rest, rest), "rest")
    if relation.type in ("share", "completion") and not same_measure(relation.operands):
        return Judged(relation, Judgement("not_testable"), relation.formulas[0], reason="other_unit")
    tried = [judge_formula(relation, formula, operands) for formula in relation.formulas]
    return next((judged for judged in tried if judged.fits), tried[0])


def read_operand(figure: Figure, whole: bool) -> Printed:
    """What `figure` stands for; a ratio by its part, or by its `whole`."""
    if figure.kind != "ratio":
        return read_printed(figure)
    exact = as_fraction((figure.of if whole else figure.value) or Decimal(0))
    return Printed(exact, Fraction(1), exact, exact)


def same_measure(operands: Sequence[Figure]) -> bool:
    """Whether one operand can be a share of the other: things counted, or one unit measured."""
    kinds = {"count" if figure.kind == "ratio" else figure.kind for figure in operands}
    return len(kinds) == 1 and (kinds != {"amount"} or len({figure.unit for figure in operands}) == 1)


def judge_formula(relation: Relation, formula: str, operands: Sequence[Printed]) -> Judged:
    """One way of recomputing `relation`."""
    calculate = FORMULAS[formula]
    corners = (
        [tuple(one.low for one in operands), tuple(one.high for one in operands)]
        if formula == "sum"
        else list(product(*((one.low, one.high) if one.low != one.high else (one.low,) for one in operands)))
    )
    try:
        point = calculate(*(one.value for one in operands))
        values = [calculate(*corner) for corner in corners]
    except ZeroDivisionError:
        return Judged(relation, Judgement("not_testable"), formula, reason="no_counts")
    low, high = min(values), max(values)
    if low < 0:  # a rise larger than what it led to
        return Judged(relation, Judgement("inconsistent"), formula)
    if formula in SIZES:
        new, old = operands
        apart = new.low > old.high or old.low > new.high
        if apart and relation.reported.change == ("down" if new.value > old.value else "up"):
            return Judged(relation, Judgement("inconsistent", (), point, low, high), formula)
        low = low if apart else Fraction(0)
    judgement = judge_reported(relation.reported, point, low, high)
    return Judged(relation, judgement, formula)


def judge_reported(figure: Figure, point: Fraction, low: Fraction, high: Fraction) -> Judgement:
    """A recomputed value against what `figure` says, with its bound."""
    value = as_fraction(figure.value)
    step = find_step(figure.text, figure.value)
    if figure.bound in ("more", "least", "less", "most"):
        return judge_side(value, point, low, high, above=figure.bound in ("more", "least"))
    if figure.high is not None:
        inside = low <= as_fraction(figure.high) and value <= high
        return Judgement("consistent" if inside else "inconsistent", ("bound",) if inside else (), point, low, high)
    tolerance = max(2 * ABOUT * value / step, Fraction(1)) if figure.bound == "about" else HALF
    return judge_value(value, step, point, low, high, tolerance=tolerance)


def digits(figure: Figure) -> int:
    """Digits printed after the decimal mark of a percentage."""
    step = find_step(figure.text, figure.value)
    return len(str(step.denominator)) - 1


def judge_whole(relation: Relation) -> Judged:
    """Whether some whole count of the stated whole gives the percentage."""
    whole, reported = relation.operands[0], relation.reported
    count = (whole.of if relation.of[0] else whole.value) or Decimal(0)
    printed = as_fraction(reported.value) / find_step(reported.text, reported.value)
    exact = whole.kind == "ratio" or read_printed(whole).exact
    if not exact or reported.bound != "exact" or count % 1 or printed.denominator != 1 or count <= 0:
        return Judged(relation, Judgement("not_testable"), "attainable", reason="one_sided")
    decimals = digits(reported)
    if printed > 10 ** (2 + decimals):
        return Judged(relation, Judgement("not_testable"), "attainable", reason="doubtful")
    return Judged(relation, judge_attainable(int(count), int(printed), decimals), "attainable")


def judge_hundred(relation: Relation) -> Judged:
    """Percentages against the whole of 100 %."""
    parts = [read_printed(part) for part in relation.operands]
    point = sum((part.value for part in parts), Fraction(0))
    low, high = sum(part.value - part.step / 2 for part in parts), sum(part.value + part.step / 2 for part in parts)
    fits = low <= HUNDRED <= high
    return Judged(
        relation, Judgement("consistent" if fits else "inconsistent", ("half_up",) if fits else (), point), "sum"
    )
