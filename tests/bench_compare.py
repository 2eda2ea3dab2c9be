"""How long does a comparison of a million figures take? Run `python -m tests.bench_compare [ROWS]`.

Asked twice: of one file a table, and of parts as a cluster leaves them.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.data.compare import Question, compare_dataset
from extract.data.comparing.boundaries import NEW, OLD, Boundaries
from extract.data.comparing.measures import Measures
from extract.data.dataset import write_package
from extract.data.tables import ARTICLES, FIGURES
from extract.patterns import load_patterns

PERIODS = ("2015", "2016", "2017", "2018", "2019", "2020", "2015/2020", "2020/2025", "2021-06-30", "now")
STATUSES = ("reported", "reported", "reported", "target")
FACETS = ("", "", "", "nữ", "dưới 40 tuổi")
QUESTIONS = {
    "default": Question(),
    "every cell, 34 provinces": Question(boundaries=NEW, periods=("all",), statuses=("reported", "target"), top=0),
}


def write_figures(folder: Path, rows: int) -> None:
    """A dataset of `rows` figures: 63 provinces, 300 indicators, one in six cells stated again, some otherwise."""
    patterns = load_patterns()
    codes = [code for code, measure in patterns.compiled(Measures).items() if measure.kind in ("count", "rate")][:300]
    boundaries = patterns.compiled(Boundaries)
    provinces = sorted(code for list_, code in boundaries.names if list_ == OLD)
    random.seed(7)
    articles = rows // 20
    columns: dict[str, list[str | None]] = {name: [] for name in FIGURES.columns}
    for row in range(rows):
        article, province, code = f"a{row // 20:06}", random.choice(provinces), random.choice(codes)
        percent = random.random() < 0.4
        value = (
            f"{random.randrange(10000) / 100:.2f}"
            if percent
            else str(1000 + hash_of(province, code) + random.choice((0, 0, 1)))
        )
        cells = {
            "figure": f"{article}:{row % 20 * 50}",
            "article": article,
            "start": row % 20 * 50,
            "end": row % 20 * 50 + 5,
            "text": value.replace(".", ",") + "%" * percent,
            "kind": "percent" if percent else "count",
            "value": value,
            "decimals": 2 * percent,
            "unit": "%" if percent else "người",
            "bound": "exact",
            "change": "none",
            "indicator": code,
            "indicator_label": code,
            "breakdown": random.choice(FACETS) or None,
            "province": province,
            "place": "tỉnh",
            "place_level": "province",
            "place_rule": "named",
            "province_2025": boundaries.successor[province],
            "territory": OLD,
            "period": random.choice(PERIODS),
            "status": random.choice(STATUSES),
        }
        for name, column in columns.items():
            column.append(cells.get(name))  # type: ignore[arg-type]
    types = {field.name: pa.int64() if field.type == "integer" else pa.string() for field in FIGURES.fields}
    pq.write_table(
        pa.table({name: pa.array(column, types[name]) for name, column in columns.items()}), folder / "figures.parquet"
    )
    shown = [f"a{number:06}" for number in range(articles + 1)]
    days = [f"20{random.randrange(15, 25)}-0{random.randrange(1, 10)}-1{random.randrange(10)}" for _ in shown]
    empty = dict.fromkeys(ARTICLES.columns, pa.nulls(len(shown), pa.string()))
    pq.write_table(
        pa.table({**empty, "article": shown, "published": days, "sha256": shown}), folder / "articles.parquet"
    )


def write_parts(whole: Path, folder: Path) -> None:
    """The same dataset as a cluster leaves it: parts of 500 articles."""
    parts: dict[str, list[str]] = {}
    for table, rows in ((FIGURES, 10_000), (ARTICLES, 100_000)):
        cells = pq.read_table(whole / f"{table.name}.parquet")
        (folder / table.name).mkdir(parents=True)
        parts[table.name] = [f"{table.name}/{at:09}.parquet" for at in range(0, cells.num_rows, rows)]
        for number, name in enumerate(parts[table.name]):
            pq.write_table(cells.slice(number * rows, rows), folder / name, compression="zstd")
    write_package(folder, (FIGURES, ARTICLES), parts)


def hash_of(*texts: str) -> int:
    """A small number from texts, the same in every process."""
    return sum(map(ord, "".join(texts))) % 5000


def measure(folder: str, name: str) -> dict[str, float | int | str]:
    """Seconds and peak memory of one question, asked in this process."""
    start, busy = time.perf_counter(), time.process_time()
    comparison = compare_dataset(folder, QUESTIONS[name], load_patterns())
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "stored": Path(folder).name,
        "question": name,
        "seconds": round(seconds, 1),
        "cpu": round(busy, 1),
        "MB": round(peak),
        "cells": len(comparison.cells),
    }


def bench_compare(rows: int = 1_000_000) -> list[dict[str, float | int | str]]:
    """Seconds and peak memory of each question over `rows` figures, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        file, parts = Path(name) / "file", Path(name) / "parts"
        file.mkdir()
        write_figures(file, rows)
        write_parts(file, parts)
        results = []
        for question, folder in product(QUESTIONS, (file, parts)):
            command = [sys.executable, "-m", "tests.bench_compare", "--ask", str(folder), question]
            results.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        return results


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        sys.stdout.write(json.dumps(measure(sys.argv[2], sys.argv[3])))
    else:
        for result in bench_compare(int(sys.argv[1]) if sys.argv[1:] else 1_000_000):
            sys.stdout.write(json.dumps(result) + "\n")
