"""Where do the words that belong to a quantity begin and end?

The gap between two quantities of a zone is shared between them: the noun phrase of the first runs to the first
boundary, the rest leads to the second.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from extract.linking.zones import NOTHING, Mark, Zone
from extract.records import Span

REACH = 800  # characters on either side of a quantity that can belong to it
UNKNOWN_NOUN = 4  # syllables of a counted noun that the lexicon does not know
SHORT_ITEM = 6  # syllables of a list's item before the last, at the start of a sentence
RATE = re.compile(r"/ ?[^\W\d_]+(?: [^\W\d_]+){0,2}")
SYLLABLE = re.compile(r"[^\W_]+")

# Roles of the words between what is counted and its number.
TAIL = frozenset({"bound", "equal", "exist", "share", "move", "change", "auxiliary", "preposition"})
# Of these, the ones that state a level of what stands before them.
STATING = frozenset({"equal", "share", "move", "change"})
# After a comma they begin a new clause, after "and" too.
TURN = frozenset({"clause", "verb", "head", "part", "stop", "change", "share"})
ANEW = frozenset({"clause", "verb", "head", "auxiliary"})
# In front of a subject they are none of it; a measure word right after one of LEAD begins a subject.
STEP = frozenset({"opener", "and", "comma", "auxiliary", "part"})
LEAD = TAIL - {"bound", "share", "move"} | {"verb", "opener", "part", "stop", "and", "comma"}
# No item of a list begins so.
FRESH = frozenset({"part", "stop", "opener", "place", "head", "clause", "auxiliary"})
RATE_END = frozenset({"relative", "preposition", "verb", "and"})  # no part of a rate's denominator
LISTED = frozenset({"comma", "and", "bound"})  # all that stands between two items of a list


@dataclass(frozen=True, slots=True)
class Left:
    """The words that lead to a quantity."""

    tail: frozenset[str] = NOTHING  # roles of the words right before the number
    part: bool = False  # "trong đó" opens them
    subject: Span | None = None  # a noun phrase whose level the quantity may state
    verb: Span | None = None  # what is done to the counted thing
    body: Span | None = None  # subject and verb together
    head: bool = False  # the subject begins with a measure word


@dataclass(frozen=True, slots=True)
class Right:
    """The noun phrase after a quantity."""

    start: int
    end: int
    limit: int  # where the words that lead to the next quantity begin
    noun: Span | None = None  # what is counted
    roles: frozenset[str] = NOTHING  # of that noun
    bare: bool = True  # nothing but the counted noun
    predicate: int | None = None  # where its predicate begins


def tail_start(zone: Zone, low: int, at: int, roles: frozenset[str] = TAIL) -> int:
    """Where the words of `roles` that stand right before `at` begin; a verb only if asked for."""
    at = zone.back(at)
    while at > low:
        mark = zone.mark_before(at)
        if mark is None or mark.start < low or mark.roles.isdisjoint(roles) or "verb" in mark.roles - roles:
            break
        at = zone.back(mark.start)
    return max(at, low)


def find_right(zone: Zone, end: int, following: int | None, words: Sequence[Span] = ()) -> Right:
    """The noun phrase after a quantity that ends at `end`; `following` is where the zone's next quantity starts.

    >>> from extract.linking.zones import Lexicon, find_zones
    >>> from extract.patterns import load_patterns
    >>> from extract.records import View
    >>> text = "5 xã đạt chuẩn, tăng 2 xã"
    >>> zone = find_zones(View(text, text), 0, 25, Lexicon(load_patterns()))[0]
    >>> right = find_right(zone, 1, 21)
    >>> text[right.start : right.end], text[slice(*right.noun)]
    ('xã đạt chuẩn', 'xã')
    """
    limit = zone.end if following is None else tail_start(zone, end, following, TAIL | {"verb"})
    start = min(zone.ahead(end), limit)
    stop = zone.back(find_boundary(zone, start, min(limit, start + REACH), closed=following is not None))
    return describe(zone, start, max(start, stop), limit, words)


def find_boundary(zone: Zone, start: int, limit: int, *, closed: bool) -> int:
    """The end of the noun phrase that begins at `start`: the first boundary before `limit`.

    `closed`: another quantity follows, so what stands after the last comma leads to it.
    """
    predicated = passive = False
    last = limit
    for mark in zone.marks_in(start, limit):
        roles, following = mark.roles, zone.ahead(mark.end)
        if roles & {"end", "colon", "stop", "says"} or (mark.start == start and roles & {"and", "comma", "beyond"}):
            return mark.start
        if "comma" in roles:
            if following >= limit or is_turn(zone, following, passive=passive):
                return mark.start
            if predicated or not is_pair(zone, mark):
                last = mark.start
        elif "and" in roles:
            if following >= limit or is_anew(zone.roles_at(following), predicated=predicated, closed=closed):
                return mark.start
        elif "relative" in roles:
            predicated, passive = True, passive or "passive" in roles
    return last if closed else limit


def is_turn(zone: Zone, at: int, *, passive: bool) -> bool:
    """Whether a new clause begins at `at`, after a comma; after a passive, a verb goes on with it."""
    turn = TURN - {"verb"} if passive else TURN
    return bool(zone.roles_at(at) & turn or zone.lexicon.time.match(zone.view.folded, at))


def is_anew(roles: frozenset[str], *, predicated: bool, closed: bool) -> bool:
    """Whether a word of `roles` after "and" begins something else than the noun phrase before it."""
    return bool(roles & ANEW or (predicated and "determiner" in roles) or (closed and "place" in roles))


def is_pair(zone: Zone, comma: Mark) -> bool:
    """Whether a comma stands between two counted nouns ("xã, thị trấn")."""
    before = zone.mark_before(comma.start)
    return before is not None and "counted" in before.roles and "counted" in zone.roles_at(zone.ahead(comma.end))


def describe(zone: Zone, start: int, end: int, limit: int, words: Sequence[Span]) -> Right:
    """The noun phrase at `start`:`end` with its counted noun and its predicate."""
    at = skip(zone, start, end, {"determiner", "adjunct"})
    if at >= end:
        return Right(start, end, limit)
    predicate = zone.first("relative", start, end)
    mark = zone.mark_at(at)
    if mark is None or mark.end > end or mark.roles.isdisjoint({"classifier", "counted"}):
        noun = unknown_noun(zone, at, min(predicate or end, end), words)
        return Right(start, end, limit, noun, NOTHING, False, predicate)
    noun_end = coordinate(zone, mark, end)
    if rate := RATE.match(zone.view.text, noun_end, end):
        ends = (m.start for m in zone.marks_in(noun_end, rate.end()) if m.roles & RATE_END)
        noun_end = zone.back(next(ends, rate.end()))
    rest = skip(zone, zone.ahead(noun_end), end, {"adjunct"})
    if time := zone.lexicon.time.match(zone.view.folded, rest, end):
        rest = zone.ahead(time.end())
    return Right(start, end, limit, (at, noun_end), mark.roles, rest >= end, predicate)


def skip(zone: Zone, at: int, end: int, roles: Collection[str]) -> int:
    """The first word from `at` on that has none of `roles`, or begins a predicate."""
    mark = zone.mark_at(at)
    while mark and mark.end <= end and not mark.roles.isdisjoint(roles) and "relative" not in mark.roles:
        at = zone.ahead(mark.end)
        mark = zone.mark_at(at)
    return min(at, end)


def unknown_noun(zone: Zone, start: int, end: int, words: Sequence[Span]) -> Span | None:
    """A counted noun that the lexicon does not know: the first syllables, no word of `words` cut in half."""
    boundary = (m.start for m in zone.marks_in(start, end) if m.roles & {"preposition", "comma", "adjunct"})
    syllables = list(islice(SYLLABLE.finditer(zone.view.text, start, next(boundary, end)), UNKNOWN_NOUN))
    if not syllables:
        return None
    last = syllables[-1].end()
    begun = next((a for a, b in words if a < last < b), None)
    return start, (zone.back(begun) if begun is not None and begun > start else last)


def coordinate(zone: Zone, noun: Mark, end: int) -> int:
    """The end of the list of counted nouns that `noun` begins ("xã, thị trấn")."""
    while True:
        joint = zone.mark_at(zone.ahead(noun.end))
        other = zone.mark_at(zone.ahead(joint.end)) if joint and joint.roles & {"comma", "and"} else None
        if other is None or other.end > end or "counted" not in other.roles & noun.roles:
            return noun.end
        noun = other


def find_left(zone: Zone, low: int, at: int) -> Left:
    """The words between `low` and a quantity at `at` that lead to it."""
    low = max(low, at - REACH)
    body = tail_start(zone, low, at)
    tail = frozenset(role for mark in zone.marks_in(body, at) for role in mark.roles)
    for mark in zone.marks_in(low, body):
        if mark.roles & {"end", "colon", "says"}:
            low = mark.end
    part = zone.first("part", low, at) is not None
    head = find_head(zone, low, body)
    if head is not None:
        subject = head, zone.back(zone.first("stop", head, body) or body)
        verb = find_verb(zone, low, head) or (None if tail & STATING else find_verb(zone, head, body))
        return Left(tail, part, subject, verb, subject, head=True)
    start, end = find_chunk(zone, low, body)
    if start >= end:
        return Left(tail, part)
    actor = find_actor(zone, start, end, stated="equal" in tail)
    return Left(tail, part, (start, actor) if actor > start else None, find_verb(zone, start, end), (start, end))


def find_head(zone: Zone, low: int, end: int) -> int | None:
    """Where a subject that begins with a measure word does so, if nothing new begins after it."""
    found = None
    first = opening(zone, low, end)
    for mark in zone.marks_in(low, end):
        if "head" in mark.roles:
            before = zone.mark_before(mark.start)
            if mark.start == first or (before is not None and before.roles & LEAD):
                found = mark.start
        elif "comma" in mark.roles and found is not None:
            following = zone.ahead(mark.end)
            roles = zone.roles_at(following) if following < end else NOTHING
            if roles & {"part", "stop", "opener"} or ("place" in roles and not is_pair(zone, mark)):
                found = None
    return found


def find_chunk(zone: Zone, low: int, end: int) -> Span:
    """The last stretch between commas that says something, without what opens it."""
    begins = [low, *(mark.start for mark in zone.marks_in(low, end) if "comma" in mark.roles)]
    while begins:
        begin = begins.pop()
        start = opening(zone, begin, end)
        if start < end and "stop" not in zone.roles_at(start):
            stops = (m.start for m in zone.marks_in(start + 1, end) if "stop" in m.roles and "exist" not in m.roles)
            return join_list(zone, begins, begin, start), zone.back(next(stops, end))
        end = zone.back(begin)
    return end, end


def join_list(zone: Zone, begins: list[int], begin: int, start: int) -> int:
    """`start`, or where the list begins whose last item stands there ("thu BHXH, BHYT, BHTN | đạt")."""
    first = begins[0] if begins else begin
    while begins and start == after_comma(zone, begin):
        begin = begins.pop()
        earlier = opening(zone, begin, start)
        opener = zone.roles_at(after_comma(zone, begin))
        long = first == zone.start and len(zone.view.folded[earlier:start].split()) > SHORT_ITEM
        if earlier >= start or long or (zone.roles_at(start) | zone.roles_at(earlier)) & FRESH:
            break
        if opener & FRESH and "part" not in opener:
            break
        start = earlier
    return start


def after_comma(zone: Zone, begin: int) -> int:
    """The first word of a stretch that begins at `begin`, with a comma or without."""
    return zone.ahead(begin + 1 if zone.view.text[begin] == "," else begin)


def opening(zone: Zone, start: int, end: int) -> int:
    """Where a stretch begins once openers, times and conjunctions in front are passed."""
    while True:
        start = zone.ahead(start)
        if start >= end:
            return end
        time = zone.lexicon.time.match(zone.view.folded, start, end)
        mark = zone.mark_at(start)
        if time:
            start = time.end()
        elif mark and mark.end <= end and mark.roles & STEP and mark.roles.isdisjoint({"head", "verb"}):
            start = mark.end
        else:
            return start


def find_actor(zone: Zone, start: int, end: int, *, stated: bool) -> int:
    """Where what stands before the verb ends: at an auxiliary, or at a verb unless a level is stated."""
    for mark in zone.marks_in(start, end):
        if "auxiliary" in mark.roles or ("verb" in mark.roles and not stated):
            return max(start, zone.back(mark.start))
    return end


def find_verb(zone: Zone, start: int, end: int) -> Span | None:
    """What is done: from the last verb after an auxiliary on, else from the first verb, up to a stop."""
    found = None
    for mark in zone.marks_in(start, end):
        if "verb" in mark.roles:
            before = zone.mark_before(mark.start)
            if found is None or (before is not None and before.roles & {"auxiliary", "passive"}):
                found = mark.start
    if found is None:
        return None
    return found, zone.back(zone.first("stop", found, end) or end)
