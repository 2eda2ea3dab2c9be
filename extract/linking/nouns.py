"""Which level before a percentage counts the noun that opens the percentage's own words?

"512.300 hồ sơ, tỷ lệ hồ sơ trực tuyến đạt 41,6%": the words of the percentage begin with the noun of the level and
narrow it, so the level is the whole. Where they are the same ("32 hộ nghèo, tỷ lệ hộ nghèo 2%") it is restated.
"""

from __future__ import annotations

import re

from extract.finding.cues import PART, cue_start
from extract.linking.totals import Totals
from extract.records import Share

STEPS = 12  # quantities to go back at most
FAR = 200  # characters between a level and the percentage that narrows its noun
LONGEST = 120  # characters of a counted phrase
BREAK = re.compile(r"[;:()\u2026]|[.!?](?=\s|\Z)")


def by_noun(totals: Totals, at: int) -> Share:
    """What the nouns of the levels before percentage `at` in its sentence make it rest on."""
    said, rate = said_before(totals, at)
    scope = totals.scope
    wholes = list[int]()
    for level in range(at - 1, max(at - STEPS, -1), -1) if said else ():
        far = scope.quantities[at].start - scope.quantities[level].end > FAR
        if far or scope.sentence_of[level] != scope.sentence_of[at]:
            break
        if not totals.is_level(level) or totals.is_rate(level):
            continue
        noun = counted(totals, level)
        exact = scope.quantities[level].of is not None and totals.gives(level, level, scope.quantities[at].value)
        if exact or (noun and said == noun):
            return totals.restating(level)
        if any(said[: len(part)] == part for part in (noun, noun[1:] if len(noun) == 2 else []) if part):
            wholes.append(level)
    if len(wholes) == 1 and (not rate or totals.is_all(wholes[0])):
        return Share(den=wholes[0])
    return Share()


def said_before(totals: Totals, at: int) -> tuple[list[str], bool]:
    """The words before a percentage up to its verb, without "tỷ lệ" and "tổng số", and whether "tỷ lệ" led them.

    Nothing where neither "tỷ lệ" nor "chiếm" makes the percentage a share.
    """
    index, text, (begin, start) = totals.index, totals.text, totals.clause_before(at)
    shares = index.between("share", begin, start)
    rates = [cue.end for cue in shares if cue.value == "rate" and not BREAK.search(text, cue.end, start)]
    if not rates and not any(cue.value == "strong" for cue in shares):
        return [], False
    begin = rates[-1] if rates else max([begin, *(part.end() for part in PART.finditer(text, begin, start))])
    for total in index.between("total", begin, start):
        if not text[begin : total.start].strip():
            begin = total.end
    verbs = [cue for slot in ("share", "verb", "bound", "filler") for cue in index.between(slot, begin, start)]
    for cue in sorted(verbs, key=cue_start, reverse=True):
        if not text[cue.end : start].strip():
            start = cue.start
    return text[begin:start].replace(",", " ").split(), bool(rates)


def counted(totals: Totals, level: int) -> list[str]:
    """The words after a level up to the next mark, number or "và"."""
    scope, end = totals.scope, totals.scope.quantities[level].end
    stop = min(scope.sentences[scope.sentence_of[level]].end, scope.quantities[level + 1].start, end + LONGEST)
    part = PART.search(totals.text, end, stop)
    stop = part.start() if part else stop
    links = [cue.start for slot in ("and", "keep") for cue in totals.index.between(slot, end, stop)]
    return totals.text[end : min([stop, *links])].split()
