"""Every row proved against the input, and every way a row can lie found out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import batch
from extract.data.dataset import DatasetError
from extract.reading.articles import CorpusError
from extract.verify import verify

TEXT = (
    "Năm 2021, toàn tỉnh Hà Giang có 193 xã, trong đó 12 xã đạt chuẩn nông thôn mới.\nToàn tỉnh có 3.471 đảng viên.\n"
)


@pytest.fixture
def run(tmp_path: Path) -> tuple[Path, Path]:
    corpus, out = tmp_path / "in", tmp_path / "out"
    corpus.mkdir()
    (corpus / "one.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "two.txt").write_text(TEXT.replace("193", "194"), encoding="utf-8")
    batch.run(corpus, out)
    return out, corpus


def rewrite(out: Path, table: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    path = out / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))
    (out / f"{table}.parquet").unlink()


def test_a_run_is_proved(run: tuple[Path, Path]) -> None:
    result = verify(*run)
    assert result.proved, result.show()
    assert result.articles == 2
    assert result.rows > 5


def first(**cells: str) -> Callable[[list[dict[str, str]]], list[dict[str, str]]]:
    return lambda rows: [{**rows[0], **cells}, *rows[1:]]


LIES = [
    ("text", "figures", first(text="999"), "the article says"),
    ("offsets", "figures", first(start="999999", end="1000000"), "no such offsets"),
    ("turned offsets", "figures", first(start="5", end="5"), "no such offsets"),
    ("no offset", "figures", first(start="x"), "no such offsets"),
    ("id", "figures", first(figure="one:999"), "the id should be"),
    ("sentence", "figures", first(sentence="Another sentence."), "the sentence is not"),
    ("value", "figures", first(value="many"), "no number"),
    ("twice", "figures", lambda rows: [rows[0], *rows], "stands twice"),
    ("lost row", "figures", lambda rows: rows[1:], "figures is"),
    ("link", "figures", first(share_den="one:0"), "leads nowhere"),
    ("stranger", "figures", first(article="three"), "has no row"),
    ("hash", "articles", first(sha256="0"), "another hash"),
    ("unknown article", "articles", lambda rows: [*rows, {**rows[0], "article": "three"}], "not in the input"),
    ("lost article", "articles", lambda rows: rows[1:], "not in the dataset"),
    ("term", "terms", first(text="x"), "the article says"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "what"), [lie[1:] for lie in LIES], ids=[lie[0] for lie in LIES])
def test_lies_are_found(
    table: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]], what: str, run: tuple[Path, Path]
) -> None:
    rewrite(run[0], table, change)
    result = verify(*run)
    assert any(what in fault.what for fault in result.faults), result.show()


def test_a_changed_article_is_found(run: tuple[Path, Path]) -> None:
    out, corpus = run
    (corpus / "one.txt").write_text(TEXT + "x", encoding="utf-8")
    assert [fault.row for fault in verify(out, corpus).faults] == ["one"]


def test_what_is_not_there_is_told(run: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(DatasetError):
        verify(tmp_path, run[1])
    with pytest.raises(CorpusError):
        verify(run[0], tmp_path / "nowhere")


def test_reference_articles(shared: Path, tmp_path: Path) -> None:
    batch.run(shared / "articles", tmp_path)
    result = verify(tmp_path, shared / "articles")
    assert result.proved, result.show()
