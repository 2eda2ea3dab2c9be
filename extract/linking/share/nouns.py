"""Which level before a percentage counts the noun that opens the percentage's own words?

"512.300 hồ sơ, tỷ lệ hồ sơ trực tuyến đạt 41,6%": the words of the percentage begin with the noun of the level and
narrow it, so the level is the whole. Where they are the same ("32 hộ nghèo, tỷ lệ hộ nghèo 2%") it is restated.
"""

from __future__ import annotations

import re

from extract.finding.cues import PART, cue_start
from extract.linking.share.totals import Totals
from extract.records import Share

NEAR = 40  # characters of an outcome or a counted noun
STEPS = 12  # quantities to go back at most
FAR = 200  # characters between a level and the percentage that narrows its noun
BREAK = re.compile(r"[;:()\u2026]|[.!?](?=\s|\Z)")


def by_noun(totals: Totals, at: int) -> Share:
    """What the nouns of the levels before percentage `at` in its sentence make it rest on."""
    said, rate = said_before(totals, at)
    levels = list[int]()
    scope = totals.scope
    wholes = list[int]()
    for level in range(at - 1, max(at - STEPS, -1), -1) if said else ():
        far = scope.quantities[at].start - scope.quantities[level].end > FAR
        if far or scope.sentence_of[level] != scope.sentence_of[at]:
            break
        if not totals.is_level(level) or totals.is_rate(level):
            continue
        levels.append(level)
        noun = totals.counted(level)
        exact = scope.quantities[level].of is not None and totals.gives(level, level, scope.quantities[at].value)
        if exact or (noun and said == noun):
            return totals.restating(level)
        if any(said[: len(part)] == part for part in (noun, noun[1:] if len(noun) == 2 else []) if part):
            wholes.append(level)
    if len(wholes) == 1 and (rate is None or totals.is_all(wholes[0])):
        return Share(den=wholes[0])
    if levels and rate is not None and is_end_of(totals, levels[0], rate, alone=len(levels) == 1):
        return Share(den=levels[0])
    return Share()


def is_end_of(totals: Totals, level: int, rate: int, *, alone: bool) -> bool:
    """Whether the words at `rate` say how the cases that a level counts ended: "48 vụ trộm, tỷ lệ phá án 95%".

    Of several levels only the last one that was settled is the whole of those in time.
    """
    index, text, end = totals.index, totals.text, totals.scope.quantities[level].end
    begin, start = totals.clause_before(level)
    ends = [cue for cue in index.between("outcome", rate, rate + NEAR) if not text[rate : cue.start].strip()]
    cases = [cue for cue in index.between("case", end, end + NEAR) if not text[end : cue.start].strip()]
    done = index.between("outcome", begin, start) or index.between("status", begin, start)  # "đã giải quyết 48 vụ"
    settled = bool(ends) and ends[0].value == "late" and bool(done)  # of what is settled a part is in time
    return bool(ends) and bool(cases) and (settled or (alone and not done))


def said_before(totals: Totals, at: int) -> tuple[list[str], int | None]:
    """The words before a percentage up to its verb, without "tỷ lệ" and "tổng số", and where a "tỷ lệ" led them.

    Nothing where neither "tỷ lệ" nor "chiếm" makes the percentage a share.
    """
    index, text, (begin, start) = totals.index, totals.text, totals.clause_before(at)
    shares = index.between("share", begin, start)
    rates = [cue.end for cue in shares if cue.value == "rate" and not BREAK.search(text, cue.end, start)]
    if not rates and not any(cue.value == "strong" for cue in shares):
        return [], None
    begin = rates[-1] if rates else max([begin, *(part.end() for part in PART.finditer(text, begin, start))])
    for total in index.between("total", begin, start):
        if not text[begin : total.start].strip():
            begin = total.end
    verbs = [cue for slot in ("share", "verb", "bound", "filler") for cue in index.between(slot, begin, start)]
    for cue in sorted(verbs, key=cue_start, reverse=True):
        if not text[cue.end : start].strip():
            start = cue.start
    return text[begin:start].replace(",", " ").split(), rates[-1] if rates else None
