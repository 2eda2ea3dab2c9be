"""Does the dataset say what the articles say? Every row proved against the input: hash, offsets, quoted text, keys."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extract.data.comparing.coded import Coded
from extract.data.dataset import load_arrow
from extract.data.folders import is_address, open_address
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, TERMS, Table
from extract.patterns import Patterns, load_patterns
from extract.reading.articles import load_articles, read_file
from extract.reading.tables import COLUMNS
from extract.reading.view import make_view
from extract.records import Article, Unreadable

SHOWN = 20  # faults told one by one; all are counted
FILES = 500  # of an address, here at once
SPANS = (FIGURES, TERMS, REJECTED)
SPAN = ("article", "start", "end", "text")
PROVED = {
    ARTICLES.name: ("article", "sha256", "characters", "figures", "rejected", "error"),
    FIGURES.name: (*SPAN, "figure", "sentence", "value", "share_num", "share_den"),
    TERMS.name: SPAN,
    REJECTED.name: SPAN,
}
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that the input does not bear out."""

    table: str
    row: str  # its key
    what: str


@dataclass(slots=True)
class Verification:
    """What was proved, and what was not."""

    articles: int = 0
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def proved(self) -> bool:
        """Whether every row holds."""
        return not self.faults

    def show(self) -> str:
        """The result on one screen."""
        head = f"{self.articles} articles, {self.rows} rows, {len(self.faults)} faults"
        lines = [f"{fault.table} {fault.row}: {fault.what}" for fault in self.faults[:SHOWN]]
        rest = len(self.faults) - len(lines)
        return "\n".join([head, *lines, *([f"... and {rest} more"] if rest > 0 else [])])


def verify(
    out: str | Path, corpus: str | Path, *, patterns: Patterns | None = None, columns: Mapping[str, str] = COLUMNS
) -> Verification:
    """Reads `corpus` again and proves each row of the dataset in `out`; `columns` as they were given to the run.

    Raises DatasetError, CorpusError.
    """
    known = patterns or load_patterns()
    result = Verification()
    described, by_article = ByArticle(out, ARTICLES), {table.name: ByArticle(out, table) for table in SPANS}
    seen = set[str]()
    for article in read_corpus(corpus, known, columns):
        seen.add(article.name)
        rows = described.rows(article.name)
        if len(rows) != 1:
            what = "stands twice" if rows else "is in the input, not in the dataset"
            result.faults.append(Fault("articles", article.name, what))
        elif isinstance(article, Article):
            result.articles += 1
            found = {name: table.rows(article.name) for name, table in by_article.items()}
            prove_article(result, article, rows[0], found, known)
        elif not rows[0]["error"]:
            result.faults.append(Fault("articles", article.name, f"cannot be read: {article.error}"))
    for name in described.names:
        if name not in seen:
            result.faults.append(Fault("articles", name, "is in the dataset, not in the input"))
    for table, of_table in by_article.items():
        result.rows += len(of_table)
        strange = [name for name in of_table.names if name not in described.names]
        result.faults += [Fault(table, name, "rows of an article that has no row") for name in strange]
    result.rows += len(described)
    prove_links(result, out, by_article["figures"])
    return result


def read_corpus(corpus: str | Path, patterns: Patterns, columns: Mapping[str, str]) -> Iterator[Article | Unreadable]:
    """The articles of a folder, or of an address, some hundred files of which are here at once. Raises CorpusError."""
    if not is_address(corpus):
        yield from load_articles(Path(corpus), patterns, columns=columns)
        return
    open_address(str(corpus))  # one sentence where fsspec is not there
    from extract.running.parts import fetch, list_parts  # noqa: PLC0415  # wants it

    for part in list_parts(str(corpus), "", FILES):
        with tempfile.TemporaryDirectory() as here:
            fetch(str(corpus), part, Path(here))
            for path, name in part.files:
                yield from read_file(Path(here) / path, Path(here), patterns, columns=columns, name=name)


