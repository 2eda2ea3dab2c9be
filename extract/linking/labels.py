"""How is a counted phrase written as a label, and when do two phrases name the same noun?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.linking.phrases import SYLLABLE
from extract.linking.zones import Zone
from extract.records import Span

LOOSE = frozenset({"preposition", "and"})  # at the end of a phrase: none of it


def make_label(zone: Zone, start: int, end: int, without: Collection[Span] = ()) -> str:
    """The phrase at `start`:`end` without facets (`without`), times, places, and what points or counts in front.

    >>> from extract.linking.zones import Lexicon, find_zones
    >>> from extract.patterns import load_patterns
    >>> from extract.records import View
    >>> text = "Tổng số bí thư chi bộ trong toàn tỉnh nhiệm kỳ 2020-2025"
    >>> zone = find_zones(View(text, text.lower()), 0, len(text), Lexicon(load_patterns()))[0]
    >>> make_label(zone, 0, len(text))
    'bí thư chi bộ'
    """
    drop = [*without, *((mark.start, mark.end) for mark in zone.marks_in(start, end) if "adjunct" in mark.roles)]
    drop += [match.span() for match in zone.lexicon.time.finditer(zone.view.folded, start, end)]
    drop += find_names(zone, start, end)
    start = strip_front(zone, start, end, drop)
    while (mark := zone.mark_before(end)) and mark.start > start and is_loose(mark.roles):
        end = mark.start
    text = zone.slices(start, end, drop)
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def is_loose(roles: frozenset[str]) -> bool:
    """Whether a word of `roles` at the end of a phrase is none of it."""
    return bool(roles & LOOSE) and roles.isdisjoint({"head", "verb"})


def strip_front(zone: Zone, start: int, end: int, drop: Sequence[Span]) -> int:
    """Where a label begins: after determiners, and after a word that only points at the noun behind it."""
    while start < end:
        start = zone.ahead(start)
        inside = next((b for a, b in drop if a <= start < b), None)
        if inside is not None:
            start = inside
            continue
        mark = zone.mark_at(start)
        if mark is None or mark.end >= end or mark.roles.isdisjoint({"determiner", "empty"}):
            break
        if "determiner" not in mark.roles and zone.roles_at(zone.ahead(mark.end)) & {"relative", "comma", "and"}:
            break
        start = mark.end
    return start


def find_names(zone: Zone, start: int, end: int) -> list[Span]:
    """The names of areas after the noun that counts them ("3 xã | A, B và C | đạt chuẩn")."""
    mark = zone.mark_at(start)
    if mark is None or not {"place", "counted"} <= mark.roles:
        return []
    text, at = zone.view.text, zone.ahead(mark.end)
    begin = last = at
    while at < end:
        syllable = SYLLABLE.match(text, at, end)
        if syllable and syllable[0][0].isupper():
            at = last = syllable.end()
        elif not (zone.roles_at(at) & {"comma", "and"}) or at == begin:
            break
        else:
            at += len("," if text[at] == "," else SYLLABLE.match(text, at)[0])  # type: ignore[index]
        at = zone.ahead(at)
    return [(begin, last)] if last > begin else []


def is_place(zone: Zone, start: int, end: int) -> bool:
    """Whether a phrase is the name of an area or an actor."""
    at = begin = zone.ahead(start)
    while at < end and (mark := zone.mark_at(at)) and mark.end <= end and "place" in mark.roles:
        at = zone.ahead(mark.end)
    syllables = SYLLABLE.findall(zone.view.text, at, end)
    if at > begin and not syllables:
        return True
    named = all(syllable[0].isupper() or syllable[0].isdigit() for syllable in syllables)
    return named and (at > begin or len(syllables) > 1)


def same_noun(one: str | None, other: str | None) -> bool:
    """Whether two counted nouns are the same, one perhaps written shorter.

    >>> same_noun("hộ", "hộ dân"), same_noun("xã, thị trấn", "xã"), same_noun("hộ", "xã")
    (True, True, False)
    """
    if not one or not other:
        return False
    one, other = one.lower(), other.lower()
    return one == other or one.startswith((other + " ", other + ",")) or other.startswith((one + " ", one + ","))
