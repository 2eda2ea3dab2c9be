"""Workers: the same bytes with any number; what hangs, eats memory or kills its worker is a row."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import batch
from extract.data.dataset import load_table
from extract.patterns import Patterns
from extract.pipeline import Findings, find_figures
from extract.records import Article
from extract.running.limits import time_limit
from extract.running.work import Tally

TEXT = "Năm 2021, toàn tỉnh Hà Giang có {} xã, 2.104 thôn; tỷ lệ hộ nghèo còn 12,5%."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(70):
        (corpus / f"{number:02}.txt").write_text(TEXT.format(100 + number), encoding="utf-8")
    (corpus / "rows.csv").write_text(
        "text\n" + "\n".join(f'"{TEXT.format(300 + number)}"' for number in range(40)), encoding="utf-8"
    )
    return corpus


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the articles named do something else; workers are forked, so they inherit it."""
    if multiprocessing.get_start_method() != "fork":
        pytest.skip("workers are not forked here")

    def plant_there(do: Callable[[], object], *names: str) -> None:
        def found(article: Article, patterns: Patterns) -> Findings:
            if article.name in names:
                do()
            return find_figures(article, patterns)

        monkeypatch.setattr("extract.running.work.find_figures", found)

    return plant_there


def errors(out: Path) -> dict[str, str]:
    articles = load_table(out, "articles")
    return {row["article"]: row["error"] for row in articles.to_dict("records") if row["error"]}


def hang() -> None:
    while True:
        pass


def hang_beyond_python() -> None:
    sum(range(10**15))  # never comes back to hear a signal


def eat() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def raise_error() -> None:
    raise ValueError("no\nsuch  thing")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_writes_the_same_bytes(folder: Path, tmp_path: Path, workers: int) -> None:
    batch.run(folder, tmp_path / "here")
    batch.run(folder, tmp_path / "there", workers=workers)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


@pytest.mark.parametrize(
    ("do", "error"),
    [
        (raise_error, "ValueError: no such thing"),
        (hang, "took longer than 0.5 s"),
        (eat, "needed more than 300 MB"),
        (die, "its worker was killed 2 times: out of memory, or stuck"),
        (hang_beyond_python, "its worker was killed 2 times: out of memory, or stuck"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_bad_article_is_a_row(
    folder: Path, tmp_path: Path, plant: Callable[..., None], do: Callable[[], object], error: str
) -> None:
    plant(do, "33", "rows.csv#7")
    seconds = 0.5 if do in (hang, hang_beyond_python) else 60  # only what hangs may run into the limit of time
    tally = batch.run(folder, tmp_path / "out", workers=2, seconds=seconds, megabytes=300)
    assert errors(tmp_path / "out") == {"33": error, "rows.csv#7": error}
    assert (tally.files, tally.articles, len(tally.errors)) == (71, 110, 2)
    names = list(load_table(tmp_path / "out", "articles")["article"])
    assert names == [*(f"{number:02}" for number in range(70)), *(f"rows.csv#{number}" for number in range(1, 41))]


def test_what_had_no_time_is_tried_again(folder: Path, tmp_path: Path, plant: Callable[..., None]) -> None:
    plant(hang, "33")
    batch.run(folder, tmp_path / "out", seconds=0.2)
    assert errors(tmp_path / "out") == {"33": "took longer than 0.2 s"}
    plant(lambda: None)
    assert batch.run(folder, tmp_path / "out").reused == 109
    assert errors(tmp_path / "out") == {}


def test_workers_killed_from_outside_cost_only_time(folder: Path, tmp_path: Path, plant: Callable[..., None]) -> None:
    plant(lambda: time.sleep(0.3), "10", "40")

    def kill_workers() -> None:
        for _ in range(2):
            time.sleep(0.1)
            for child in multiprocessing.active_children()[:1]:
                child.kill()

    killer = threading.Thread(target=kill_workers)
    killer.start()
    batch.run(folder, tmp_path / "out", workers=2)
    killer.join()
    batch.run(folder, tmp_path / "here")
    assert contents(tmp_path / "out") == contents(tmp_path / "here")


def test_ctrl_c_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    def interrupt(tally: Tally) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(folder, tmp_path / "out", workers=2, progress=interrupt)
    assert multiprocessing.active_children() == []
    assert batch.run(folder, tmp_path / "out", workers=2).reused == 32


def test_workers_end_with_a_parent_that_is_killed(folder: Path, tmp_path: Path, plant: Callable[..., None]) -> None:
    note = tmp_path / "pid"

    def tell_and_wait() -> None:
        note.write_text(str(os.getpid()))
        time.sleep(60)

    plant(tell_and_wait, "00")
    process = multiprocessing.get_context("fork").Process(
        target=batch.run, args=(folder, tmp_path / "out"), kwargs={"workers": 2}
    )
    process.start()
    wait_until(lambda: note.exists() and note.read_text() != "")
    process.kill()
    process.join()
    worker = int(note.read_text())
    wait_until(
        lambda: not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2]
    )


def is_running(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().split()[2] != "Z"


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def test_a_time_limit_in_another_thread_does_nothing() -> None:
    told = []

    def work_on() -> None:
        with time_limit(0.01):
            time.sleep(0.05)
        told.append("done")

    thread = threading.Thread(target=work_on)
    thread.start()
    thread.join()
    assert told == ["done"]
