"""May a number be called wrong? Only where the article itself, not a link gone astray, makes the numbers disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.data.checking.arithmetic import Judgement, as_fraction
from extract.data.checking.context import Context, same_subject, same_unit
from extract.data.checking.judging import Judged, judge_relation
from extract.data.checking.printed import find_step
from extract.data.checking.repairs import Around, find_repairs, index_relations
from extract.data.checking.shares import guess_share

ALARMS = frozenset({"inconsistent", "unattainable"})
BESIDE = 3  # figures between a percentage and its count
CLOSE_MISS = 10  # a recomputed value within a tenth of the printed one can hardly be about something else
FAR_MISS = 2  # beyond half or double, a wrong link is likelier than a wrong number
DIGITS = 3  # digits of a percentage that a misprint elsewhere hits by chance in fewer than one case in ten
MISPRINTS = frozenset({"swapped_digits", "lost_digit", "doubled_digit", "decimal_mark", "wrong_whole"})


def settle(context: Context, judged: Sequence[Judged]) -> list[Judged]:
    """The relations, without accusations that the article does not bear out: those fit otherwise, or are doubtful."""
    around = index_relations(judged)
    explained = {one.relation.reported.figure for one in judged if one.fits and one.relation.type != "sum"}
    settled = []
    for one in judged:
        accuses = one.judgement.verdict in ALARMS
        if accuses and one.relation.type != "sum" and one.relation.reported.figure in explained:
            continue
        borne_out = not accuses or is_borne_out(context, one, around)
        settled.append(one if borne_out else reconsider(context, one))
    return settled


def reconsider(context: Context, failed: Judged) -> Judged:
    """What a failing relation most likely is: a percentage of something else nearby, or a doubtful link."""
    return fits_otherwise(context, failed) or replace(failed, judgement=Judgement("not_testable"), reason="doubtful")


def fits_otherwise(context: Context, failed: Judged) -> Judged | None:
    """Numbers nearby that no link joins and that give the percentage exactly."""
    if failed.relation.type not in ("share", "attainable"):
        return None
    index = context.position[failed.relation.reported.figure]
    return next((other for one in guess_share(context, index, None) if (other := judge_relation(one)).fits), None)


def is_borne_out(context: Context, failed: Judged, around: Around) -> bool:
    """Whether order, unit and subject, or what else rests on the same whole, confirm that these belong together."""
    if fits_otherwise(context, failed):
        return False
    match failed.relation.type:
        case "attainable":
            return _attainable_is_borne_out(context, failed, around)
        case "share" | "completion":
            return _share_is_borne_out(context, failed, around)
        case "change":
            return misses_by(failed, FAR_MISS) or is_misprint(context, failed, around)
    return True  # a sum with its rest is stated word by word


def misses_by(failed: Judged, factor: int) -> bool:
    """Whether the recomputed value lies within `factor` of the printed one."""
    expected, printed = failed.judgement.expected, as_fraction(failed.relation.reported.value)
    return expected is not None and printed <= factor * expected and expected <= factor * printed


def misses_closely(failed: Judged) -> bool:
    """Whether the recomputed value is so near to the printed one that both must mean the same."""
    expected, printed = failed.judgement.expected, as_fraction(failed.relation.reported.value)
    return expected is not None and CLOSE_MISS * abs(expected - printed) <= printed


def is_misprint(context: Context, failed: Judged, around: Around) -> bool:
    """Whether one common misprint explains the difference, and more than chance: three digits or two percentages."""
    reported = failed.relation.reported
    telling = as_fraction(reported.value) >= 10 ** (DIGITS - 1) * find_step(reported.text, reported.value)
    return any(
        repair.kind in MISPRINTS and (telling or repair.mends > 1) for repair in find_repairs(failed, around, context)
    )


def _share_is_borne_out(context: Context, failed: Judged, around: Around) -> bool:
    part, whole = failed.relation.operands
    index = context.position[failed.relation.reported.figure]
    if misses_closely(failed):
        return True
    if not _is_beside(context, failed):
        return False
    if part is whole or others_fit(failed, around, whole.figure):
        return True
    if part.change != "none" or whole.change != "none" or not same_unit(part, whole):
        return False
    near = misses_by(failed, FAR_MISS) and context.same_sentence(context.position[whole.figure], index)
    return near or is_misprint(context, failed, around)


def _is_beside(context: Context, failed: Judged) -> bool:
    part, reported = failed.relation.operands[0], failed.relation.reported
    at, index = context.position[part.figure], context.position[reported.figure]
    return abs(index - at) <= BESIDE and context.same_sentence(at, index)


def others_fit(failed: Judged, around: Around, whole: str) -> bool:
    """Whether most of the other percentages of the same whole agree with it, and some do."""
    fits = [
        one.fits
        for one in around.get(whole, ())
        if one is not failed
        and one.relation.type in ("attainable", "share")
        and one.relation.operands[-1].figure == whole
        and one.judgement.verdict != "not_testable"
    ]
    return 2 * sum(fits) > len(fits)


def _attainable_is_borne_out(context: Context, failed: Judged, around: Around) -> bool:
    whole, reported = failed.relation.operands[0], failed.relation.reported
    at, index = context.position[whole.figure], context.position[reported.figure]
    outcome = index == at + 1 and context.led("outcome", index)
    if not (same_subject(whole, reported) or outcome) or whole.province != reported.province:
        return False
    return others_fit(failed, around, whole.figure) or (at < index <= at + BESIDE and context.same_sentence(at, index))
