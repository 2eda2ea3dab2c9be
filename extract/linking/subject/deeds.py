"""What is done to the counted thing, by the words before its number?"""

from __future__ import annotations

from collections.abc import Collection

from extract.linking.subject.zones import Mark, Zone
from extract.records import Span


def find_deed(zone: Zone, start: int, end: int) -> Span | None:
    """What is done, by verbs that the lexicon does not know: after an auxiliary ("đã cơ cấu lại nợ | cho")."""
    at = None
    for mark in zone.marks_in(start, end):
        if "auxiliary" in mark.roles and (at is None or at == mark.start):
            at = zone.ahead(mark.end)
    return (at, zone.back(end)) if at is not None and at < end else None


def is_team(zone: Zone, start: int, last: int) -> bool:
    """Whether the verb before `last` is part of the name of a body that begins at `start`: "tổ vận động | của xã"."""
    team = zone.mark_at(start)
    following = zone.mark_at(zone.ahead(team.end)) if team is not None and "counted" in team.roles else None
    return following is not None and "verb" in following.roles and zone.ahead(following.end) == last


def last_deed(zone: Zone, start: int, end: int, roles: Collection[str] = ("verb",)) -> int:
    """Where what the last verb of `start`:`end` is done to begins."""
    verbs = [mark.end for mark in zone.marks_in(start, end) if not mark.roles.isdisjoint(roles)]
    return zone.ahead(verbs[-1]) if verbs else end


def assigns(zone: Zone, mark: Mark, end: int) -> bool:
    """Whether a verb only says who has to do what the next one says: "giao | các chi bộ kết nạp 5 đảng viên"."""
    following = zone.first("verb", mark.end, end)
    return "assigns" in mark.roles and following is not None and zone.ahead(mark.end) < following


def find_verb(zone: Zone, start: int, end: int) -> Span | None:
    """What is done: from the last verb after an auxiliary on, else from the first verb, up to a stop."""
    found = None
    for mark in zone.marks_in(start, end):
        if "verb" in mark.roles and not assigns(zone, mark, end):
            before = zone.mark_before(mark.start)
            if found is None or (before is not None and before.roles & {"auxiliary", "passive"}):
                found = mark.start
    if found is None:
        return None
    return found, zone.back(zone.first("stop", found, end) or end)
