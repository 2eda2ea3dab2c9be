"""Where does the noun phrase after a quantity begin and end, and what in it is counted?

The gap between two quantities of a zone is shared between them: the noun phrase of the first runs to the first
boundary, the rest leads to the second (`leading.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from extract.linking.subject.zones import NOTHING, Mark, Zone
from extract.records import Span

REACH = 800  # characters on either side of a quantity that can belong to it
UNKNOWN_NOUN = 4  # syllables of a counted noun that the lexicon does not know
RATE = re.compile(r"/ ?[^\W\d_]+(?:[23]\b|(?: [^\W\d_]+){0,2})")
SYLLABLE = re.compile(r"[^\W_]+")
OPENED, CLOSED = re.compile(r"[\u201c\u201e\u00ab]|\"(?=\w)"), re.compile(r"[\u201d\u00bb]|(?<=[\w.%)])\"(?!\w)")

# Roles of the words between what is counted and its number.
TAIL = frozenset({"bound", "equal", "exist", "share", "move", "change", "auxiliary", "preposition"})
# Of these, the ones that state a level of what stands before them.
STATING = frozenset({"equal", "share", "move", "change"})
LEADING = TAIL | {"verb", "thin"}  # what stands right before a number, with its verb
LEVEL = STATING - {"change"}
# After a comma they begin a new clause, after "and" too.
TURN = frozenset({"clause", "verb", "head", "part", "stop", "change", "share"})
ANEW = frozenset({"clause", "verb", "head", "auxiliary"})
NOUN_END = frozenset({"preposition", "comma", "adjunct", "facet"})  # no part of a noun that the lexicon does not know
PAIRED = frozenset({"counted", "place"})
COUNTS = frozenset({"counted", "classifier"})  # nouns that are counted in pairs ("vụ, việc")
DOERS = frozenset({"actor", "dealer"})  # after goods they begin a clause of their own
SAYING = frozenset({"relative", "defining"})  # begins what is said of a noun
AGENTS = frozenset({"place", "counted", "facet", "actor"})  # who may do something
RATE_END = frozenset({"relative", "preposition", "verb", "and", "head", "trades"})  # no part of a rate's denominator
LISTED = frozenset({"comma", "and", "bound"})  # all that stands between two items of a list


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
    at, joined, verb = zone.back(at), False, False
    while at > low:
        mark = zone.mark_before(at)
        if mark is None or mark.start < low or mark.roles.isdisjoint(roles):
            break
        deed = "verb" in mark.roles and "equal" not in mark.roles
        if deed and ("verb" not in roles or (joined and not verb)):
            break  # "[54% dự toán tỉnh giao] và bằng 112%"
        joined, verb = "and" in mark.roles, deed or ("and" in mark.roles and verb)
        at = zone.back(mark.start)
    return max(at, low)


def find_right(zone: Zone, end: int, following: int | None, words: Sequence[Span] = ()) -> Right:
    """The noun phrase after a quantity that ends at `end`; `following` is where the zone's next quantity starts.

    >>> from extract.linking.subject.zones import Lexicon, find_zones
    >>> from extract.patterns import load_patterns
    >>> from extract.records import View
    >>> text = "5 xã đạt chuẩn, tăng 2 xã"
    >>> zone = find_zones(View(text, text), 0, 25, Lexicon(load_patterns()))[0]
    >>> right = find_right(zone, 1, 21)
    >>> text[right.start : right.end], text[slice(*right.noun)]
    ('xã đạt chuẩn', 'xã')
    """
    limit = zone.end if following is None else tail_start(zone, end, following, LEADING)
    start = zone.ahead(end)
    if (threshold := zone.mark_at(start)) is not None and "beyond" in threshold.roles:
        start = zone.ahead(threshold.end)  # "giảm từ 5% | trở lên | số vụ"
    start = min(start, limit)
    reach = quote_end(zone, start, min(limit, start + REACH))
    stop = zone.back(find_boundary(zone, start, reach, closed=following is not None and reach >= limit))
    return describe(zone, start, max(start, stop), limit, words)


def quote_end(zone: Zone, start: int, limit: int) -> int:
    """`limit`, or where the quotation closes in which the phrase begins: "25 đảng viên | ”, ông A cho biết"."""
    text = zone.view.text
    closed = CLOSED.search(text, start, limit)
    return limit if closed is None or OPENED.search(text, start, closed.start()) else closed.start()


def find_boundary(zone: Zone, start: int, limit: int, *, closed: bool) -> int:
    """The end of the noun phrase that begins at `start`: the first boundary before `limit`.

    `closed`: another quantity follows, so what stands after the last comma leads to it.
    """
    predicated = passive = False
    last = limit
    classifier = zone.mark_at(start)
    people = classifier is not None and bool(classifier.roles & COUNTS)
    first_end = classifier.end if classifier is not None and is_classifier(classifier) else -1
    for mark in zone.marks_in(start, limit):
        roles, following = mark.roles, zone.ahead(mark.end)
        if "because" in roles and is_agent(zone, start, mark, limit):
            continue
        if roles & {"end", "colon", "stop", "says"} or (mark.start == start and roles & {"and", "comma"}):
            return mark.start
        if "comma" in roles:
            if following >= limit or is_turn(zone, following, passive=passive):
                return mark.start
            pair = is_pair(zone, mark)
            alone = zone.back(mark.start) == first_end and "classifier" not in zone.roles_at(following)
            if not pair and (alone or is_clause(zone, following, limit, people=people)):
                return mark.start
            if predicated or not pair:
                last = mark.start
        elif "and" in roles:
            alone = closed and zone.back(mark.start) == first_end
            if following >= limit or alone or is_anew(zone.roles_at(following), predicated=predicated, closed=closed):
                return mark.start
        elif "relative" in roles:
            predicated, passive = True, passive or "passive" in roles
        elif closed and "preposition" in roles and "aspect" not in roles and is_measure(zone, following, limit):
            return mark.start
    return last if closed else limit


def is_agent(zone: Zone, start: int, by: Mark, limit: int) -> bool:
    """Whether "do" after the counted noun at `start` says by whom something is done ("9 dự án | do tỉnh quản lý")."""
    noun, agent = zone.mark_before(by.start), zone.mark_at(zone.ahead(by.end))
    owned = noun is not None and noun.start == start and bool(noun.roles & COUNTS)
    if not owned or agent is None or agent.roles.isdisjoint(AGENTS):
        return False
    return zone.first("verb", agent.end, limit) is not None or zone.first("relative", agent.end, limit) is not None


def is_classifier(mark: Mark) -> bool:
    """Whether a word counts what another one names, so that none follows it after a comma: "[đàn trâu có 6] con"."""
    return "classifier" in mark.roles and "counted" not in mark.roles


def is_clause(zone: Zone, at: int, limit: int, *, people: bool) -> bool:
    """Whether the words from `at`, after a comma, to the next one say something of their own.

    They tell what somebody does, if no `people` are counted of whom these are more ("8 tấn lúa, | thương lái mua"), or
    what something is ("9 chi bộ, | khó nhất là tìm nguồn").
    """
    if zone.roles_at(at) & DOERS and not people:
        return True
    end = zone.first("comma", at, limit) or limit
    said = next((mark.roles for mark in zone.marks_in(at + 1, end) if mark.roles & SAYING), NOTHING)
    return "defining" in said


def is_turn(zone: Zone, at: int, *, passive: bool) -> bool:
    """Whether a new clause begins at `at`, after a comma; after a passive, a verb goes on with it."""
    turn = TURN - {"verb"} if passive else TURN
    return bool(zone.roles_at(at) & turn) or zone.time_at(at) is not None


def is_anew(roles: frozenset[str], *, predicated: bool, closed: bool) -> bool:
    """Whether a word of `roles` after "and" begins something else than the noun phrase before it."""
    return bool(roles & ANEW or (predicated and "determiner" in roles) or (closed and "place" in roles))


def is_pair(zone: Zone, comma: Mark) -> bool:
    """Whether a comma stands between two nouns of a kind ("xã, thị trấn", "người dân, doanh nghiệp")."""
    before, after, text = zone.mark_before(comma.start), zone.mark_at(zone.ahead(comma.end)), zone.view.text
    if before is None or after is None or "facet" in after.roles or not before.roles & after.roles & PAIRED:
        return False
    named = text[after.start].isupper() or text[zone.ahead(after.end) : zone.ahead(after.end) + 1].isupper()
    return not named or "area" in before.roles  # "214 đảng viên, | Đảng bộ huyện Mai Sơn 98": the next item's name


def is_measure(zone: Zone, at: int, limit: int) -> bool:
    """Whether a measure word at `at` is all that leads to the number at `limit` ("thuốc | trên diện tích 5 ha")."""
    mark = zone.mark_at(at)
    return mark is not None and "head" in mark.roles and mark.end <= limit <= zone.ahead(mark.end)


def describe(zone: Zone, start: int, end: int, limit: int, words: Sequence[Span]) -> Right:
    """The noun phrase at `start`:`end` with its counted noun and its predicate."""
    at = skip(zone, start, end, {"determiner", "adjunct"})
    if (
        (sex := zone.mark_at(at))
        and "facet" in sex.roles
        and "counted" not in sex.roles
        and zone.view.text.find(" ", at, sex.end) < 0
        and sex.end < end
    ):
        at = zone.ahead(sex.end)  # "420 nữ đại biểu"
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
    if rest < end and (time := zone.time_at(rest)) is not None:
        rest = zone.ahead(time)
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
    boundary = (m.start for m in zone.marks_in(start + 1, end) if m.roles & NOUN_END)
    syllables = list(islice(SYLLABLE.finditer(zone.view.text, start, next(boundary, end)), UNKNOWN_NOUN))
    if not syllables:
        return None
    last = syllables[0 if len(syllables[0][0]) > 1 and syllables[0][0].isupper() else -1].end()  # "36 HTX liên kết"
    begun = next((a for a, b in words if a < last < b), None)
    return start, (zone.back(begun) if begun is not None and begun > start else last)


def coordinate(zone: Zone, noun: Mark, end: int) -> int:
    """The end of the list of counted nouns that `noun` begins ("xã, thị trấn")."""
    while True:
        joint = zone.mark_at(zone.ahead(noun.end))
        other = zone.mark_at(zone.ahead(joint.end)) if joint and joint.roles & {"comma", "and"} else None
        if other is None or other.end > end or not other.roles & noun.roles & COUNTS:
            return noun.end
        noun = other
