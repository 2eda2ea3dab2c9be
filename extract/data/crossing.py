"""What is only seen across articles? A text that stands twice, contradictions between articles, habits of a paper.

The tables of a run are read as streams, in their order; what must be looked up stands in a database on disk, so memory
does not grow with the number of articles.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from extract.data.checking.across import Key, check_across, identity
from extract.data.checking.context import CheckWords
from extract.data.checking.habits import excuse, find_habits
from extract.data.rows import read_figure
from extract.data.tables import ARTICLES, CHECKS, FIGURES, show_rows
from extract.patterns import Patterns
from extract.records import Check, Figure

Row = list[str]
SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE articles (article TEXT PRIMARY KEY, outlet TEXT, duplicate INTEGER) WITHOUT ROWID;
CREATE TABLE texts (sha256 BLOB PRIMARY KEY, article TEXT) WITHOUT ROWID;
CREATE TABLE facts (number INTEGER PRIMARY KEY, key BLOB, article TEXT, said TEXT, figure TEXT);
BEGIN;
"""
COLUMNS = FIGURES.columns
NEEDED = tuple(COLUMNS.index(name) for name in ("indicator", "province", "place", "period"))
CHANGE, VS = (COLUMNS.index(name) for name in ("change", "vs"))
SAID = itemgetter(*(COLUMNS.index(name) for name in ("value", "of", "status")))
ARTICLE_OF = itemgetter(1)
SHA256, OUTLET, DUPLICATE = (ARTICLES.columns.index(name) for name in ("sha256", "outlet", "duplicate_of"))
VERDICT = CHECKS.columns.index("verdict")


class Crossing:
    """The articles of a run, known to each other. First `articles`, then `figures`, then `checks`."""

    def __init__(self, database: sqlite3.Connection, patterns: Patterns) -> None:
        self.database, self.patterns = database, patterns
        database.executescript(SCHEMA)

    def articles(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows of `articles`, each with the earlier article that has the same text."""
        run = self.database.execute
        for row in rows:
            if row[SHA256]:
                key = bytes.fromhex(row[SHA256])
                if not run("INSERT OR IGNORE INTO texts VALUES (?, ?)", (key, row[0])).rowcount:
                    row[DUPLICATE] = run("SELECT article FROM texts WHERE sha256 = ?", (key,)).fetchone()[0]
                run("INSERT INTO articles VALUES (?, ?, ?)", (row[0], row[OUTLET] or None, bool(row[DUPLICATE])))
            yield row

    def figures(self, rows: Iterable[Row]) -> None:
        """Takes note of all figures that another article could contradict; a text that stands twice says all once."""
        for article, group in groupby(rows, key=ARTICLE_OF):
            if not self.is_duplicate(article):
                self.database.executemany(
                    "INSERT INTO facts (key, article, said, figure) VALUES (?, ?, ?, ?)",
                    (
                        (hash_identity(key), article, " ".join(SAID(row)), json.dumps(row))
                        for row in group
                        if (key := find_identity(row)) is not None
                    ),
                )

    def habits(self, rows: Iterable[Row]) -> frozenset[str]:
        """The papers that cut percentages off by habit, of rows of `checks`."""
        told = (
            replace(read_check(row), article=outlet)
            for article, group in groupby(rows, key=ARTICLE_OF)
            if (outlet := self.outlet(article)) and not self.is_duplicate(article)
            for row in group
        )
        return frozenset(one.source for one in find_habits(told) if one.habit == "cuts")

    def checks(self, rows: Iterable[Row], cutters: frozenset[str]) -> Iterator[Row]:
        """The rows of `checks`: those inside articles, excused where they are a paper's habit; then those between."""
        words = self.patterns.compiled(CheckWords)
        for row in rows:
            if cutters and row[VERDICT] == "truncated" and self.outlet(row[1]) in cutters:
                yield from show_rows(CHECKS, [excuse(read_check(row), words)])
            else:
                yield row
        for check in self.contradictions():
            yield from show_rows(CHECKS, [check])

    def contradictions(self) -> Iterator[Check]:
        """The checks between articles, in the order of the figures they begin with.

        Where all say the same there is nothing to check.
        """
        run = self.database.execute
        run("CREATE INDEX by_key ON facts (key)")
        apart = "count(DISTINCT said) > 1 AND count(DISTINCT article) > 1"
        keys = run(f"SELECT key FROM facts GROUP BY key HAVING {apart} ORDER BY min(number)")
        for (key,) in keys:
            group = run("SELECT figure FROM facts WHERE key = ? ORDER BY number", (key,))
            yield from check_across([read_cells(json.loads(cells)) for (cells,) in group], self.patterns, apart=True)

    def outlet(self, article: str) -> str | None:
        """The paper of an article."""
        found = self.database.execute("SELECT outlet FROM articles WHERE article = ?", (article,)).fetchone()
        return found[0] if found else None

    def is_duplicate(self, article: str) -> bool:
        """Whether an earlier article has the same text."""
        found = self.database.execute("SELECT duplicate FROM articles WHERE article = ?", (article,)).fetchone()
        return bool(found and found[0])


@contextmanager
def crossing(path: Path, patterns: Patterns) -> Iterator[Crossing]:
    """A Crossing with its database at `path`, which is removed in the end."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        yield Crossing(database, patterns)
    finally:
        database.close()
        path.unlink(missing_ok=True)


def find_identity(row: Row) -> Key | None:
    """What the figure of a row is about, where it says so fully."""
    if row[VS] or row[CHANGE] != "none" or not all(row[column] for column in NEEDED):
        return None  # so would `identity`, but for a whole figure
    return identity(read_cells(row))


def read_cells(row: Row) -> Figure:
    """The figure of a row of `figures`."""
    return read_figure(dict(zip(COLUMNS, row, strict=True)))


def read_check(row: Row) -> Check:
    """The check of a row of `checks`; an empty cell stays one.

    >>> read_check(["a:share:1+2+3", "a", "share", "a:1; a:2; a:3", *[""] * 14]).figures
    ('a:1', 'a:2', 'a:3')
    """
    cells: dict[str, Any] = dict(zip(CHECKS.columns, row, strict=True))
    return Check(**{**cells, "figures": tuple(cells["figures"].split("; "))})


def hash_identity(key: Key) -> bytes:
    """What stands for an identity, the same in every process."""
    told = [sorted(part) if isinstance(part, frozenset) else part for part in key]
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()
