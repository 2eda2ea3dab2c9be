"""What does a run look like? `report.html`: overview, map, articles with their figures marked, checks, comparison.

Each page is one file that needs no network. A run of many articles is split by page: the first holds the overview, the
map and the comparison of the whole run, and every page the articles and checks of its slice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.data.dataset import DatasetError
from extract.data.reporting.cells import add_values, gather_cells
from extract.data.reporting.page import render_page
from extract.data.reporting.slices import (
    MOST_ARTICLES,
    Row,
    Slice,
    iter_slices,
    iter_table,
    load_articles,
    plan_slices,
)
from extract.data.reporting.totals import count_run
from extract.data.reporting.words import Names
from extract.data.tables import FIGURES
from extract.patterns import Patterns, load_patterns

NAME = "report.html"


def write_report(out: Path, *, patterns: Path | None = None, page_articles: int = MOST_ARTICLES) -> list[Path]:
    """Writes the report of an output folder into it and returns its pages; the same folder gives the same bytes.

    Raises DatasetError where the tables or the texts are missing or the folder cannot be written.
    """
    known = load_patterns(patterns)
    articles = load_articles(out)
    slices = plan_slices(articles, page_articles)
    names = known.compiled(Names)
    pages = []
    for one, shown, checks in iter_slices(out, articles, slices):
        data: dict[str, Any] = {"articles": shown, "checks": checks, "pages": page_list(slices), "page": one.number}
        if one.number == 1:
            data |= run_data(out, articles, slices, known)
        data |= names.used(data)
        pages.append(write_page(out, one, render_page(data, known)))
    for path in stale_pages(out, len(slices)):
        path.unlink()
    return pages


def run_data(out: Path, articles: list[Row], slices: list[Slice], patterns: Patterns) -> dict[str, Any]:
    """What only the first page holds: the totals, the cells and the sentences of the cells that are on other pages."""
    cells = gather_cells(out, patterns)
    known = add_values(cells, iter_table(out, FIGURES))
    page_of = {articles[at]["article"]: one.number for one in slices for at in range(one.start, one.end)}
    elsewhere = {
        id_: {"page": page_of[row["article"]], "sentence": row["sentence"], "text": row["text"]}
        for id_, row in known.items()
        if page_of[row["article"]] > 1
    }
    return {"totals": count_run(out, articles), "cells": cells, "elsewhere": elsewhere}


def page_name(number: int) -> str:
    """The file of a page.

    >>> page_name(1), page_name(2)
    ('report.html', 'report-2.html')
    """
    return NAME if number == 1 else f"report-{number}.html"


def page_list(slices: list[Slice]) -> list[list[Any]]:
    """File, first and last article of every page."""
    return [[page_name(one.number), one.start + 1, one.end] for one in slices]


def write_page(out: Path, one: Slice, page: str) -> Path:
    """Puts a page into the folder, whole or not at all."""
    path = out / page_name(one.number)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(page, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise DatasetError(f"{out}: cannot be written ({error.strerror})") from error
    return path


def stale_pages(out: Path, last: int) -> Iterator[Path]:
    """Pages of an earlier, larger run."""
    for path in sorted(out.glob("report-*.html")):
        number = path.stem.partition("-")[2]
        if number.isdigit() and int(number) > last:
            yield path
