"""What looks like a figure and is none? Names, ordinals, documents, clocks and codes that hold a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import regex

from extract.patterns import PatternError, Patterns

# When a number after a naming word is a figure after all: never, where a unit follows, or also where a noun does.
Unless = Literal["never", "unit", "noun"]
LONGEST = 80  # characters of the longest shape
SECONDS = 5.0  # shapes are regexes that anyone may add: one that runs away is an error of that article, not a hang
OPENING = "(\"'"  # marks that may stand before the first of them
REACH = 40  # characters before a number in which the words that make it a name are looked for


@dataclass(frozen=True, slots=True)
class Naming:
    """A row of `lookalikes.csv`: a number right after these words is a name, unless …"""

    reason: str
    unless: Unless
    most: int | None  # the greatest number that is a name: no school class is above 12


class Lookalikes:
    """`lookalikes.csv` (words before a number) and `lookalike_shapes.csv` (the shape of the number itself)."""

    def __init__(self, patterns: Patterns) -> None:
        known = {str(kind): kind for kind in get_args(Unless)}
        columns = ("surface", "reason", "unless", "most", "example")
        self.naming = {
            row["surface"]: Naming(row["reason"], known[row["unless"]], int(row["most"]) if row["most"] else None)
            for row in patterns.rows("lookalikes.csv", columns, blank=("most",))
        }
        self.longest = max(len(surface.split()) for surface in self.naming)
        self.last_words = frozenset(surface.split()[-1] for surface in self.naming)
        shapes = patterns.rows("lookalike_shapes.csv", ("reason", "regex", "example"), key=("regex",))
        self.reasons: list[str] = []
        parts = []
        for row in shapes:
            try:
                regex.compile(row["regex"])
            except regex.error as error:
                raise PatternError(f"{patterns.folder}/lookalike_shapes.csv:{row['line']}: {error}") from error
            parts.append(f"(?P<r{len(self.reasons)}>{row['regex']})")
            self.reasons.append(row["reason"])
        self.shape = regex.compile("|".join(parts))

    def shape_at(self, folded: str, at: int, end: int) -> tuple[int, str] | None:
        """End and reason of the look-alike that begins at `at`, if its shape tells."""
        match = self.shape.match(folded, at, min(end, at + LONGEST), timeout=SECONDS)
        if match is None or match.lastgroup is None:
            return None
        return match.end(), self.reasons[int(match.lastgroup[1:])]

    def naming_before(self, folded: str, begin: int, at: int) -> Naming | None:
        """The longest row whose words stand right before `at`, not before `begin`."""
        words = folded[max(begin, at - REACH) : at].split()
        if not words or (words[-1] not in self.last_words and words[-1].lstrip(OPENING) not in self.last_words):
            return None
        for count in range(min(self.longest, len(words)), 0, -1):
            surface = " ".join(words[-count:]).lstrip(OPENING)
            naming = self.naming.get(surface)
            if naming is not None:
                return naming
        return None
