"""What does one page show? The articles of a slice of a run, with texts, figures, refused numbers and checks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from extract.data.checks import ORDER
from extract.data.dataset import DatasetError, iter_rows
from extract.data.reporting.marks import Units
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, Table
from extract.data.texts import iter_texts

Row = dict[str, str]

MOST_ARTICLES = 500
MOST_WEIGHT = 10_000_000  # letters of data on a page; packed they are a quarter
FIGURE_WEIGHT, ARTICLE_WEIGHT = 600, 500
SPOKEN_BY_PAGE = {"figure", "article", "end", "text", "sentence"}  # what a figure's place in the page says already


@dataclass(frozen=True, slots=True)
class Slice:
    """The articles of one page, as numbers of rows."""

    number: int
    start: int
    end: int


def plan_slices(rows: Sequence[Row], most: int = MOST_ARTICLES) -> list[Slice]:
    """Slices of at most `most` articles and MOST_WEIGHT of data; at least one.

    >>> [(one.start, one.end) for one in plan_slices([{"characters": "9", "figures": "1"}] * 5, most=2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    slices: list[Slice] = []
    start = weight = 0
    for at, row in enumerate(rows):
        one = ARTICLE_WEIGHT + int(row["characters"] or 0) + FIGURE_WEIGHT * int(row["figures"] or 0)
        if at > start and (at - start == most or weight + one > MOST_WEIGHT):
            slices.append(Slice(len(slices) + 1, start, at))
            start, weight = at, 0
        weight += one
    return [*slices, Slice(len(slices) + 1, start, len(rows))]


def load_articles(out: Path) -> list[Row]:
    """The rows of the articles table. Raises DatasetError where it is not there."""
    if not (out / "articles.csv").is_file():
        raise DatasetError(f"{out}: no articles.csv here; is it the output folder of a run?")
    return list(iter_table(out, ARTICLES))


def iter_table(out: Path, table: Table) -> Iterator[Row]:
    """The rows of a table as dictionaries."""
    csv.field_size_limit(2**31 - 1)  # for the whole process: a sentence may be as long as its article
    columns = table.columns
    return (dict(zip(columns, cells, strict=True)) for cells in iter_rows(out, table))


class Following:
    """Rows that stand article by article, taken along with the articles."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows = rows
        self.ahead = next(rows, None)

    def take(self, article: str) -> list[Row]:
        """The next rows, if they are of `article`."""
        taken = []
        while self.ahead is not None and self.ahead["article"] == article:
            taken.append(self.ahead)
            self.ahead = next(self.rows, None)
        return taken


def iter_slices(
    out: Path, rows: Sequence[Row], slices: Sequence[Slice]
) -> Iterator[tuple[Slice, list[dict[str, Any]], list[Row]]]:
    """Each slice with its articles and its checks, as the page wants them; only one slice is in memory."""
    tables = [Following(iter_table(out, table)) for table in (FIGURES, REJECTED, CHECKS)]
    late = late_checks(out, rows)
    texts = iter_texts(out)
    name, text = next(texts, (None, ""))
    for one in slices:
        articles: list[dict[str, Any]] = []
        checks: list[Row] = []
        for row in islice(rows, one.start, one.end):
            figures, rejected, checked = (table.take(row["article"]) for table in tables)
            known = name == row["article"]
            articles.append(show_article(row, text if known else "", figures, rejected))
            checks += [filled(check) for check in (*checked, *late.get(row["article"], ()))]
            if known:
                name, text = next(texts, (None, ""))
        yield one, articles, sorted(checks, key=severity)


LEVELS = ("alarm", "notice", "information")


def severity(check: Row) -> tuple[int, int]:
    """The worst first; equals stay in text order."""
    verdict = check["verdict"]
    return LEVELS.index(check["level"]), ORDER.index(verdict) if verdict in ORDER else len(ORDER)


def late_checks(out: Path, articles: Sequence[Row]) -> dict[str, list[Row]]:
    """Checks that stand after those of later articles, by article: those between articles do."""
    order = {row["article"]: at for at, row in enumerate(articles)}
    late: dict[str, list[Row]] = {}
    furthest = 0
    for row in iter_table(out, CHECKS):
        at = order.get(row["article"], 0)
        if at < furthest:
            late.setdefault(row["article"], []).append(row)
        furthest = max(at, furthest)
    return late


def show_article(row: Row, text: str, figures: Sequence[Row], rejected: Sequence[Row]) -> dict[str, Any]:
    """An article: offsets count in the browser's units, each sentence stands once."""
    units = Units(text)
    sentences: dict[str, int] = {}
    shown = []
    for figure in figures:
        said = sentences.setdefault(figure["sentence"], len(sentences))
        span = (units(int(figure["start"])), units(int(figure["end"])))
        shown.append({**filled(figure, without=SPOKEN_BY_PAGE), "text": figure["text"], "at": span, "said": said})
    return {
        **filled(row, without={"sha256", "path", "figures", "rejected"}),
        "text": text,
        "sentences": list(sentences),
        "figures": shown,
        "refused": [
            {"at": (units(int(one["start"])), units(int(one["end"]))), "text": one["text"], "reason": one["reason"]}
            for one in rejected
        ],
    }


def filled(row: Row, *, without: set[str] | frozenset[str] = frozenset()) -> Row:
    """The cells of a row that hold something."""
    return {name: cell for name, cell in row.items() if cell and name not in without}
