"""Which sentences does a comparison rest on? The figures that its cells name, with sentence, article and page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from extract.data.dataset import load_arrow


class Source(NamedTuple):
    """A figure as an article prints it."""

    figure: str
    text: str
    sentence: str
    article: str
    title: str
    published: str
    outlet: str
    path: str


def load_sources(folder: str | Path, cells: pd.DataFrame) -> list[Source]:
    """The sources of some cells, in the order of the dataset. Raises DatasetError."""
    ids = sorted({figure for name in ("figures", "other_figures") for figure in each_id(cells[name])})
    shown = ds.field("figure").isin(pa.array(ids, pa.string()))
    table = load_arrow(folder, "figures", ("figure", "text", "sentence", "article"), only=shown)
    names = ("article", "title", "published", "outlet", "path")
    articles = load_arrow(folder, "articles", names)
    known = {row["article"]: tuple(row[name] or "" for name in names[1:]) for row in articles.to_pylist()}
    return [
        Source(
            row["figure"],
            row["text"] or "",
            row["sentence"] or "",
            row["article"],
            *known.get(row["article"], ("",) * 4),
        )
        for row in table.to_pylist()
    ]


def each_id(lists: Iterable[str]) -> Iterable[str]:
    """The ids in lists of ids.

    >>> list(each_id(["a:1; a:2", ""]))
    ['a:1', 'a:2']
    """
    return (figure for ids in lists for figure in ids.split("; ") if figure)
