"""The dataset on disk: keys that hold, a search that finds, the same bytes, and queries of the docs that run."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from frictionless import Package
from small_dataset import read_rows, write_dataset

from extract.data.dataset import DatasetError, iter_table, load_arrow, load_table
from extract.data.tables import TABLES

QUERIES = Path(__file__).resolve().parent.parent / "docs" / "queries.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = read_rows("merger_figures.csv")
    rows[9] |= {"share_den": "a:40", "sentence": "Đảng bộ tỉnh có 60 đảng viên nữ."}
    return write_dataset(tmp_path_factory.mktemp("dataset"), rows, read_rows("merger_articles.csv"))


@pytest.fixture
def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "solieu.sqlite")


def test_keys_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    links = database.execute("PRAGMA foreign_key_list(figures)").fetchall()
    assert {(link[2], link[3]) for link in links} == {
        ("articles", "article"),
        ("figures", "share_num"),
        ("figures", "share_den"),
    }


@pytest.mark.parametrize("query", ["đảng viên nữ", "Đảng AND nữ", "vien", "đảng*"])
def test_sentences_are_found_with_and_without_marks(query: str, database: sqlite3.Connection) -> None:
    found = database.execute("SELECT sentence FROM sentences_fts WHERE sentences_fts MATCH ?", (query,)).fetchall()
    assert found == [("Đảng bộ tỉnh có 60 đảng viên nữ.",)]


def test_lookups_use_indexes(database: sqlite3.Connection) -> None:
    for column in ("article", "indicator", "province", "share_den"):
        plan = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM figures WHERE {column} = 'x'").fetchall()
        assert "USING INDEX" in plan[0][3]


def test_the_package_is_valid_and_names_sdmx_concepts(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}
    assert fields["province"]["description"].endswith("(SDMX REF_AREA)")
    assert {"fields": ["share_den"], "reference": {"resource": "", "fields": ["figure"]}} in described["resources"][0][
        "schema"
    ]["foreignKeys"]


def test_the_same_rows_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    rows = read_rows("merger_figures.csv")
    rows[9] |= {"share_den": "a:40", "sentence": "Đảng bộ tỉnh có 60 đảng viên nữ."}
    write_dataset(tmp_path, rows, read_rows("merger_articles.csv"))
    names = sorted(path.name for path in folder.iterdir())
    assert [name for name in names if (folder / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_csv_and_parquet_and_sqlite_agree(folder: Path, database: sqlite3.Connection, tmp_path: Path) -> None:
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            head, *text = csv.reader(file)
        assert tuple(head) == table.columns
        parquet = pq.read_table(folder / f"{table.name}.parquet").to_pylist()
        shown = [["" if cell is None else str(cell) for cell in row.values()] for row in parquet]
        assert shown == text
        shutil.copy(folder / f"{table.name}.csv", tmp_path)
        for place in (folder, tmp_path):  # read from Parquet, and from CSV where that is all there is
            assert load_table(place, table.name).to_numpy().tolist() == text
            assert [list(row.values()) for row in iter_table(place, table)] == text
        rows = database.execute(f'SELECT * FROM "{table.name}"').fetchall()
        assert [["" if cell is None else str(cell) for cell in row] for row in rows] == shown


def test_the_newer_of_csv_and_parquet_is_read(tmp_path: Path) -> None:
    write_dataset(tmp_path, [{"value": "1", "indicator": "pop.total"}])
    path = tmp_path / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pop.total", "pop.urban"), encoding="utf-8")
    assert load_arrow(tmp_path, "figures", ["indicator"]).to_pylist() == [{"indicator": "pop.urban"}]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no figures\.csv"):
        load_arrow(tmp_path, "figures", ["figure"])
    write_dataset(tmp_path, [])
    with pytest.raises(DatasetError, match="no column nothing"):
        load_arrow(tmp_path, "figures", ["nothing"])


def examples(language: str) -> list[str]:
    return re.findall(rf"```sql {language}\n(.*?)```", QUERIES.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", examples("sqlite"))
def test_sqlite_queries_of_the_docs_run(query: str, database: sqlite3.Connection) -> None:
    assert database.execute(query).fetchall() is not None


@pytest.mark.parametrize("query", examples("duckdb"))
def test_duckdb_queries_of_the_docs_run(query: str, folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed here")
    assert duckdb.sql(query.replace("output/", f"{folder}/")).fetchall() is not None


def test_the_docs_show_queries() -> None:
    assert len(examples("sqlite")) >= 4
    assert len(examples("duckdb")) >= 4
