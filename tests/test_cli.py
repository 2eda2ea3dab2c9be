"""The doors: what a person types, and what comes back."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

TEXT = "Năm 2021, toàn tỉnh Hà Giang có 193 xã."


def solieu(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extract.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_run_tells_what_it_did(corpus: Path, tmp_path: Path) -> None:
    done = solieu("run", str(corpus), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "1 articles" in done.stdout
    assert "Hà Giang" in done.stdout
    assert (tmp_path / "out" / "figures.csv").is_file()


@pytest.mark.parametrize("text", ["Không có số nào ở đây.", "Năm 2021, xã có 5 hộ.", "\ufffd", "5"])
def test_a_run_with_little_in_it_has_its_report(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = solieu("run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "report.html").is_file()


def test_version_is_that_of_the_package() -> None:
    done = solieu("--version")
    assert (done.returncode, done.stdout.strip()) == (0, version("solieu"))


def test_run_names_files_that_are_no_articles(corpus: Path, tmp_path: Path) -> None:
    for name in ("logo.png", "note.md"):
        (corpus / name).write_text("x", encoding="utf-8")
    done = solieu("run", str(corpus), "--out", str(tmp_path / "out"))
    assert "left out, no kind of article: logo.png and 1 more" in done.stdout


def test_quiet_says_nothing(corpus: Path, tmp_path: Path) -> None:
    done = solieu("run", str(corpus), "--out", str(tmp_path / "out"), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_strict_fails_where_an_article_failed(corpus: Path, tmp_path: Path) -> None:
    (corpus / "b.txt").write_bytes(b"")
    assert solieu("run", str(corpus), "--out", str(tmp_path / "out")).returncode == 0
    assert solieu("run", str(corpus), "--out", str(tmp_path / "out"), "--strict").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "no-such-folder"),
        ("run", "corpus", "--patterns", "no-such-folder"),
        ("run", "corpus", "--column", "text"),
        ("evaluate", "no-such-folder", "gold.jsonl"),
    ],
    ids=" ".join,
)
def test_a_bad_call_is_one_sentence_and_exit_code_2(corpus: Path, arguments: tuple[str, ...]) -> None:
    done = solieu(*arguments, folder=corpus.parent)
    assert done.returncode == 2
    assert done.stderr.startswith("solieu: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_explain_shows_rules_and_refusals() -> None:
    done = solieu("explain", "Năm 2021, thôn 2 xã Tân Lập có 35 hộ nghèo, chiếm 12%.")
    assert done.returncode == 0, done.stderr
    for words in ("35", "poverty", "period", "refused", "name with a number", "12%"):
        assert words in done.stdout


def test_explain_reads_a_file(corpus: Path) -> None:
    done = solieu("explain", str(corpus / "a.txt"))
    assert "193" in done.stdout


COMMANDS = [
    line.split()[0]
    for line in solieu("--help").stdout.partition("Commands:")[2].splitlines()
    if line.startswith("  ") and line[2] != " "
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = solieu(command, "--help")
    assert done.returncode == 0
    assert f"Example: solieu {command}" in " ".join(done.stdout.split())
