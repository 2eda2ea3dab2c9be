"""What do the words say that introduce a list, a topic or an example?"""

from __future__ import annotations

import re

from extract.linking.subject.labels import after_at, is_made_of, is_place, is_there, make_label
from extract.linking.subject.phrases import REACH, Right, tail_start
from extract.linking.subject.zones import Mark, Zone
from extract.records import Span

STILL = frozenset({"auxiliary"})  # "giải ngân | vẫn là khâu yếu"
QUOTED = re.compile(r"\s*[\"\u201c\u201e\u00ab]")
SAID = frozenset({"auxiliary", "relative", "stop", "end", "comma", "clause", "rated"})  # what is said of funds
NO_PEOPLE = frozenset({"classifier", "place", "times"})  # what is counted by these has no members, unless by "person"


def is_example(zone: Zone, start: int, end: int) -> bool:
    """Whether a phrase is the name of a place, or says where most of what was counted is: "tập trung ở xã A"."""
    start = zone.ahead(after_at(zone, start, end))
    actor = "place" in zone.roles_at(start) and zone.view.text[start].isupper()  # "Sở Y tế (12%)"
    return actor or is_place(zone, start, end)


def drop_degree(zone: Zone, label: str) -> str:
    """A measure without whether it is high or low: "tỷ lệ giải ngân | thấp"."""
    head, _, degree = label.rpartition(" ")
    return head if head and degree.lower() in zone.lexicon.degrees else label


def names_nothing(zone: Zone, start: int, end: int) -> bool:
    """Whether words before a colon only point back, or say by what the parts are told: "Về cơ cấu:", "các huyện:"."""
    pointing = zone.first("pointing", start, end) is not None
    return pointing or any(is_made_of(zone, start, end, role) for role in ("sorting", "scale", "area"))


def after_sorting(zone: Zone, start: int, end: int) -> int:
    """`start`, or where the noun begins whose parts are told apart: "Độ tuổi | đảng viên:"."""
    mark = zone.mark_at(start)
    following = zone.ahead(mark.end) if mark is not None and "sorting" in mark.roles else end
    return following if following < end and "counted" in zone.roles_at(following) else start


def drop_judgement(zone: Zone, start: int, end: int) -> Span:
    """A topic without what it is called: "khâu yếu vẫn là | giải phóng mặt bằng", "năng suất | là điểm sáng"."""
    copula = zone.first("defining", start, end)
    if copula is None:
        return start, end
    named = zone.ahead(zone.begun[copula].end)
    if "judged" in zone.roles_at(start):
        return named, end
    return (start, tail_start(zone, start, copula, STILL)) if "judged" in zone.roles_at(named) else (start, end)


def is_within(zone: Zone, before: Mark, right: Right) -> bool:
    """Whether a sentence begins with the count of a group of people: "Trong 89 ứng cử viên, nữ 41 người"."""
    people = "person" in right.roles or not right.roles & NO_PEOPLE
    return "within" in before.roles and before.start == zone.ahead(zone.start) and right.noun is not None and people


def is_period(zone: Zone, low: int, at: int) -> bool:
    """Whether a time alone is singled out, which lists no parts: "riêng năm 2023 xảy ra 9 vụ"."""
    single = zone.first("singling", low, at)
    mark = zone.mark_at(single) if single is not None else None
    return mark is not None and zone.time_at(zone.ahead(mark.end)) is not None


def find_lead(zone: Zone, low: int, at: int) -> int | None:
    """Where the words end that introduce what follows: at a colon, "như" or "thì", or at the comma after the topic."""
    low = max(low, at - REACH)
    colons = [mark.start for mark in zone.marks_in(low, at) if introduces(zone, mark, at)]
    if len(colons) > 1 and zone.only(colons[-2], colons[-1], {"like"}):
        colons.pop()
    if colons or low > zone.start or "topic" not in zone.roles_at(zone.ahead(zone.start)):
        return colons[-1] if colons else None
    commas = [mark.start for mark in zone.marks_in(low, at) if "comma" in mark.roles]
    return commas[-1] if commas else None


def find_funds(zone: Zone) -> str | None:
    """What money a sentence says is spent, that counts nothing itself: "giải ngân | vốn đầu tư công | còn chậm"."""
    at = zone.first("spends", zone.start, zone.end)
    if at is None:
        return None
    start = zone.ahead(zone.begun[at].end)
    if not any(zone.view.folded.startswith(funds, start) for funds in zone.lexicon.funds):
        return None
    end = next((mark.start for mark in zone.marks_in(start, zone.end) if mark.roles & SAID), zone.end)
    return make_label(zone, start, zone.back(end)) or None


def introduces(zone: Zone, mark: Mark, at: int) -> bool:
    """Whether a word parts what is counted from those that have it: a colon, or "xuất khẩu | thì | Huế đứng đầu"."""
    if "themed" in mark.roles:
        start, end = zone.ahead(mark.end), tail_start(zone, mark.end, at)
        return start < end and ("divided" in zone.roles_at(zone.ahead(zone.start)) or is_there(zone, start, end))
    return not mark.roles.isdisjoint({"colon", "like"}) and not says(zone, mark)


def says(zone: Zone, mark: Mark) -> bool:
    """Whether a quotation follows a colon, which lists nothing: "ông A nói: “Tôi bán 4.800 đồng/kg”"."""
    return "colon" in mark.roles and QUOTED.match(zone.view.text, mark.end) is not None


def after_purpose(zone: Zone, at: int, limit: int) -> int:
    """`at`, or where what says nothing of the next quantity ends: "trở lên", or what a sum was spent on."""
    mark = zone.mark_at(zone.ahead(at))
    if mark is not None and "beyond" in mark.roles:
        return mark.end
    if mark is None or "purpose" not in mark.roles:
        return at
    comma = zone.first("comma", mark.end, limit)
    return at if comma is None else comma
