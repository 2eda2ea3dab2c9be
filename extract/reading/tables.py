"""Which articles does a table hold? One a row, in JSON Lines, CSV or Parquet; a bad row does not stop the next ones."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from extract.reading.decoding import SAMPLE, NotTextError, find_encoding

FIELDS = ("text", "title", "published", "outlet", "url")
COLUMNS: Mapping[str, str] = {name: name for name in FIELDS}  # the column of each field
DELIMITERS = ",;\t"
BATCH = 64  # rows of a Parquet file in memory
UNDECODED = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of bytes that are not UTF-8


class TableError(Exception):
    """The table cannot be read from some place on; the message says why."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, by field, blank cells left out; or why it holds no article."""

    number: int  # from 1, without the header
    cells: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None


def read_table(path: Path, columns: Mapping[str, str] = COLUMNS) -> Iterator[TableRow]:
    """The rows of a table; `columns` says which column holds which field.

    Raises TableError, NotTextError or OSError where the file is no such table.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        yield from read_parquet(path, columns)
        return
    # JSON Lines end at line feeds only; a CSV cell keeps the line ends in it.
    read, newline = (read_jsonl, "\n") if suffix == ".jsonl" else (read_csv, "")
    with open_table(path, newline) as stream:
        try:
            yield from read(stream, columns)
        except UnicodeDecodeError as error:
            raise TableError(f"no {error.encoding} from some place on") from error


def open_table(path: Path, newline: str) -> IO[str]:
    """A text table; bytes that are not UTF-8 spoil their row only."""
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    try:
        encoding = find_encoding(sample, whole=len(sample) < SAMPLE, guess=False)
    except NotTextError:
        if b"\0" in sample:
            raise
        encoding = "utf-8"
    errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
    return path.open(encoding=encoding, errors=errors, newline=newline)


def read_jsonl(stream: IO[str], columns: Mapping[str, str]) -> Iterator[TableRow]:
    """Rows of JSON Lines; blank lines count, so a number is a line number."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        if UNDECODED.search(line):
            yield TableRow(number, error="not UTF-8")
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield TableRow(number, error=f"no JSON: {error}")
            continue
        if isinstance(record, dict):
            yield make_row(number, {name: record.get(column) for name, column in columns.items()})
        else:
            yield TableRow(number, error="no JSON object")


def read_csv(stream: IO[str], columns: Mapping[str, str]) -> Iterator[TableRow]:
    """Rows of a CSV file with a header; commas, semicolons or tabs between cells."""
    header = stream.readline()
    names, delimiter = read_header(header, columns["text"])
    csv.field_size_limit(2**31 - 1)  # for the whole process; a row's size is checked with its article
    reader = csv.reader(stream, delimiter=delimiter)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield TableRow(number, error=f"no CSV: {error}")
            continue
        if not cells:
            continue
        number += 1
        if len(cells) != len(names):
            yield TableRow(number, error=f"{len(cells)} cells, not {len(names)}")
        elif any(map(UNDECODED.search, cells)):
            yield TableRow(number, error="not UTF-8")
        else:
            row = dict(zip(names, cells, strict=True))
            yield make_row(number, {name: row.get(column) for name, column in columns.items()})


def read_header(line: str, text: str) -> tuple[Sequence[str], str]:
    """The column names and the delimiter under which one of them is `text`. Raises TableError."""
    for delimiter in DELIMITERS:
        names = [name.strip() for name in next(csv.reader(io.StringIO(line), delimiter=delimiter), [])]
        if text in names:
            return names, delimiter
    raise TableError(f"no column {text!r} in the header")


def read_parquet(path: Path, columns: Mapping[str, str]) -> Iterator[TableRow]:
    """Rows of a Parquet file, a batch in memory."""
    import pyarrow as pa  # noqa: PLC0415  # 0.1 s, and most runs meet no Parquet file
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as table:
            present = {name: column for name, column in columns.items() if column in table.schema_arrow.names}
            if "text" not in present:
                raise TableError(f"no column {columns['text']!r} in the table")
            number = 0
            for batch in table.iter_batches(BATCH, columns=[*present.values()]):
                cells = {name: plain_values(batch.column(column), pa) for name, column in present.items()}
                for at in range(batch.num_rows):
                    number += 1
                    yield make_row(number, {name: values[at] for name, values in cells.items()})
    except pa.ArrowException as error:
        raise TableError(f"no Parquet: {first_line(error)}") from error


def plain_values(column: Any, pa: Any) -> list[Any]:
    """A Parquet column as Python values; strings as bytes, so that one that is not UTF-8 spoils its row only."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    return list(column.to_pylist())


def make_row(number: int, values: Mapping[str, Any]) -> TableRow:
    """A row of what its cells hold."""
    cells = {}
    for name, value in values.items():
        if isinstance(value, bytes):
            try:
                value = value.decode()  # noqa: PLW2901
            except UnicodeDecodeError:
                return TableRow(number, error="not UTF-8")
        if name == "text" and not isinstance(value, str):
            return TableRow(number, error="no text" if value is None else "its text is no string")
        cell = value if isinstance(value, str) else str(value) if hasattr(value, "isoformat") else ""
        if cell.strip():
            cells[name] = cell if name == "text" else cell.strip()
    return TableRow(number, cells) if "text" in cells else TableRow(number, error="no text")


def first_line(error: Exception) -> str:
    """The first line of an error's message."""
    return str(error).partition("\n")[0]
