"""How does a dataset stand in SQLite? All tables with keys and indexes, and a search over the sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from extract.data.tables import Table

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "TEXT", "date": "TEXT"}
INDEXES = {
    "figures": (
        ("article",),
        ("indicator", "province", "period"),
        ("province", "period"),
        ("share_num",),
        ("share_den",),
    ),
    "terms": (("code",),),
    "checks": (("article",), ("verdict",)),
}
# Besides the tables: the sentences that hold figures, each once, and which figures a check rests on.
SENTENCES = """
CREATE TABLE "sentences" ("id" INTEGER PRIMARY KEY, "article" TEXT NOT NULL REFERENCES "articles" ("article"),
  "sentence" TEXT NOT NULL);
INSERT INTO "sentences" ("article", "sentence") SELECT "article", "sentence" FROM "figures"
  WHERE "sentence" IS NOT NULL GROUP BY "article", "sentence" ORDER BY MIN(rowid);
CREATE INDEX "sentences_article" ON "sentences" ("article");
CREATE VIRTUAL TABLE "sentences_fts" USING fts5 ("sentence", content="sentences", content_rowid="id",
  tokenize="unicode61 remove_diacritics 2");
INSERT INTO "sentences_fts" ("sentences_fts") VALUES ('rebuild');
"""
CHECK_FIGURES = """
CREATE TABLE "check_figures" ("check" TEXT NOT NULL REFERENCES "checks" ("check"),
  "figure" TEXT NOT NULL REFERENCES "figures" ("figure"), PRIMARY KEY ("check", "figure"));
"""


def fill_tables(
    connection: sqlite3.Connection, tables: Sequence[Table], rows: Mapping[str, Iterable[list[str]]]
) -> None:
    """Creates tables in a file and fills them (empty cells null), then what is looked up in those that are there."""
    connection.execute("PRAGMA journal_mode = OFF")  # a file half written is thrown away anyway
    connection.execute("PRAGMA synchronous = OFF")
    for table in tables:
        connection.execute(table_sql(table))
        insert(connection, table.name, rows[table.name], cell="NULLIF(?, '')")
        for columns in INDEXES.get(table.name, ()):
            listed = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f'CREATE INDEX "{table.name}_{"_".join(columns)}" ON "{table.name}" ({listed})')
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "figures" in names and "sentences" not in names:
        connection.executescript(SENTENCES)
    if {"figures", "checks"} <= names and "check_figures" not in names:
        connection.executescript(CHECK_FIGURES)
        pairs = connection.execute('SELECT "check", "figures" FROM "checks" ORDER BY rowid')
        links = (
            (check, figure) for check, figures in pairs.fetchall() for figure in (figures or "").split("; ") if figure
        )
        insert(connection, "check_figures", links, ignore=True)
    connection.commit()


def insert(
    connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[str]], *, cell: str = "?", ignore: bool = False
) -> None:
    """Adds rows to a table, each value as the SQL of `cell` says, with `ignore` each once."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    statement = f'INSERT {"OR IGNORE " if ignore else ""}INTO "{table}" VALUES ({", ".join([cell] * len(first))})'
    connection.execute(statement, first)
    connection.executemany(statement, rows)


def table_sql(table: Table) -> str:
    """The statement that creates a table."""
    columns = [f'"{field.name}" {TYPES[field.type]}{" NOT NULL" if field.required else ""}' for field in table.fields]
    columns.append("PRIMARY KEY ({})".format(", ".join(f'"{column}"' for column in table.key)))
    columns += [f'FOREIGN KEY ("{column}") REFERENCES "{other}" ("{key}")' for column, other, key in table.links]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
