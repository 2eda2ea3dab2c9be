"""How does a dataset stand on disk? CSV files first, then the same tables as Parquet and SQLite, and a data package.

A run on a cluster leaves each table in parts, Parquet files of a folder. The data package, which every run writes last,
lists them in order; so it alone says whether a table stands in parts or in one file.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from extract.data.folders import Folder
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
PACKAGE = "datapackage.json"
BATCH = 10_000  # rows held as cells at once
ROWS = 500_000  # rows held packed at once
CSV = ds.CsvFileFormat(
    parse_options=pa_csv.ParseOptions(newlines_in_values=True),
    convert_options=pa_csv.ConvertOptions(strings_can_be_null=True, null_values=[""]),
)
Row = dict[str, str]


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


def add_to_sqlite(path: Path, folder: Path, tables: Sequence[Table]) -> None:
    """Some tables of `folder` in an SQLite file with keys, indexes and a search, which is made where there is none."""
    connection = sqlite3.connect(path)
    try:
        fill_tables(connection, tables, {table.name: iter_rows(folder, table) for table in tables})
    finally:
        connection.close()


def write_package(
    folder: str | Path, tables: Sequence[Table], parts: Mapping[str, Sequence[str]] | None = None
) -> None:
    """`datapackage.json`: the Frictionless description of the CSV files, or of the `parts` of tables and texts."""
    stored = dict(parts or {})
    resources = [table_json(table, stored.pop(table.name, None)) for table in tables]
    texts = {"description": "the articles' texts", "format": "jsonl", "compression": "gz"}
    resources += [{"name": name, "path": list(paths), **texts} for name, paths in stored.items()]
    package = {"name": "solieu", "title": "Figures of Vietnamese provincial news", "resources": resources}
    Folder(folder).write(PACKAGE, json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def table_json(table: Table, parts: Sequence[str] | None) -> dict[str, Any]:
    """A table in the words of Frictionless: a CSV file, or Parquet files in their order."""
    kind = {"scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    if parts is not None:
        kind = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv" if parts is None else list(parts),
        "description": table.description,
        **kind,
        "schema": {
            "fields": [field_json(field) for field in table.fields],
            "primaryKey": list(table.key),
            "foreignKeys": [key_json(table, *link) for link in table.links],
            "missingValues": [""],
        },
    }


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


def list_parts(folder: Folder, name: str) -> list[str] | None:
    """The parts of a table, or of the texts, in order; None where the last run left one file. Raises DatasetError."""
    if folder.written(PACKAGE) is None:
        return None
    try:
        with folder.open(PACKAGE) as file:
            paths = {resource["name"]: resource["path"] for resource in json.loads(file.read())["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{folder.shown}: {PACKAGE} cannot be read ({error})") from error
    return paths[name] if isinstance(paths.get(name), list) else None


def open_table(out: str | Path, name: str) -> ds.Dataset:
    """A table of a run, wherever it lies: its parts, its Parquet file, or its CSV file where that is newer.

    Raises DatasetError where it is not there.
    """
    folder = Folder(out)
    with readable(folder, name):
        parts = list_parts(folder, name)
        if parts is not None:
            return ds.dataset([folder.path(part) for part in parts], filesystem=folder.system, format="parquet")
        csv_, parquet = folder.written(f"{name}.csv"), folder.written(f"{name}.parquet")
        if parquet is not None and (csv_ is None or csv_ <= parquet):
            return ds.dataset([folder.path(f"{name}.parquet")], filesystem=folder.system, format="parquet")
        if csv_ is not None:
            source = [folder.path(f"{name}.csv")]
            columns = ds.dataset(source, filesystem=folder.system, format=CSV).schema.names
            return ds.dataset(source, text_schema(columns), filesystem=folder.system, format=CSV)
    if folder.holds_folder(name):
        raise DatasetError(f"{out}: {name} stands in parts, but no {PACKAGE} is here; let the run come to its end")
    raise DatasetError(f"{out}: no {name}.csv here; is it the output folder of a run?")


@contextmanager
def readable(folder: Folder, name: str) -> Iterator[None]:
    """Tells in one sentence why a table cannot be read."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"{folder.shown}: {name} cannot be read: {str(error).splitlines()[0]}") from error


