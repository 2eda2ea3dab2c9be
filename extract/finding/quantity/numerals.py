"""What number does a numeral say? Digits with Vietnamese (or clearly English) separators, and number words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from extract.patterns import Patterns

Style = Literal["vi", "en"]  # "vi": dot groups thousands, comma is the decimal mark; "en": the other way round

MAX_DIGITS = 18  # a longer run is an id or noise, never a count
GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,(?P<fraction>\d+))?")  # 1.234.567,8
SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,(?P<fraction>\d+))?")  # 1 234 567
PLAIN = re.compile(r"\d+(?:,(?P<fraction>\d+))?")  # 1234,5
DOT_DECIMAL = re.compile(r"\d{1,4}\.(?P<fraction>\d{1,2})")  # 93.35, an English decimal nobody can misread
ZERO_DECIMAL = re.compile(r"0\.(?P<fraction>\d+)")  # 0.414
ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.(?P<fraction>\d+))?")  # 1,234,567.8
SHAPES: dict[Style, tuple[tuple[re.Pattern[str], ...], str]] = {  # what may be read, and its grouping marks
    "vi": ((GROUPED, SPACED, PLAIN, DOT_DECIMAL, ZERO_DECIMAL), ". "),
    "en": ((ENGLISH, DOT_DECIMAL, ZERO_DECIMAL, PLAIN), ","),
}
# Whose separators does a text use? Forms that only one of the two can write.
ENGLISH_MARKS = re.compile(r",\d{3}[,.]\d")  # no English form is without; found much faster
ENGLISH_ONLY = re.compile(r"(?<![\d.,])(?:[1-9]\d{0,2}(?:,\d{3}){2,}(?![\d,])|[1-9]\d{0,2}(?:,\d{3})+\.\d)")
VIETNAMESE_ONLY = re.compile(r"(?<![\d.,])(?:[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])|\d+,\d{1,2}(?![\d,])|\d\.\d{3},\d)")

WordRole = Literal["digit", "unit", "ten", "tens", "hundred", "magnitude", "filler", "half"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed."""

    value: Decimal
    decimals: int = 0  # digits printed after the decimal mark
    grouped: bool = False  # thousands are marked: no name or date is written so
    ambiguous: bool = False  # one comma and three digits: 1,200 may be 1.2 or 1200


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A row of `numerals.csv`."""

    role: WordRole
    value: Decimal


def compile_numerals(patterns: Patterns) -> dict[str, NumberWord]:
    """The number words by surface."""
    known = {str(role): role for role in get_args(WordRole)}
    return {
        row["surface"]: NumberWord(known[row["role"]], Decimal(row["value"]))
        for row in patterns.rows("numerals.csv", ("surface", "role", "value", "example"))
    }


def text_style(text: str) -> Style:
    """Whose separators a text uses: English only where it writes what Vietnamese cannot, and nothing the other way."""
    english = ENGLISH_MARKS.search(text) and ENGLISH_ONLY.search(text)
    return "en" if english and not VIETNAMESE_ONLY.search(text) else "vi"


def parse_numeral(text: str, style: Style = "vi") -> Numeral | None:
    """The number that digits say, or None where they are not one well-formed numeral.

    >>> parse_numeral("16.216,40")
    Numeral(value=Decimal('16216.40'), decimals=2, grouped=True, ambiguous=False)
    >>> parse_numeral("12.34.56") is None
    True
    """
    if len(text) > MAX_DIGITS and sum(character.isdigit() for character in text) > MAX_DIGITS:
        return None
    if text.isdecimal():
        return Numeral(Decimal(text))
    shapes, marks = SHAPES[style]
    for shape in shapes:
        match = shape.fullmatch(text)
        if match is None:
            continue
        fraction = match["fraction"] or ""
        whole = text[: -len(fraction) - 1] if fraction else text
        grouped = shape in (GROUPED, SPACED, ENGLISH)
        for mark in marks:
            whole = whole.replace(mark, "")
        value = Decimal(f"{whole}.{fraction}" if fraction else whole)
        return Numeral(value, len(fraction), grouped, ambiguous=shape is PLAIN and len(fraction) == 3)
    return None


def parse_words(words: list[NumberWord]) -> Decimal | None:
    """The number that number words say, or None where they say none.

    >>> from extract.patterns import load_patterns
    >>> numerals = load_patterns().compiled(compile_numerals)
    >>> parse_words([numerals[w] for w in "hai nghìn lẻ ba".split()])
    Decimal('2003')
    >>> parse_words([numerals[w] for w in "hai ba".split()]) is None
    True
    """
    total, last, at = Decimal(0), None, 0
    while at < len(words):
        group, at = parse_group(words, at)
        if group is None:
            return None
        factor = Decimal(1)
        while at < len(words) and words[at].role == "magnitude":
            factor *= words[at].value
            at += 1
        if last is not None and factor >= last:
            return None
        total, last = total + group * factor, factor
        if at < len(words) and words[at].role == "half":
            return total + factor / 2 if factor > 1 and at == len(words) - 1 else None
        if factor == 1 and at < len(words):
            return None
    return total


def parse_group(words: list[NumberWord], at: int) -> tuple[Decimal | None, int]:
    """A number below a thousand from `words[at]` on, and where it ends."""
    roles = [word.role for word in words[at : at + 5]]
    number, used = Decimal(0), 0
    if roles[:2] == ["digit", "hundred"]:
        number, used = words[at].value * 100, 2
        if roles[2:3] == ["half"]:
            return (number + 50, at + 3)
        if roles[2:4] == ["filler", "digit"]:
            return number + words[at + 3].value, at + 4
        if roles[2:3] in (["magnitude"], []):
            return number, at + 2
    if roles[used : used + 1] == ["filler"] and roles[used + 1 : used + 2] == ["digit"]:
        return number + words[at + used + 1].value, at + used + 2
    if roles[used : used + 2] == ["digit", "tens"]:
        number, used = number + words[at + used].value * 10, used + 2
    elif roles[used : used + 1] == ["ten"]:
        number, used = number + 10, used + 1
    elif roles[used : used + 1] == ["digit"]:
        return number + words[at + used].value, at + used + 1
    else:
        return None, at
    if roles[used : used + 1] in (["digit"], ["unit"]):
        number, used = number + words[at + used].value, used + 1
    return number, at + used
