"""Which of the words before a quantity lead to it: what states it, its subject, and what is done to what is counted?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.linking.subject.deeds import find_deed, find_verb, is_team, last_deed
from extract.linking.subject.labels import is_place
from extract.linking.subject.phrases import REACH, STATING, TAIL, is_pair, tail_start
from extract.linking.subject.zones import NOTHING, Mark, Zone
from extract.records import Span

SHORT_ITEM = 6  # syllables of a list's item before the last, at the start of a sentence
# What stands before them does not lead to a number after them.
FENCE = frozenset({"end", "colon", "says", "then", "like"})
OPENING = frozenset({"end", "comma", "part"})  # all that stands before the colon of a list of parts
BEFORE_PARTS = FENCE | {"comma"}
JUDGED = frozenset({"scale", "stop"})  # "[kỷ luật] bằng hình thức | khiển trách 8"
TURNING = FENCE | {"aims", "part", "among", "scale"}  # roles after which the words have to be read anew
# In front of a subject they are none of it; a measure word right after one of LEAD begins a subject.
STEP = frozenset({"opener", "and", "comma", "auxiliary", "part"})
LEAD = TAIL - {"bound", "share", "move"} | {"verb", "opener", "part", "stop", "and", "comma", "actor"}
MADE_UP = frozenset({"exist", "part"})  # says of what members a body is made up: "gồm"
HOLDING = frozenset({"verb", "exist"})  # before something that has a size: "[đã có] trang trại | rộng 6 ha"
GROWTH = frozenset({"head", "change"})  # a measure that is a change by its name: "tăng trưởng 8%"
WHOLE = frozenset({"determiner", "classifier", "counted", "pointing"})  # a whole without a number
DOING = frozenset({"passive", "auxiliary", "verb", "head"})  # after a pronoun: it is no title before a name
# No item of a list begins so.
FRESH = frozenset({"part", "stop", "opener", "place", "head", "clause", "auxiliary"})


@dataclass(frozen=True, slots=True)
class Left:
    """The words that lead to a quantity."""

    tail: frozenset[str] = NOTHING  # roles of the words right before the number
    part: bool = False  # "trong đó" opens them
    subject: Span | None = None  # a noun phrase whose level the quantity may state
    verb: Span | None = None  # what is done to the counted thing
    body: Span | None = None  # subject and verb together
    head: bool = False  # the subject begins with a measure word


def find_left(zone: Zone, low: int, at: int) -> Left:
    """The words between `low` and a quantity at `at` that lead to it.

    >>> from extract.linking.subject.zones import Lexicon, find_zones
    >>> from extract.patterns import load_patterns
    >>> from extract.records import View
    >>> text = "Thu nội địa: 5 tỷ đồng"
    >>> zone = find_zones(View(text, text.lower()), 0, 22, Lexicon(load_patterns()))[0]
    >>> left = find_left(zone, 0, 13)
    >>> text[slice(*left.subject)], sorted(left.tail)
    ('Thu nội địa', ['colon'])
    """
    low = max(low, at - REACH)
    body = tail_start(zone, low, at)
    colon = zone.mark_before(body)
    if colon is not None and colon.start >= low and "colon" in colon.roles and not is_topic(zone, body, at):
        body = tail_start(zone, low, colon.start)  # "Hộ nghèo: 5%" states a level as "là" does
    tail = zone.roles_in(body, at)
    part = "part" in tail and not has_subject(zone, low, body)
    low, part = pass_fences(zone, low, body, part=part)
    if "then" in tail and zone.first("excludes", low, body) is not None:
        return Left(tail, part)  # "nếu không tính dầu khí | thì tăng 5%"
    head = find_head(zone, low, body)
    growth = find_growth(zone, body, at) if tail >= GROWTH else None
    if head is not None:
        subject = head, subject_end(zone, head, body)
        verb = find_verb(zone, low, head) or (None if tail & STATING else find_verb(zone, head, body))
        return Left(tail, part, subject, verb, subject, head=True)
    start, end = find_chunk(zone, low, body)
    if "equal" in tail and (passed := zone.first("passes", start, end)) is not None:
        start = zone.ahead(zone.begun[passed].end)  # "HĐND tỉnh quyết nghị | dự toán thu ngân sách là 9 tỷ đồng"
    if growth and (start >= end or is_place(zone, start, find_actor(zone, start, end, stated=True))):
        return Left(tail, part, growth, None, growth, head=True)
    if start >= end:
        return Left(tail, part)
    actor = (
        end if "equal" in tail else find_actor(zone, start, end, stated=bool(tail & STATING), change="change" in tail)
    )
    verb = find_verb(zone, start, end) or (find_deed(zone, start, end) if "preposition" in tail else None)
    before = zone.mark_before(start)
    if "extent" in tail:
        last = last_deed(zone, start, end, HOLDING)
    else:
        last = last_deed(zone, start, end) if verb is not None and tail >= MADE_UP else end
    if last < end and not is_team(zone, start, last):
        start = last  # "đã bầu | Ban Chấp hành | gồm 27 đồng chí"
        return Left(tail, part, (start, end), None, (start, end))
    if "exist" in tail and before is not None and "through" in before.roles:
        verb = None  # "qua đánh giá có 20 chi bộ": nothing was done to them
    return Left(tail, part, (start, actor) if actor > start else None, verb, (start, end))


def is_topic(zone: Zone, body: int, at: int) -> bool:
    """Whether a sentence only opens with its topic before a colon: "Về cơ sở vật chất: | có 900 phòng học"."""
    return "topic" in zone.roles_at(zone.ahead(zone.start)) and "exist" in zone.roles_in(body, at)


def pass_fences(zone: Zone, low: int, end: int, *, part: bool) -> tuple[int, bool]:
    """Where the words begin that lead to a number after `end`, and whether they name a part of what was counted."""
    for mark in zone.marks_in(low, end):
        if mark.roles.isdisjoint(TURNING):
            continue
        if part and "colon" in mark.roles and zone.only(low, mark.start, OPENING):
            low = mark.end  # "trong đó: | phá rừng 16 vụ"
        elif is_fence(zone, mark, end):
            low, part = mark.end, False
        elif "part" in mark.roles:
            part = True
        elif "among" in mark.roles and (comma := after_whole(zone, mark.end, end)) is not None:
            low, part = comma, True
    return low, part


def is_fence(zone: Zone, mark: Mark, end: int) -> bool:
    """Whether what stands before a word does not lead to a number after `end`."""
    if "aims" in mark.roles and opening(zone, mark.end, end) < end:
        return True
    return not mark.roles.isdisjoint(FENCE) or mark.roles >= JUDGED


def find_growth(zone: Zone, start: int, end: int) -> Span | None:
    """A measure that is a change by its name, right before a number ("mục tiêu | tăng trưởng 8%")."""
    return next(((mark.start, mark.end) for mark in zone.marks_in(start, end) if mark.roles >= GROWTH), None)


def has_subject(zone: Zone, low: int, at: int) -> bool:
    """Whether words stand before "gồm" at `at`, so that it opens no parts ("tổ hòa giải | gồm 9 người")."""
    before = zone.mark_before(at)
    return zone.ahead(low) < at and (before is None or before.roles.isdisjoint(BEFORE_PARTS))


def after_whole(zone: Zone, at: int, end: int) -> int | None:
    """Where what says that there are parts begins, after a whole without a number at `at` ("trong tổng số | vụ,")."""
    while (mark := zone.mark_at(zone.ahead(at))) is not None and mark.roles & WHOLE:
        at = mark.end
    if mark is not None and "exist" in mark.roles:
        return mark.start
    comma = zone.first("comma", at, end)  # "trong số hộ được hỗ trợ, | có 9 hộ"
    return comma + 1 if comma is not None else None


def subject_end(zone: Zone, start: int, end: int) -> int:
    """Where a subject that begins with a measure word ends: at a stop, or where its level moves ("số hộ đã giảm")."""
    for mark in zone.marks_in(start, end):
        moves = has_moved(zone, mark) or (
            mark.roles & {"auxiliary", "passive"} and zone.roles_at(zone.ahead(mark.end)) & {"change", "move"}
        )
        if "because" in mark.roles and is_of_name(zone, zone.begun[start].end, mark, end):
            continue  # "tỷ lệ tử vong | do sốt xuất huyết"
        if mark.roles & {"stop", "rated"} or (moves and mark.start > start):
            return zone.back(mark.start)
    return zone.back(end)


def has_moved(zone: Zone, mark: Mark) -> bool:
    """Whether a word only says how a level went that is told after a comma: "sản lượng | giảm mạnh, còn 9 tấn"."""
    return "went" in mark.roles and "comma" in zone.roles_at(zone.ahead(mark.end))


def is_of_name(zone: Zone, start: int, cause: Mark, end: int) -> bool:
    """Whether a cause belongs to the name of a measure, of which nothing was said yet: "số người chết | do tai nạn"."""
    said = zone.roles_in(start, cause.start)
    return said.isdisjoint(STATING) and zone.first("comma", cause.end, end) is None


def find_head(zone: Zone, low: int, end: int) -> int | None:
    """Where a subject that begins with a measure word does so, if nothing new begins after it."""
    found, marks = None, zone.marks_in(low, end)
    if not any("head" in mark.roles for mark in marks):
        return None
    first = opening(zone, low, end)
    for mark in marks:
        if "head" in mark.roles:
            before = zone.mark_before(mark.start)
            joined = found is not None and before is not None and "and" in before.roles
            if joined and not any(m.roles & STATING for m in zone.marks_in(found, mark.start)):  # type: ignore[arg-type]
                continue  # "tổng mức bán lẻ và doanh thu dịch vụ"
            timed = zone.time_at(zone.back(mark.start) - 1) is not None
            if mark.start == first or timed or (before is not None and before.roles & LEAD):
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
            if begins and is_deed(zone, start, end) and "verb" in roles_before(zone, begin):
                start = opening(zone, begins.pop(), begin)  # "án nghiêm trọng điều tra, | khám phá đạt"
            marks = zone.marks_in(start + 1, end)
            stops = (m.start for m in marks if has_moved(zone, m) or ("stop" in m.roles and "exist" not in m.roles))
            paired = join_pair(zone, begins, begin, start, end)
            return join_list(zone, begins, begin, start) if paired is None else paired, zone.back(next(stops, end))
        end = zone.back(begin)
    return end, end


def is_deed(zone: Zone, start: int, end: int) -> bool:
    """Whether one verb is all that stands in `start`:`end`."""
    mark = zone.mark_at(start)
    return mark is not None and "verb" in mark.roles and zone.ahead(mark.end) >= end


def roles_before(zone: Zone, at: int) -> frozenset[str]:
    """The roles of the word before `at`."""
    mark = zone.mark_before(at)
    return mark.roles if mark is not None else NOTHING


def join_pair(zone: Zone, begins: Sequence[int], begin: int, start: int, end: int) -> int | None:
    """Where a phrase begins whose last nouns stand after commas, the last at `start`: "ngân sách tỉnh, | xã"."""
    found = None
    for earlier in reversed(begins):
        noun, comma = zone.mark_at(start), zone.mark_at(begin)
        if noun is None or noun.end < zone.back(end) or comma is None or not is_pair(zone, comma):
            break
        begin, end, start = earlier, begin, opening(zone, earlier, begin)
        found = start
    return found


def join_list(zone: Zone, begins: list[int], begin: int, start: int) -> int:
    """`start`, or where the list begins whose last item stands there ("thu BHXH, BHYT, BHTN | đạt")."""
    first = begins[0] if begins else begin
    while begins and start == after_comma(zone, begin):
        begin = begins.pop()
        earlier = opening(zone, begin, start)
        opener = zone.roles_at(after_comma(zone, begin))
        long = first == zone.start and zone.view.folded.count(" ", earlier, start) > SHORT_ITEM
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
        time = zone.time_at(start)
        mark = zone.mark_at(start)
        if time is not None:
            start = time
        elif mark and mark.end <= end and mark.roles & STEP and mark.roles.isdisjoint({"head", "verb"}):
            if "bound" in mark.roles and is_threshold(zone, zone.ahead(mark.end), end):
                return start  # "từ 18 đến 30 tuổi có 9 người"
            start = mark.end
        elif mark and "pronoun" in mark.roles and (deed := after_pronoun(zone, mark)) < end:
            start = deed
        else:
            return start


def after_pronoun(zone: Zone, pronoun: Mark) -> int:
    """Where what somebody named before does begins, else the end of the zone: "anh được | vay 50 triệu đồng"."""
    deed = zone.mark_at(zone.ahead(pronoun.end))
    if deed is None or deed.roles.isdisjoint(DOING):
        return zone.end
    return zone.ahead(deed.end) if "passive" in deed.roles else deed.start


def is_threshold(zone: Zone, at: int, end: int) -> bool:
    """Whether an age or a level begins at `at`: a bound before it belongs to it ("trên | đại học")."""
    if at >= end or not zone.view.text[at].isdigit():
        return "level" in zone.roles_at(at)
    return zone.time_at(at) is None and zone.first("age", at, end) is not None


def find_actor(zone: Zone, start: int, end: int, *, stated: bool, change: bool = False) -> int:
    """Where what stands before the verb ends: at an auxiliary, or at a verb unless a level is stated.

    A branch that grows by a `change` is no actor: "ngành sản xuất điện tăng 12%".
    """
    grows = change and "sector" in zone.roles_at(start)
    actor = not stated or ("place" in zone.roles_at(start) and not grows)
    for mark in zone.marks_in(start, end):
        moves = "change" in mark.roles and is_place(zone, start, zone.back(mark.start))
        if ("auxiliary" in mark.roles and not is_copula(zone, mark.end)) or moves or ("verb" in mark.roles and actor):
            return max(start, zone.back(mark.start))
    return end


def is_copula(zone: Zone, at: int) -> bool:
    """Whether "là" is the next word: what stands before it is none of a verb ("đảng viên mới | là người Mường")."""
    return "defining" in zone.roles_at(zone.ahead(at))
