"""How does a folder become a dataset? Its pieces are done by an engine, kept by a journal, and joined into tables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

from extract.data.crossing import crossing
from extract.data.dataset import add_to_sqlite, encode_rows, iter_rows, write_package, write_parquet
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, TABLES, TERMS, Table
from extract.patterns import Patterns, load_patterns
from extract.reading.articles import list_files, name_file
from extract.reading.tables import COLUMNS
from extract.running.engines import Processes, Shard, in_blocks, run_here
from extract.running.journal import (
    Attempt,
    Source,
    earlier_attempts,
    keep_attempts,
    locked,
    new_attempt,
    stream_file,
    writing,
)
from extract.running.limits import MEGABYTES, SECONDS, start_worker
from extract.running.pieces import SHARD, Piece, list_pieces, shards
from extract.running.work import TEXTS, Job, Tally, add_up, digest, prepare

__all__ = ["Tally", "run"]

BLOCK = 1000  # rows encoded at once
DATABASE = "solieu.sqlite"
ALONE = (FIGURES, TERMS, REJECTED)  # tables whose rows do not change where articles learn of each other
CROSSED = (ARTICLES, CHECKS)


def run(
    folder: Path,
    out: Path,
    *,
    patterns: Path | None = None,
    columns: dict[str, str] | None = None,
    workers: int = 0,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Reads every article of `folder` and writes the tables to `out`; one bad article never stops it.

    What an earlier run left in `out`, whole or stopped, is taken over where article and knowledge are the same.
    With `workers` it is that many processes, each with `megabytes` at most, without it is this one. An article that
    takes longer than `seconds` is given up. `progress` is told of every shard that is done.
    Raises CorpusError, PatternError or DatasetError at the door, and DatasetError where the disk is full.
    """
    files = list_files(folder)
    known = load_patterns(patterns)
    prepare(known)
    job = Job(folder, patterns, tuple({**COLUMNS, **(columns or {})}.items()), seconds, megabytes)
    knowledge = digest(known, job)
    with writing(out), locked(out) as attempts:
        sources = [Source(path) for path in earlier_attempts(attempts, knowledge)]
        attempt, total = new_attempt(attempts), Tally()
        named = ((path, name_file(path, folder)) for path in files)
        tasks = plan(list_pieces(named, folder, dict(job.columns)), sources)
        with Attempt(attempt, knowledge) as growing:
            for done in Processes(job, workers).run(tasks) if workers else run_here(job, tasks):
                growing.append(done)
                shard = add_up(piece.tally for piece in done)
                total.add(shard)
                progress(shard)
        write_tables(out, attempt, known, apart=workers > 1)
        keep_attempts(attempts, [attempt])
    return total


def plan(pieces: Iterable[Piece], sources: Sequence[Source]) -> Iterator[Shard]:
    """The shards of a run: pieces to do, and pieces that an earlier run has done."""
    found = (next(filter(None, [source.find(piece) for source in sources]), piece) for piece in pieces)
    for kind, group in groupby(found, key=type):
        some: Any = group
        yield from shards(some) if kind is Piece else in_blocks(some, SHARD)


def write_tables(out: Path, attempt: Path, patterns: Patterns, *, apart: bool) -> None:
    """The tables of a whole attempt as the output: each file is there whole or not at all.

    With `apart` another process fills most of the database meanwhile.
    """
    database = out / f".{DATABASE}.part"
    database.unlink(missing_ok=True)
    if apart:
        with ProcessPoolExecutor(1, initializer=start_worker, initargs=(0,)) as beside:
            filled = beside.submit(add_to_sqlite, database, attempt, ALONE)
            cross_articles(out, attempt, patterns)
            filled.result()
    else:
        cross_articles(out, attempt, patterns)
        add_to_sqlite(database, attempt, ALONE)
    for table in ALONE:
        link_or_copy(stream_file(attempt, table.name), part(out, table))
    link_or_copy(stream_file(attempt, TEXTS), out / f".{TEXTS}.part")
    for table in TABLES:
        part(out, table).replace(stream_file(out, table.name))
    (out / f".{TEXTS}.part").replace(stream_file(out, TEXTS))
    write_parquet(out, TABLES)
    add_to_sqlite(database, out, CROSSED)
    database.replace(out / DATABASE)
    write_package(out, TABLES)


def cross_articles(out: Path, attempt: Path, patterns: Patterns) -> None:
    """The tables that change where the articles of an attempt learn of each other."""
    with crossing(attempt / "crossing.sqlite", patterns) as crossed:
        write_rows(out, ARTICLES, crossed.articles(iter_rows(attempt, ARTICLES)))
        crossed.figures(iter_rows(attempt, FIGURES))
        cutters = crossed.habits(iter_rows(attempt, CHECKS))
        write_rows(out, CHECKS, crossed.checks(iter_rows(attempt, CHECKS), cutters))


def part(out: Path, table: Table) -> Path:
    """Where a table stands until all are whole."""
    return out / f".{table.name}.csv.part"


def write_rows(out: Path, table: Table, rows: Iterable[list[str]]) -> None:
    """Rows as a table's part."""
    with part(out, table).open("wb") as file:
        file.write(encode_rows([table.columns]))
        for block in in_blocks(rows, BLOCK):
            file.write(encode_rows(block))


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under another name, as a copy where the disk knows no links."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
