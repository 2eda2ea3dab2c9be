"""Which numbers does a change rest on: the level it led to and the one before, or the difference it restates?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.data.checking.context import Context, named_year, same_scope, same_subject, same_unit, year_of
from extract.data.checking.relations import NEAR, Basis, Relation
from extract.data.checking.shares import find_completion, last_level
from extract.records import Figure

TELLING = 100  # a difference from here on is not the difference of two other numbers by chance


def find_change(context: Context, index: int) -> Iterator[Relation]:
    """What a change (percentage, multiple, difference) says of the numbers before and after it."""
    figure = context.figures[index]
    if context.is_percent(figure) and context.words.says("plan", figure.vs):
        yield from find_completion(context, index, context.get(figure.share_num))
        return
    points = context.words.says("points", figure.text)
    if context.is_percent(figure) and not points and (relation := find_growth(context, index)) is not None:
        yield relation
    yield from find_old_and_new(context, index)


def find_growth(context: Context, index: int) -> Relation | None:
    """A level, its change and the change in percent: `166.472, up 14.053 (8.7%)`."""
    figure = context.figures[index]
    for other in (index - 1, index + 1):
        if not 0 <= other < len(context.figures) or not context.same_sentence(index, other):
            continue
        change = context.figures[other]
        if change.kind not in ("count", "amount") or change.change != figure.change or context.is_factor(change):
            continue
        if change.vs and figure.vs and change.vs != figure.vs:
            continue
        level = last_level(context, min(index, other), change)
        together = level is not None
        level = level or level_before(context, min(index, other), change)
        if level is None or level.kind != change.kind:
            continue
        related = same_subject(level, change) or same_subject(level, figure)
        stated = together and related and level.province == change.province
        basis: Basis = "stated" if stated else "evident"
        return Relation("change", (level, change), figure, growth_formulas(level, change), basis)
    return None


def level_before(context: Context, index: int, change: Figure) -> Figure | None:
    """The last level of the same before the sentence of `change`: `318 crashes. Against last year, up 64 (25.2%)`."""
    for level in reversed(context.figures[max(0, index - NEAR) : index]):
        alike = same_unit(level, change) and same_scope(level, change) and level.indicator == change.indicator
        if alike and context.is_level(level) and same_subject(level, change):
            return level
    return None


def growth_formulas(level: Figure, change: Figure) -> tuple[str, ...]:
    """How a change relates to a level: the level before it, where its period ends earlier, else the one it led to."""
    before, after = year_of(level), year_of(change)
    if before is not None and after is not None and before < after:
        return ("growth_over_base",)
    return ("growth_after_rise",) if change.change == "up" else ("growth_after_fall",)


def find_old_and_new(context: Context, index: int) -> Iterator[Relation]:
    """A change beside the numbers of both periods."""
    figure = context.figures[index]
    numeric = figure.kind in ("count", "amount") and not context.is_factor(figure)
    points = context.words.says("points", figure.text)
    new = None if points else last_level(context, index, figure if numeric else None)
    old = find_old(context, index, new) if new is not None else None
    formulas = change_formulas(context, figure, numeric=numeric)
    if new is not None and old is not None and figure.change in (rises(old, new), "none"):
        basis: Basis = "stated" if states_comparison(context, index, old, new) else "evident"
        yield Relation("change", (new, old), figure, formulas, basis)
    elif new is not None and is_telling(context, figure):
        at = context.position[new.figure]
        for old in reversed(context.figures[max(0, at - NEAR) : at]):
            if (
                old.kind == new.kind
                and context.is_level(old)
                and same_unit(old, new)
                and rises(old, new) == figure.change
            ):
                yield Relation("change", (new, old), figure, formulas, "evident")
    elif context.is_percent(figure):
        yield from find_points(context, index)


def is_telling(context: Context, figure: Figure) -> bool:
    """Whether a change is printed with digits enough that numbers which give it exactly do not do so by chance."""
    if context.is_percent(figure) or context.is_factor(figure):
        return context.is_percent(figure) and figure.decimals > 0
    return figure.value >= TELLING and figure.bound == "exact"


def change_formulas(context: Context, figure: Figure, *, numeric: bool) -> tuple[str, ...]:
    """What a change of this kind may mean, the likeliest first."""
    if context.is_factor(figure):
        return ("multiple", "multiple_added") if figure.change != "none" else ("multiple",)
    return ("difference",) if numeric else ("growth",)


def rises(old: Figure, new: Figure) -> str:
    """The direction from `old` to `new`."""
    return "up" if new.value > old.value else "down"


def find_old(context: Context, index: int, new: Figure) -> Figure | None:
    """The number of the earlier period that `new` is compared with: "from it to" `new`, or the nearest one alike."""
    at = context.position[new.figure]
    onto = context.led("onto", at) and not context.led("raised", at)
    if onto and at and context.same_sentence(at - 1, at):
        old = context.figures[at - 1]
        if old.kind == new.kind and context.is_level(old) and (new.kind == "count" or same_unit(old, new)):
            return old
    after = year_of(new)
    for old in [*reversed(context.figures[max(0, at - NEAR) : at]), *context.figures[index + 1 : index + 3]]:
        if old.kind != new.kind or not context.is_level(old) or old.status in ("target", "criterion"):
            continue
        before = year_of(old)
        earlier = before is not None and after is not None and before < after
        if earlier and same_unit(old, new) and same_scope(old, new) and same_subject(old, new):
            return old
    return None


def states_comparison(context: Context, index: int, old: Figure, new: Figure) -> bool:
    """Whether the words say that the change is the one from `old` to `new`."""
    figure = context.figures[index]
    at, before = context.position[new.figure], context.position[old.figure]
    if at != index - 1 or not same_subject(old, new):  # something else stands between, or they are different things
        return False
    year, old_year, new_year = named_year(figure.vs), year_of(old), year_of(new)
    if year is not None:
        return year == old_year
    if context.words.says("previous", figure.vs):
        return old_year is not None and old_year + 1 == new_year
    return not figure.vs and before == at - 1 and context.same_sentence(before, index)


def find_points(context: Context, index: int) -> Iterator[Relation]:
    """A change of a percentage, in points, where both percentages stand before it."""
    figure = context.figures[index]
    if index < 2 or not (context.same_sentence(index - 2, index)):
        return
    old, new = context.figures[index - 2], context.figures[index - 1]
    levels = all(context.is_percent(level) and level.change == "none" and not level.vs for level in (old, new))
    if levels and rises(old, new) == figure.change and same_scope(old, new):
        yield Relation("change", (new, old), figure, ("difference", "growth"), "evident")
