"""A folder in, tables out: order, errors, bytes."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from frictionless import validate

from extract import batch
from extract.data.dataset import DatasetError, load_table
from extract.pipeline import find_figures

ONE = "Năm 2021, toàn tỉnh Hà Giang có 193 xã, 2.104 thôn; tỷ lệ hộ nghèo còn 12,5%."
TWO = "Đến hết tháng 6/2022, huyện Đồng Văn kết nạp 120 đảng viên, đạt 60% kế hoạch."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "bài viết"
    (corpus / "hà giang").mkdir(parents=True)
    (corpus / "hà giang" / "một.txt").write_text(ONE, encoding="utf-8")
    (corpus / "hai.txt").write_text(TWO, encoding="utf-8")
    (corpus / "rác.txt").write_bytes(random.Random(1).randbytes(100_000))
    (corpus / "trống.txt").write_bytes(b"")
    return corpus


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file() and path.suffix != ".sqlite"
    }


def test_a_run_writes_every_table(folder: Path, tmp_path: Path) -> None:
    tally = batch.run(folder, tmp_path / "out")
    assert (tally.files, tally.articles, tally.figures) == (4, 4, 5)
    figures = load_table(tmp_path / "out", "figures")
    assert set(figures["article"]) == {"hai", "hà giang/một"}
    assert figures.set_index("text").loc["193", "province"] == "02"
    articles = load_table(tmp_path / "out", "articles").set_index("article")
    assert articles.loc["rác", "error"]
    assert articles.loc["trống", "error"]
    assert articles.loc["hai", "figures"] == "2"
    assert len(tally.errors) == 2


def test_the_package_is_valid(folder: Path, tmp_path: Path) -> None:
    batch.run(folder, tmp_path / "out")
    report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["message"])


def test_bytes_do_not_depend_on_order_or_workers(folder: Path, tmp_path: Path) -> None:
    batch.run(folder, tmp_path / "one")
    other = tmp_path / "other" / "bài viết"
    other.mkdir(parents=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            target = other / path.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target)
    batch.run(other, tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_an_unwritable_folder_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(DatasetError, match="cannot be written"):
        batch.run(folder, blocked / "out")


def test_an_error_of_ours_is_a_row_and_the_run_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(article: object, patterns: object) -> object:
        if getattr(article, "name", "") == "hai":
            raise RuntimeError("stumbled")
        return find_figures(article, patterns)  # type: ignore[arg-type]

    monkeypatch.setattr("extract.running.work.find_figures", stumble)
    batch.run(folder, tmp_path / "out")
    articles = load_table(tmp_path / "out", "articles").set_index("article")
    assert articles.loc["hai", "error"] == "RuntimeError: stumbled"
    assert articles.loc["hà giang/một", "figures"] == "3"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_a_row(folder: Path, tmp_path: Path) -> None:
    (folder / "hai.txt").chmod(0)
    batch.run(folder, tmp_path / "out")
    assert load_table(tmp_path / "out", "articles").set_index("article").loc["hai", "error"]
