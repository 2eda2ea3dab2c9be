"""The README's tour runs as printed, in a folder of its own."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line[2:] for block in CONSOLE for line in block.splitlines() if line.startswith("$ ")]


def solieu(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    name, *arguments = shlex.split(line)
    assert name == "solieu"
    command = [sys.executable, "-m", "extract.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    assert COMMANDS[0].startswith("solieu run corpus")
    done = solieu(COMMANDS[0], folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("line", COMMANDS[1:])
def test_every_command_of_the_tour_runs(line: str, tour: Path) -> None:
    done = solieu(line, tour)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize(
    "block", [block for block in CONSOLE if not all(line.startswith("$ ") for line in block.splitlines())]
)
def test_what_the_tour_prints_is_what_comes_out(block: str, tour: Path) -> None:
    line, *printed = block.splitlines()
    said = " ".join(solieu(line[2:], tour).stdout.split())
    assert all(" ".join(words.split()) in said for words in printed)


def test_the_notebook_example_runs(tour: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, cwd=tour, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(patterns/[\w.]+|tests/[\w./]+)`", README))))
def test_every_file_the_readme_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()
