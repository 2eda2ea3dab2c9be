"""Which figures are parts of a stated whole? Sums of counts and of percentages, and parts above their limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extract.data.checking.arithmetic import as_fraction
from extract.data.checking.context import Context, same_subject, same_unit
from extract.data.checking.printed import find_step, read_printed
from extract.data.checking.relations import Basis, Relation
from extract.records import Figure

LONGEST = 40  # figures between a whole and its last part
# The periods that a part or its whole may have beside any other, without and with `any_time`.
ANY_TIME: dict[bool, set[str | None]] = {False: {None}, True: {None, "now"}}
FAR = 1500  # characters between them
NOTHING = Fraction(0)


def find_sums(context: Context) -> Iterator[Relation]:
    """The wholes that an article takes apart: counts, ratios with a rest, percentages."""
    parts = set[str]()  # a part of a whole is no whole of the parts beside it
    timeless = any(figure.period == "now" for figure in context.figures)
    for index, figure in enumerate(context.figures):
        if figure.kind == "ratio" and figure.change == "none":
            yield from find_rest_of_ratio(context, index)
        if context.is_level(figure):
            yield from find_larger_part(context, index)
        if context.is_level(figure) and figure.figure not in parts:
            relation = find_parts(context, index) or find_parts_before(context, index)
            if relation is None and timeless:
                relation = find_parts(context, index, any_time=True)
            if relation is not None:
                yield relation
                parts |= {part.figure for part in relation.operands}
    yield from find_hundreds(context)


def find_rest_of_ratio(context: Context, index: int) -> Iterator[Relation]:
    """`475/583 ..., the other 108`: the rest is what the ratio leaves."""
    ratio = context.figures[index]
    following = index + 1
    if ratio.of is None or following >= len(context.figures) or not context.same_sentence(index, following):
        return
    rest = context.figures[following]
    if rest.kind == "count" and context.is_level(rest) and same_unit(ratio, rest):
        stated = context.led("rest", following)
        yield Relation("sum", (ratio,), rest, ("rest",), "stated" if stated else "evident")


def find_larger_part(context: Context, index: int) -> Iterator[Relation]:
    """A part that is larger than its whole: the number right after it, said to be "of these"."""
    if index + 1 >= len(context.figures) or not context.same_sentence(index, index + 1):
        return
    whole, part = context.figures[index], context.figures[index + 1]
    alike = (
        part.kind == whole.kind != "ratio" and whole.unit and part.unit == whole.unit and part.status == whole.status
    )
    if not alike or not context.is_level(part) or not context.led("of_these", index + 1):
        return
    if read_printed(part).low > read_printed(whole).high:
        yield Relation("bounds", (whole,), part, ("part",), "stated")


def find_parts(context: Context, index: int, *, any_time: bool = False) -> Relation | None:
    """The run of numbers after a whole, in its unit, that adds up to it.

    With `any_time`, what is so at the time of writing may be a part of what a period names; never said to be wrong.
    """
    whole = context.figures[index]
    parts: list[Figure] = []
    total = Total()
    consists = False  # said to consist of the parts, whatever they are called: 45 organisations, 25 of them committees
    for other in range(index + 1, min(len(context.figures), index + 1 + LONGEST)):
        part = context.figures[other]
        if part.start - whole.end > FAR:
            break
        consists = consists or (not parts and context.led("consists", other))
        if not context.is_level(part) or not (alike(part, whole) or (consists and part.kind == whole.kind)):
            continue  # its share, its change, what it cost
        if not may_be_part(part, whole, any_unit=consists, any_time=any_time):
            break
        parts.append(part)
        total.add(part)
        rest = context.led("rest", other)
        if len(parts) >= 2 and (rest or total.may_be(whole)):
            basis: Basis = "stated" if rest and not any_time and exhaustive(context, index, parts) else "evident"
            known = basis == "stated" or evident_sum(context, parts, whole)
            return Relation("sum", tuple(parts), whole, ("sum",), basis) if known else None
    return None


def find_parts_before(context: Context, index: int) -> Relation | None:
    """The numbers before a total that add up to it, where it is called a total."""
    whole = context.figures[index]
    if not context.led("whole", index):
        return None
    parts: list[Figure] = []
    total = Total()
    for other in range(index - 1, max(-1, index - LONGEST), -1):
        part = context.figures[other]
        if not context.same_sentence(other, index):
            return None
        if not context.is_level(part) or not may_be_part(part, whole):
            continue
        parts.insert(0, part)
        total.add(part)
        if len(parts) >= 2 and total.may_be(whole):
            return Relation("sum", tuple(parts), whole, ("sum",), "evident")
    return None


def may_be_part(part: Figure, whole: Figure, *, any_unit: bool = False, any_time: bool = False) -> bool:
    """Whether a number can be a part of `whole`: less of the same, at the same time."""
    return (
        part.kind in ("count", "amount")
        and 0 < part.value < whole.value
        and (any_unit or (alike(part, whole) and (part.unit is not None or whole.unit is None)))
        and part.bound not in ("least", "most")
        and (part.period == whole.period or not {part.period, whole.period}.isdisjoint(ANY_TIME[any_time]))
        and (part.status == whole.status or "target" not in (part.status, whole.status))
    )


def alike(part: Figure, whole: Figure) -> bool:
    """Whether two numbers count in one unit, or one indicator: wards and communes are both of the communes."""
    named = part.indicator is not None and part.indicator == whole.indicator
    return same_unit(part, whole) or (named and part.kind == whole.kind == "count")


class Total:
    """The sum of some parts, by what their printed digits allow."""

    def __init__(self) -> None:
        self.low = self.high = NOTHING

    def add(self, part: Figure) -> None:
        """Adds a part."""
        printed = read_printed(part)
        self.low += printed.low
        self.high += printed.high

    def may_be(self, whole: Figure) -> bool:
        """Whether the parts may make the whole."""
        printed = read_printed(whole)
        return self.low <= printed.high and printed.low <= self.high


def evident_sum(context: Context, parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether parts that add up do so by more than chance: said to be parts, or many, or large and exact."""
    first = context.position[parts[0].figure]
    if context.led("whole", first) or len(parts) >= 4:
        return True
    return whole.value >= 30 and all(same_subject(part, whole) or same_unit(part, whole) for part in parts)


