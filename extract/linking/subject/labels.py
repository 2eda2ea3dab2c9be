"""How is a counted phrase written as a label, and when do two phrases name the same noun?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extract.linking.subject.phrases import SYLLABLE
from extract.linking.subject.zones import Zone
from extract.records import Span

QUOTES = re.compile(r"[\"\u201c\u201d\u201e\u00ab\u00bb\u2018]|['\u2019](?:(?<!\w.)|(?!\w))")  # not "H'Mông"
THERE = frozenset({"gathers", "auxiliary", "bound", "change", "part", "ranks"})  # lead to a place
AT_VERB = THERE | {"verb"}  # so do these, before "ở"
WHERE = frozenset({"adjunct", "at"})  # before the name of a place that is no part of a label
VERDICT = frozenset({"verdict", "rated", "ranks"})  # behind the name of a place: how it stands beside others
BROKEN = frozenset({"relative", "comma", "and", "preposition"})  # no noun that a word before it points at
LOOSE = frozenset({"preposition", "and", "defining", "loose", "ranks"})  # at the end of a phrase: none of it


def make_label(zone: Zone, start: int, end: int, without: Collection[Span] = ()) -> str:
    """The phrase at `start`:`end` without facets (`without`), times, places, and what points or counts in front.

    >>> from extract.linking.subject.zones import Lexicon, find_zones
    >>> from extract.patterns import load_patterns
    >>> from extract.records import View
    >>> text = "Tổng số bí thư chi bộ trong toàn tỉnh nhiệm kỳ 2020-2025"
    >>> zone = find_zones(View(text, text.lower()), 0, len(text), Lexicon(load_patterns()))[0]
    >>> make_label(zone, 0, len(text))
    'bí thư chi bộ'
    """
    drop = [*without, *find_places(zone, start, end)]
    drop += zone.times_in(start, end)
    drop += find_names(zone, start, end)
    start = strip_front(zone, start, end, drop)
    end = strip_back(zone, start, end, drop)
    text = QUOTES.sub("", zone.slices(start, end, drop)).strip()
    second = text[text.find(" ") + 1 :] if " " in text else ""
    named = text[:2].isupper() or (second[:1].isupper() and second[1:2].islower())  # "HĐND", "Ban Chấp hành"
    return text if named else text[:1].lower() + text[1:]


def find_places(zone: Zone, start: int, end: int) -> Iterator[Span]:
    """What says where: adjuncts with the names after them, and "ở" with the name of a place ("ở huyện Kim Sơn")."""
    for mark in zone.marks_in(start, end) if zone.roles & WHERE else ():
        if "adjunct" in mark.roles:
            yield mark.start, names_end(zone, mark.end, end)
        elif "at" in mark.roles and mark.start > start:
            area = zone.mark_at(zone.ahead(mark.end))
            begin = area.end if area is not None and "area" in area.roles else mark.end
            last = names_end(zone, begin, end)
            whole = zone.ahead(last) >= end or zone.mark_at(zone.ahead(last)) is not None
            before = zone.mark_before(mark.start)
            gathers = before is not None and "gathers" in before.roles
            if whole and (gathers or zone.view.text.count(" ", begin, last) > 1):
                yield mark.start, last


def is_loose(roles: frozenset[str]) -> bool:
    """Whether a word of `roles` at the end of a phrase is none of it."""
    return bool(roles & LOOSE) and roles.isdisjoint({"head", "verb"})


def strip_back(zone: Zone, start: int, end: int, drop: Sequence[Span]) -> int:
    """Where a label ends: before what is left out of it, and before what only led to that ("đảng viên | là")."""
    at = end
    while end > start:
        end = zone.back(end)
        out = next((a for a, b in drop if a < end <= b), None) if drop else None
        mark = zone.mark_before(end)
        where = at != end and mark is not None and "gathers" in mark.roles  # "ca mắc tập trung | ở Vinh"
        if out is None and (mark is None or mark.start <= start or not (where or is_loose(mark.roles))):
            break
        end = out if out is not None else mark.start  # type: ignore[union-attr]
    return end


def strip_front(zone: Zone, start: int, end: int, drop: Sequence[Span]) -> int:
    """Where a label begins: after determiners, and after a word that only points at the noun behind it."""
    while start < end:
        start = zone.ahead(start)
        inside = next((b for a, b in drop if a <= start < b), None)
        if inside is not None:
            start = zone.ahead(inside)
            if "preposition" in zone.roles_at(start):
                start = zone.mark_at(start).end  # type: ignore[union-attr]
            continue
        mark = zone.mark_at(start)
        if mark is None or mark.end >= end or mark.roles.isdisjoint({"determiner", "empty"}):
            break
        if "determiner" not in mark.roles and zone.roles_at(zone.ahead(mark.end)) & BROKEN:
            break
        start = mark.end
    return start


def find_names(zone: Zone, start: int, end: int) -> list[Span]:
    """The names of areas after the noun that counts them ("3 xã | A, B và C | đạt chuẩn")."""
    mark = zone.mark_at(start)
    if mark is None or not {"place", "counted"} <= mark.roles:
        return []
    begin = zone.ahead(mark.end)
    last = names_end(zone, mark.end, end)
    return [(begin, last)] if last > begin else []


def names_end(zone: Zone, start: int, end: int) -> int:
    """Where the names end that stand right after `start`; there, if none does."""
    text, last = zone.view.text, start
    at = begin = zone.ahead(start)
    while (mark := zone.mark_at(at)) is not None and "epithet" in mark.roles:
        at = begin = zone.ahead(mark.end)  # "huyện | miền núi | Hương Khê"
    while at < end:
        syllable = SYLLABLE.match(text, at, end)
        if syllable and syllable[0][0].isupper():
            at = last = syllable.end()
        elif not (zone.roles_at(at) & {"comma", "and"}) or at == begin:
            break
        else:
            at += len("," if text[at] == "," else SYLLABLE.match(text, at)[0])  # type: ignore[index]
        at = zone.ahead(at)
    return last


def after_at(zone: Zone, start: int, end: int) -> int:
    """`start`, or where the place begins after words that only say that something is there: "tập trung ở | Vinh"."""
    if zone.roles_at(start).isdisjoint(AT_VERB):
        return start
    at = zone.first("at", start, end)
    mark = zone.mark_at(at) if at is not None and zone.only(start, at, AT_VERB) else None
    return mark.end if mark is not None else start


def is_there(zone: Zone, start: int, end: int) -> bool:
    """Whether a phrase only says where something is: "huyện Kim Sơn", "tập trung ở huyện Kim Sơn"."""
    gathers = "gathers" in zone.roles_at(start) and zone.only(start, end, THERE)
    return gathers or is_place(zone, after_at(zone, start, end), end)


def is_place(zone: Zone, start: int, end: int) -> bool:
    """Whether a phrase is the name of an area or an actor, perhaps with how it stands beside others."""
    while (last := zone.mark_before(end)) is not None and last.start > start and last.roles & VERDICT:
        end = zone.back(last.start)
    if is_made_of(zone, start, end, "place"):
        return True
    links = [mark.end for mark in zone.marks_in(start, end) if "defining" in mark.roles]
    if links and is_made_of(zone, links[-1], end, "place"):
        return True  # "đông nhất là huyện Long Thành"
    last = zone.mark_before(end)
    if last is not None and "area" in last.roles and "place" in zone.roles_at(zone.ahead(start)):
        return True  # "Đảng bộ Quân sự tỉnh"
    syllables = SYLLABLE.findall(zone.view.text, start, end)
    return len(syllables) > 1 and all(syllable[0].isupper() or syllable[0].isdigit() for syllable in syllables)


def is_where(zone: Zone, start: int, end: int) -> bool:
    """Whether a phrase says where a part is, not what it is: the name of an area at home, not of a country."""
    return is_there(zone, start, end) and zone.view.folded[start:end] not in zone.lexicon.nations


def is_made_of(zone: Zone, start: int, end: int, role: str) -> bool:
    """Whether a phrase begins with a word of `role` and holds nothing else but such words, areas, names and times."""
    at = begin = zone.ahead(start)
    text = zone.view.text
    while at < end:
        mark = zone.mark_at(at)
        if mark is not None and mark.end <= end and (role in mark.roles or (at > begin and "area" in mark.roles)):
            at = zone.ahead(mark.end)
        elif at == begin:
            return False
        elif (time := zone.time_at(at)) is not None:
            at = zone.ahead(time)
        elif text[at].isupper() or text[at].isdigit():
            at = zone.ahead(SYLLABLE.match(text, at, end).end())  # type: ignore[union-attr]
        else:
            return False
    return at > begin


def same_noun(one: str | None, other: str | None) -> bool:
    """Whether two counted nouns are the same, one perhaps written shorter.

    >>> same_noun("hộ", "hộ dân"), same_noun("xã, thị trấn", "xã"), same_noun("hộ", "xã")
    (True, True, False)
    """
    if not one or not other:
        return False
    one, other = one.lower(), other.lower()
    return one == other or one.startswith((other + " ", other + ",")) or other.startswith((one + " ", one + ","))
