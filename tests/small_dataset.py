"""Small datasets for the tests of the data wing: rows with a few cells become the tables of a run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from extract.data.comparing.boundaries import Boundaries
from extract.data.dataset import add_to_sqlite, encode_rows, write_package, write_parquet
from extract.data.tables import ARTICLES, FIGURES, TABLES, Table
from extract.patterns import load_patterns

DATA = Path(__file__).resolve().parent / "data"
Row = Mapping[str, str]
BOUNDS = {"decimals": "0", "bound": "exact", "change": "none", "status": "reported", "territory": "63"}


def write_dataset(folder: Path, figures: Iterable[Row], articles: Iterable[Row] = ()) -> Path:
    """The tables of a run in `folder`; what a row leaves out is filled with what is usual."""
    rows: list[Row] = [fill_figure(row) for row in figures]
    known: dict[str, Row] = {
        row["article"]: {"path": f"{row['article']}.txt", "sha256": row["article"], **row} for row in articles
    }
    for row in rows:
        known.setdefault(
            row["article"], {"article": row["article"], "path": f"{row['article']}.txt", "sha256": row["article"]}
        )
    filled: dict[str, list[Row]] = {FIGURES.name: rows, ARTICLES.name: [known[name] for name in sorted(known)]}
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_table(folder, table, filled.get(table.name, []))
    write_parquet(folder, TABLES)
    add_to_sqlite(folder / "solieu.sqlite", folder, TABLES)
    write_package(folder, TABLES)
    return folder


def write_table(folder: Path, table: Table, rows: Iterable[Row]) -> None:
    cells = [[row.get(column, "") for column in table.columns] for row in rows]
    (folder / f"{table.name}.csv").write_bytes(encode_rows([table.columns, *cells]))


def fill_figure(row: Row) -> dict[str, str]:
    """A whole row of `figures`: a province-level statement where the row says nothing else."""
    text, article, start = row.get("text", row["value"]), row.get("article", "a"), row.get("start", "0")
    boundaries = load_patterns().compiled(Boundaries)
    province = row.get("province", "01")
    successor = boundaries.successor.get(province, "")
    defaults = {
        "figure": f"{article}:{start}",
        "article": article,
        "start": start,
        "end": str(int(start) + len(text)),
        "text": text,
        "sentence": f"{row.get('indicator', '')}: {text}.",
        "kind": "count",
        "unit": "%" if row.get("kind") == "percent" else "",
        "indicator_label": row.get("indicator", ""),
        "province": province,
        "province_name": boundaries.names.get(("63", province), ""),
        "place": "tỉnh",
        "place_level": "province",
        "place_rule": "named",
        "province_2025": successor,
        "province_2025_name": boundaries.names.get(("34", successor), ""),
        "period": "2020",
        **BOUNDS,
    }
    return {**defaults, **row}


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of tests/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
