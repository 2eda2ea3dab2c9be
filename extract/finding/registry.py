"""Which indicators are known? The registry of `indicators.csv` and its aliases, and the search over it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from extract.finding.place.gazetteer import strip_marks
from extract.finding.wording import Wording
from extract.patterns import PatternError, Patterns, Row
from extract.reading.view import Orthography

INDICATOR_COLUMNS = (
    "code", "vi", "en", "unit", "kind", "additive", "of", "base", "dims", "official", "party_form", "example",
)  # fmt: skip
ALIAS_COLUMNS = ("surface", "code", "weak", "example")
WORD = re.compile(r"[^\W_]+")

Measure = Literal["count", "amount", "rate", "ratio", "average", "index"]
Weak = Literal["", "text", "phrase", "all"]


@dataclass(frozen=True, slots=True)
class Alias:
    """One wording of an indicator, folded."""

    surface: str
    weak: Weak  # "text": in running text only beside its topic; "all": as a counted phrase too; "phrase": only as one
    example: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the registry."""

    code: str
    vi: str
    en: str
    unit: str  # unit family, a section of `indicator_words.toml`
    kind: Measure
    additive: bool  # may be summed over places
    of: str | None  # the indicator a percentage of it is a share of
    base: str | None  # the indicator this one is a part of
    dims: tuple[tuple[str, str], ...]  # which part: ("sex", "female")
    official: str | None  # code in the national or provincial list of statistical indicators
    party_form: str | None  # statistical form of the Central Organising Commission
    example: str
    aliases: tuple[Alias, ...]

    @property
    def topic(self) -> str:
        """The first part of the code: indicators of one topic support each other's weak aliases."""
        return self.code.partition(".")[0]


class Registry(dict[str, Indicator]):
    """Indicators by code, in the order of the file."""


def load_registry(patterns: Patterns) -> Registry:
    """The registry with its aliases; use it as `patterns.compiled(load_registry)`.

    Raises PatternError naming file and line where a row names an unknown indicator or an unknown word.

    >>> from extract.patterns import load_patterns
    >>> registry = load_patterns().compiled(load_registry)
    >>> registry["poverty.rate"].of
    'pop.households'
    """
    name = "indicators.csv"
    rows = patterns.rows(name, INDICATOR_COLUMNS, key=("code",), blank=("of", "base", "dims", "official", "party_form"))
    known = {row["code"] for row in rows}
    aliases: dict[str, list[Alias]] = {code: [] for code in known}
    fold = patterns.compiled(Orthography).fold
    for row in patterns.rows("indicator_aliases.csv", ALIAS_COLUMNS, blank=("weak",)):
        if row["code"] not in known or row["weak"] not in ("", "text", "phrase", "all"):
            raise PatternError(f"indicator_aliases.csv:{row['line']}: unknown code or weakness")
        aliases[row["code"]].append(Alias(fold(row["surface"]), cast(Weak, row["weak"]), row["example"]))
    for row in rows:
        if unknown := {row["of"], row["base"]} - known - {""}:
            raise PatternError(f"{name}:{row['line']}: no such indicator: {', '.join(unknown)}")
        if row["kind"] not in ("count", "amount", "rate", "ratio", "average", "index"):
            raise PatternError(f"{name}:{row['line']}: no such kind: {row['kind']}")
    return Registry((row["code"], make_indicator(row, tuple(aliases[row["code"]]))) for row in rows)


def make_indicator(row: Row, aliases: tuple[Alias, ...]) -> Indicator:
    """The record of one row."""
    dims = [dim.partition("=") for dim in row["dims"].split("; ") if dim]
    return Indicator(
        code=row["code"], vi=row["vi"], en=row["en"], unit=row["unit"], kind=cast(Measure, row["kind"]),
        additive=row["additive"] == "yes", of=row["of"] or None, base=row["base"] or None,
        dims=tuple((key, value) for key, _, value in dims), official=row["official"] or None,
        party_form=row["party_form"] or None, example=row["example"], aliases=aliases,
    )  # fmt: skip


class SearchIndex(list[tuple[str, tuple[str, ...], tuple[str, ...]]]):
    """For each wording of each indicator: code, its words, its words without diacritics."""


def index_for_search(patterns: Patterns) -> SearchIndex:
    """The wordings that `search_indicators` looks through."""
    fold = patterns.compiled(Orthography).fold
    index = SearchIndex()
    for code, indicator in patterns.compiled(load_registry).items():
        texts = [indicator.vi, indicator.en, code, *(alias.surface for alias in indicator.aliases)]
        for text in dict.fromkeys(fold(text) for text in texts):
            index.append((code, tuple(WORD.findall(text)), tuple(WORD.findall(strip_marks(text)))))
    return index


def search_indicators(query: str, patterns: Patterns) -> list[Indicator]:
    """Indicators whose labels, code or aliases hold the words of `query`, best first; diacritics may be left out.

    Where no wording holds every word, those that hold at least half of them.

    >>> from extract.patterns import load_patterns
    >>> [found.code for found in search_indicators("ho ngheo da chieu", load_patterns())][:2]
    ['poverty.households', 'poverty.rate']
    """
    wording = patterns.compiled(Wording)
    words = [word for short in WORD.findall(wording.fold(query)) for word in wording.short.get(short, [short])]
    plain = WORD.findall(strip_marks(" ".join(words)))
    if not words:
        return []
    best: dict[str, tuple[int, float]] = {}
    for code, spoken, stripped in patterns.compiled(index_for_search):
        found = sum(any(other.startswith(word) for other in stripped) for word in plain)
        if 2 * found < len(plain):
            continue
        whole = len(set(plain) & set(stripped)) / max(len(plain), len(stripped))
        as_typed = len(set(words) & set(spoken)) / max(len(words), len(spoken))
        best[code] = max(best.get(code, (0, 0.0)), (found, whole + as_typed))
    most = max((found for found, _ in best.values()), default=0)
    registry = patterns.compiled(load_registry)
    order = {code: number for number, code in enumerate(registry)}
    kept = [code for code, (found, _) in best.items() if most < len(plain) or found == most]
    return [registry[code] for code in sorted(kept, key=lambda code: (-best[code][0], -best[code][1], order[code]))]
