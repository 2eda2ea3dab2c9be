"""Which numbers of a sentence stand in a list, and what does its last item say for all?"""

from __future__ import annotations

from collections.abc import Sequence

from extract.linking.subject.phrases import LISTED, Right
from extract.linking.subject.zones import Zone
from extract.records import Quantity, Span

DEEDS = LISTED | {"verb", "auxiliary"}  # all that stands between the bare nouns of a list of deeds


def count_rows(
    zone: Zone, indexes: Sequence[int], rights: Sequence[Right], quantities: Sequence[Quantity]
) -> list[int]:
    """For each quantity how many numbers stand in a row from it on: "5%, 6% và 7%"."""
    rows = [1] * len(indexes)
    if zone.first("respective", zone.start, zone.end) is None:
        return rows
    for place in range(len(indexes) - 2, -1, -1):
        end = max(rights[place].end, quantities[indexes[place]].end)
        if zone.only(end, quantities[indexes[place + 1]].start, LISTED):
            rows[place] = rows[place + 1] + 1
    return rows


def share_predicates(
    zone: Zone, indexes: Sequence[int], rights: Sequence[Right], quantities: Sequence[Quantity]
) -> list[Span | None]:
    """For each quantity of a list the predicate that its last noun says for all ("88% hộ, 50% xã đạt chuẩn")."""
    shared: list[Span | None] = [None] * len(indexes)
    for place in range(len(indexes) - 2, -1, -1):
        right, following = rights[place], rights[place + 1]
        one, other = quantities[indexes[place]], quantities[indexes[place + 1]]
        if right.predicate is not None or one.kind != other.kind or right.end <= right.start:
            continue
        if following.predicate == following.start:
            continue  # "500 ha chè, 200 ha được chứng nhận"
        if zone.first("aspect", right.start, right.end) is not None:
            continue  # "9 ý kiến về đất đai, 4 ý kiến được trả lời"
        between = DEEDS if right.bare and "classifier" in right.roles else LISTED
        if zone.only(right.end, other.start, between, empty=True):
            own = (following.predicate, following.end) if following.predicate is not None else None
            shared[place] = own or shared[place + 1]
    return shared