def exhaustive(context: Context, index: int, parts: Sequence[Figure]) -> bool:
    """Whether "the rest" is of this whole: it is said to be divided, and its parts follow one after the other."""
    first = context.position[parts[0].figure]
    if not (context.led("whole", first) or context.led("whole", index)):
        return False
    at = [index, *(context.position[part.figure] for part in parts)]
    plain = all(part.bound == "exact" for part in parts)
    closed = all(context.figures[i].kind == "percent" for i in range(at[0], at[-1]) if i not in at)
    return plain and closed and all(context.same_sentence(at[0], i) for i in at)


def find_hundreds(context: Context) -> Iterator[Relation]:
    """Runs of percentages in a sentence that make up the whole."""
    run: list[int] = []
    for index, figure in enumerate(context.figures):
        if run and not context.same_sentence(run[-1], index):
            yield from find_hundred(context, run)
            run = []
        if context.is_percent(figure) and figure.change == "none" and not figure.vs and 0 < figure.value < 100:
            run.append(index)
    yield from find_hundred(context, run)


def find_hundred(context: Context, run: Sequence[int]) -> Iterator[Relation]:
    """The longest stretch of a run of percentages that makes 100 %, and the stretches after it."""
    start = 0
    while start < len(run) - 1:
        end = _hundred_from(context, run, start)
        if end:
            parts = tuple(context.figures[index] for index in run[start:end])
            yield Relation("sum", parts, parts[-1], ("hundred",), "evident")
            start = end
        else:
            start += 1


def _hundred_from(context: Context, run: Sequence[int], start: int) -> int | None:
    parts: list[Figure] = []
    total = steps = Fraction(0)
    for end in range(start, min(len(run), start + LONGEST)):
        part = context.figures[run[end]]
        parts.append(part)
        total += as_fraction(part.value)
        if total > 101:
            return None
        steps += find_step(part.text, part.value)
        slack = steps / 2 if len(parts) > 2 else Fraction(0)
        if len(parts) >= 2 and abs(total - 100) <= slack and said_whole(context, run[start], run[end], parts):
            return end + 1
    return None


def said_whole(context: Context, first: int, last: int, parts: Sequence[Figure]) -> bool:
    """Whether percentages that make 100 are said to be the parts of one thing."""
    if context.led("rest", last) or context.words.says("rest", context.after(last)):
        return True
    if context.words.says("structure", context.figures[first].sentence):
        return True
    return len(parts) >= 3 or (parts[0].share_den is not None and parts[0].share_den == parts[1].share_den)
