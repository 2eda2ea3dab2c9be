"""What is each change, completion or index compared with, as written?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.finding.cues import PART, Cue, CueIndex
from extract.linking.scope import Scope

DATED = re.compile(r"\s*\w+ \d")  # "năm 2015"
NEAR = 10  # characters of "lần"
LONGEST = 100  # characters of a base


def link_comparisons(
    scope: Scope, index: CueIndex, changes: Sequence[Cue | None], repeats: Sequence[bool]
) -> list[str | None]:
    """The base of each quantity, None where none is named; a change in a list takes the base of the one before."""
    bases = [base_of(scope, index, at, change) for at, change in enumerate(changes)]
    for at in range(len(bases) - 1, 0, -1):  # "tăng 14 người (8,7%) so với năm 2015": said once, after the bracket
        if repeats[at] and bases[at - 1] is None and changes[at - 1]:
            bases[at - 1] = bases[at]
    for at in range(1, len(bases)):
        same_sentence = scope.sentence_of[at] == scope.sentence_of[at - 1]
        if bases[at] is None and changes[at] and same_sentence:
            earlier = (before for before in range(at - 1, -1, -1) if changes[before])
            last = next(earlier, None)
            if last is not None and scope.sentence_of[last] == scope.sentence_of[at]:
                bases[at] = bases[last]
    return bases


def base_of(scope: Scope, index: CueIndex, at: int, change: Cue | None) -> str | None:
    """The base named after the number, between the change word and the number, or before the change word."""
    quantity = scope.quantities[at]
    times = index.between("times", quantity.end, quantity.end + NEAR) if quantity.kind == "count" else []
    times = [cue for cue in times if not index.text[quantity.end : cue.start].strip()]  # "gấp 2 lần cùng kỳ"
    if change is None and quantity.kind != "percent" and not times:
        return None
    sentence = scope.sentences[scope.sentence_of[at]]
    after = scope.quantities[at + 1].start if at + 1 < len(scope.quantities) else sentence.end
    end = times[0].end if times else quantity.end
    begin = end + (scope.view.text[end : end + 1] == ")")
    base = base_after(scope, index, begin, min(after, sentence.end), changed=change is not None)
    if base or change is None or change.end > quantity.start or change.start < sentence.start:
        return base
    if at and scope.quantities[at - 1].start >= change.start:
        return None
    if change.reach == "named":  # "hơn năm ngoái 3%": behind its first word
        start = index.text.index(" ", change.start)
        return phrase(scope, start, base_end(index, start, quantity.start))
    inside = index.between("vs", change.end, quantity.start)
    if inside or (change.reach == "than" and not index.beside(change.end, quantity.start, "bound", "filler")):
        start = inside[0].end if inside and inside[0].value == "open" else change.end
        return phrase(scope, start, base_end(index, start, quantity.start))
    before = max(sentence.start, scope.quantities[at - 1].end if at else 0)
    openers = [cue for cue in index.between("vs", before, change.start) if cue.value == "open"]
    if openers and not PART.search(index.text, openers[-1].end, change.start):
        return phrase(scope, openers[-1].end, change.start)
    return None


def base_end(index: CueIndex, start: int, end: int) -> int:
    """Where a base between a change word and its number ends: at the bound or the "là" before the number."""
    ends = index.between("bound", start, end)[-1:]
    ends += [verb for verb in index.between("verb", start, end) if index.beside(verb.end, end, "bound")]
    return min((cue.start for cue in ends), default=end)


def base_after(scope: Scope, index: CueIndex, begin: int, end: int, *, changed: bool) -> str | None:
    """The base that follows the number up to the next comma, verb or change.

    Without a change only a plan or a time is one: "25% so với lực lượng lao động" is a share.
    """
    stop = PART.search(index.text, begin, min(end, begin + 2 * LONGEST))
    end = stop.start() if stop else min(end, begin + 2 * LONGEST)
    cues = index.between("vs", begin, end)
    if not cues:
        return None
    first = cues[0]
    if len(index.text[begin : first.start].split()) > (8 if first.value == "open" else 0):
        return None
    start = first.end if first.value == "open" else first.start
    if not changed and all(cue.value == "open" for cue in cues) and not DATED.match(index.text, start):
        return None
    stops = [cue.start for slot in ("change", "verb", "and") for cue in index.between(slot, first.end, end)]
    return phrase(scope, start, min([end, *stops]))


def phrase(scope: Scope, start: int, end: int) -> str | None:
    """The words of the span, None where there are none."""
    words = scope.view.text[start:end].strip(" .\t\u00a0")
    return words if words and len(words) <= LONGEST else None
