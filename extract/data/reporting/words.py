"""Which words does the page speak? Interface strings from `report.toml`, names of indicators and provinces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.patterns import PatternError, Patterns

LANGUAGES = ("vi", "en")
Words = dict[str, list[str]]


def load_words(patterns: Patterns) -> Words:
    """The interface strings, [Vietnamese, English] by "section.name". Raises PatternError where one is missing.

    >>> from extract.patterns import load_patterns
    >>> load_words(load_patterns())["kind.percent"]
    ['tỷ lệ %', 'percentage']
    """
    words = dict(flatten(patterns.sections("report.toml")))
    repairs = patterns.sections("checks.toml")["repair"]
    words |= {f"repair.{name}": [told["vi"], told["en"]] for name, told in repairs.items()}
    for key, pair in words.items():
        if not (isinstance(pair, list) and len(pair) == len(LANGUAGES) and all(isinstance(one, str) for one in pair)):
            raise PatternError(f"{patterns.folder / 'report.toml'}: {key} must be a Vietnamese and an English string")
    return words


def flatten(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of a TOML file under dotted names."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


class Names:
    """The names of indicators in both languages and of provinces in both lists."""

    def __init__(self, patterns: Patterns) -> None:
        columns = tuple(patterns.text("indicators.csv").partition("\n")[0].strip().split(","))
        rows = patterns.rows("indicators.csv", columns, key=("code",), blank=columns)
        self.indicators = {row["code"]: [row["vi"], row["en"]] for row in rows}
        columns = tuple(patterns.text("places.csv").partition("\n")[0].strip().split(","))
        places = patterns.rows("places.csv", columns, key=("list", "code", "name"), blank=columns)
        provinces = [row for row in places if len(row["code"]) == 2]
        self.provinces = {
            list_: {row["code"]: row["name"] for row in provinces if row["list"] == list_} for list_ in ("63", "34")
        }

    def used(self, data: dict[str, Any]) -> dict[str, Any]:
        """The names that a page's data needs."""
        cells = [cell for found in data.get("cells", {}).values() for cell in found]
        codes = {figure.get("indicator", "") for article in data["articles"] for figure in article["figures"]}
        codes |= {cell["indicator"] for cell in cells}
        codes |= {cell.get("whole", "").partition("; ")[0] for cell in cells}
        known = {code: self.indicators[code] for code in sorted(codes) if code in self.indicators}
        return {"indicators": known, "provinces": self.provinces}
