"""Does a source round or cut off, and how much of it could be tested at all? Read from rows of the `checks` table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.data.checking.context import CheckWords
from extract.patterns import Patterns
from extract.records import Check

RECOMPUTED = frozenset({"share", "completion", "attainable", "change"})
TELLING = RECOMPUTED - {"attainable"}  # a count found to fit tells nothing of how it was rounded
COMPLETE = frozenset({"one_sided", "other_unit", "doubtful"})  # everything is stated, and still it cannot be told
ENOUGH = 3  # numbers that tell cutting from rounding, before a habit is one
SHARE = 4  # and four in five of them


@dataclass(frozen=True, slots=True)
class Habit:
    """How a source prints percentages: `cut` and `rounded` count those that only the one or the other explains."""

    source: str
    cut: int
    rounded: int
    habit: Literal["cuts", "rounds", "mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many percentages were there, could be tested, were; and why the others were not."""

    percentages: int
    testable: int
    tested: int
    reasons: tuple[tuple[str, int], ...]  # sections [reason.*] of `checks.toml`, most frequent first


def find_habits(checks: Iterable[Check], sources: Mapping[str, str | None] | None = None) -> list[Habit]:
    """The habit of each source: of each article, or of what `sources` names for an article (its outlet).

    >>> find_habits([])
    []
    """
    cut, rounded = Counter[str](), Counter[str]()
    for check in checks:
        source = check.article if sources is None else sources.get(check.article)
        if source is None or check.type not in TELLING or check.low != check.high:
            continue
        modes = (check.rounding or "").split("; ")
        cut[source] += "truncated" in modes and "half_up" not in modes
        rounded[source] += "half_up" in modes and "truncated" not in modes
    return [name_habit(source, cut[source], rounded[source]) for source in sorted({*cut, *rounded})]


def name_habit(source: str, cut: int, rounded: int) -> Habit:
    """The habit that so many cut and rounded numbers show.

    >>> [name_habit("a", cut, rounded).habit for cut, rounded in [(6, 0), (1, 7), (3, 3), (1, 0)]]
    ['cuts', 'rounds', 'mixed', 'unknown']
    """
    if cut + rounded < ENOUGH:
        return Habit(source, cut, rounded, "unknown")
    if cut >= SHARE * rounded:
        return Habit(source, cut, rounded, "cuts")
    return Habit(source, cut, rounded, "rounds" if rounded >= SHARE * cut else "mixed")


def excuse_habits(
    checks: Sequence[Check], patterns: Patterns, sources: Mapping[str, str | None] | None = None
) -> list[Check]:
    """The checks, with what a habitual truncator cut off as information instead of a notice."""
    words = patterns.compiled(CheckWords)
    cutters = {one.source for one in find_habits(checks, sources) if one.habit == "cuts"}
    return [
        excuse(check, words)
        if check.verdict == "truncated"
        and (check.article if sources is None else sources.get(check.article)) in cutters
        else check
        for check in checks
    ]


def excuse(check: Check, words: CheckWords) -> Check:
    """A check of what a habitual truncator cut off, as information instead of a notice."""
    return replace(
        check,
        level="information",
        message=check.message.replace(words.verdicts["truncated"]["en"], words.verdicts["habit"]["en"]),
        message_vi=check.message_vi.replace(words.verdicts["truncated"]["vi"], words.verdicts["habit"]["vi"]),
    )


def count_coverage(checks: Iterable[Check]) -> Coverage:
    """How far the checks reach, to be shown beside every count of findings.

    >>> count_coverage([]).percentages
    0
    """
    tested = set[str]()
    untested: dict[str, str] = {}
    for check in checks:
        if check.type in RECOMPUTED and check.reason:
            untested[check.figures[-1]] = check.reason
        elif check.type in RECOMPUTED and check.power is not None:
            tested.add(check.figures[-1])
    reasons = Counter(reason for figure, reason in untested.items() if figure not in tested)
    return Coverage(
        percentages=len(tested) + reasons.total(),
        testable=len(tested) + sum(count for reason, count in reasons.items() if reason in COMPLETE),
        tested=len(tested),
        reasons=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
    )
