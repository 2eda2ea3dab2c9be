"""What is the smallest part of a run? A file, or some rows of a table, known again by its fingerprint."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.reading.articles import LARGEST, TABLES, show_path
from extract.reading.decoding import NotTextError
from extract.reading.tables import TableError, TableRow, read_table

ROWS = 32  # of a table in one piece
SHARD = 32  # pieces a worker takes at once: small enough for an even end, large enough to hide the hand-over
LETTERS = 1_000_000  # bytes or characters in a piece or shard, about: memory does not grow with long articles

Key = tuple[str, int]  # path under the input folder, first row: pieces stand in this order


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or some rows of one that is a table."""

    path: Path
    key: Key
    name: str  # the article's, or the table's
    fingerprint: str  # same fingerprint, same rows in the tables
    size: int = 0
    rows: tuple[TableRow, ...] | None = None  # of a table
    error: str | None = None  # why the table ends here
    first: bool = True  # of its file


def list_pieces(files: Iterable[tuple[Path, str]], folder: Path, columns: Mapping[str, str]) -> Iterator[Piece]:
    """The pieces of files of `folder`, given with their names, in order; tables are read as they come."""
    for path, name in files:
        key = path.relative_to(folder).as_posix()
        if path.suffix.lower() in TABLES and path.is_file():
            yield from table_pieces(Piece(path, (key, 0), name, ""), show_path(path, folder), columns)
        else:
            content, size = file_content(path)
            yield Piece(path, (key, 0), name, fingerprint(name, content), size)


def file_content(path: Path) -> tuple[bytes, int]:
    """The bytes of a file, as far as they matter, and their number; a file that cannot be read is told by its error."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return f"{status.st_mode} {status.st_size}".encode(), 0
        return path.read_bytes(), status.st_size
    except OSError as error:
        return str(error).encode("utf-8", "surrogateescape"), 0


def fingerprint(name: str, content: bytes) -> str:
    """What stands for a piece's name and content.

    >>> len(fingerprint("a", b"text"))
    32
    """
    return hashlib.blake2b(name.encode("utf-8", "surrogateescape") + b"\0" + content, digest_size=16).hexdigest()


def table_pieces(table: Piece, shown: str, columns: Mapping[str, str]) -> Iterator[Piece]:
    """The pieces of a table; where it cannot be read on, the last one says why."""
    rows: list[TableRow] = []
    first, error = True, None
    try:
        for row in read_table(table.path, columns):
            rows.append(row)
            if len(rows) >= ROWS or sum(map(row_size, rows)) > LETTERS:
                yield replace(row_piece(table, rows), first=first)
                rows, first = [], False
    except OSError as problem:
        error = f"cannot be opened: {problem.strerror or problem}"
    except (NotTextError, TableError) as problem:
        error = str(problem)
    except Exception as problem:  # an error of ours ends the table, never the run
        error = f"{type(problem).__name__}: {problem}"
    if rows or error or first:
        yield replace(row_piece(table, rows, error), first=first)


def row_piece(table: Piece, rows: Sequence[TableRow], error: str | None = None) -> Piece:
    """A piece of a table; one that only says why the table ends stands behind all others."""
    first = rows[0].number if rows else 2**63
    content = repr((rows, error)).encode("utf-8", "surrogatepass")
    return replace(
        table, key=(table.key[0], first), fingerprint=fingerprint(table.name, content), rows=tuple(rows),
        size=sum(map(row_size, rows)), error=error,
    )  # fmt: skip


def row_size(row: TableRow) -> int:
    """The characters of a row."""
    return sum(map(len, row.cells.values()))


def split_piece(piece: Piece) -> list[Piece]:
    """A piece for each article of `piece`."""
    if piece.rows is None:
        return [piece]
    parts = [replace(piece, rows=(row,), error=None) for row in piece.rows]
    return [*parts, replace(piece, rows=())] if piece.error else parts


def shards(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces as a worker takes them."""
    shard: list[Piece] = []
    articles = size = 0
    for piece in pieces:
        shard.append(piece)
        articles += len(piece.rows or "1")
        size += piece.size
        if articles >= SHARD or size >= LETTERS:
            yield shard
            shard, articles, size = [], 0, 0
    if shard:
        yield shard
