"""Which names does a notebook need? The figures of a text, the figures of a folder, the spaCy pipeline.

from extract.notebook import figures, dataset, pipeline
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from extract.components import load_pipeline as pipeline
from extract.data.tables import FIGURES, show_rows
from extract.patterns import load_patterns
from extract.pipeline import find_figures
from extract.reading.articles import load_articles, make_article
from extract.records import Article

__all__ = ["dataset", "figures", "pipeline"]


def figures(text: str, *, patterns: Path | None = None) -> pd.DataFrame:
    """The figures of one article's text, a row each, all cells text ("" for null).

    >>> figures("Năm 2021, toàn tỉnh Hà Giang có 193 xã.")[["text", "unit", "province", "period"]].values.tolist()
    [['193', 'xã', '02', '2021']]
    """
    loaded = load_patterns(patterns)
    found = find_figures(make_article("text", "", text, loaded), loaded).figures
    return pd.DataFrame(show_rows(FIGURES, found), columns=list(FIGURES.columns), dtype=str)


def dataset(folder: str | Path, *, patterns: Path | None = None) -> pd.DataFrame:
    """The figures of all articles of a folder, a row each, all cells text; unreadable articles are left out.

    For many articles use `solieu run`, which writes to disk and does not keep all rows in memory.
    Raises CorpusError where there is no such folder.
    """
    loaded = load_patterns(patterns)
    rows: list[list[str]] = []
    for article in load_articles(Path(folder), loaded):
        if isinstance(article, Article):
            rows += show_rows(FIGURES, find_figures(article, loaded).figures)
    return pd.DataFrame(rows, columns=list(FIGURES.columns), dtype=str)
