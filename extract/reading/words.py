"""Where do words begin and end? underthesea's words on the exact text, in linear time on any input.

Tokens (syllables, numbers, marks, addresses) are found by a copy of underthesea's token pattern in which the parts that
take it exponential or quadratic time are bounded; its word model says which tokens join.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.reading.word_model import load_joins
from extract.records import Span

VOWELS = ("a", "a\u0306", "a\u0302", "e", "e\u0302", "i", "o", "o\u0302", "o\u031b", "u", "u\u031b", "y")
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LOWER = "a-z\u0111" + "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
UPPER = LOWER.replace("a-z", "A-Z").upper()
LETTER = f"[{LOWER}{UPPER}]"

# The order decides. Bounded here and not in underthesea: addresses, names of hosts, e-mail. Its "Th.S" takes any
# character for the dot ("Th S"), which is not copied. The first line is for speed: the others find the same.
TOKENS = (
    r"[^\W\d_\u02ba]\w*+(?=[\s,;)\"\u201d])|\d++(?=\s)|[,;()]",
    r"=>|==>|->|\.{2,}|-{2,}|>>|\d+x\d+|v\.v\.\.\.|v\.v\.|v\.v|\u00b0[CF]",
    # abbreviations, plates
    r"[A-Z\u0110]+&[A-Z\u0110]+|T\.\u01af",
    rf"[{UPPER}]+(?:\.{LETTER}+)+\.?|{LETTER}+['\u2019]{LETTER}+",
    r"[A-Z\u0110]+\.(?!$)|Tp\.|M(?:r|rs|s)\.|Dr\.|ThS\.|Th\.[Ss]|e-mail|\d+[A-Z]+\d*-\d+|N\u0110-CP",
    # addresses, hosts, e-mail
    r"(?:(?:ftp|http)s?:(?:/{1,3}|[a-z0-9%])|(?=[a-z0-9.\-]{4,255}/)[a-z0-9.\-]{1,253}\.[a-z]{2,13}/)"
    r"(?:[^\s()<>{}\[\]]|\([^\s()]{1,255}\)){1,2047}"
    r"(?:\([^\s()]{1,255}\)|[^\s`!()\[\]{};:'\".,<>?\u00ab\u00bb\u201c\u201d\u2018\u2019])",
    r"(?<!@)[a-z0-9]{1,63}(?:[.\-][a-z0-9]{1,63}){0,7}\.[a-z]{2,13}\b/?(?!@)",
    r"[a-zA-Z0-9_.+-]{1,64}@[a-zA-Z0-9-]{1,255}\.[a-zA-Z0-9-.]+",
    # telephones, dates, times, numbers
    r"\d{2,}-\d{3,}-\d{3,}",
    r"\d{1,2}/\d{1,2}/\d+|\d{1,2}/\d{1,4}|\d{1,2}-\d{1,2}-\d+|\d{1,2}-\d{1,4}|\d{1,2}\.\d{1,2}\.\d+",
    r"\d{4}/\d{1,2}/\d{1,2}|\d{2}:\d{2}:\d{2}",
    r"\d+[A-Z]+\d*",
    r"\d+(?:\.\d+)+,\d+|\d+(?:\.\d+)+|\d+(?:,\d+)+|\d+(?:[.,_]\d+)?",
    # the rest
    r":\)+|=\){2,}|\u2665\u203f\u2665|:D+(?=\s|$)|<3",
    r"\u02ba|\b\w+-[\w+-]*\w+|\w+|:+|\S",
)
TOKEN = re.compile(rf"(?=\S)(?:{'|'.join(TOKENS)})")  # a blank is passed before all parts are tried on it
LINE_BREAK = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85]")


def find_tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of the tokens in `text[start:end]`: every character but blanks is in one.

    >>> text = "Đạt 98,5% (60.542 ha)."
    >>> [text[start:end] for start, end in find_tokens(text)]
    ['Đạt', '98,5', '%', '(', '60.542', 'ha', ')', '.']
    """
    return [match.span() for match in TOKEN.finditer(text, start, len(text) if end is None else end)]


def find_words(texts: Sequence[str], *, edges: Sequence[Iterable[int]] = ()) -> list[list[Span]]:
    """The spans of the words of each of `texts`: its tokens, joined as underthesea joins them.

    No word crosses a line break or one of the `edges` (positions in each text, such as where a figure starts and ends).

    >>> text = "Toàn tỉnh có 27 đảng bộ trực thuộc"
    >>> [text[start:end] for start, end in find_words([text])[0]]
    ['Toàn', 'tỉnh', 'có', '27', 'đảng bộ', 'trực thuộc']
    """
    joins = load_joins()
    found = []
    for at, text in enumerate(texts):
        tokens = find_tokens(text)
        words = join(tokens, joins([text[start:end] for start, end in tokens]))
        borders = sorted({*(edges[at] if edges else ()), *(match.start() for match in LINE_BREAK.finditer(text))})
        found.append(cut(text, words, borders))
    return found


def join(tokens: Sequence[Span], joins: Sequence[bool]) -> list[Span]:
    """The tokens, each that goes on with a word added to it."""
    starts = [start for (start, _), joined in zip(tokens, joins, strict=True) if not joined]
    ends = [end for (_, end), joined in zip(tokens, joins[1:], strict=False) if not joined]
    return list(zip(starts, [*ends, *(end for _, end in tokens[-1:])], strict=True))


def cut(text: str, words: list[Span], borders: Iterable[int]) -> list[Span]:
    """The words cut at the borders inside them, without the blanks there."""
    starts = [start for start, _ in words]
    inside: dict[int, list[int]] = {}  # word -> the borders in it
    for border in borders:
        at = bisect_left(starts, border) - 1
        if at >= 0 and border < words[at][1]:
            inside.setdefault(at, []).append(border)
    for at in reversed(inside):
        start, end = words[at]
        words[at : at + 1] = strip_parts(text, [start, *inside[at], end])
    return words


def strip_parts(text: str, bounds: Sequence[int]) -> Iterator[Span]:
    """The parts between `bounds` without the blanks around them, none empty."""
    for left, right in pairwise(bounds):
        part = text[left:right]
        bare = part.strip()
        if bare:
            begin = left + len(part) - len(part.lstrip())
            yield begin, begin + len(bare)
