"""Which counts does a percentage rest on? Its links, the plan it completes, or the numbers nearby that give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.data.checking.context import NOW, Context, same_scope, same_subject, same_unit, year_of
from extract.data.checking.relations import NEAR, Basis, Relation
from extract.records import Figure

FAR = 60  # figures between a result and its plan in another part of the article


def find_share(context: Context, index: int) -> Iterator[Relation]:
    """The share, completion or change that a percentage states."""
    figure = context.figures[index]
    part, whole = context.get(figure.share_num), context.get(figure.share_den)
    planned = context.words.says("plan", figure.vs)
    kind = "completion" if planned else "share"
    started = find_start_share(context, index, part)
    if started is not None:
        yield started
    elif part is not None and whole is not None:
        if part is not whole or part.kind == "ratio":
            yield Relation(kind, (part, whole), figure, (kind,), "stated", (False, whole.kind == "ratio"))
    elif whole is not None:
        if whole.kind in ("count", "ratio"):
            yield Relation("attainable", (whole,), figure, (), "stated", (whole.kind == "ratio",))
    elif planned:
        yield from find_completion(context, index, part)
    elif not figure.vs and figure.status == "reported":
        yield from guess_share(context, index, part)


def find_start_share(context: Context, index: int, part: Figure | None) -> Relation | None:
    """An addition as a percentage of what there was at the start, where the article gives the total it led to."""
    figure = context.figures[index]
    follower = index + 1
    if follower >= len(context.figures):
        return None
    part = part or (context.figures[index - 1] if index and context.same_sentence(index - 1, index) else None)
    total = context.figures[follower]
    base = f"{figure.vs or ''} {context.after(index)}"
    led_to = "raised" if context.same_sentence(index, follower) else "thanks_to"
    if not (context.words.says("base_start", base) and context.led(led_to, follower)):
        return None
    if part is None or not context.is_level(part) or total.kind != part.kind or not same_unit(part, total):
        return None
    if total.value <= part.value:
        return None
    return Relation("change", (total, part), figure, ("growth_after_rise",), "stated")


def find_completion(context: Context, index: int, part: Figure | None) -> Iterator[Relation]:
    """The result and the plan that a completion or an excess over plan compares."""
    figure = context.figures[index]
    actual = part or last_level(context, index)
    if actual is None:
        return
    formula = "completion" if figure.change == "none" else "excess"
    at = context.position[actual.figure]
    nearby = context.figures[max(0, at - NEAR) : index + NEAR]
    plans = find_plans(context, actual, nearby)
    if not plans and figure.decimals:
        far = find_plans(context, actual, context.figures[max(0, at - FAR) : index + FAR])
        plans = [plan for plan in far if plan.bound == "exact"]  # any result completes a "most"
    if len(plans) == 1:
        together = context.same_sentence(index, context.position[plans[0].figure])
        basis: Basis = "stated" if together and same_subject(figure, actual) else "evident"
        yield Relation("completion", (actual, plans[0]), figure, (formula,), basis)


def find_plans(context: Context, actual: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """The targets for what `actual` is the result of."""
    return [
        plan
        for plan in figures
        if plan.status == "target"
        and actual.status != "target"
        and plan.kind == actual.kind
        and context.is_level(plan)
        and same_unit(plan, actual)
        and same_subject(plan, actual)
        and same_scope(plan, actual)
    ]


def guess_share(context: Context, index: int, part: Figure | None) -> Iterator[Relation]:
    """A percentage whose whole is not linked: the numbers nearby of which its count may be the share."""
    figure = context.figures[index]
    parts = [part] if part else beside(context, index)
    if parts and parts[0].kind == "ratio":
        yield Relation("share", (parts[0], parts[0]), figure, ("share",), "evident", (False, True))
    if figure.bound != "exact" or figure.decimals == 0:  # one printed value in a hundred fits by chance
        return
    reach = NEAR * min(figure.decimals, 2)
    for one in parts:
        for at in range(max(0, index - reach), min(len(context.figures), index + NEAR)):
            whole = context.figures[at]
            together = figure.decimals > 1 or context.same_sentence(at, index)
            if whole is not one and may_be_whole(one, whole, any_noun=together) and context.is_level(whole):
                yield Relation("share", (one, whole), figure, ("share",), "evident", (False, whole.kind == "ratio"))


def may_be_whole(part: Figure, whole: Figure, *, any_noun: bool) -> bool:
    """Whether one figure may be a part of the other: of its kind and province, not of another time, and less."""
    years = {year_of(part), year_of(whole)} - {None, NOW}
    counts = all(figure.kind in ("count", "ratio") for figure in (part, whole))
    alike = same_unit(part, whole) or (any_noun and counts)
    return alike and part.province == whole.province and len(years) < 2 and (whole.of or whole.value) > part.value


def beside(context: Context, index: int) -> list[Figure]:
    """The count right before a percentage in its sentence, or else right after it."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(context.figures) and context.same_sentence(index, other):
            figure = context.figures[other]
            if context.is_level(figure):
                return [figure]
    return []


def last_level(context: Context, index: int, like: Figure | None = None) -> Figure | None:
    """The nearest number before `index` in its sentence that changes may speak of, in the unit of `like`."""
    for other in range(index - 1, max(-1, index - NEAR), -1):
        if not context.same_sentence(other, index):
            return None
        figure = context.figures[other]
        if context.is_level(figure) and (like is None or same_unit(figure, like)):
            return figure
    return None
