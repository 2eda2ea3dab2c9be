"""What can a comparison be asked? The options of `compare`, checked."""

from __future__ import annotations

from dataclasses import dataclass

from extract.data.comparing.boundaries import NEW, OLD, Boundaries
from extract.data.comparing.measures import Breakdowns, Measures
from extract.data.comparing.timespans import parse_timespan
from extract.errors import SolieuError

LABEL = "label:"  # before the words of an indicator that the registry does not know
LEVELS = ("province", "country", "region", "district", "commune", "village")
STATUSES = ("reported", "target", "criterion", "estimate")
PREFER = ("precise", "named", "latest")
DERIVED = ("share", "rank", "target", "difference", "growth")


class CompareError(SolieuError):
    """A comparison was asked for that cannot be made; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to compare; the defaults ask for what most provinces share, each province's latest reported level.

    >>> Question(boundaries="62")
    Traceback (most recent call last):
    extract.data.comparing.question.CompareError: boundaries: '62' is none of stated, 63, 34
    """

    indicators: tuple[str, ...] = ()  # registry codes; "party.committee." for all that begin so; "label:" and words
    by: tuple[str, ...] = ()  # dimensions of breakdown (sex, age, education ...), or "all"
    periods: tuple[str, ...] = ()  # ISO 8601; "latest" (the default) or "all"
    within: str = ""  # only periods that lie in this one
    level: str = "province"
    boundaries: str = "stated"  # "63", "34", or each statement's own territory
    provinces: tuple[str, ...] = ()  # codes of the 63-list; of the 34-list where boundaries is "34"
    statuses: tuple[str, ...] = ("reported",)
    changes: bool = False  # also sizes of changes and comparisons, in cells of their own
    labels: bool = False  # also indicators the registry does not know, by their words
    derive: tuple[str, ...] = ()  # share, rank, target, difference:PERIOD, growth:PERIOD
    top: int = 12  # columns to show where no indicator is named; 0 for all
    prefer: tuple[str, ...] = PREFER  # which of several agreeing statements stands for them
    settle: str = "none"  # which value a contradiction takes: none, latest, sources

    def __post_init__(self) -> None:
        check("level", [self.level], LEVELS)
        check("boundaries", [self.boundaries], ("stated", OLD, NEW))
        check("status", self.statuses, STATUSES)
        check("prefer", self.prefer, PREFER)
        check("settle", [self.settle], ("none", "latest", "sources"))
        check("derive", [name.partition(":")[0] for name in self.derive], DERIVED)
        for period in (*self.periods, *self.bases, *filter(None, [self.within])):
            if period not in ("latest", "all", "recurring", "now") and not parse_timespan(period).text:
                raise CompareError(f"{period!r} is no period; write 2020, 2021-06 or 2020/2025")

    @property
    def latest(self) -> bool:
        """Whether each place shows its latest value, whatever the period."""
        return not self.periods or "latest" in self.periods

    @property
    def bases(self) -> tuple[str, ...]:
        """The periods that differences and growth are counted from."""
        return tuple(name.partition(":")[2] for name in self.derive if name.startswith(("difference", "growth")))

    @property
    def open_labels(self) -> bool:
        """Whether indicators without a code are compared by their words."""
        return self.labels or any(code.startswith(LABEL) for code in self.indicators)

    def names(self, code: str) -> bool:
        """Whether `code` is asked for."""
        return any(code == one or (one.endswith(".") and code.startswith(one)) for one in self.indicators)

    def check_indicators(self, measures: Measures) -> None:
        """Raises CompareError for a code the registry does not know."""
        for one in self.indicators:
            known = one.startswith(LABEL) or one in measures
            if not known and not (one.endswith(".") and any(code.startswith(one) for code in measures)):
                more = any(code.startswith(f"{one}.") for code in measures)
                hint = f"write '{one}.' for all that begin so" if more else "`solieu indicators WORDS` finds them"
                raise CompareError(f"no indicator {one!r}; {hint}")

    def check_dimensions(self, breakdowns: Breakdowns) -> None:
        """Raises CompareError for a dimension that no facet belongs to."""
        check("by", self.by, (*sorted(breakdowns.dimensions), "all"))

    def check_provinces(self, boundaries: Boundaries) -> None:
        """Raises CompareError for a code that is not in the list of provinces."""
        list_ = NEW if self.boundaries == NEW else OLD
        for code in self.provinces:
            if (list_, code) not in boundaries.names:
                raise CompareError(
                    f"province: {code!r} is no code of the list of {list_}; `solieu places NAME` finds it"
                )


def check(option: str, given: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    """Raises CompareError where a value is none of the known ones."""
    for value in given:
        if value not in known:
            raise CompareError(f"{option}: {value!r} is none of {', '.join(known)}")
