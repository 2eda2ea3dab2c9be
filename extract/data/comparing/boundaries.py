"""Which provinces became which? The lists of 63 and 34, and the codes of the places in them, for the tables."""

from __future__ import annotations

from collections import defaultdict

from extract.data.comparing.measures import rows_with
from extract.patterns import Patterns

MERGER = "2025-07-01"  # the first day of the 34-list
OLD, NEW = "63", "34"
APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
LEVELS = {3: "district", 5: "commune"}


class Boundaries:
    """Both lists of provinces, how the first became the second, and the names of districts and communes."""

    def __init__(self, patterns: Patterns) -> None:
        self.names: dict[tuple[str, str], str] = {}  # by list and code
        self.successor: dict[str, str] = {}  # 63-code to 34-code
        parts = defaultdict[str, list[str]](list)
        self.types = set[str]()
        named: list[tuple[str, str, str, str]] = []
        homes: dict[str, str] = {}
        for row in rows_with(patterns, "places.csv", ("list", "code", "type", "name", "parent", "successor")):
            list_, code, parent = row["list"], row["code"], row["parent"]
            self.types.add(row["type"].lower())
            if len(code) == 2:
                self.names[list_, code] = row["name"]
                if list_ == OLD:
                    self.successor[code] = row["successor"].split()[0]
                    parts[self.successor[code]].append(code)
            elif list_ == OLD:
                homes[code] = homes.get(parent, parent)
                named.append((homes[code], LEVELS[len(code)], row["name"], code))
        spelling = rows_with(patterns, "places_spelling.csv", ("word", "variant"))
        self.spelling = {row["variant"]: row["word"] for row in reversed(spelling)}  # the first word wins
        self.parts = {code: tuple(sorted(codes)) for code, codes in parts.items()}
        found = defaultdict[tuple[str, str, str], set[str]](set)
        for province, level, name, code in named:
            found[province, level, self.fold(name)].add(code)
        self.ordered_types = sorted(self.types, key=lambda kind: (-len(kind), kind))
        self.codes = {key: min(codes) for key, codes in found.items() if len(codes) == 1}

    def is_unchanged(self, code: str) -> bool:
        """Whether a province of either list has the same territory in the other.

        >>> from extract.patterns import load_patterns
        >>> boundaries = load_patterns().compiled(Boundaries)
        >>> boundaries.is_unchanged("01"), boundaries.is_unchanged("08"), boundaries.parts["08"]
        (True, False, ('02', '08'))
        """
        return self.parts.get(code) == (code,)

    def place(self, province: str, level: str, place: str) -> str:
        """One spelling of a place below a province: its code where its name stands for one place only, else its words.

        >>> from extract.patterns import load_patterns
        >>> boundaries = load_patterns().compiled(Boundaries)
        >>> boundaries.place("08", "district", "Na Hang") == boundaries.place("08", "district", "huyện Na Hang")
        True
        """
        words = self.fold(place)
        bare = next((words[len(kind) + 1 :] for kind in self.ordered_types if words.startswith(kind + " ")), words)
        return self.codes.get((province, level, words)) or self.codes.get((province, level, bare)) or words

    def fold(self, name: str) -> str:
        """A name in small letters and one spelling.

        >>> from extract.patterns import load_patterns
        >>> load_patterns().compiled(Boundaries).fold("Huyện Đăk R’lấp")
        "huyện đắk r'lấp"
        """
        plain = name.lower().translate(APOSTROPHES)
        return " ".join(self.spelling.get(word, word) for word in plain.split())
