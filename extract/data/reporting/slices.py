"""What does one page show? The articles of a slice of a run, with texts, figures, refused numbers and checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from extract.data.checks import ORDER
from extract.data.dataset import DatasetError, Row, iter_table
from extract.data.reporting.marks import Units
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED
from extract.data.texts import iter_texts

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


def plan_slices(rows: Iterable[Row], most: int = MOST_ARTICLES) -> list[Slice]:
    """Slices of at most `most` articles and MOST_WEIGHT of data; at least one.

    >>> [(one.start, one.end) for one in plan_slices([{"characters": "9", "figures": "1"}] * 5, most=2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    slices: list[Slice] = []
    start = end = weight = 0
    for at, row in enumerate(rows):
        one = ARTICLE_WEIGHT + int(row["characters"] or 0) + FIGURE_WEIGHT * int(row["figures"] or 0)
        if at > start and (at - start == most or weight + one > MOST_WEIGHT):
            slices.append(Slice(len(slices) + 1, start, at))
            start, weight = at, 0
        weight, end = weight + one, at + 1
    return [*slices, Slice(len(slices) + 1, start, end)]


class Following:
    """Rows that stand article by article, taken along with the articles; only the next one is in memory."""

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

    def rest(self) -> Iterator[Row]:
        """What no article has taken."""
        while self.ahead is not None:
            yield self.ahead
            self.ahead = next(self.rows, None)


def iter_slices(out: str | Path, slices: Sequence[Slice]) -> Iterator[tuple[Slice, list[dict[str, Any]], list[Row]]]:
    """Each slice with its articles and its checks, as the page wants them; only one slice is in memory.

    Raises DatasetError where the tables are not in the order of the articles.
    """
    rows = iter_table(out, ARTICLES)
    tables = [Following(iter_table(out, table)) for table in (FIGURES, REJECTED, CHECKS)]
    late = late_checks(out)
    texts = iter_texts(out)
    name, text = next(texts, (None, ""))
    for one in slices:
        articles: list[dict[str, Any]] = []
        checks: list[Row] = []
        for row in islice(rows, one.end - one.start):
            figures, rejected, checked = (table.take(row["article"]) for table in tables)
            known = name == row["article"]
            articles.append(show_article(row, text if known else "", figures, rejected))
            checks += [filled(check) for check in (*checked, *late.get(row["article"], ()))]
            if known:
                name, text = next(texts, (None, ""))
        yield one, articles, sorted(checks, key=severity)
    for row in (row for table in tables[:2] for row in table.rest()):
        raise DatasetError(f"{out}: rows of {row['article']} stand apart from their article; run `solieu run` again")


LEVELS = ("alarm", "notice", "information")


def severity(check: Row) -> tuple[int, int]:
    """The worst first; equals stay in text order."""
    verdict = check["verdict"]
    return LEVELS.index(check["level"]), ORDER.index(verdict) if verdict in ORDER else len(ORDER)


def late_checks(out: str | Path) -> dict[str, list[Row]]:
    """Checks that stand after those of all articles, by article: those between articles do."""
    checks, late = Following(iter_table(out, CHECKS)), defaultdict[str, list[Row]](list)
    for row in iter_table(out, ARTICLES, ("article",)):
        checks.take(row["article"])
    for check in checks.rest():
        late[check["article"]].append(check)
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
