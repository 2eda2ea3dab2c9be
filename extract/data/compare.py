"""How do provinces compare? From a dataset to one value a cell, with its evidence, long and wide."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from extract.data.comparing.boundaries import NEW
from extract.data.comparing.cells import frame_cells, make_cells, read_cells
from extract.data.comparing.deriving import derive
from extract.data.comparing.layout import BESIDE, choose_columns, column_keys, lay_wide, pick_latest
from extract.data.comparing.merger import Merger
from extract.data.comparing.question import CompareError, Question
from extract.data.comparing.statements import load_statements
from extract.data.comparing.timespans import parse_timespan
from extract.garbage import no_collection
from extract.patterns import Patterns, load_patterns

__all__ = ["CompareError", "Comparison", "Question", "compare", "compare_dataset"]

ORDER = (
    "indicator", "breakdown", "measure", "unit", "whole", "change", "vs", "status", "span", "period", "territory",
    "province", "level", "place_code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer to a question: `cells`, a row a cell, and how many figures were left out, by reason."""

    question: Question
    cells: pd.DataFrame
    left_out: dict[str, int]
    patterns: Patterns

    @property
    def wide(self) -> pd.DataFrame:
        """A row a place; for each column of values its period, state, sources and figures beside it."""
        return lay_wide(self.cells, self.patterns, latest=self.question.latest)

    @property
    def brief(self) -> pd.DataFrame:
        """The wide table without what stands beside its values: for a screen."""
        wide = self.wide
        return wide[[column for column in wide.columns if BESIDE not in column]]


def compare(folder: str | Path, *, patterns: Path | None = None, wide: bool = False, **question: Any) -> pd.DataFrame:
    """The cells of the dataset in `folder` that the fields of Question ask for; with `wide`, a row a place.

    Raises CompareError for a wrong question, DatasetError where there is no dataset.
    """
    comparison = compare_dataset(folder, Question(**question), load_patterns(patterns))
    return comparison.wide if wide else comparison.cells


def compare_dataset(folder: str | Path, question: Question, patterns: Patterns) -> Comparison:
    """Loads, clusters, merges, chooses and derives. Raises CompareError, DatasetError."""
    with no_collection():
        return answer(folder, question, patterns)


def answer(folder: str | Path, question: Question, patterns: Patterns) -> Comparison:
    """The steps of a comparison, one after the other."""
    if "target" in question.derive and "target" not in question.statuses:
        question = replace(question, statuses=(*question.statuses, "target"))
    statements = load_statements(folder, patterns, question)
    cells = make_cells(statements, patterns, question)
    left_out = dict(statements.left_out)
    del statements
    if question.boundaries == NEW and question.level == "province":
        rows = read_cells(cells)
        del cells  # a million rows twice are enough
        cells = frame_cells(Merger(patterns, rows).merge())
    if question.latest and not question.bases:
        cells = pick_latest(cells, left_out)
    if not question.indicators and question.top:
        cells = choose_columns(cells, column_keys(latest=question.latest), question.top, left_out)
    if question.derive:
        rows = read_cells(cells)
        cells = frame_cells(rows + derive(rows, question.derive, patterns))
    if question.bases:
        cells = pick_latest(cells, left_out) if question.latest else drop_bases(cells, question)
    ranks = [pd.factorize(cells[name], sort=True)[0] for name in ORDER]
    cells = cells.iloc[np.lexsort(ranks[::-1])].reset_index(drop=True)
    cells["cell"] = [cell_id(values) for values in zip(*(cells[name] for name in ORDER), strict=True)]
    return Comparison(question, cells, left_out, patterns)


def drop_bases(cells: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The cells without those that were only needed to count a change from."""
    asked = {parse_timespan(period).text for period in question.periods}
    if "all" in question.periods:
        return cells
    bases = {parse_timespan(period).text for period in question.bases} - asked
    return cells[~cells["period"].isin(bases)]


def cell_id(values: tuple[str, ...]) -> str:
    """A name for a cell that stays the same from run to run.

    >>> cell_id(("party.members.total", "08"))
    '42a14b3e6ad3'
    """
    return hashlib.blake2b("\x1f".join(values).encode(), digest_size=6).hexdigest()
