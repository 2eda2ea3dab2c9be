"""Do an article's numbers agree with each other? Its relations, recomputed: the rows of the `checks` table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from extract.data.checking.accusing import ALARMS, settle
from extract.data.checking.across import check_across, judge_criteria, judge_repeats
from extract.data.checking.arithmetic import Judgement
from extract.data.checking.changes import find_change
from extract.data.checking.context import CheckWords, Context
from extract.data.checking.habits import excuse_habits
from extract.data.checking.judging import Judged, judge_relation
from extract.data.checking.messages import write_row
from extract.data.checking.relations import Relation
from extract.data.checking.repairs import find_repairs, index_relations
from extract.data.checking.shares import find_share
from extract.data.checking.wholes import find_sums
from extract.patterns import Patterns
from extract.records import Check, Figure

ORDER = ("inconsistent", "unattainable", "ceiling", "truncated", "half_even", "consistent", "not_testable")


def check_figures(figures: Sequence[Figure], patterns: Patterns) -> list[Check]:
    """The checks of one article, in text order; every percentage has a row, with the reason where it was not tested.

    >>> from extract.patterns import load_patterns
    >>> check_figures([], load_patterns())
    []
    """
    context = Context(figures, patterns.compiled(CheckWords))
    judged = judge_article(context)
    told = [
        *judged,
        *untested(context, judged),
        *judge_repeats(context.figures, patterns),
        *judge_criteria(context.figures),
    ]
    told.sort(key=lambda one: context.position[one.relation.reported.figure])
    around = index_relations(judged)
    rows = [
        write_row(one, context.words, find_repairs(one, around, context) if one.judgement.verdict in ALARMS else ())
        for one in told
    ]
    return excuse_habits(rows, patterns)


def check_dataset(
    figures: Iterable[Figure], patterns: Patterns, *, sources: Mapping[str, str | None] | None = None
) -> list[Check]:
    """The checks of a dataset whose figures stand article by article: inside each article, then between articles.

    With `sources` (article -> outlet) what an outlet cuts off by habit is no notice either.

    >>> from extract.patterns import load_patterns
    >>> check_dataset([], load_patterns())
    []
    """
    known = list(figures)
    inside = [
        check
        for _, group in groupby(known, key=lambda figure: figure.article)
        for check in check_figures(list(group), patterns)
    ]
    checks = inside + check_across(known, patterns, apart=True)
    return checks if sources is None else excuse_habits(checks, patterns, sources)


def find_relations(context: Context) -> Iterator[Relation]:
    """The relations of an article: of its percentages, multiples and differences, then of its wholes."""
    for index, figure in enumerate(context.figures):
        if context.is_percent(figure) and figure.change == "none":
            yield from find_share(context, index)
        elif figure.change != "none" or context.is_factor(figure):
            yield from find_change(context, index)
    yield from find_sums(context)


def judge_article(context: Context) -> list[Judged]:
    """Every relation of an article that is stated, and every evident one that fits; one per relation and figures."""
    kept: dict[tuple[str, ...], Judged] = {}
    explained = set[str]()  # numbers that need no further guess
    for relation in find_relations(context):
        key = (relation.type, *sorted(figure.figure for figure in relation.figures))
        judged = judge_relation(relation)
        if key in kept:
            continue
        known = relation.type != "sum" and relation.reported.figure in explained
        if relation.basis == "evident" and (known or not judged.fits):
            continue
        if judged.fits and relation.type != "sum":
            explained.add(relation.reported.figure)
        kept[key] = judged
    return settle(context, list(kept.values()))


def untested(context: Context, judged: Sequence[Judged]) -> list[Judged]:
    """A row for each percentage that no relation recomputes, with the reason."""
    tested = {one.relation.reported.figure for one in judged if one.relation.formulas != ("hundred",)}
    return [
        Judged(
            Relation("share" if figure.change == "none" else "change", (), figure, (), "stated"),
            Judgement("not_testable"),
            "alone",
            reason=why_untested(context, figure),
        )
        for figure in context.figures
        if context.is_percent(figure) and figure.figure not in tested
    ]


def why_untested(context: Context, figure: Figure) -> str:
    """The reason why nothing recomputes a percentage: a section of `checks.toml`."""
    if figure.status in ("target", "criterion"):
        return "goal"
    if context.words.says("plan", figure.vs):
        return "no_plan"
    if figure.change != "none" or figure.vs:
        return "no_base"
    return "no_whole" if figure.share_num else "no_counts"


def worst_first(checks: Iterable[Check]) -> list[Check]:
    """The checks as a reader wants them: what is wrong first, then by article and id."""
    return sorted(checks, key=lambda check: (ORDER.index(check.verdict), check.article, check.check))
