"""A workbook as people use it: read back, converted, and no text of an article becomes a formula."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from small_dataset import read_rows, write_dataset

from extract.data.compare import CompareError, Question, compare_dataset
from extract.data.exports import write_comparison
from extract.data.targets import list_targets
from extract.patterns import Patterns

HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-1", "\tx", "\x0b", "a" * 40_000, "<b>&"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from extract.patterns import load_patterns

    folder, patterns = tmp_path_factory.mktemp("book"), load_patterns()
    write_dataset(folder, read_rows("merger_figures.csv"), read_rows("merger_articles.csv"))
    comparison = compare_dataset(folder, Question(periods=("2020",), top=0), patterns)
    write_comparison(comparison, folder, folder / "book.xlsx", ledger=list_targets(folder, patterns))
    return folder / "book.xlsx"


def test_sheets(book: Path) -> None:
    workbook = load_workbook(book)
    assert workbook.sheetnames == ["So sánh", "Ô số liệu", "Nguồn", "Mục tiêu", "Ghi chú"]
    assert all(sheet.freeze_panes for sheet in workbook.worksheets)
    assert all(sheet.auto_filter.ref for sheet in workbook.worksheets)


def test_values_colours_comments_and_links(book: Path) -> None:
    workbook = load_workbook(book)
    sheet, sources = workbook["So sánh"], workbook["Nguồn"]
    titles = [cell.value for cell in sheet[1]]
    column = titles.index("Tổng số đảng viên (2020)") + 1
    rows = {(row[0].value, row[2].value): row[column - 1] for row in sheet.iter_rows(min_row=2)}
    plain, torn = rows["63", "Hà Nội"], rows["63", "Lai Châu"]
    assert (plain.value, plain.number_format) == (1000, "[$-42A]#,##0")
    assert torn.value == "300 | 330"
    assert torn.fill.fgColor.rgb.endswith("F8CBAD")
    assert plain.comment is not None
    assert "party.members.total: 1.000." in plain.comment.text
    assert plain.hyperlink is not None
    place = str(plain.hyperlink.location).split("!A")[1]
    assert sources.cell(int(place), 1).value in ("a:10", "b:10", "r:10")


def test_every_cell_leads_to_its_sentences(book: Path) -> None:
    workbook = load_workbook(book)
    known = {row[0].value for row in workbook["Nguồn"].iter_rows(min_row=2)}
    cells = workbook["Ô số liệu"]
    at = [cell.value for cell in cells[1]].index("figures")
    assert all(set(str(row[at].value).split("; ")) <= known for row in cells.iter_rows(min_row=2))


def test_what_is_missing_is_told_in_its_language(tmp_path: Path, patterns: Patterns) -> None:
    rows = [
        {"value": "5", "indicator": "pop.total", "province": "08"},
        {"value": "6", "indicator": "pop.total", "status": "target", "start": "9"},
    ]
    comparison = compare_dataset(write_dataset(tmp_path, rows), Question(boundaries="34", top=0), patterns)
    write_comparison(comparison, tmp_path, tmp_path / "o.xlsx")
    workbook = load_workbook(tmp_path / "o.xlsx")
    comments = [spot.comment.text for row in workbook["So sánh"].iter_rows() for spot in row if spot.comment]
    assert ["thiếu số liệu: Hà Giang" in comment for comment in comments] == [True]
    assert "Mục tiêu, tiêu chí hoặc ước tính: 1" in [row[0].value for row in workbook["Ghi chú"].iter_rows()]


def test_no_text_is_a_formula(tmp_path: Path, patterns: Patterns) -> None:
    rows = [
        {"value": "10", "indicator": "", "indicator_label": text, "sentence": text, "text": "10", "start": str(at)}
        for at, text in enumerate(HOSTILE)
    ]
    write_dataset(tmp_path, rows)
    write_comparison(compare_dataset(tmp_path, Question(labels=True, top=0), patterns), tmp_path, tmp_path / "o.xlsx")
    for sheet in load_workbook(tmp_path / "o.xlsx"):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_long_numbers_stay_exact(tmp_path: Path, patterns: Patterns) -> None:
    write_dataset(tmp_path, [{"value": "1234567890123456789", "indicator": "pop.total"}])
    write_comparison(compare_dataset(tmp_path, Question(), patterns), tmp_path, tmp_path / "o.xlsx")
    assert load_workbook(tmp_path / "o.xlsx")["So sánh"]["G2"].value == "1234567890123456789"


def test_too_much_is_refused(tmp_path: Path, patterns: Patterns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.data.workbook.MOST_CELLS", 0)
    write_dataset(tmp_path, [{"value": "1", "indicator": "pop.total"}])
    with pytest.raises(CompareError, match="too many"):
        write_comparison(compare_dataset(tmp_path, Question(), patterns), tmp_path, tmp_path / "o.xlsx")


def test_libreoffice_converts_it(book: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed here: the workbook is only read back by openpyxl")
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(book),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
