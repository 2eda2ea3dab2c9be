"""What is a part of a run on a cluster? Some hundred files of a folder anywhere, done into a Parquet file a table.

Folders are whatever fsspec opens (`s3://bucket/news`). Where a part ends its file names say, so a new file changes one
part only. A part is done when its tally is written.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from extract.data.dataset import ARROW_TYPES
from extract.data.tables import ARTICLES, CHECKS, TABLES, Table
from extract.data.texts import SUFFIX, TEXTS
from extract.errors import SolieuError
from extract.patterns import load_patterns
from extract.reading.articles import SUFFIXES, CorpusError, name_file
from extract.reading.articles import TABLES as TABLE_SUFFIXES
from extract.running.journal import read_tally, show_tally
from extract.running.pieces import list_pieces
from extract.running.work import Done, Job, Tally, add_up, digest, do_piece, lost_piece

BLOCK = 8_000_000  # bytes of rows in a row group
ROWS = 100_000  # rows in a file of a table that is written by one process
DONE = ".parts/done"
RAW = {table.name: f".parts/{table.name}" for table in (ARTICLES, CHECKS)}  # before articles know of each other
STAMPS = ("ETag", "etag", "md5Hash", "size", "mtime", "LastModified", "last_modified")  # how a store tells of a change


class ClusterError(SolieuError):
    """A run on a cluster cannot be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some files: path under the folder, and the name of the article or table in it."""

    name: str
    files: tuple[tuple[str, str], ...]


def list_parts(folder: str, knowledge: str, size: int) -> Iterator[Part]:
    """The parts of a folder, of about `size` files, at least one; a table is a part. Raises CorpusError."""
    found = list_stamps(folder)
    waiting: list[str] = []
    for path in sorted(found):
        alone = PurePosixPath(path).suffix.lower() in TABLE_SUFFIXES
        if alone and waiting:
            yield make_part(waiting, found, knowledge)
            waiting = []
        waiting.append(path)
        if alone or int(hashed(path), 16) % size == 0:
            yield make_part(waiting, found, knowledge)
            waiting = []
    if waiting or not found:
        yield make_part(waiting, found, knowledge)


def list_stamps(folder: str) -> dict[str, str]:
    """The files of articles under a folder, hidden ones left out, each with what changes when it does."""
    system, root = fsspec.core.url_to_fs(folder)
    if not system.isdir(root):
        raise CorpusError(f"{folder}: no such folder of articles")
    paths = {path[len(root.rstrip("/")) + 1 :]: info for path, info in system.find(root, detail=True).items()}
    return {
        path: repr([info.get(stamp) for stamp in STAMPS])
        for path, info in paths.items()
        if PurePosixPath(path).suffix.lower() in SUFFIXES and not f"/{path}".count("/.")
    }


def make_part(paths: list[str], found: Mapping[str, str], knowledge: str) -> Part:
    """The part of some files; its name changes with them and with what is known."""
    files = tuple((path, name_file(Path(path), Path(), found.__contains__)) for path in paths)
    return Part(hashed(repr((knowledge, files, [found[path] for path in paths]))), files)


def hashed(text: str) -> str:
    """What stands for a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def do_part(job: Job, knowledge: str, folder: str, out: str, part: Part, lost: Collection[str] = ()) -> Tally:
    """Does a part, on whatever machine; of the files that are `lost` it only tells so."""
    patterns = load_patterns(job.patterns)
    if digest(patterns, job) != knowledge:
        raise ClusterError("a worker has another version of solieu, of its patterns or of underthesea")
    with tempfile.TemporaryDirectory() as here:
        job = replace(job, folder=Path(here) / "in")
        fetch(folder, part, job.folder)
        named = ((job.folder / path, name) for path, name in part.files)
        pieces = list_pieces(named, job.folder, dict(job.columns))
        done = (
            lost_piece(job, piece, "it killed its workers") if piece.key[0] in lost else do_piece(job, piece, patterns)
            for piece in pieces
        )
        tally = write_part(done, Path(here))
        system, root = fsspec.core.url_to_fs(out)
        for table in TABLES:
            put(system, Path(here) / table.name, f"{root}/{RAW.get(table.name, table.name)}/{part.name}.parquet")
        put(system, Path(here) / TEXTS, f"{root}/{TEXTS}/{part.name}{SUFFIX}")
    system.makedirs(f"{root}/{DONE}", exist_ok=True)
    system.pipe_file(f"{root}/{DONE}/{part.name}.json", json.dumps(show_tally(tally)).encode())
    return tally


