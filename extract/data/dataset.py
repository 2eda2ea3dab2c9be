"""How does a dataset stand on disk? CSV files first, then the same tables as Parquet and SQLite, and a data package."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from extract.data.tables import TABLES, Table

ARROW_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.string(), "date": pa.string()}
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "TEXT", "date": "TEXT"}


class DatasetError(Exception):
    """An output folder cannot be written or read; the message says why."""


def encode_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as CSV in UTF-8."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8", "replace")


class DatasetWriter:
    """Writes the tables of a run: a file is there whole or not at all."""

    def __init__(self, folder: Path, tables: Sequence[Table] = TABLES) -> None:
        self.folder, self.tables = folder, tables
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.files = {table.name: self.part(table).open("wb") for table in tables}
        except OSError as error:
            raise DatasetError(f"{folder}: cannot be written ({error.strerror})") from error
        for table in tables:
            self.files[table.name].write(encode_rows([table.columns]))

    def part(self, table: Table) -> Path:
        """Where a table grows until it is whole."""
        return self.folder / f".{table.name}.csv.part"

    def append(self, chunk: dict[str, bytes]) -> None:
        """Adds encoded rows by table name."""
        for name, rows in chunk.items():
            self.files[name].write(rows)

    def __enter__(self) -> DatasetWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for file in self.files.values():
            file.close()
        if kind is not None:
            for table in self.tables:
                self.part(table).unlink(missing_ok=True)
            return
        for table in self.tables:
            self.part(table).replace(self.folder / f"{table.name}.csv")
        write_parquet(self.folder, self.tables)
        write_sqlite(self.folder / "solieu.sqlite", self.folder, self.tables)
        write_package(self.folder, self.tables)


def write_parquet(folder: Path, tables: Sequence[Table]) -> None:
    """Each table's CSV file as Parquet: integers as such, all else text, empty cells null."""
    for table in tables:
        types = {field.name: ARROW_TYPES[field.type] for field in table.fields}
        options = pa_csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
        parse = pa_csv.ParseOptions(newlines_in_values=True)
        part = folder / f".{table.name}.parquet.part"
        with pa_csv.open_csv(folder / f"{table.name}.csv", parse_options=parse, convert_options=options) as reader:
            with pq.ParquetWriter(part, reader.schema, compression="zstd") as writer:
                for batch in reader:
                    writer.write_batch(batch)
        part.replace(folder / f"{table.name}.parquet")


def write_sqlite(path: Path, folder: Path, tables: Sequence[Table]) -> None:
    """All tables in one SQLite file with keys; empty cells null."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part)
    for table in tables:
        connection.execute(table_sql(table))
        marks = ", ".join("?" for _ in table.columns)
        rows = ([cell or None for cell in row] for row in iter_rows(folder, table))
        connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    part.replace(path)


def table_sql(table: Table) -> str:
    """The statement that creates a table."""
    columns = [
        f'"{field.name}" {SQL_TYPES[field.type]}{" NOT NULL" if field.required else ""}' for field in table.fields
    ]
    columns.append("PRIMARY KEY ({})".format(", ".join(f'"{column}"' for column in table.key)))
    columns += [f'FOREIGN KEY ("{column}") REFERENCES "{other}" ("{key}")' for column, other, key in table.links]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'


def write_package(folder: Path, tables: Sequence[Table]) -> None:
    """`datapackage.json`: the Frictionless description of the CSV files."""
    resources = []
    for table in tables:
        schema: dict[str, Any] = {
            "fields": [field_json(field) for field in table.fields],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": [key]}}
                for column, other, key in table.links
            ],
            "missingValues": [""],
        }
        resources.append(
            {
                "name": table.name,
                "type": "table",
                "path": f"{table.name}.csv",
                "description": table.description,
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        )
    package = {"name": "solieu", "title": "Figures of Vietnamese provincial news", "resources": resources}
    part = folder / ".datapackage.json.part"
    part.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / "datapackage.json")


def field_json(field: Any) -> dict[str, Any]:
    """A column in the words of Frictionless."""
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = list(field.values)
    described = {"name": field.name, "type": field.type, "description": field.description}
    return described | ({"constraints": constraints} if constraints else {})


def iter_rows(folder: Path, table: Table) -> Iterator[list[str]]:
    """The rows of a table's CSV file as cells."""
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        yield from reader


def load_table(folder: Path, name: str) -> pd.DataFrame:
    """A table of an output folder as text cells, "" for null. Raises DatasetError where it is not there."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise DatasetError(f"{folder}: no {name}.csv here; is it the output folder of a run?")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


