"""How do statements become cells? One row a place, indicator, breakdown, unit, period and status, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from extract.data.comparing.boundaries import MERGER, NEW, Boundaries
from extract.data.comparing.clustering import NAMED, OPEN, PRECISE, Agreement, Outcome, Statement, cluster, settle
from extract.data.comparing.coded import Coded, Integers, number_rows
from extract.data.comparing.keys import KEY
from extract.data.comparing.measures import Measures
from extract.data.comparing.question import LABEL, Question
from extract.data.comparing.statements import Statements
from extract.patterns import Patterns


class Cell(NamedTuple):
    """One value of one thing at one place in one period, with its evidence; every cell of it is text but `sources`."""

    cell: str
    territory: str  # the list the province's code belongs to, 63 or 34; empty for the country
    province: str
    province_name: str
    level: str
    place_code: str
    place: str
    indicator: str
    indicator_name: str
    breakdown: str
    measure: str  # count, percent, amount, ratio; of derived cells share, rank, difference, growth, distance
    unit: str
    whole: str  # what a percentage is a share of
    change: str
    vs: str
    status: str
    period: str
    span: str  # kind of period, so like stands beside like
    period_end: str
    basis: str  # measured, derived, bounded, not_comparable
    agreement: str  # single, agree, update, contradiction, undated, several
    value: str  # empty where there is no single one
    low: str
    high: str
    of: str  # a ratio's whole
    bound: str
    text: str  # as printed; of statements without one value each
    sources: int  # different articles that state the value
    figures: str  # ids of the figures it rests on
    other_figures: str  # ids of those it does not follow: older values
    published: str
    series_break: str  # the day since when a province of this name has another territory
    formula: str
    note: str


COLUMNS = Cell._fields
EITHER = " | "  # between the values of a contradiction
Rows = npt.NDArray[np.int64]


def make_cells(statements: Statements, patterns: Patterns, question: Question) -> pd.DataFrame:
    """The cells of some statements, in the order of their keys."""
    cell = number_rows(statements.keys) if len(statements) else np.zeros(0, dtype=np.int64)
    order = np.lexsort((*reversed(preferences(statements, question)), cell))
    sorted_cell = cell[order]
    starts = np.flatnonzero(np.r_[True, sorted_cell[1:] != sorted_cell[:-1]]) if len(order) else order
    ends = np.append(starts[1:], len(order))[: len(starts)]
    first = order[starts]
    frame: dict[str, Any] = {name: statements[name].take(first).cells() for name in KEY if name != "span"}
    for name in ("value", "high", "of", "bound", "text", "published"):
        frame[name] = statements[name].take(first).cells()
    evidence = gather(statements, order, starts, ends)
    for at, outcome in cluster_mixed(statements, order, starts, ends, question):
        put_outcome(outcome, at, frame, evidence, question)
    return lay_out(statements, patterns, first, {**frame, **evidence})


def preferences(statements: Statements, question: Question) -> list[Integers]:
    """For each row, numbers that put the preferred statement first; the last decides between equals."""
    ranks: list[Integers] = []
    for name in question.prefer:
        if name == "precise":
            ranks.append(rank(statements["bound"], PRECISE.index))
            ranks.append(rank(statements["text"], lambda text: -sum(map(str.isdigit, text))))
        elif name == "named":
            ranks.append(rank(statements["place_rule"], NAMED.index))
        else:
            ranks.append(-statements["published"].codes)
    return [*ranks, statements["figure"].codes]


def rank(column: Coded, of: Any) -> Integers:
    """A number for each row by its value."""
    return np.array([of(value) for value in column.values], dtype=np.int64)[column.codes]


def gather(statements: Statements, order: Rows, starts: Rows, ends: Rows) -> dict[str, Any]:
    """For each cell the ids of its figures, how many different articles state it, and whether they agree."""
    ids = statements["figure"].cells()[order].tolist()
    sources = statements["source"].codes[order]
    cell = np.repeat(np.arange(len(starts)), ends - starts)
    distinct = np.unique(cell * max(1, len(statements["source"].values)) + sources)
    count = np.bincount(distinct // max(1, len(statements["source"].values)), minlength=len(starts))
    agreement = np.where(count > 1, "agree", "single").astype(object)
    figures = [
        ids[start] if end - start == 1 else "; ".join(ids[start:end])
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return {
        "figures": figures,
        "other_figures": [""] * len(figures),
        "sources": count.tolist(),
        "agreement": agreement.tolist(),
        "note": [""] * len(figures),
    }


def cluster_mixed(
    statements: Statements, order: Rows, starts: Rows, ends: Rows, question: Question
) -> Iterator[tuple[int, Outcome]]:
    """The outcomes of the cells whose statements differ in value or bound."""
    reading = number_rows([statements[name] for name in ("value", "high", "of", "bound")]) if len(order) else order
    sorted_reading = reading[order]
    if not len(order):
        return
    mixed = np.minimum.reduceat(sorted_reading, starts) != np.maximum.reduceat(sorted_reading, starts)
    chosen = np.flatnonzero(mixed)
    rows = [order[starts[at] : ends[at]] for at in chosen.tolist()]
    flat = np.concatenate(rows) if rows else order[:0]
    names = Statement._fields[1:]
    columns = [statements["measure" if name == "kind" else name].take(flat).cells().tolist() for name in names]
    every = [Statement(*values) for values in zip(flat.tolist(), *columns, strict=True)]
    undated = statements["span"].take(flat).holds(lambda span: span.text == "now").tolist()
    done = 0
    for at, cell_rows in zip(chosen.tolist(), rows, strict=True):
        members = every[done : done + len(cell_rows)]
        yield at, cluster(members, prefer=question.prefer, timeless=undated[done])
        done += len(cell_rows)


def put_outcome(outcome: Outcome, at: int, frame: dict[str, Any], evidence: dict[str, Any], question: Question) -> None:
    """Writes what statements that differ come to into the cell at `at`."""
    agreement: Agreement = outcome.agreement
    chosen = settle(outcome, question.settle) if agreement in OPEN else outcome.groups[0]
    rest = [group for group in outcome.groups if group is not chosen]
    best = (chosen or outcome.groups[0])[0]
    for name in ("value", "high", "of", "bound"):
        frame[name][at] = getattr(best, name) if chosen else ""
    frame["published"][at] = best.published
    frame["text"][at] = best.text if chosen else EITHER.join(group[0].text for group in outcome.groups)
    evidence["figures"][at] = ids_of(chosen or [one for group in outcome.groups for one in group])
    evidence["other_figures"][at] = ids_of([one for group in rest for one in group]) if chosen else ""
    evidence["sources"][at] = len({one.source for one in chosen or [one for group in rest for one in group]})
    evidence["agreement"][at] = agreement
    if chosen and rest:
        evidence["note"][at] = "also stated: " + EITHER.join(dated(group[0]) for group in rest)
    elif rest:
        evidence["note"][at] = EITHER.join(dated(group[0]) for group in outcome.groups)


def ids_of(statements: Any) -> str:
    """Ids of statements' figures."""
    return "; ".join(statement.figure for statement in statements)


