"""Do these numbers agree, without any article? The door for a notebook and for `solieu check --numbers`."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.data.checking.context import CheckWords
from extract.data.checking.judging import judge_relation
from extract.data.checking.messages import write_row
from extract.data.checking.relations import Relation
from extract.data.checking.repairs import find_repairs
from extract.errors import SolieuError
from extract.patterns import Patterns
from extract.records import Change, Check, Figure, Kind

GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")  # 3.471 people, 27,68 %
PLAIN = re.compile(r"\d+(?:\.\d+)?")  # 27.68, as in the tables


class NumberError(SolieuError, ValueError):
    """Not a number as Vietnamese papers or the tables print one; the message names it."""


def parse_number(text: str, *, percent: bool = False) -> Decimal:
    """A printed number: dots group thousands and a comma begins the decimals; in a percentage a lone dot does, too.

    Raises NumberError where it is none.

    >>> parse_number("3.471"), parse_number("27,68%"), parse_number("27.68", percent=True)
    (Decimal('3471'), Decimal('27.68'), Decimal('27.68'))
    """
    bare = text.strip().removesuffix("%").strip()
    if percent and PLAIN.fullmatch(bare):
        return Decimal(bare)
    if GROUPED.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if PLAIN.fullmatch(bare):
        return Decimal(bare)
    raise NumberError(f"{text!r} is not a number")


def check_numbers(part: str | None, whole: str, percent: str, patterns: Patterns, *, change: bool = False) -> Check:
    """`part` out of `whole` against a printed `percent`; without a part, whether any whole count gives it.

    With `change`, `part` is the new value and `whole` the old one. Raises NumberError where one is no number.

    >>> from extract.patterns import load_patterns
    >>> check_numbers("961", "3471", "27,68", load_patterns()).verdict
    'truncated'
    >>> check_numbers("720", "438,8", "70", load_patterns(), change=True).expected
    '64.0839'
    """
    reported = _figure(2, percent, "percent", "none")
    operands = [_figure(1, whole, "count", "none")]
    if part is not None:
        operands.insert(0, _figure(0, part, "count", "none"))
    kind = "attainable" if part is None else "change" if change else "share"
    formulas = {"attainable": (), "change": ("growth",), "share": ("share",)}[kind]
    relation = Relation(kind, tuple(operands), reported, formulas, "stated", (False,) * len(operands))
    judged = judge_relation(relation)
    words = patterns.compiled(CheckWords)
    return write_row(judged, words, () if judged.fits or judged.reason else find_repairs(judged, {}))


def _figure(at: int, text: str, kind: Kind, change: Change) -> Figure:
    value = parse_number(text, percent=kind == "percent")
    printed = format(value, "f").replace(".", ",")
    return Figure(
        figure=f"numbers:{at}", article="numbers", start=at, end=at + 1, text=printed + "%" * (kind == "percent"),
        sentence="", kind=kind, value=value, high=None, of=None, decimals=max(0, -int(value.as_tuple().exponent)),
        unit="%" if kind == "percent" else None, bound="exact", change=change, vs=None, indicator=None,
        indicator_label=None, subject=None, breakdown=(), province=None, province_name=None, place=None,
        place_level=None, place_rule=None, province_2025=None, province_2025_name=None, territory=None, period=None,
        period_text=None, status="reported", share_num=None, share_den=None, rule="",
    )  # fmt: skip