def fetch(folder: str, part: Part, here: Path) -> None:
    """Brings the files of a part here; one that cannot be had will be told of when it is not there."""
    system, root = fsspec.core.url_to_fs(folder)
    paths = {f"{root.rstrip('/')}/{path}": here / path for path, _ in part.files}
    for local in paths.values():
        local.parent.mkdir(parents=True, exist_ok=True)
    if any(local.suffix.lower() in TABLE_SUFFIXES for local in paths.values()):
        for path, local in paths.items():
            system.get_file(path, str(local))
        return
    for path, content in system.cat(list(paths), on_error="omit").items() if paths else ():
        paths[path].write_bytes(content)


def write_part(done: Iterable[Done], here: Path) -> Tally:
    """Writes the rows of some pieces to a Parquet file a table in the folder `here`, and their texts to a file."""
    tallies = []
    with ExitStack() as open_files:
        writers = {table.name: open_files.enter_context(RowWriter(table, here / table.name)) for table in TABLES}
        texts = open_files.enter_context((here / TEXTS).open("wb"))
        for piece in done:
            tallies.append(piece.tally)
            for name, writer in writers.items():
                writer.write(piece.rows[name])
            texts.write(piece.rows[TEXTS])
    return add_up(tallies)


class RowWriter:
    """Encoded rows as a Parquet file, in row groups of some size."""

    def __init__(self, table: Table, path: Path) -> None:
        self.table, self.rows = table, io.BytesIO()
        schema = pa.schema([(field.name, ARROW_TYPES[field.type]) for field in table.fields])
        self.types = dict(zip(schema.names, schema.types, strict=True))
        self.file = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, rows: bytes) -> None:
        """Adds rows as `encode_rows` makes them."""
        self.rows.write(rows)
        if self.rows.tell() >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """Ends a row group."""
        if not self.rows.tell():
            return
        self.rows.seek(0)
        self.file.write_table(
            pa_csv.read_csv(
                self.rows,
                pa_csv.ReadOptions(column_names=list(self.types), block_size=2 * BLOCK),
                pa_csv.ParseOptions(newlines_in_values=True),
                pa_csv.ConvertOptions(column_types=self.types, strings_can_be_null=True, null_values=[""]),
            )
        )
        self.rows = io.BytesIO()

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()
        self.file.close()


def put(system: Any, local: Path, path: str) -> None:
    """Brings a file to its place: there whole or not at all."""
    folder, _, name = path.rpartition("/")
    system.makedirs(folder, exist_ok=True)
    passing = f"{folder}/.{uuid.uuid4().hex}"
    system.put_file(str(local), passing)
    system.mv(passing, f"{folder}/{name}")


def read_done(out: str) -> dict[str, Tally]:
    """The parts that are done, by name."""
    system, root = fsspec.core.url_to_fs(out)
    paths = system.glob(f"{root}/{DONE}/*.json")
    return {PurePosixPath(path).stem: read_tally(json.loads(system.cat_file(path) or "{}")) for path in paths}


def read_rows(out: str, folder: str, names: Iterable[str]) -> Iterator[list[str]]:
    """The rows of some Parquet files in a folder of `out`, as cells."""
    system, root = fsspec.core.url_to_fs(out)
    for name in names:
        with system.open(f"{root}/{folder}/{name}.parquet", "rb") as file, pq.ParquetFile(file) as table:
            for batch in table.iter_batches():
                columns = [
                    ["" if cell is None else str(cell) for cell in column.to_pylist()] for column in batch.columns
                ]
                yield from map(list, zip(*columns, strict=True))


def write_rows(out: str, table: Table, blocks: Iterable[bytes]) -> list[str]:
    """Encoded rows as a table's Parquet files, numbered; their names."""
    system, root = fsspec.core.url_to_fs(out)
    names: list[str] = []
    for block in blocks:
        names.append(f"{len(names):06}")
        with tempfile.TemporaryDirectory() as here:
            with RowWriter(table, Path(here) / "rows") as writer:
                writer.write(block)
            put(system, Path(here) / "rows", f"{root}/{table.name}/{names[-1]}.parquet")
    return names


def keep_files(out: str, folder: str, suffix: str, names: Collection[str]) -> None:
    """Removes the files of a folder of `out` that have other names."""
    system, root = fsspec.core.url_to_fs(out)
    if system.isdir(f"{root}/{folder}"):
        for path in system.ls(f"{root}/{folder}", detail=False):
            if PurePosixPath(path).name.removesuffix(suffix) not in names:
                system.rm_file(path)
