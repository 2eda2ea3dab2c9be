"""Does the dataset say what the articles say? Every row proved against the input: hash, offsets, quoted text, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyarrow as pa

from extract.data.dataset import load_arrow
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, TERMS, Table
from extract.patterns import Patterns, load_patterns
from extract.reading.articles import load_articles
from extract.reading.tables import COLUMNS
from extract.reading.view import make_view
from extract.records import Article

SHOWN = 20  # faults told one by one; all are counted
SPANS = (FIGURES, TERMS, REJECTED)
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
    out: Path, corpus: Path, *, patterns: Patterns | None = None, columns: Mapping[str, str] = COLUMNS
) -> Verification:
    """Reads `corpus` again and proves each row of the dataset in `out`; `columns` as they were given to the run.

    Raises DatasetError, CorpusError.
    """
    known = patterns or load_patterns()
    result = Verification()
    described = {row["article"]: row for row in read_rows(out, ARTICLES)}
    by_article = {table.name: group_rows(out, table) for table in SPANS}
    seen = set[str]()
    for article in load_articles(corpus, known, columns=columns):
        seen.add(article.name)
        row = described.get(article.name)
        if row is None:
            result.faults.append(Fault("articles", article.name, "is in the input, not in the dataset"))
        elif isinstance(article, Article):
            result.articles += 1
            prove_article(
                result, article, row, {name: rows.get(article.name, []) for name, rows in by_article.items()}, known
            )
        elif not row["error"]:
            result.faults.append(Fault("articles", article.name, f"cannot be read: {article.error}"))
    for name in described:
        if name not in seen:
            result.faults.append(Fault("articles", name, "is in the dataset, not in the input"))
    for table, rows in by_article.items():
        result.rows += sum(map(len, rows.values()))
        result.faults += [
            Fault(table, name, "rows of an article that has no row") for name in rows if name not in described
        ]
    result.rows += len(described)
    prove_links(result, out, by_article["figures"])
    return result


def read_rows(out: Path, table: Table) -> Rows:
    """A table's rows, empty text for null."""
    read: pa.Table = load_arrow(out, table.name, table.columns)
    return [{name: cell or "" for name, cell in row.items()} for row in read.to_pylist()]


def group_rows(out: Path, table: Table) -> dict[str, Rows]:
    """A table's rows by article."""
    groups: dict[str, Rows] = {}
    for row in read_rows(out, table):
        groups.setdefault(row["article"], []).append(row)
    return groups


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


def prove_links(result: Verification, out: Path, figures: Mapping[str, Rows]) -> None:
    """Proves that every figure id is one row's, and that ids elsewhere lead to rows."""
    ids = set[str]()
    for rows in figures.values():
        for row in rows:
            if row["figure"] in ids:
                result.faults.append(Fault("figures", row["figure"], "the id stands twice"))
            ids.add(row["figure"])
    for rows in figures.values():
        for row in rows:
            for column in ("share_num", "share_den"):
                if row[column] and row[column] not in ids:
                    result.faults.append(Fault("figures", row["figure"], f"{column} leads nowhere: {row[column]}"))
    checks = read_rows(out, CHECKS)
    result.rows += len(checks)
    for row in checks:
        for figure in filter(None, row["figures"].split("; ")):
            if figure not in ids:
                result.faults.append(Fault("checks", row["check"], f"leads to no figure: {figure}"))
