"""What is only seen across articles: the same text twice, contradictions, habits; as one pass over memory would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import batch
from extract.data.checks import check_dataset
from extract.data.crossing import read_cells
from extract.data.dataset import load_table
from extract.data.tables import CHECKS, show_rows
from extract.patterns import Patterns

ONE = "Năm 2021, tỉnh Hà Giang có 1.931 doanh nghiệp. Toàn tỉnh có 193 xã."
TWO = "Năm 2021, tỉnh Hà Giang có 1.932 doanh nghiệp. Trong 193 xã có 25 xã nghèo, chiếm 13%."
CUT = "Toàn tỉnh có {0} hộ, trong đó 200 hộ nghèo, chiếm {1}%."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in {"một": ONE, "hai": TWO, "ba": ONE, "bốn": TWO.replace("1.932", "1.933"), "năm": TWO}.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    for whole in (690, 700, 720, 750, 780):  # a paper that cuts off: 200 of 700 are 28.57 %
        page = f'<html><head><meta property="og:site_name" content="baocat.vn"></head><body><p>{CUT}</p></body></html>'
        (corpus / f"cat {whole}.html").write_text(page.format(whole, 20_000 // whole), encoding="utf-8")
    return corpus


def test_a_text_that_stands_twice_is_kept_and_marked(folder: Path, tmp_path: Path) -> None:
    batch.run(folder, tmp_path / "out")
    articles = load_table(tmp_path / "out", "articles").set_index("article")
    marked = articles["duplicate_of"]
    assert {name: other for name, other in marked.items() if other} == {"một": "ba", "năm": "hai"}
    figures = load_table(tmp_path / "out", "figures")
    assert set(figures["article"]) == set(articles.index)


def test_the_checks_of_a_run_are_those_of_its_figures_together(
    folder: Path, tmp_path: Path, patterns: Patterns
) -> None:
    batch.run(folder, tmp_path / "out")
    articles = load_table(tmp_path / "out", "articles").set_index("article")
    figures = [read_cells(row) for row in load_table(tmp_path / "out", "figures").values.tolist()]
    alone = [figure for figure in figures if not articles.loc[figure.article, "duplicate_of"]]
    sources = {str(name): outlet or None for name, outlet in articles["outlet"].items()}
    expected = show_rows(CHECKS, check_dataset(alone, patterns, sources=sources))
    found = load_table(tmp_path / "out", "checks").values.tolist()
    assert [row for row in found if not articles.loc[row[1], "duplicate_of"]] == expected
    assert {row[2] for row in found if len({name.rpartition(":")[0] for name in row[3].split("; ")}) > 1} == {"repeat"}
    told = load_table(tmp_path / "out", "checks")
    assert set(told[told["verdict"] == "truncated"]["level"]) == {"information"}
