"""Which organisations does a text name? An office and the place it is of: `Huyện ủy Na Hang`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.patterns import Patterns
from extract.reading.surfaces import at_word
from extract.records import Place, Span, View

REACH = 60  # characters before a place's name in which its office begins


def compile_offices(patterns: Patterns) -> re.Pattern[str]:
    """An office that ends where the text searched ends, with at most four words of its own name."""
    rows = patterns.rows("places_words.csv", ("surface", "role", "level", "example"))
    offices = [row["surface"] for row in rows if row["role"] == "office"] + patterns.sections("places.toml")["organ"]
    return re.compile(rf"{at_word(offices)}(?:,?\s[^\W\d_]+){{0,4}}\s\Z")


def find_organisations(view: View, places: Iterable[Place], patterns: Patterns) -> list[Span]:
    """The spans of offices with the place they are of, in text order.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.view import make_view
    >>> view = make_view("Huyện ủy Na Hang họp", load_patterns())
    >>> find_organisations(view, [Place(9, 16, "Na Hang", "district", "Na Hang", "08")], load_patterns())
    [(0, 16)]
    """
    offices = patterns.compiled(compile_offices)
    found = []
    for place in places:
        office = offices.search(view.folded, max(0, place.start - REACH), place.start)
        if office and view.text[office.start()].isupper():  # a name, not "các sở, ngành của tỉnh"
            found.append((office.start(), place.end))
    return found
