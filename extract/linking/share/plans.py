"""Which number before a result is what was allotted to it, or the plan that a percentage says it completes?"""

from __future__ import annotations

from extract.finding.cues import PART
from extract.linking.share.totals import PAIRS, Totals

STEPS = 12  # quantities between a plan and what completes it
NEXT = 3  # sentences between them
MISS = 10  # a plan may miss the percentage by a tenth: farther off, it is the plan of something else


def find_plan(totals: Totals, at: int, num: int) -> int | None:
    """The plan whose completion by `num` percentage `at` gives: what was allotted, or stated before as a plan."""
    allotted = find_allotted(totals, num, planned=True)
    return find_stated(totals, at, num) if allotted is None else allotted


def find_allotted(totals: Totals, num: int, *, planned: bool = False) -> int | None:
    """The whole just before a part in its sentence: "được giao 900 tỷ đồng, đã giải ngân 300 tỷ đồng".

    With `planned`, only what was allotted is one: "có 900 hộ" sets no plan.
    """
    quantities, sentence_of = totals.scope.quantities, totals.scope.sentence_of
    for other in range(num - 1, max(num - PAIRS, -1), -1):
        if sentence_of[other] != sentence_of[num]:
            break
        if totals.is_level(other) and totals.same_unit(num, other):
            bare = quantities[num].kind == "amount" or totals.counted(other) == totals.counted(num)
            larger = quantities[other].value >= quantities[num].value
            return other if bare and larger and totals.is_all(other, planned=planned) else None
    return None


def find_stated(totals: Totals, at: int, num: int) -> int | None:
    """The one number of the sentences before that is called a plan: "kế hoạch vốn năm nay là 900 tỷ đồng"."""
    found = list[int]()
    for other in range(num - 1, max(num - STEPS, -1), -1):
        if totals.scope.sentence_of[num] - totals.scope.sentence_of[other] > NEXT:
            break
        begin, start = totals.clause_before(other)
        plans = [cue for cue in totals.index.between("vs", begin, start) if cue.value == "plan"]
        named = bool(plans) and not PART.search(totals.text, plans[-1].start, start)
        if other and totals.scope.quantities[other - 1].end == begin:  # not the "kế hoạch" of "90% kế hoạch"
            named = named and bool(totals.text[begin : plans[-1].start].strip())
        if named and totals.is_level(other) and totals.same_unit(num, other) and totals.same_place(num, other):
            found.append(other)
    values = {totals.scope.quantities[other].value for other in found}
    return found[0] if len(values) == 1 and completes(totals, num, found[0], at) else None


def completes(totals: Totals, num: int, plan: int, at: int) -> bool:
    """Whether num / plan is the percentage `at`, or misses it by little."""
    actual, whole, percent = (totals.scope.quantities[index].value for index in (num, plan, at))
    return MISS * abs(actual * 100 - percent * whole) <= percent * whole
