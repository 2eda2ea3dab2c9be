"""A run on a Dask cluster of two workers: the rows of a run here, even where a worker is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from extract import batch
from extract.data.dataset import load_table
from extract.data.tables import TABLES
from extract.patterns import Patterns
from extract.pipeline import Findings, find_figures
from extract.records import Article
from extract.running import cluster
from extract.running.parts import ClusterError

dask = pytest.importorskip("dask")
distributed: Any = pytest.importorskip("distributed")
WorkerPlugin: Any = distributed.WorkerPlugin

TEXT = "Năm 2021, toàn tỉnh Hà Giang có {} xã, 2.104 thôn; tỷ lệ hộ nghèo còn 12,5%."


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as here,
    ):
        yield here


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "bài viết"
    (corpus / "hà giang").mkdir(parents=True)
    for number in range(60):
        (corpus / "hà giang" / f"{number:02}.txt").write_text(TEXT.format(100 + number % 50), encoding="utf-8")
    (corpus / "hai.html").write_text("<p>Xã có 12 thôn.</p>", encoding="utf-8")
    (corpus / "hai.txt").write_text("Xã có 13 thôn.", encoding="utf-8")
    rows = "\n".join(f'"{TEXT.format(300 + number)}"' for number in range(40))
    (corpus / "rows.csv").write_text(f"text\n{rows}", encoding="utf-8")
    (corpus / "trống.txt").write_bytes(b"")
    return corpus


def rows(out: Path, name: str) -> list[dict[str, str]]:
    table = ds.dataset(out / name, format="parquet").to_table().to_pylist()
    return sorted(({key: "" if cell is None else str(cell) for key, cell in row.items()} for row in table), key=repr)


def same_rows(out: Path, here: Path) -> bool:
    return all(
        rows(out, table.name) == sorted(load_table(here, table.name).to_dict("records"), key=repr) for table in TABLES
    )


def test_a_cluster_says_what_one_process_says(folder: Path, tmp_path: Path, workers: Any) -> None:
    here = batch.run(folder, tmp_path / "here")
    address, out = workers.scheduler_address, str(tmp_path / "out")
    tally = cluster.run_on_cluster(str(folder), out, scheduler=address, files=10)
    assert (tally.articles, tally.figures, tally.errors) == (here.articles, here.figures, here.errors)
    assert same_rows(tmp_path / "out", tmp_path / "here")
    assert cluster.run_on_cluster(str(folder), out, scheduler=address, files=10).reused == tally.articles

    (folder / "hai.txt").unlink()
    (folder / "mới.txt").write_text("Xã có 14 thôn.", encoding="utf-8")
    batch.run(folder, tmp_path / "here")
    assert cluster.run_on_cluster(str(folder), out, scheduler=address, files=10).reused > 80
    assert same_rows(tmp_path / "out", tmp_path / "here")


def test_a_killed_worker_loses_nothing(folder: Path, tmp_path: Path, workers: Any) -> None:
    killed = []

    def kill_one() -> None:
        time.sleep(0.3)
        nanny = next(iter(workers.workers.values()))
        killed.append(nanny.process.process.pid)
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    cluster.run_on_cluster(str(folder), str(tmp_path / "out"), scheduler=workers.scheduler_address, files=2)
    killer.join()
    assert killed
    batch.run(folder, tmp_path / "here")
    assert same_rows(tmp_path / "out", tmp_path / "here")


def test_an_article_that_kills_its_workers_is_a_row(folder: Path, tmp_path: Path, workers: Any) -> None:
    with distributed.Client(workers.scheduler_address) as client:
        client.register_plugin(PlantDeath())  # for workers that are started again, too
        cluster.run_on_cluster(str(folder), str(tmp_path / "out"), scheduler=workers.scheduler_address, files=50)
        client.unregister_worker_plugin("death")
    articles = {row["article"]: row["error"] for row in rows(tmp_path / "out", "articles")}
    assert articles.pop("hà giang/33") == "it killed its workers"
    assert {name for name, error in articles.items() if error} == {"hai", "trống"}  # a page of no text, an empty file
    assert len(articles) == 102


def plant_death(name: str) -> None:
    from extract.running import work

    def find_or_die(article: Article, patterns: Patterns) -> Findings:
        return os._exit(1) if article.name == name else find_figures(article, patterns)

    setattr(work, "find_figures", find_or_die)  # noqa: B010


class PlantDeath(WorkerPlugin):  # type: ignore[misc]
    name = "death"

    def setup(self, worker: Any) -> None:
        plant_death("hà giang/33")


def test_no_scheduler_is_one_sentence(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", "0.2s")
    with pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127.0.0.1:1"):
        cluster.run_on_cluster(str(folder), str(tmp_path / "out"), scheduler="tcp://127.0.0.1:1")
