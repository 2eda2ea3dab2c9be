"""What does a run look like? `report.html`: overview, map, articles with their figures marked, checks, comparison.

Each page is one file that needs no network. A run of many articles is split by page: the first holds the overview, the
map and the comparison of the whole run, and every page the articles and checks of its slice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from extract.data.dataset import DatasetError, iter_table
from extract.data.folders import Folder
from extract.data.reporting.cells import add_values, figures_of, gather_cells
from extract.data.reporting.page import render_page
from extract.data.reporting.slices import (
    MOST_ARTICLES,
    Slice,
    iter_slices,
    plan_slices,
)
from extract.data.reporting.totals import count_run
from extract.data.reporting.words import Names
from extract.data.tables import ARTICLES, FIGURES
from extract.patterns import Patterns, load_patterns

NAME = "report.html"


def write_report(out: str | Path, *, patterns: Path | None = None, page_articles: int = MOST_ARTICLES) -> list[str]:
    """Writes the report of an output folder into it and returns the names of its pages; the same folder, same bytes.

    Raises DatasetError where the tables or the texts are missing or the folder cannot be written.
    """
    known, folder = load_patterns(patterns), Folder(out)
    slices = plan_slices(iter_table(out, ARTICLES, ("characters", "figures")), page_articles)
    names = known.compiled(Names)
    for one, shown, checks in iter_slices(out, slices):
        data: dict[str, Any] = {"articles": shown, "checks": checks, "pages": page_list(slices), "page": one.number}
        if one.number == 1:
            data |= run_data(out, slices, known)
        data |= names.used(data)
        write_page(folder, page_name(one.number), render_page(data, known))
    for name in stale_pages(folder, len(slices)):
        folder.remove(name)
    return [page_name(one.number) for one in slices]


def run_data(out: str | Path, slices: list[Slice], patterns: Patterns) -> dict[str, Any]:
    """What only the first page holds: the totals, the cells and the sentences of the cells that are on other pages."""
    cells = gather_cells(out, patterns)
    wanted = ds.field("figure").isin(pa.array(sorted(figures_of(cells)), pa.string()))
    known = add_values(cells, iter_table(out, FIGURES, only=wanted))
    page_of = find_pages(out, slices, {row["article"] for row in known.values()})
    elsewhere = {
        id_: {"page": page_of[row["article"]], "sentence": row["sentence"], "text": row["text"]}
        for id_, row in known.items()
        if page_of[row["article"]] > 1
    }
    return {"totals": count_run(out), "cells": cells, "elsewhere": elsewhere}


def find_pages(out: str | Path, slices: list[Slice], wanted: Container[str]) -> dict[str, int]:
    """The pages of the articles that are wanted."""
    starts = [one.start for one in slices]
    names = (row["article"] for row in iter_table(out, ARTICLES, ("article",)))
    return {name: bisect_right(starts, at) for at, name in enumerate(names) if name in wanted}


def page_name(number: int) -> str:
    """The file of a page.

    >>> page_name(1), page_name(2)
    ('report.html', 'report-2.html')
    """
    return NAME if number == 1 else f"report-{number}.html"


def page_list(slices: list[Slice]) -> list[list[Any]]:
    """File, first and last article of every page."""
    return [[page_name(one.number), one.start + 1, one.end] for one in slices]


def write_page(folder: Folder, name: str, page: str) -> None:
    """Puts a page into the folder, whole or not at all."""
    try:
        folder.write(name, page)
    except OSError as error:
        raise DatasetError(f"{folder.shown}: cannot be written ({error.strerror or error})") from error


def stale_pages(folder: Folder, last: int) -> list[str]:
    """Pages of an earlier, larger run."""
    numbers = {name: name.removeprefix("report-").removesuffix(".html") for name in folder.names()}
    return [
        name
        for name, number in numbers.items()
        if number.isdigit() and int(number) > last and name == page_name(int(number))
    ]
