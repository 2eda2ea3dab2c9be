"""For whom is a rate paid: "hỗ trợ 70% mức đóng | cho hộ cận nghèo", "hộ nghèo | được hỗ trợ 70%"?"""

from __future__ import annotations

from extract.linking.subject.around import Around
from extract.linking.subject.phrases import find_boundary, tail_start
from extract.records import Span


def find_beneficiary(near: Around) -> Span | None:
    """For whom a percentage of a rate is paid: "hỗ trợ 70% mức đóng cho hộ cận nghèo"."""
    right, zone = near.right, near.zone
    if near.quantity.kind != "percent":
        return None
    if (payee := find_payee(near)) is not None:
        return payee
    for mark in zone.marks_in(right.start, right.limit):
        if mark.start > zone.ahead(right.end) or mark.start == right.predicate:
            break
        if "beneficiary" in mark.roles:
            start = zone.ahead(mark.end)
            end = zone.back(find_boundary(zone, start, right.limit, closed=right.limit < zone.end))
            return (start, end) if start < end else None
    return None


def find_payee(near: Around) -> Span | None:
    """For whom a rate is paid, said before: "hộ nghèo được hỗ trợ 70% mức đóng"."""
    zone, subject, verb = near.zone, near.left.subject, near.verb
    if subject is None or verb is None or "pays" not in zone.roles_at(verb[0]):
        return None
    between = reversed(zone.marks_in(subject[0] + 1, verb[0]))  # "hộ nghèo | được Nhà nước | hỗ trợ"
    passive = next((mark for mark in between if mark.roles & {"passive", "verb"}), None)
    if passive is None or "passive" not in passive.roles:
        return None
    end = tail_start(zone, subject[0], passive.start, frozenset({"auxiliary"}))
    group = [mark.end for mark in zone.marks_in(subject[0], end) if "belonging" in mark.roles]
    return zone.ahead(group[-1]) if group else subject[0], end
