"""Which names does a notebook need? Figures of a text, as a table or marked, those of a folder, the spaCy pipeline.

from extract.notebook import dataset, figures, marked, pipeline
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from extract.components import load_pipeline as pipeline
from extract.data.reporting.marked import marked_html
from extract.data.tables import FIGURES, show_rows
from extract.patterns import load_patterns
from extract.pipeline import Findings, find_figures
from extract.reading.articles import load_articles, make_article
from extract.records import Article

__all__ = ["dataset", "figures", "marked", "pipeline"]


class Marked:
    """An article whose figures a notebook shows marked in the text."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def _repr_html_(self) -> str:
        return marked_html(self.findings.article.text, self.findings.figures)


def marked(text: str, *, patterns: Path | None = None) -> Marked:
    """One article's text with its figures marked, for a notebook to show.

    >>> "<mark" in marked("Toàn tỉnh có 193 xã.")._repr_html_()
    True
    """
    loaded = load_patterns(patterns)
    return Marked(find_figures(make_article("text", "", text, loaded), loaded))


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
