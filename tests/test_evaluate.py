"""Our measures equal those of the shared scorer, and fall where a figure is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract import batch
from extract.data.dataset import DatasetError
from extract.data.evaluate import below_floors, evaluate_run

TEXT = "Năm 2021, toàn tỉnh Hà Giang có 193 xã, trong đó 12 xã đạt chuẩn."
GOLD = {
    "article": "a",
    "province": "02",
    "published": None,
    "figures": [
        {
            "start": 32, "end": 35, "text": "193", "kind": "count", "value": "193", "unit": "xã", "indicator": "xã",
            "province": "02", "place": "tỉnh", "period": "2021", "status": "reported",
        },
        {
            "start": 49, "end": 51, "text": "12", "kind": "count", "value": "13", "unit": "xã", "indicator": "xã",
            "province": "02", "place": "tỉnh", "period": "2021", "status": "reported",
        },
    ],
    "checks": [],
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    batch.run(tmp_path / "in", tmp_path / "out")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    return tmp_path / "out", gold


def test_a_wrong_value_is_neither_found_nor_right(run: tuple[Path, Path]) -> None:
    measures = evaluate_run(*run).measures()
    assert measures["detection"] == 0.5
    assert measures["record"] == 0.5
    assert measures["province"] == 1.0


def test_floors_are_teeth(run: tuple[Path, Path], tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"detection": 0.9, "province": 1.0}', encoding="utf-8")
    assert below_floors(evaluate_run(*run), floors) == ["detection 0.500 < 0.9"]


def test_a_missing_reference_is_one_sentence(run: tuple[Path, Path]) -> None:
    with pytest.raises(DatasetError, match="no such file"):
        evaluate_run(run[0], run[1].with_name("none.jsonl"))


def test_the_measures_are_those_of_the_shared_scorer(shared: Path, tmp_path: Path) -> None:
    batch.run(shared / "articles", tmp_path)
    gold = shared / "gold" / "dev.gold.jsonl"
    command = [sys.executable, str(shared / "eval" / "score.py"), str(tmp_path / "figures.csv"), str(gold), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = {name: round(value, 4) for name, value in evaluate_run(tmp_path, gold).measures().items()}
    for name in ("detection", "record", "links"):
        assert ours[name] == theirs[name]["f1"], name
    assert {slot: ours[slot] for slot in theirs["slots"]} == theirs["slots"]
