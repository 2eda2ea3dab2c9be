"""What does a bracket say of the count or percentage beside it or inside it?"""

from __future__ import annotations

import re

from extract.finding.cues import PART
from extract.linking.share.totals import Totals

FAR = 200  # characters between an opening bracket and a number inside it
CLOSED = 60  # characters between a number in brackets and their end
PHRASE = re.compile(r"[^,;:()\u2026\"]{0,120}(?:,(?: \w+){1,2} ?)?")  # a counted phrase: "trưởng ấp, khóm"


def is_restating(totals: Totals, at: int) -> bool:
    """Whether brackets hold a count that the percentage before it states: "100% trưởng thôn (986 đồng chí)"."""
    text, quantities = totals.text, totals.scope.quantities
    quantity, end = quantities[at], quantities[at - 1].end
    if not totals.is_level(at) or "/" in (quantity.unit or "") or totals.cues[at].bound in ("most", "least"):
        return False
    mark = text.find("(", end, quantity.start)
    if mark < 0 or not PHRASE.fullmatch(text, end, mark):
        return False
    closed = text.find(")", quantity.end, quantity.end + CLOSED)
    return (
        closed >= 0
        and totals.index.beside(mark + 1, quantity.start, "same", "bound")
        and not PART.search(text, quantity.end, closed)
    )


def is_closing(totals: Totals, before: int, at: int) -> bool:
    """Whether one bracket holds a count and, at its end, a percentage: "(nữ 12 đồng chí, 24%)"."""
    text, scope = totals.text, totals.scope
    end, start = scope.quantities[at].end, scope.quantities[before].start
    opened = text.rfind("(", max(scope.sentences[scope.sentence_of[at]].start, start - FAR), start)
    return text[end : end + 1] == ")" and opened >= 0 and ")" not in text[opened:start]


def is_of_old(totals: Totals, at: int) -> bool:
    """Whether a bracket gives the percentage of an earlier time: "đạt 9,6% (nhiệm kỳ trước 5,2%)"."""
    begin, start = totals.clause_before(at)
    mark = totals.text.rfind("(", begin, start)
    times = [cue for cue in totals.index.between("vs", mark + 1, start) if cue.value == "time"] if mark >= 0 else []
    return bool(times) and not totals.text[mark + 1 : times[0].start].strip()
