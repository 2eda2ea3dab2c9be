"""How is a form of `periods.csv` written? As a regular expression over folded text, with {names} for the numbers.

A blank stands for up to three blanks; parentheses never capture; `{year}` and the other names capture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

YEAR = r"(?:19|20)\d\d"
MONTH = r"1[0-2]|0?[1-9]"
DAY = r"[12]\d|3[01]|0?[1-9]"
NUMBERS = {
    "year": YEAR,
    "year1": YEAR,
    "year2": YEAR,
    "month": MONTH,
    "month2": MONTH,
    "day": DAY,
    "day2": DAY,
    "late": r"1[3-9]|2\d|3[01]",  # a day that no month can be: "30/4" is no ratio
    "late2": r"1[3-9]|2\d|3[01]",
    "quarter": "[1-4]",
    "quarter2": "[1-4]",
    "count": r"\d{1,2}",
}
SHAPES = {"sep": r" ?[/.-] ?", "roman": "[ivx]{1,6}"}
Words = Mapping[str, Mapping[str, int]]
CAPTURES = {name: name for name in (*NUMBERS, "stem", "branch", "rel")} | {
    "month_word": "month",
    "late": "day",
    "late2": "day2",
}
NAME = re.compile(r"\{(\w+)\}")
PART = re.compile(r"(?<!\\)\((?!\?)")
BLANK = re.compile(r"(?P<lookbehind>\(\?<[=!][^)]*\))| (?P<optional>\??)")
WORD = re.compile(r"[^\W\d_]+")
LOOKAROUND = re.compile(r"\(\?<?[!=]")
DIGITS, YEARS = "#", "####"  # what a form begins with that begins with one or two digits, with four


def compile_form(form: str, words: Words, shapes: Mapping[str, str]) -> re.Pattern[str]:
    """A form as a pattern that matches whole words and whole numbers.

    >>> compile_form("năm {year}", {}, {}).match("năm 2018 có")["year"]
    '2018'
    """
    seen: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        name = match[1]
        if name in shapes:
            return f"(?:{shapes[name]})"
        if name not in CAPTURES:
            raise KeyError(name)
        seen[name] = seen.get(name, -1) + 1
        group = f"{name}__{seen[name]}" if seen[name] else name
        spoken = sorted(words.get(name.rstrip("2"), ()), key=len, reverse=True)
        return f"(?P<{group}>{'|'.join(filter(None, [NUMBERS.get(name, ''), *spoken]))})"

    body = BLANK.sub(blanks, NAME.sub(named, PART.sub("(?:", form)))
    # a number ends here: no digit follows, no decimals, no further part of a date or a document's number
    return re.compile(rf"(?:{body})(?!\w|[.,/-]\d|[/-][^\W\d_])")


def blanks(match: re.Match[str]) -> str:
    """Up to three blanks for one; look-behinds have one length and stay."""
    return match["lookbehind"] or (" {0,3}" if match["optional"] else " {1,3}")


def openings(form: str, words: Words) -> set[str]:
    """The words a form may begin with; DIGITS or YEARS for a number.

    >>> sorted(openings("(kể )?từ (năm )?{year}", {}))
    ['kể', 'từ']
    """
    found: set[str] = set()
    for branch in split(form):
        rest = branch
        while rest:
            if rest[0] == "{":
                name = rest[1 : rest.index("}")]
                found |= {word.split()[0] for word in words.get(name.rstrip("2"), ())}
                found |= {YEARS if NUMBERS[name] == YEAR else DIGITS} if name in NUMBERS else set()
                break
            if rest[0] == "(":
                inner, rest, optional = parenthesis(rest)
                if inner.startswith("?"):
                    continue
                found |= openings(inner, words)
                if not optional:
                    break
            elif rest.startswith("\\(?"):
                rest = rest[3:]
            else:
                word = WORD.match(rest)
                found |= {word[0]} if word else {DIGITS, YEARS}
                break
    return found


def split(form: str) -> list[str]:
    """The alternatives of a form, split at the bars outside parentheses."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(form):
        if character in "()" and (at == 0 or form[at - 1] != "\\"):
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            parts.append(form[start:at])
            start = at + 1
    return [*parts, form[start:]]


def parenthesis(form: str) -> tuple[str, str, bool]:
    """What stands in the parentheses a form begins with, what follows them, and whether they may be left out."""
    depth = 0
    for at, character in enumerate(form):
        if character in "()" and (at == 0 or form[at - 1] != "\\"):
            depth += 1 if character == "(" else -1
        if depth == 0:
            rest = form[at + 1 :]
            optional = rest.startswith(("?", "{0,"))
            return form[1:at], re.sub(r"\A(?:\?|\{0,\d\})", "", rest), optional
    raise re.error(f"a parenthesis stays open in {form!r}")