def load_arrow(out: str | Path, name: str, columns: Sequence[str], only: ds.Expression | None = None) -> pa.Table:
    """Some columns of a table, or of `only` some rows, as Arrow text, null for empty.

    Raises DatasetError where it or a column is not there.
    """
    table = open_columns(out, name, columns)
    with readable(Folder(out), name):
        return table.to_table(columns=list(columns), filter=only).cast(text_schema(columns))


def iter_arrow(out: str | Path, table: Table, columns: Sequence[str], rows: int = ROWS) -> Iterator[pa.Table]:
    """As `load_arrow`, some `rows` after the other, at least once; rows of one `article`, a column, stay together."""
    opened, held = open_columns(out, table.name, columns), text_schema(columns).empty_table()
    with readable(Folder(out), table.name):
        for some in split_table(opened, rows):
            held = pa.concat_tables([held, some.to_table(columns=list(columns)).cast(held.schema)])
            last = pc.index(held["article"], held["article"][-1]).as_py() if held.num_rows >= rows else 0
            if last:
                yield held.slice(0, last)
                held = held.slice(last)
        yield held


def iter_table(
    out: str | Path, table: Table, columns: Sequence[str] = (), only: ds.Expression | None = None
) -> Iterator[Row]:
    """The rows of a table, or `only` some, as text cells, "" for null, in their order; some thousand are in memory.

    Raises DatasetError where it, or one of the `columns` (all where none is named), is not there.
    """
    columns = list(columns or table.columns)
    opened = open_columns(out, table.name, columns)
    with readable(Folder(out), table.name):
        for some in split_table(opened, BATCH):
            for batch in some.to_batches(columns=columns, filter=only, batch_size=BATCH):
                cells = [column.cast(pa.string()).fill_null("").to_pylist() for column in batch.columns]
                yield from (dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True))


def split_table(table: ds.Dataset, rows: int) -> Iterator[ds.Dataset]:
    """A table as smaller ones of about so many rows, where it stands in parts or groups of rows.

    A scan of the whole reads ahead faster than its rows are used, until all are in memory.
    """
    held, count = list[ds.Fragment](), 0
    for path in table.files:
        fragment = table.format.make_fragment(path, table.filesystem)
        for group in fragment.split_by_row_group() if isinstance(fragment, ds.ParquetFileFragment) else [fragment]:
            held.append(group)
            count += group.row_groups[0].num_rows if isinstance(group, ds.ParquetFileFragment) else rows
            if count >= rows:
                yield ds.FileSystemDataset(held, table.schema, table.format, table.filesystem)
                held, count = [], 0
    if held:
        yield ds.FileSystemDataset(held, table.schema, table.format, table.filesystem)


def text_schema(columns: Iterable[str]) -> pa.Schema:
    """Columns of text: 08 is a code, and no digit of a value is lost."""
    return pa.schema([(column, pa.string()) for column in columns])


def open_columns(out: str | Path, name: str, columns: Sequence[str]) -> ds.Dataset:
    """A table that has these columns. Raises DatasetError."""
    table = open_table(out, name)
    if missing := set(columns) - set(table.schema.names):
        raise DatasetError(f"{out}: {name} has no column {', '.join(sorted(missing))}; it is of another version")
    return table


def load_table(out: str | Path, name: str) -> pd.DataFrame:
    """A whole table as text cells, "" for null. Raises DatasetError where it is not there."""
    table: pd.DataFrame = load_arrow(out, name, open_table(out, name).schema.names).to_pandas()
    return table.fillna("")
