"""How does a run go on where an earlier one stopped? Its rows stand on disk, and a journal says which piece made which.

Every run is an attempt: a folder in which the tables grow, and a journal with a line for each piece that is whole. Rows
are on disk before their line is. The next attempt takes over what it finds in the earlier ones, unchanged and whole.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.data.dataset import DatasetError, encode_rows
from extract.data.tables import TABLES
from extract.data.texts import NAME as TEXTS_FILE
from extract.running.pieces import Key, Piece
from extract.running.work import STREAMS, TEXTS, Done, Tally

FOLDER = ".parts"  # in the output folder
JOURNAL = "journal.jsonl"
HEADERS = {table.name: encode_rows([table.columns]) for table in TABLES} | {TEXTS: b""}
KEPT = 2  # earlier attempts that are worth their space: the last whole one, and one that was stopped


class Attempt:
    """The tables of this run while they grow."""

    def __init__(self, folder: Path, knowledge: str) -> None:
        folder.mkdir(parents=True)
        self.folder, self.open = folder, ExitStack()
        self.files = {name: self.open.enter_context(stream_file(folder, name).open("wb")) for name in STREAMS}
        for name, file in self.files.items():
            file.write(HEADERS[name])
        self.journal = self.open.enter_context((folder / JOURNAL).open("w", encoding="ascii"))
        self.journal.write(json.dumps({"knowledge": knowledge}) + "\n")

    def append(self, pieces: Sequence[Done]) -> None:
        """Adds the rows of some pieces, then their lines in the journal."""
        for piece in pieces:
            for name, rows in piece.rows.items():
                self.files[name].write(rows)
        for file in self.files.values():
            file.flush()
        self.journal.writelines(json.dumps(journal_line(piece)) + "\n" for piece in pieces)
        self.journal.flush()

    def __enter__(self) -> Attempt:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self.open:
            for file in (*self.files.values(), self.journal) if kind is None else ():
                file.flush()
                os.fsync(file.fileno())


def stream_file(folder: Path, name: str) -> Path:
    """Where a table, or the texts, stands."""
    return folder / (TEXTS_FILE if name == TEXTS else f"{name}.csv")


def journal_line(piece: Done) -> dict[str, Any]:
    """What the journal says of a piece."""
    return {
        "key": piece.key,
        "fingerprint": piece.fingerprint,
        "lengths": [len(piece.rows[name]) for name in STREAMS],
        "checksum": checksum(piece.rows),
        "tally": show_tally(piece.tally),
    }


def show_tally(tally: Tally) -> dict[str, Any]:
    """A tally as JSON, without what is nothing."""
    values = {one.name: getattr(tally, one.name) for one in fields(Tally) if one.name != "reused"}
    return {name: value for name, value in values.items() if value}


def checksum(rows: dict[str, bytes]) -> int:
    """Tells rows from others, or from half of them."""
    total = 0
    for name in STREAMS:
        total = zlib.crc32(rows[name], total)
    return total


class Source:
    """An earlier attempt, read from its start to its end as this run passes the same keys."""

    def __init__(self, folder: Path) -> None:
        self.open = ExitStack()
        self.lines = iter(self.open.enter_context((folder / JOURNAL).open(encoding="ascii")))
        self.head: dict[str, Any] | None = None
        if self.next_line() is not None:
            self.files = {name: self.open.enter_context(stream_file(folder, name).open("rb")) for name in STREAMS}
            self.ends = [len(HEADERS[name]) for name in STREAMS]
            self.advance()

    def next_line(self) -> dict[str, Any] | None:
        """The next line of the journal; None at its end, which a kill may have torn."""
        try:
            line: dict[str, Any] | None = json.loads(next(self.lines, "null"))
        except ValueError:
            return None
        return line

    def advance(self) -> None:
        """Goes to the next piece."""
        self.head = self.next_line()
        if self.head is not None:
            self.starts, lengths = self.ends, self.head["lengths"]
            self.ends = [start + length for start, length in zip(self.starts, lengths, strict=True)]

    def find(self, piece: Piece) -> Done | None:
        """What this attempt made of the same piece; pieces must be asked for in their order."""
        while self.head is not None and key_of(self.head) < piece.key:
            self.advance()
        head = self.head
        if head is None or key_of(head) != piece.key or head["fingerprint"] != piece.fingerprint:
            return None
        rows = {}
        for name, start, length in zip(STREAMS, self.starts, head["lengths"], strict=True):
            self.files[name].seek(start)
            rows[name] = self.files[name].read(length)
        if checksum(rows) != head["checksum"]:
            return None
        return Done(piece.key, piece.fingerprint, rows, read_tally(head["tally"]))


def key_of(line: dict[str, Any]) -> Key:
    """The key of a line's piece."""
    path, first = line["key"]
    return path, first


def read_tally(values: dict[str, Any]) -> Tally:
    """A tally of its values, as of articles that are taken over."""
    counted: dict[str, Any] = {name: Counter(values.pop(name, {})) for name in ("kinds", "provinces", "verdicts")}
    return Tally(**values, **counted, reused=values.get("articles", 0))


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Tells in one sentence why `out` cannot be written."""
    try:
        yield
    except (OSError, sqlite3.OperationalError, pa.ArrowException) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        raise DatasetError(f"{out}: cannot be written ({why})") from error


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """The folder of the attempts in `out`, for one run at a time. Raises DatasetError where there is another."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with the process, however that ends
        except BlockingIOError as error:
            raise DatasetError(f"{out}: another run is writing here") from error
        yield folder


def earlier_attempts(folder: Path, knowledge: str) -> list[Path]:
    """The attempts that are of use, those of the same knowledge with the longest journals; all others are removed."""
    useful = [path for path in folder.iterdir() if path.is_dir() and read_knowledge(path) == knowledge]
    useful.sort(key=lambda path: ((path / JOURNAL).stat().st_size, path.name), reverse=True)
    keep_attempts(folder, useful[:KEPT])
    return useful[:KEPT]


def read_knowledge(attempt: Path) -> str | None:
    """What an attempt was made with; None where it has no journal."""
    try:
        with (attempt / JOURNAL).open(encoding="ascii") as lines:
            header = json.loads(lines.readline())
    except (OSError, ValueError):
        return None
    return str(header["knowledge"])


def keep_attempts(folder: Path, kept: Sequence[Path]) -> None:
    """Removes all attempts but some."""
    for path in folder.iterdir():
        if path.is_dir() and path not in kept:
            shutil.rmtree(path)


def new_attempt(folder: Path) -> Path:
    """A folder's name that no attempt has."""
    last = max((int(path.name) for path in folder.iterdir() if path.name.isdigit()), default=0)
    return folder / f"{last + 1:04}"
