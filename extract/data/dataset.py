"""How does a dataset stand on disk? CSV files first, then the same tables as Parquet and SQLite, and a data package."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from extract.data.sqlite import fill_tables
from extract.data.tables import Field, Table
from extract.errors import SolieuError

ARROW_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.string(), "date": pa.string()}
# What a column is called in the cross-domain concepts of SDMX, the standard of statistical offices.
SDMX = {
    "province": "REF_AREA",
    "period": "TIME_PERIOD",
    "indicator": "INDICATOR",
    "value": "OBS_VALUE",
    "status": "OBS_STATUS",
    "unit": "UNIT_MEASURE",
    "decimals": "DECIMALS",
    "sentence": "COMMENT_OBS",
    "title": "TITLE",
    "outlet": "DATA_PROVIDER",
}


class DatasetError(SolieuError):
    """An output folder cannot be written or read; the message says why."""


def encode_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as CSV in UTF-8."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8", "replace")


def write_parquet(folder: Path, tables: Sequence[Table]) -> None:
    """Each table's CSV file as Parquet: integers as such, all else text, empty cells null."""
    for table in tables:
        types = {field.name: ARROW_TYPES[field.type] for field in table.fields}
        options = pa_csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
        parse = pa_csv.ParseOptions(newlines_in_values=True)
        part = folder / f".{table.name}.parquet.part"
        source = folder / f"{table.name}.csv"
        with (
            pa_csv.open_csv(source, parse_options=parse, convert_options=options) as reader,
            pq.ParquetWriter(part, reader.schema, compression="zstd") as writer,
        ):
            for batch in reader:
                writer.write_batch(batch)
        part.replace(folder / f"{table.name}.parquet")


def write_sqlite(path: Path, folder: Path, tables: Sequence[Table]) -> None:
    """All tables of `folder` in one SQLite file with keys, indexes and a search; same tables, same bytes."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part)
    try:
        fill_tables(connection, tables, {table.name: iter_rows(folder, table) for table in tables})
    finally:
        connection.close()
    part.replace(path)


def write_package(folder: Path, tables: Sequence[Table]) -> None:
    """`datapackage.json`: the Frictionless description of the CSV files."""
    resources = []
    for table in tables:
        schema: dict[str, Any] = {
            "fields": [field_json(field) for field in table.fields],
            "primaryKey": list(table.key),
            "foreignKeys": [key_json(table, *link) for link in table.links],
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


def field_json(field: Field) -> dict[str, Any]:
    """A column in the words of Frictionless."""
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = list(field.values)
    concept = f" (SDMX {SDMX[field.name]})" if field.name in SDMX else ""
    described = {"name": field.name, "type": field.type, "description": field.description + concept}
    return described | ({"constraints": constraints} if constraints else {})


def key_json(table: Table, column: str, other: str, key: str) -> dict[str, Any]:
    """A foreign key in the words of Frictionless, where a table calls itself an empty name."""
    return {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": [key]}}


def iter_rows(folder: Path, table: Table) -> Iterator[list[str]]:
    """The rows of a table's CSV file as cells."""
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        yield from reader


def load_arrow(folder: Path, name: str, columns: Sequence[str]) -> pa.Table:
    """Some columns of a table as Arrow text, null for empty: of the Parquet file, or of the CSV file where it is newer.

    Raises DatasetError where the table or a column is not there.
    """
    source, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
    if not source.is_file() and not parquet.is_file():
        raise DatasetError(f"{folder}: no {name}.csv here; is it the output folder of a run?")
    wanted = list(columns)
    try:
        if parquet.is_file() and not (source.is_file() and source.stat().st_mtime_ns > parquet.stat().st_mtime_ns):
            there = set(pq.read_schema(parquet).names)
            table = pq.read_table(parquet, columns=[name for name in wanted if name in there])
        else:
            types = dict.fromkeys(wanted, pa.string())
            options = pa_csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
            parse = pa_csv.ParseOptions(newlines_in_values=True)
            table = pa_csv.read_csv(source, parse_options=parse, convert_options=options)
    except pa.ArrowException as error:
        raise DatasetError(f"{folder}: {name} cannot be read: {str(error).splitlines()[0]}") from error
    if missing := set(wanted) - set(table.column_names):
        raise DatasetError(f"{folder}: {name} has no column {', '.join(sorted(missing))}; it is of another version")
    return table.select(wanted).cast(pa.schema([(column, pa.string()) for column in wanted]))


def load_table(folder: Path, name: str) -> pd.DataFrame:
    """A table of an output folder as text cells, "" for null. Raises DatasetError where it is not there."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise DatasetError(f"{folder}: no {name}.csv here; is it the output folder of a run?")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
