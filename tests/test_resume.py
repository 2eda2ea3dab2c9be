"""A run that goes on: killed at any moment, changed, torn; only what is new is done again, the bytes are the same."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import time
from pathlib import Path

import pytest

from extract import batch
from extract.data.dataset import DatasetError, load_table
from extract.patterns import Patterns
from extract.pipeline import Findings, find_figures
from extract.records import Article
from extract.running import journal, work
from extract.running.journal import FOLDER

SENTENCES = (
    "Năm 2021, toàn tỉnh Hà Giang có 193 xã, {} thôn; tỷ lệ hộ nghèo còn 12,5%.",
    "Đến hết tháng 6/2022, huyện Đồng Văn kết nạp {} đảng viên, đạt 60% kế hoạch.",
    "Xã Bát Đại Sơn có {} hộ, trong đó 25 hộ nghèo, chiếm 20%.",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "bài viết"
    corpus.mkdir()
    for number in range(40):
        lines = [sentence.format(100 + number) for sentence in SENTENCES]
        (corpus / f"bài {number:02}.txt").write_text("\n".join(lines), encoding="utf-8")
    records = [{"text": SENTENCES[number % 3].format(300 + number)} for number in range(70)]
    (corpus / "báo.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return corpus


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def run_and_kill(folder: Path, out: Path, workers: int, seconds: float) -> bool:
    """Whether a run in a process of its own was killed after `seconds`."""
    process = multiprocessing.get_context("fork").Process(
        target=batch.run, args=(folder, out), kwargs={"workers": workers}
    )
    process.start()
    time.sleep(seconds)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    return process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("workers", [0, 2])
def test_a_run_killed_at_any_moment_goes_on(folder: Path, tmp_path: Path, workers: int) -> None:
    batch.run(folder, tmp_path / "undisturbed")
    begin = time.perf_counter()
    batch.run(folder, tmp_path / "timed", workers=workers)
    whole = time.perf_counter() - begin
    moments = random.Random(workers)
    killed = 0
    for number in range(10):
        out = tmp_path / f"killed {number}"
        for _ in range(1 + number % 3):  # again and again, in some
            killed += run_and_kill(folder, out, workers, moments.uniform(0, whole))
        batch.run(folder, out, workers=workers)
        assert contents(out) == contents(tmp_path / "undisturbed")
        assert len([path for path in (out / FOLDER).iterdir() if path.is_dir()]) == 1
    assert killed >= 10


def test_only_new_and_changed_articles_are_done(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch.run(folder, tmp_path / "out")
    done: list[str] = []

    def note(article: Article, patterns: Patterns) -> Findings:
        done.append(article.name)
        return find_figures(article, patterns)

    monkeypatch.setattr(batch, "prepare", lambda known: None)
    monkeypatch.setattr(work, "find_figures", note)
    assert batch.run(folder, tmp_path / "out").reused == 110
    assert done == []
    (folder / "bài 07.txt").write_text(SENTENCES[0].format(7), encoding="utf-8")
    (folder / "bài 03.txt").unlink()
    (folder / "a.txt").write_text(SENTENCES[1].format(8), encoding="utf-8")
    with (folder / "báo.jsonl").open("a") as table:
        table.write('\n{"text": "Xã có 12 thôn."}')
    tally = batch.run(folder, tmp_path / "out")
    assert done == ["a", "bài 07", *(f"báo.jsonl#{number}" for number in range(65, 72))]
    assert tally.articles == 111
    monkeypatch.undo()
    batch.run(folder, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    assert "bài 03" not in set(load_table(tmp_path / "out", "articles")["article"])


def test_an_article_that_takes_another_name_is_done_again(folder: Path, tmp_path: Path) -> None:
    batch.run(folder, tmp_path / "out")
    (folder / "bài 05.html").write_text("<p>Xã có 12 thôn.</p>", encoding="utf-8")  # so that is "bài 05" now
    batch.run(folder, tmp_path / "out")
    batch.run(folder, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_other_knowledge_makes_everything_new(folder: Path, tmp_path: Path) -> None:
    known = tmp_path / "patterns"
    shutil.copytree(Path(batch.__file__).parent.parent / "patterns", known)
    batch.run(folder, tmp_path / "out")
    assert batch.run(folder, tmp_path / "out", patterns=known).reused == 110  # the same, at another place
    (known / "NEW.md").write_text("more is known", encoding="utf-8")
    assert batch.run(folder, tmp_path / "out", patterns=known).reused == 0
    assert batch.run(folder, tmp_path / "out", patterns=known, columns={"title": "text"}).reused == 0


def test_a_torn_journal_and_spoiled_rows_are_done_again(folder: Path, tmp_path: Path) -> None:
    batch.run(folder, tmp_path / "out")
    (attempt,) = (path for path in (tmp_path / "out" / FOLDER).iterdir() if path.is_dir())
    lines = (attempt / journal.JOURNAL).read_bytes()
    (attempt / journal.JOURNAL).write_bytes(lines[: len(lines) - 100])
    figures = bytearray((attempt / "figures.csv").read_bytes())
    figures[len(figures) // 2] ^= 1
    (attempt / "figures.csv").write_bytes(figures)
    before = batch.run(folder, tmp_path / "fresh")
    tally = batch.run(folder, tmp_path / "out")
    assert before.articles - tally.reused in range(2, 40)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_full_disk_is_one_sentence_and_what_is_done_is_kept(folder: Path, tmp_path: Path) -> None:
    process = multiprocessing.get_context("fork").Process(target=run_into_the_limit, args=(folder, tmp_path / "out"))
    process.start()
    process.join()
    assert process.exitcode == 0
    assert not (tmp_path / "out" / "figures.csv").exists()
    assert batch.run(folder, tmp_path / "out").reused == 72
    batch.run(folder, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def run_into_the_limit(folder: Path, out: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
    with pytest.raises(DatasetError, match=r"out: cannot be written .File too large."):
        batch.run(folder, out)


def test_a_failed_run_leaves_the_tables_of_the_last_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch.run(folder, tmp_path / "out")
    before = contents(tmp_path / "out")
    (folder / "a.txt").write_text(SENTENCES[1].format(8), encoding="utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "find_figures", stop)
    with pytest.raises(KeyboardInterrupt):
        batch.run(folder, tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_two_runs_at_once_are_refused(folder: Path, tmp_path: Path) -> None:
    with journal.locked(tmp_path / "out"):
        process = multiprocessing.get_context("spawn").Process(target=refused, args=(folder, tmp_path / "out"))
        process.start()
        process.join()
    assert process.exitcode == 0


def refused(folder: Path, out: Path) -> None:
    with pytest.raises(DatasetError, match="another run is writing here"):
        batch.run(folder, out)