class ByArticle:
    """What is proved of a table's rows, found by article. They stay packed; only what is asked for becomes text."""

    def __init__(self, out: str | Path, table: Table) -> None:
        self.table = load_arrow(out, table.name, PROVED[table.name])
        articles = Coded.of_arrow(self.table["article"])
        self.names = {name: at for at, name in enumerate(articles.values)}
        self.order = np.argsort(articles.codes, kind="stable")
        self.starts = np.searchsorted(articles.codes[self.order], np.arange(len(self.names) + 1))

    def rows(self, article: str) -> Rows:
        """The rows of an article in their order, empty text for null."""
        if article not in self.names:
            return []
        start, end = self.starts[self.names[article] :][:2]
        at = self.order[start:end]
        together = np.split(at, np.flatnonzero(np.diff(at) != 1) + 1)  # as a rule they all are
        found = [row for some in together for row in self.table.slice(some[0], len(some)).to_pylist()]
        return [{name: cell or "" for name, cell in row.items()} for row in found]

    def __len__(self) -> int:
        return int(self.table.num_rows)


def prove_article(
    result: Verification, article: Article, described: Mapping[str, str], tables: Mapping[str, Rows], patterns: Patterns
) -> None:
    """Proves the row of one article and the rows of its spans."""
    if described["sha256"] != article.sha256:
        if not described["error"]:
            result.faults.append(Fault("articles", article.name, "the text has another hash: the article was changed"))
        return
    for column, told in (
        ("characters", len(article.text)),
        ("figures", len(tables["figures"])),
        ("rejected", len(tables["rejected"])),
    ):
        if described[column] != str(told):
            result.faults.append(Fault("articles", article.name, f"{column} is {described[column]}, not {told}"))
    view = make_view(article.text, patterns).text if tables["figures"] else ""
    for table, rows in tables.items():
        for row in rows:
            for what in find_faults(table, row, article, view):
                result.faults.append(Fault(table, row.get("figure") or f"{article.name}:{row['start']}", what))


def find_faults(table: str, row: Mapping[str, str], article: Article, view: str) -> Iterator[str]:
    """What is wrong with a row of a span."""
    start, end = to_offset(row["start"]), to_offset(row["end"])
    if start is None or end is None or not start < end <= len(article.text):
        yield f"no such offsets: {row['start']} to {row['end']}"
        return
    quoted = article.text[start:end]
    if quoted.encode("utf-8", "replace").decode() != row["text"]:
        yield f"the article says {quoted!r}, the row {row['text']!r}"
    if table != "figures":
        return
    if row["figure"] != f"{article.name}:{start}":
        yield f"the id should be {article.name}:{start}"
    if row["sentence"] not in view.encode("utf-8", "replace").decode():
        yield "the sentence is not in the article"
    if not is_number(row["value"]):
        yield f"{row['value']!r} is no number"


def to_offset(cell: str) -> int | None:
    """A cell as an offset."""
    return int(cell) if cell.isascii() and cell.isdigit() else None


def is_number(cell: str) -> bool:
    """Whether a cell is a finite decimal."""
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False


def prove_links(result: Verification, out: str | Path, figures: ByArticle) -> None:
    """Proves that every figure id is one row's, and that ids elsewhere lead to rows."""
    ids = figures.table["figure"]
    for one in ids.value_counts().to_pylist():
        if one["counts"] > 1:
            result.faults.append(Fault("figures", one["values"], "the id stands twice"))
    for column in ("share_num", "share_den"):
        for row in find_lost(figures.table, figures.table[column], ids):
            result.faults.append(Fault("figures", row["figure"], f"{column} leads nowhere: {row[column]}"))
    checks = load_arrow(out, CHECKS.name, ("check", "figures"))
    result.rows += checks.num_rows
    named = pc.split_pattern(checks["figures"], "; ")
    listed = pa.table({"check": checks["check"].take(pc.list_parent_indices(named)), "figure": pc.list_flatten(named)})
    for row in find_lost(listed, listed["figure"], ids):
        result.faults.append(Fault("checks", row["check"], f"leads to no figure: {row['figure']}"))


def find_lost(table: pa.Table, links: pa.ChunkedArray, ids: pa.ChunkedArray) -> Rows:
    """The rows whose link is filled and leads to none of the `ids`."""
    lost: Rows = table.filter(pc.and_(pc.is_valid(links), pc.invert(pc.is_in(links, value_set=ids)))).to_pylist()
    return lost
