"""What is sold at a price, and of what size?

A rate of money by what goods are sold by ("165.000 đồng/kg") is their price, whether "giá" is said or only a trade:
"tôm thẻ loại 30 con/kg được thu mua | 165.000 đồng/kg".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.linking.subject.labels import is_place, make_label
from extract.linking.subject.leading import has_moved, opening
from extract.linking.subject.phrases import TAIL, tail_start
from extract.linking.subject.zones import Mark, Zone
from extract.records import Quantity, Span

SIZE = re.compile(r"\s*\d[\d.,]*(?:\s?-\s?\d[\d.,]*)?\s[^\W\d_]+\s?/\s?[^\W\d_]+")
NUMBER = re.compile(r"(?<!\w)\d")
BREAK = frozenset({"end", "colon", "comma", "says", "then"})
GOODS_END = frozenset({"passive", "auxiliary", "trades", "equal", "bound", "verb", "sized", "because", "end", "colon"})
OBJECT_END = frozenset({"at", "preposition", "head", "bound", "equal", "adjunct", "passive", "sized", "with"})
SELLERS = frozenset({"dealer", "actor", "place", "person"})


@dataclass(frozen=True, slots=True)
class Price:
    """What a price is paid for."""

    goods: str | None  # nothing where the words before the number do not say
    size: str | None


def is_rate(zone: Zone, quantity: Quantity) -> bool:
    """Whether an amount is money by what goods are sold by."""
    money, _, lot = (quantity.unit or "").partition("/")
    return quantity.kind == "amount" and money.isupper() and lot in zone.lexicon.lots


def is_yield(zone: Zone, quantity: Quantity) -> bool:
    """Whether an amount is a weight by an area, and nothing that is spread on it: "bón | 5 tạ/ha"."""
    weight, _, area = (quantity.unit or "").partition("/")
    if weight not in zone.lexicon.weights or area.partition("/")[0] not in zone.lexicon.areas:
        return False
    return zone.first("spread", zone.start, quantity.start) is None


def find_price(zone: Zone, quantity: Quantity) -> Price | None:
    """What is sold at a price, if the words before it tell a trade or say "giá" without more."""
    at = quantity.start
    body = tail_start(zone, zone.start, at, TAIL | {"trades"})
    start = clause_start(zone, body)
    marks = zone.marks_in(start, at)
    if any(mark.roles & {"charges", "pays"} for mark in marks):
        return None
    heads = [mark for mark in marks if "head" in mark.roles]
    if heads and not (is_price(zone, heads[-1]) and zone.ahead(heads[-1].end) >= body):
        return None  # "giá tôm sú giữ ở mức", "giá trị xuất khẩu"
    trade = next((mark for mark in marks if "trades" in mark.roles), None)
    size = find_size(zone, zone.start, at)
    if trade is None and not (heads and size):
        return None
    goods = find_goods(zone, start, heads[-1].start if heads else at, trade)
    label = make_label(zone, *goods) if goods else None
    if label and NUMBER.search(label):
        return None  # "bán 3 tấn mía"
    return Price(label or None, size)


def clause_start(zone: Zone, body: int) -> int:
    """Where the clause begins whose last word before a number ends at `body`."""
    breaks = [
        mark.end for mark in zone.marks_in(zone.start, body) if mark.roles & BREAK and not follows_move(zone, mark)
    ]
    return opening(zone, breaks[-1] if breaks else zone.start, body)


def follows_move(zone: Zone, comma: Mark) -> bool:
    """Whether a comma stands after how a level went, which goes on: "giá lợn hơi tăng cao | , ở mức 60.000 đồng/kg"."""
    before = zone.mark_before(comma.start)
    return before is not None and has_moved(zone, before)


def is_price(zone: Zone, head: Mark) -> bool:
    """Whether a measure word says "giá" and no more."""
    return zone.view.folded[head.start : head.end] in zone.lexicon.prices


def find_size(zone: Zone, start: int, at: int) -> str | None:
    """The size of the goods, said before their price: "loại 30 con/kg"."""
    for mark in reversed(zone.marks_in(start, at)):
        if "end" in mark.roles:
            break
        if "sized" in mark.roles and (size := SIZE.match(zone.view.text, mark.end, at)):
            return zone.slices(mark.start, size.end())
    return None


def find_goods(zone: Zone, start: int, end: int, trade: Mark | None) -> Span | None:
    """What is sold: before the trade ("lúa | được thu mua"), else after it ("nông dân bán | mía | tại ruộng")."""
    last = next((mark.start for mark in zone.marks_in(start, end) if mark.roles & GOODS_END), end)
    goods = start, zone.back(last)
    if goods[0] < goods[1] and zone.roles_at(start).isdisjoint(SELLERS) and not is_place(zone, *goods):
        return goods
    if trade is None or trade.end >= end:
        return None
    start = zone.ahead(trade.end)
    last = next((mark.start for mark in zone.marks_in(start, end) if mark.roles & OBJECT_END), end)
    return (start, zone.back(last)) if start < zone.back(last) else None
