"""Which numbers belong to the name of what another one counts?

The base of a rate ("số bác sĩ trên 1 vạn dân đạt 9"), a threshold ("12 tàu dài từ 15 m trở lên"), a grade ("5 sản phẩm
3 sao"): they do not end the phrase they stand in.
"""

from __future__ import annotations

from decimal import Decimal

from extract.linking.subject.leading import find_left
from extract.linking.subject.phrases import STATING, TAIL, tail_start
from extract.linking.subject.prices import SIZE
from extract.linking.subject.zones import NOTHING, Zone
from extract.records import Quantity

GRADING = frozenset({"grade", "beyond"})
LIMIT = frozenset({"having", "exist", "head", "bound"})  # all that leads to a number that limits what is counted
AFTER_LIMIT = frozenset({"beyond", "relative", "verb"})  # what is said of the things so limited
BREAK = frozenset({"comma", "end", "colon"})
BASES = frozenset(Decimal(10) ** power for power in range(6))  # what a rate may be counted on


def is_inner(zone: Zone, quantity: Quantity, before: int | None, following: int | None) -> bool:
    """Whether a number belongs to the name of what another one counts.

    `before` is where the zone's quantity before it ends, `following` where the next one starts.
    """
    start, end = quantity.start, quantity.end
    after = zone.roles_at(zone.ahead(end))
    if following is not None and is_named(zone, zone.start if before is None else before, quantity, following):
        return True
    if is_size(zone, quantity):
        return True
    graded = quantity.kind != "percent" and not after.isdisjoint(GRADING)
    if before is not None and graded and not has_break(zone, before, start):
        if "grade" in after and tail_start(zone, before, start) == zone.back(start):
            return True
        if "beyond" in after and zone.first("relative", before, start) is not None:
            return True
    if before is not None and is_limit(zone, before, quantity, following or zone.end):
        return True
    if following is None or quantity.value not in BASES:
        return False
    word = zone.mark_before(start)
    if word is None or "per" not in word.roles:
        return False
    leader, low = zone.mark_before(word.start), zone.start if before is None else before
    head = zone.first("head", low, word.start)
    measured = head is not None and not has_break(zone, head, start)  # "giá trị thu hoạch | trên 1 ha đất"
    named = measured or leader is None or leader.roles.isdisjoint(TAIL | {"verb"})
    states = zone.roles_in(tail_start(zone, end, following), following)
    return named and bool(states & {"equal"}) and not has_break(zone, end, following)


def is_size(zone: Zone, quantity: Quantity) -> bool:
    """Whether a number tells the size by which goods are sold: "tôm thẻ loại | 30 con/kg"."""
    word = zone.mark_before(quantity.start)
    return word is not None and "sized" in word.roles and SIZE.match(zone.view.text, word.end) is not None


def is_limit(zone: Zone, before: int, quantity: Quantity, following: int) -> bool:
    """Whether a number only says which of the counted things are meant: "20% xã có trên 50 hộ được ..."."""
    having = zone.first("having", before, quantity.start)
    if having is None or quantity.kind == "percent" or has_break(zone, before, quantity.start):
        return False
    bound = zone.mark_before(quantity.start)
    if bound is None or "bound" not in bound.roles or not zone.only(having, quantity.start, LIMIT):
        return False
    rest = zone.marks_in(zone.ahead(quantity.end), following)
    after = next((mark.roles for mark in rest if mark.roles & (AFTER_LIMIT | BREAK)), NOTHING)
    return zone.back(having) > zone.ahead(before) and bool(after & AFTER_LIMIT) and after.isdisjoint(BREAK)


def is_named(zone: Zone, low: int, quantity: Quantity, following: int) -> bool:
    """Whether a count belongs to a rate's name: "tỷ lệ trẻ tiêm đủ 8 loại vắc xin là 52%"."""
    if quantity.kind != "count" or zone.first("ratio", low, quantity.start) is None:
        return False
    left = find_left(zone, low, quantity.start)
    if not left.head or left.tail & (STATING | {"exist"}) or left.subject is None:
        return False
    head = zone.mark_at(left.subject[0])
    states = zone.roles_in(tail_start(zone, quantity.end, following), following)
    named = head is not None and "ratio" in head.roles and head.end < left.subject[1]
    return named and bool(states & STATING) and not has_break(zone, quantity.end, following)


def has_break(zone: Zone, start: int, end: int) -> bool:
    """Whether a comma, a semicolon or a colon stands in `start`:`end`."""
    return any(mark.roles & BREAK for mark in zone.marks_in(start, end))
