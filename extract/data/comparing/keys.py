"""When are two figures about the same thing? One spelling for indicator, breakdown, unit, whole, period and place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from extract.data.comparing.boundaries import NEW, OLD, Boundaries
from extract.data.comparing.coded import Coded, join
from extract.data.comparing.measures import Breakdowns, Measures
from extract.data.comparing.question import LABEL
from extract.data.comparing.timespans import Timespan, parse_timespan
from extract.patterns import Patterns

# Two figures belong to one cell where all of these are the same.
KEY = (
    "territory", "province", "level", "place", "indicator", "breakdown", "measure", "unit", "whole", "change", "vs",
    "status", "span",
)  # fmt: skip
Columns = dict[str, Coded]


def key_topics(columns: Columns, patterns: Patterns) -> Columns:
    """For rows of figures the indicator and breakdown they are compared under, "topic", beside those stated."""
    keyer = Keyer(patterns, "stated")
    coded = columns["indicator"].holds(bool)
    label = columns["indicator_label"].where(~coded, Coded.constant("", len(coded)))
    topic = join(columns["indicator"], label, columns["breakdown"]).map(lambda values: keyer.topic(*values))
    return {"original": columns["indicator"], "stated": columns["breakdown"], "label": label, "topic": topic}


def key_rows(columns: Columns, patterns: Patterns, *, boundaries: str = "stated") -> Columns:
    """The columns of KEY for rows of figures with their topics; "value" and "high" in the unit they are compared in."""
    keyer = Keyer(patterns, boundaries)

    def over(change: Callable[..., Any], *names: str) -> Coded:
        return join(*(columns[name] for name in names)).map(lambda values: change(*values))

    columns["words"] = columns["place"]
    units = over(keyer.unit, "kind", "indicator", "unit")
    dated = columns["period"].holds(lambda period: period.endswith("now"))
    columns["day"] = columns["published"].where(dated, Coded.constant("", len(dated)))
    land = over(keyer.land, "place_level", "province", "province_2025", "territory")
    return {
        "territory": land.map(lambda pair: pair[0]),
        "province": land.map(lambda pair: pair[1]),
        "level": columns["place_level"],
        "place": over(keyer.place, "province", "place_level", "place"),
        "indicator": columns["topic"].map(lambda topic: topic[0]),
        "breakdown": columns["topic"].map(lambda topic: topic[1]),
        "measure": columns["kind"],
        "unit": units.map(lambda pair: pair[0]),
        "whole": over(keyer.whole, "kind", "indicator", "topic", "den"),
        "change": columns["change"],
        "vs": columns["vs"].map(one_line),
        "status": columns["status"],
        "span": over(keyer.span, "period", "day", "period_text"),
        "value": rescale(columns["value"], units),
        "high": rescale(columns["high"], units),
        "factor": units.map(lambda pair: pair[1]),
    }


class Keyer:
    """The rules that give a row its keys; each is called once a combination of cells."""

    def __init__(self, patterns: Patterns, boundaries: str) -> None:
        self.measures, self.breakdowns = patterns.compiled(Measures), patterns.compiled(Breakdowns)
        self.boundaries, self.list = patterns.compiled(Boundaries), boundaries
        self.seasons = frozenset(patterns.sections("compare.toml")["season"]["words"])

    def topic(self, code: str, label: str, breakdown: str) -> tuple[str, str]:
        """Indicator and breakdown."""
        settled, held = self.breakdowns.settle(code, facets_of(breakdown), self.measures)
        return settled or LABEL + one_line(label), "; ".join(held)

    def whole(self, kind: str, code: str, topic: tuple[str, str], den: tuple[str, str]) -> str:
        """What a percentage is a share of: what it is linked to, else the whole the registry names."""
        if kind != "percent" or not code:
            return ""
        if den[0]:
            return "; ".join(filter(None, self.topic(den[0], "", den[1])))
        measure = self.measures.get(code)
        counted = measure is not None and measure.kind in ("count", "amount")
        return topic[0] if topic[1] and counted else self.measures.whole(code)

    def unit(self, kind: str, code: str, unit: str) -> tuple[str, Decimal]:
        """The unit values are compared in and the factor to it; people are people, however they are called."""
        if kind == "amount":
            return self.measures.convert(code, unit)
        word = one_line(unit)
        return (word if kind == "percent" or "/" in word or word in self.measures.apart else ""), Decimal(1)

    def span(self, period: str, day: str, said: str) -> Timespan:
        """The stretch of time; the words that said it may name a part of that: "7 ngày Tết" are no month."""
        span = parse_timespan(period, day)
        dated = len(span.text.partition("/")[0]) == len("2017-01-31")
        return span if dated or self.seasons.isdisjoint(one_line(said).split()) else replace(span, kind="season")

    def land(self, level: str, province: str, province_2025: str, territory: str) -> tuple[str, str]:
        """The list a territory belongs to and the province's code in it; ("", "") where the list asked for has none."""
        if level in ("country", "region") or not province.isdigit():
            return "", province
        if self.boundaries.is_unchanged(province):
            return (NEW if self.list == NEW else OLD), province
        if territory == NEW:
            return (NEW, province_2025) if self.list != OLD and province_2025 else ("", "")
        return OLD, province

    def place(self, province: str, level: str, place: str) -> str:
        """A place below a province; empty for the province itself."""
        return "" if level in ("province", "country") else self.boundaries.place(province, level, place)


def facets_of(breakdown: str) -> tuple[str, ...]:
    """The facets of a breakdown cell.

    >>> facets_of("nữ; dưới 40 tuổi")
    ('nữ', 'dưới 40 tuổi')
    """
    return tuple(facet for facet in breakdown.split("; ") if facet)


def one_line(text: str) -> str:
    """Small letters, single blanks."""
    return " ".join(text.lower().split())


def rescale(values: Coded, units: Coded) -> Coded:
    """Values in the unit they are compared in."""
    if all(factor == 1 for _, factor in units.values):
        return values
    return join(values, units).map(lambda pair: scale(pair[0], pair[1][1]))


def scale(value: str, factor: Decimal) -> str:
    """A decimal string times an exact factor.

    >>> scale("25", Decimal("100")), scale("", Decimal("0.1"))
    ('2500', '')
    """
    return format((Decimal(value) * factor).normalize(), "f") if value and factor != 1 else value
