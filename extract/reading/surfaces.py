"""How is a pattern for any of many surfaces written so that a search for it is fast?

A pattern that begins with a look-behind is tried at every character of a text. One that begins with the first letters
of its surfaces is tried only where one of these stands, which halves the time of a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(surfaces: Iterable[str]) -> str:
    r"""A pattern for any of `surfaces`, the longest first.

    >>> any_of(["xe", "xe ca"])
    '(?:xe\\ ca|xe)'
    """
    return f"(?:{'|'.join(longest_first(surfaces))})"


def at_word(surfaces: Iterable[str]) -> str:
    r"""A pattern for any of `surfaces` where a word begins, the longest first.

    >>> at_word(["ao", "xe", "áo ao", "xe ca"])
    '(?:a(?<!\\wa)(?:o)|x(?<!\\wx)(?:e\\ ca|e)|á(?<!\\wá)(?:o\\ ao))'
    """
    return at_word_forms(longest_first(surfaces))


def whole_word(surfaces: Iterable[str]) -> str:
    """A pattern for any of `surfaces`, not inside another word."""
    return rf"{at_word(surfaces)}(?!\w)"


def longest_first(surfaces: Iterable[str]) -> list[str]:
    """A pattern for each of `surfaces`; in this order the longest wins."""
    return [re.escape(text) for text in sorted(set(surfaces), key=lambda text: (-len(text), text))]


def at_word_forms(forms: Iterable[str]) -> str:
    """A pattern for any of `forms` where a word begins; each is a pattern that begins with a letter. The first wins."""
    rests: dict[str, list[str]] = {}
    for form in forms:
        first = form[: 2 if form[0] == "\\" else 1]
        rests.setdefault(first, []).append(form[len(first) :])
    return "(?:" + "|".join(rf"{first}(?<!\w{first})(?:{'|'.join(rests[first])})" for first in sorted(rests)) + ")"
