"""How do tests write an article with its quantities? As text with each quantity in [brackets], line breaks as "¶"."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.linking.scope import Scope, make_scope
from extract.patterns import Patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.records import Kind, Quantity

MARKED = re.compile(r"\[([^\]]+)\]")
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
MEASURE = re.compile(r"đồng|USD|tấn|tạ|kg|km|m2|ha\b|m\b|điểm|kWh|lít")


def marked_scope(marked: str, patterns: Patterns) -> Scope:
    """The article that `marked` shows, with what stands in brackets as its quantities."""
    text, quantities, last = "", list[Quantity](), 0
    for match in MARKED.finditer(marked):
        text += marked[last : match.start()].replace("¶", "\n")
        quantities.append(marked_quantity(len(text), match[1]))
        text += match[1]
        last = match.end()
    view = make_view(text + marked[last:].replace("¶", "\n"), patterns)
    return make_scope(view, find_sentences(view, (), patterns), quantities)


def marked_quantity(start: int, text: str) -> Quantity:
    """The quantity at `start` that reads `text`: "27,5%", "12/15", "3 - 5 tấn", "40 triệu đồng/hộ"."""
    numbers = [Decimal(number.replace(".", "").replace(",", ".")) for number in NUMBER.findall(text)]
    ratio = re.search(r"\d(?:/| trong )\d", text)
    spread = re.search(r"\d ?[-–] ?\d|\d đến \d", text)
    measured = MEASURE.search(text)
    kind: Kind = "percent" if "%" in text else "ratio" if ratio else "amount" if measured else "count"
    unit = "%" if kind == "percent" else text[measured.start() :] if measured and kind == "amount" else None
    if unit is not None:
        unit = unit.replace("đồng", "VND").replace("/tấn", "/tonne")
    first = numbers[0] if numbers else Decimal(1)
    return Quantity(
        start,
        start + len(text),
        text,
        kind,
        first,
        high=numbers[1] if spread else None,
        of=numbers[1] if ratio else None,
        unit=unit,
    )
