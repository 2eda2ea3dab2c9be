"""Which figures does a comparison rest on? The rows of the figures table it asks for, under their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from extract.data.comparing.boundaries import NEW, Boundaries
from extract.data.comparing.coded import Coded, join, number_rows
from extract.data.comparing.keys import KEY, Columns, facets_of, key_rows, key_topics
from extract.data.comparing.measures import Breakdowns, Measures
from extract.data.comparing.question import Question
from extract.data.comparing.timespans import Timespan, parse_timespan
from extract.data.dataset import iter_arrow, load_arrow
from extract.data.tables import FIGURES
from extract.patterns import Patterns

READ = (
    "figure", "article", "start", "text", "kind", "value", "high", "of", "unit", "bound", "change", "vs", "indicator",
    "indicator_label", "breakdown", "province", "place", "place_level", "place_rule", "province_2025", "territory",
    "period", "period_text", "status", "share_den",
)  # fmt: skip
EVIDENCE = (
    "figure", "value", "high", "of", "bound", "text", "factor", "published", "source", "place_rule", "words", "label",
)  # fmt: skip
Mask = npt.NDArray[np.bool_]


class Statements:
    """Figures under their keys: a column a name, a row a figure; and how many rows were left out, by reason."""

    def __init__(self, columns: Columns, left_out: dict[str, int] | None = None) -> None:
        self.columns = columns
        self.left_out = left_out if left_out is not None else {}

    def __len__(self) -> int:
        return len(self.columns["figure"])

    def __getitem__(self, name: str) -> Coded:
        return self.columns[name]

    @property
    def keys(self) -> list[Coded]:
        """The columns of KEY."""
        return [self.columns[name] for name in KEY]

    def keep(self, mask: Mask, reason: str) -> None:
        """Drops the rows outside `mask`, counted under `reason`."""
        dropped = len(mask) - int(mask.sum())
        if dropped:
            self.left_out[reason] = self.left_out.get(reason, 0) + dropped
            self.columns = {name: column.take(mask) for name, column in self.columns.items()}


def load_statements(folder: str | Path, patterns: Patterns, question: Question) -> Statements:
    """The figures of a dataset that `question` is about. Raises DatasetError, CompareError."""
    question.check_indicators(patterns.compiled(Measures))
    question.check_dimensions(patterns.compiled(Breakdowns))
    question.check_provinces(patterns.compiled(Boundaries))
    statements = stack([read_statements(table, patterns, question) for table in iter_arrow(folder, FIGURES, READ)])
    add_articles(statements, folder)
    statements.columns |= key_rows(statements.columns, patterns, boundaries=question.boundaries)
    select_keys(statements, question)
    statements.columns = {name: statements[name] for name in (*KEY, *EVIDENCE)}
    return statements


def read_statements(table: pa.Table, patterns: Patterns, question: Question) -> Statements:
    """The rows of some figures, of whole articles, that the question is about as far as cells and topics tell."""
    columns = {name: Coded.of_arrow(table[name]) for name in READ if name not in ("figure", "share_den")}
    columns["figure"] = Coded(np.arange(table.num_rows, dtype=np.int64), [])
    columns["den"] = find_wholes(table, columns)
    statements = Statements(columns)
    select_rows(statements, patterns.compiled(Boundaries), question)
    statements.columns |= key_topics(statements.columns, patterns)
    select_topics(statements, patterns, question)
    statements.columns["figure"] = number(table["figure"].take(pa.array(statements["figure"].codes)).to_pylist())
    return statements


def number(ids: list[str]) -> Coded:
    """Figures in the order of the dataset, which is that of their codes."""
    return Coded(np.arange(len(ids), dtype=np.int64), ids)


def stack(parts: Sequence[Statements]) -> Statements:
    """The rows of some statements one under the other."""
    if len(parts) == 1:
        return parts[0]
    left_out = sum((Counter(part.left_out) for part in parts), Counter[str]())
    columns = {name: Coded.stack([part[name] for part in parts]) for name in parts[0].columns if name != "figure"}
    columns["figure"] = number([id_ for part in parts for id_ in part["figure"].values])
    return Statements(columns, dict(left_out))


def find_wholes(table: pa.Table, columns: Columns) -> Coded:
    """For each row the indicator and breakdown of the figure it is a share of; ("", "") where none is linked."""
    at = pc.index_in(table["share_den"], value_set=table["figure"].combine_chunks(), skip_nulls=True)
    rows = pc.fill_null(at, -1).to_numpy().astype(np.int64)
    topics = join(columns["indicator"], columns["breakdown"])
    codes = np.append(topics.codes, len(topics.values))[rows]  # row -1 is the one appended
    return Coded(codes, [*topics.values, ("", "")]).map(lambda value: value)


def select_rows(statements: Statements, boundaries: Boundaries, question: Question) -> None:
    """Drops rows the question is not about, as single cells tell."""

    def keep(name: str, wanted: tuple[str, ...], reason: str) -> None:
        statements.keep(statements[name].holds(lambda value: value in wanted), reason)

    keep("place_level", (question.level,), "other_level")
    if question.level == "country":
        keep("province", ("VN",), "no_province")
    elif question.level != "region":
        statements.keep(statements["province"].holds(str.isdigit), "no_province")
    if question.provinces:
        merged = [part for code in question.provinces for part in boundaries.parts.get(code, ())]
        keep("province", tuple(merged) if question.boundaries == NEW else question.provinces, "other_province")
    keep("status", question.statuses, "other_status")
    if not question.changes:
        keep("change", ("none",), "change")
        keep("vs", ("",), "change")
    named = statements["indicator"].holds(bool)
    if question.open_labels:
        named |= statements["indicator_label"].holds(bool)
    statements.keep(named, "no_indicator")


def add_articles(statements: Statements, folder: str | Path) -> None:
    """The day of publication and the hash of each row's article."""
    names = ("article", "published", "sha256")
    told = ds.field("article").isin(pa.array(statements["article"].values, pa.string()))
    table = load_arrow(folder, "articles", names, only=told)
    rows = zip(*(table[name].to_pylist() for name in names), strict=True)
    known = {article: ((published or "")[:10], sha or article) for article, published, sha in rows}
    article = statements["article"]
    statements.columns["published"] = article.map(lambda name: known.get(name, ("", name))[0])
    statements.columns["source"] = article.map(lambda name: known.get(name, ("", name))[1])


