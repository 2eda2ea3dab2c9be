"""What may be done with an indicator's values? Its unit, wholes and parts, as the registry says, for the tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.patterns import PatternError, Patterns, Row

UPPER, LOWER = ("less", "most"), ("more", "least")  # bounds that say on which side a target is met


@dataclass(frozen=True, slots=True)
class Measure:
    """What the registry says of an indicator."""

    code: str
    name: str
    unit: str
    kind: str  # count, amount, rate, ratio, average, index
    additive: bool  # may be summed over places
    of: str  # the indicator a percentage of it is a share of; empty
    base: str  # the indicator it is a part of; empty
    dims: tuple[tuple[str, str], ...]  # which part: ("sex", "female")


class Measures(dict[str, Measure]):
    """Measures by code, with the rules of `compare.toml` on units, merging and targets."""

    def __init__(self, patterns: Patterns) -> None:
        wanted = ("code", "vi", "unit", "kind", "additive", "of", "base", "dims")
        super().__init__((row["code"], read_measure(row)) for row in rows_with(patterns, "indicators.csv", wanted))
        rules = patterns.sections("compare.toml")
        self.factors = {unit: (target, Decimal(factor)) for unit, (target, factor) in rules["convert"].items()}
        self.apart = frozenset(rules["apart"]["units"])
        self.unmergeable = tuple(rules["unmergeable"]["codes"])
        self.smaller = frozenset(rules["smaller_is_better"]["codes"])

    def convert(self, code: str, unit: str) -> tuple[str, Decimal]:
        """The unit an amount of `code` is compared in, and the exact factor to it.

        >>> from extract.patterns import load_patterns
        >>> load_patterns().compiled(Measures).convert("land.area", "km2")
        ('ha', Decimal('100'))
        """
        target, factor = self.factors.get(unit, (unit, Decimal(1)))
        return (target, factor) if code in self and self[code].unit == target else (unit, Decimal(1))

    def met_by_less(self, code: str, bound: str, change: str = "none") -> bool:
        """Whether a target is met by its value or less: the text decides, else what is better for `code`.

        How far something that should be small is to fall ("down") is met by more.

        >>> from extract.patterns import load_patterns
        >>> measures = load_patterns().compiled(Measures)
        >>> measures.met_by_less("poverty.rate", "exact"), measures.met_by_less("poverty.rate", "least")
        (True, False)
        >>> measures.met_by_less("pop.total", "most"), measures.met_by_less("poverty.rate", "exact", "down")
        (True, False)
        """
        if bound in UPPER or bound in LOWER:
            return bound in UPPER
        return change == "none" and code in self.smaller

    def adds_up(self, code: str) -> bool:
        """Whether counts and amounts of `code` add up over places."""
        return code in self and self[code].additive and not code.startswith(self.unmergeable)

    def lies_between(self, code: str) -> bool:
        """Whether the value for places taken together lies between the values of its parts: shares and averages do."""
        return code in self and self[code].kind != "index" and not code.startswith(self.unmergeable)

    def whole(self, code: str) -> str:
        """The indicator that a percentage of `code` is a share of; empty where the registry has none."""
        return self[code].of or self[code].base if code in self else ""


def read_measure(row: Row) -> Measure:
    """The record of one row of `indicators.csv`."""
    dims = [dim.partition("=") for dim in row["dims"].split("; ") if dim]
    return Measure(
        row["code"], row["vi"], row["unit"], row["kind"], row["additive"] == "yes", row["of"], row["base"],
        tuple((key, value) for key, _, value in dims),
    )  # fmt: skip


def rows_with(patterns: Patterns, name: str, wanted: tuple[str, ...]) -> list[Row]:
    """The rows of a pattern file that the text wing owns and checks; here only the columns used must be there."""
    header = tuple(patterns.text(name).partition("\n")[0].rstrip("\r").split(","))
    if missing := set(wanted) - set(header):
        raise PatternError(f"{patterns.folder / name}:1: no column {', '.join(sorted(missing))}")
    return patterns.rows(name, header, key=header, blank=header)


class Breakdowns:
    """Which dimension a facet belongs to, and which facet an indicator's own part stands for."""

    def __init__(self, patterns: Patterns) -> None:
        rules, subjects = patterns.sections("compare.toml"), patterns.sections("subjects.toml")
        self.implied: dict[str, str] = rules["implied"]
        self.words: dict[str, str] = rules["word"]
        self.alias: dict[str, str] = {
            name: dimension for dimension, names in rules["dimensions"].items() for name in names
        }
        rows = rows_with(patterns, "facets.csv", ("dimension", "value"))
        self.values = {row["value"]: self.alias.get(row["dimension"], row["dimension"]) for row in rows}
        self.prefixes: dict[str, str] = {}
        for dimension, prefix in subjects["dimension"].items():
            self.prefixes.setdefault(prefix, self.alias.get(dimension, dimension))
        self.folk = f"{subjects['facet']['folk']} "
        implied = (dims.partition("=")[0] for dims in self.implied)
        self.dimensions = {*self.values.values(), *self.prefixes.values(), *self.words, *implied, "ethnicity", "other"}

    def dimension(self, facet: str) -> str:
        """The dimension of a facet, "other" where none is known.

        >>> from extract.patterns import load_patterns
        >>> load_patterns().compiled(Breakdowns).dimension("nữ")
        'sex'
        """
        prefix, colon, _ = facet.partition(": ")
        if colon and prefix in self.prefixes:
            return self.prefixes[prefix]
        if facet in self.values:
            return self.values[facet]
        if facet.startswith(self.folk):
            return "ethnicity"
        return next((dimension for dimension, word in self.words.items() if word in facet.split()), "other")

    def settle(self, code: str, facets: tuple[str, ...], measures: Measures) -> tuple[str, tuple[str, ...]]:
        """One spelling of indicator and facets: a part whose facet is known is its base with that facet.

        >>> from extract.patterns import load_patterns
        >>> patterns = load_patterns()
        >>> measures, breakdowns = patterns.compiled(Measures), patterns.compiled(Breakdowns)
        >>> breakdowns.settle("party.committee.female", (), measures)
        ('party.committee.members', ('nữ',))
        """
        held = set(facets)
        seen = {self.dimension(facet) for facet in facets}
        while code in measures and (measure := measures[code]).base and measure.dims:
            known = [self.implied.get(f"{key}={value}", "") for key, value in measure.dims if key not in seen]
            if not all(known):
                break
            held.update(known)
            code = measure.base
        return code, tuple(sorted(held))

    def extra(self, code: str, facets: tuple[str, ...], measures: Measures) -> frozenset[str]:
        """The dimensions in which facets narrow an indicator beyond what its code says."""
        own = {key for key, _ in measures[code].dims} if code in measures else set()
        return frozenset(map(self.dimension, facets)) - own
