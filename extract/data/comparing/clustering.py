"""What do several statements of one thing say together? The same value, an update, a contradiction; never a mean.

Only articles contradict each other. Values that differ inside one are of parts or of different things that it names by
one word ("124 units, 19 wards and 105 communes"); whether it also contradicts itself is what `solieu check` asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from extract.data.checking.arithmetic import BOUNDLESS, as_fraction
from extract.data.checking.printed import ABOUT, MORE, find_step, step_of_size

Agreement = Literal["single", "agree", "update", "contradiction", "undated", "several"]
OPEN = frozenset({"contradiction", "undated", "several"})  # nobody can say which value it is
PRECISE = ("exact", "range", "about", "more", "less", "least", "most")  # how much a bound leaves open, least first
NAMED = ("named", "heading", "article", "outlet", "")  # how sure a place is, surest first


class Statement(NamedTuple):
    """What one figure says of its cell."""

    row: int  # in the dataset
    figure: str
    value: str
    high: str
    of: str
    bound: str
    kind: str
    text: str
    factor: Decimal  # from the printed unit to the one compared in
    published: str  # ISO date, empty where unknown
    source: str  # hash of the article: a reprint is no second source
    place_rule: str


class Outcome(NamedTuple):
    """What the statements of a cell come to: the groups that agree within, the one that counts first."""

    agreement: Agreement
    groups: tuple[tuple[Statement, ...], ...]  # within a group the preferred statement first


def cluster(statements: Sequence[Statement], *, prefer: Sequence[str], timeless: bool = False) -> Outcome:
    """Groups statements that may mean one value, and says how the groups relate.

    A later group is an update where all is dated and every statement of the others is older; else the groups
    contradict each other; in one article they are `several`. `timeless`: the period is "now" in undated articles.
    """
    ranked = sorted(statements, key=preference(prefer))
    limits = [interval(one.value, one.high, one.bound, one.kind, one.text, one.factor) for one in ranked]
    groups: list[list[int]] = []
    for at in sorted(range(len(ranked)), key=lambda at: (limits[at].width, at)):
        home = next((group for group in groups if meets(ranked, limits, group[0], at)), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    found = [tuple(ranked[at] for at in sorted(group)) for group in sorted(map(sorted, groups))]
    if len(found) == 1:
        return Outcome("agree" if count_sources(found[0]) > 1 else "single", tuple(found))
    if count_sources(ranked) == 1:
        return Outcome("several", tuple(found))
    if timeless:
        return Outcome("undated", tuple(found))
    newest = find_newest(found)
    if newest is None:
        return Outcome("contradiction", tuple(found))
    rest = sorted((group for group in found if group is not newest), key=last_day, reverse=True)
    return Outcome("update", (newest, *rest))


class Limits(NamedTuple):
    """The least and the greatest value a statement allows."""

    low: Fraction
    high: Fraction
    width: Fraction


def meets(statements: Sequence[Statement], limits: Sequence[Limits], first: int, second: int) -> bool:
    """Whether two statements may mean the same value."""
    one, other = statements[first], statements[second]
    if one.of != other.of:
        return False
    if one.value == other.value and one.high == other.high:
        return True
    return limits[first].low <= limits[second].high and limits[second].low <= limits[first].high


@lru_cache(maxsize=65536)
def interval(value: str, high: str, bound: str, kind: str, text: str, factor: Decimal) -> Limits:
    """What a statement allows: its bound, and the rounding of its last printed digit.

    >>> limits = interval("2500000", "", "exact", "count", "2,5 triệu", Decimal(1))
    >>> int(limits.low), int(limits.high)
    (2450000, 2550000)
    """
    low = as_fraction(Decimal(value))
    if high:
        top = max(low, as_fraction(Decimal(high)))
        return Limits(low, top, top - low)
    exact = as_fraction(factor)
    step = find_step(text, Decimal((low / exact).numerator) / Decimal((low / exact).denominator)) * exact
    whole = kind in ("count", "ratio") and step == 1  # people are counted; money and areas are measured
    over = min(step_of_size(low, step), low * MORE)
    margin = max(low * ABOUT, step / 2)
    ends = {
        "more": (low, low + over),
        "less": (low - over, low),
        "least": (low, BOUNDLESS),
        "most": (Fraction(0), low),
        "about": (low - margin, low + margin),
    }
    bottom, top = ends.get(bound) or ((low, low) if whole else (low - step / 2, low + step / 2))
    return Limits(bottom, top, top - bottom)


def preference(names: Sequence[str]) -> Callable[[Statement], tuple[Any, ...]]:
    """A sort key that puts the statement first that the rules in `names` prefer, by the first rule that decides."""
    rules: dict[str, Callable[[Statement], tuple[int, ...]]] = {
        "precise": lambda one: (PRECISE.index(one.bound), -sum(map(str.isdigit, one.text))),
        "named": lambda one: (NAMED.index(one.place_rule),),
        "latest": lambda one: (-ordinal(one.published),),
    }
    chosen = [rules[name] for name in names]
    return lambda one: (*(rank for rule in chosen for rank in rule(one)), one.row)


def find_newest(groups: Sequence[tuple[Statement, ...]]) -> tuple[Statement, ...] | None:
    """The group whose last statement is later than every statement of the others; None where there is none."""
    if any(not statement.published for group in groups for statement in group):
        return None
    newest = max(groups, key=last_day)
    others = [last_day(group) for group in groups if group is not newest]
    first = min(statement.published for statement in newest)
    return newest if all(day < first or day < last_day(newest) for day in others) else None


def last_day(group: Sequence[Statement]) -> str:
    """The day of a group's last statement."""
    return max(statement.published for statement in group)


def ordinal(published: str) -> int:
    """An ISO date as a number that sorts like it; 0 for none.

    >>> ordinal("2021-09-21"), ordinal("")
    (20210921, 0)
    """
    return int(published.replace("-", "")) if published else 0


def settle(outcome: Outcome, rule: str) -> tuple[Statement, ...] | None:
    """The group whose value a contradiction takes under `rule` (none, latest, sources); None where it has no winner."""
    scores: dict[str, Callable[[tuple[Statement, ...]], Any]] = {"latest": last_day, "sources": count_sources}
    score = scores.get(rule)
    if score is None:
        return None
    best = sorted(outcome.groups, key=score, reverse=True)
    return best[0] if len(best) < 2 or score(best[0]) != score(best[1]) else None


def count_sources(group: Sequence[Statement]) -> int:
    """How many different articles say so."""
    return len({statement.source for statement in group})