def select_topics(statements: Statements, patterns: Patterns, question: Question) -> None:
    """Drops rows the question is not about, as their indicators and breakdowns tell."""
    measures, breakdowns = patterns.compiled(Measures), patterns.compiled(Breakdowns)
    allowed = set(question.by)

    def asked(code: str, stated: str, topic: tuple[str, str]) -> bool:
        settled = {breakdowns.dimension(facet) for facet in facets_of(topic[1])}
        if not question.indicators:
            return not allowed or "all" in allowed or settled <= allowed
        own, base = question.names(code), question.names(topic[0])
        if "all" in allowed:
            return own or base
        extra = breakdowns.extra(code, facets_of(stated), measures)
        return (own and extra <= allowed) or (base and settled <= allowed)

    topics = join(*(statements[name] for name in ("original", "stated", "topic")))
    statements.keep(topics.holds(lambda values: asked(*values)), "other_indicator")


def select_keys(statements: Statements, question: Question) -> None:
    """Drops rows the question is not about, as their keys tell."""
    statements.keep(statements["territory"].holds(bool) | ~statements["level"].holds(has_land), "other_boundaries")
    statements.keep(statements["span"].holds(lambda span: bool(span.text)), "no_period")
    wanted = {parse_timespan(period).text for period in (*question.periods, *question.bases)}
    if question.periods and not {"latest", "all"} & set(question.periods):
        statements.keep(statements["span"].holds(lambda span: span.text in wanted), "other_period")
    if question.within:
        outer = parse_timespan(question.within)
        statements.keep(statements["span"].holds(lambda span: lies_in(span, outer)), "other_period")
    if question.latest and not (question.boundaries == NEW and question.level == "province"):
        # (merged provinces need the periods of all their parts)
        basis = statements["span"].holds(lambda span: bool(question.bases) and span.text in wanted)
        statements.keep(are_latest(statements) | basis, "earlier_period")


def are_latest(statements: Statements) -> Mask:
    """Whether each row has the latest period that its place and thing has among those of one length."""
    span = statements["span"]
    named = [statements[name] for name in KEY if name != "span"]
    thing = number_rows([*named, span.map(lambda one: one.kind)]) if len(statements) else span.codes
    age = span.map(lambda one: (one.end, one.text)).codes
    latest = np.full(int(thing.max(initial=-1)) + 1, -1)
    np.maximum.at(latest, thing, age)
    kept: Mask = latest[thing] == age
    return kept


def has_land(level: Any) -> bool:
    """Whether places of a level lie in a province."""
    return level not in ("country", "region")


def lies_in(span: Timespan, outer: Timespan) -> bool:
    """Whether a stretch of time lies within another.

    >>> lies_in(parse_timespan("2017-06-30"), parse_timespan("2017"))
    True
    """
    return bool(span.start and span.end) and outer.start <= span.start and span.end <= outer.end