def dated(statement: Statement) -> str:
    """A statement's words with its day."""
    return f"{statement.text} ({statement.published})" if statement.published else statement.text


def lay_out(statements: Statements, patterns: Patterns, first: Rows, frame: dict[str, Any]) -> pd.DataFrame:
    """The columns of a cell, from its keys and its evidence."""
    measures, boundaries = patterns.compiled(Measures), patterns.compiled(Boundaries)
    spans, words, label = (statements[name].take(first) for name in ("span", "words", "label"))
    rows = len(first)
    land = list(zip(frame["territory"], frame["province"], strict=True))
    ranged = np.array([bool(high) for high in frame["high"]], dtype=bool)
    frame |= {
        "place_code": frame["place"],
        "province_name": [boundaries.names.get(key, "") for key in land],
        "indicator_name": names_of(frame["indicator"], label, measures),
        "place": np.where(frame["place"] == "", "", words.cells()) if rows else [],
        "period": spans.map(lambda span: span.text).cells(),
        "span": spans.map(lambda span: span.kind).cells(),
        "period_end": spans.map(lambda span: span.end).cells(),
        "basis": ["measured"] * rows,
        "low": np.where(ranged, frame["value"], "") if rows else [],
        "value": np.where(ranged, "", frame["value"]) if rows else [],
        "series_break": [MERGER if key[0] == NEW and not boundaries.is_unchanged(key[1]) else "" for key in land],
        "formula": [""] * rows,
        "cell": [""] * rows,
    }
    return make_frame({name: frame[name] for name in COLUMNS})


def names_of(codes: Any, label: Coded, measures: Measures) -> list[str]:
    """The names of indicators; of one the registry does not know, its words."""
    words = label.cells()
    return [
        measures[code].name if code in measures else word if code.startswith(LABEL) else code
        for code, word in zip(codes, words, strict=True)
    ]


def read_cells(frame: pd.DataFrame) -> list[Cell]:
    """The rows of a table of cells."""
    return [Cell(*row) for row in zip(*(frame[name].tolist() for name in COLUMNS), strict=True)]


def frame_cells(cells: Sequence[Cell]) -> pd.DataFrame:
    """Cells as a table."""
    columns = zip(*cells, strict=True) if cells else ([] for _ in COLUMNS)
    return make_frame(dict(zip(COLUMNS, columns, strict=True)))


def make_frame(columns: dict[str, Any]) -> pd.DataFrame:
    """A table of plain objects: cells share their texts, which a text type of pandas would copy."""
    made: dict[str, pd.Series[Any]] = {}
    for name, cells in columns.items():
        array = np.empty(len(cells), dtype=object)
        array[:] = cells
        made[name] = pd.Series(array, dtype=int if name == "sources" else object)  # pandas would copy each text
    return pd.DataFrame(made, columns=list(columns), copy=False)
