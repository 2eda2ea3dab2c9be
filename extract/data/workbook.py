"""How does a comparison look in Excel? A sheet a table, every value linked to its sentences, conflicts coloured."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from extract.data.compare import Comparison
from extract.data.comparing import cells as comparing
from extract.data.comparing.layout import PLACE, column_keys, show_value, state_of, title_columns
from extract.data.comparing.question import CompareError
from extract.data.comparing.sources import Source, load_sources

MOST_CELLS = 100_000  # beyond this nobody scrolls, and writing takes minutes: CSV and Parquet have no limit
MOST_LINKS = 60_000  # Excel repairs a sheet with more than 65,530
LONGEST = 32_767  # characters Excel keeps in a cell
SAID = 700  # characters of a comment
DIGITS = 15  # digits that Excel keeps of a number; longer ones stay text
VIETNAMESE = "[$-42A]"  # the locale whose separators a number format is shown in
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes for a formula, at the start of a text
COLOURS = {
    "contradiction": "F8CBAD",
    "undated": "FFE699",
    "several": "FFE699",
    "update": "FFF2CC",
    "derived": "DDEBF7",
    "bounded": "EDEDED",
    "not_comparable": "D9D9D9",
}
EPOCH = (1980, 1, 1, 0, 0, 0)
CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write_workbook(
    comparison: Comparison, folder: str | Path, path: Path, *, ledger: pd.DataFrame | None = None
) -> None:
    """Writes a comparison of the dataset in `folder` as .xlsx; `ledger` is that of `list_targets`.

    The same comparison gives the same bytes. Raises CompareError where there is too much for a workbook.
    """
    if len(comparison.cells) > MOST_CELLS:
        raise CompareError(f"{len(comparison.cells)} cells are too many for a workbook; write .csv or .parquet")
    names = comparison.patterns.sections("compare.toml")
    titles: Mapping[str, str] = names["names"]["sheet"]
    sources = load_sources(folder, comparison.cells)
    rows = {source.figure: row for row, source in enumerate(sources, 2)}
    book = Workbook()
    book.remove(book.worksheets[0])
    fill_wide(book.create_sheet(titles["wide"]), comparison, names["names"], sources, rows)
    fill_table(book.create_sheet(titles["cells"]), comparison.cells, comparing.COLUMNS)
    fill_table(book.create_sheet(titles["sources"]), sources, Source._fields)
    if ledger is not None:
        fill_table(book.create_sheet(titles["targets"]), ledger, tuple(ledger.columns))
    reasons: Mapping[str, str] = names["names"]["left_out"]
    left_out = [f"{reasons[reason]}: {count}" for reason, count in sorted(comparison.left_out.items())]
    notes = [*names["notes"]["lines"], str(comparison.question), *left_out]
    fill_table(book.create_sheet(titles["notes"]), [(note,) for note in notes], (titles["notes"],))
    save(book, path)


def write_sheet(table: pd.DataFrame, path: Path) -> None:
    """Writes one table as .xlsx."""
    book = Workbook()
    fill_table(book.worksheets[0], table, tuple(table.columns))
    save(book, path)


def fill_wide(
    sheet: Worksheet,
    comparison: Comparison,
    names: dict[str, Any],
    sources: Sequence[Source],
    rows: Mapping[str, int],
) -> None:
    """A row a place and a column a thing: values with colour, comment and link."""
    keys = column_keys(latest=comparison.question.latest)
    titles = title_columns(comparison.cells, keys, names)
    columns = {thing: number for number, thing in enumerate(titles, len(PLACE) + 1)}
    put_header(sheet, [*(names["column"][name] for name in PLACE), *titles.values()])
    said = {source.figure: source for source in sources}
    places: dict[tuple[str, ...], int] = {}
    every = comparing.read_cells(comparison.cells)
    for place in sorted({tuple(getattr(cell, name) for name in PLACE) for cell in every}):
        row = places.setdefault(place[:4], len(places) + 2)
        for column, text in enumerate(place, 1):
            put(sheet.cell(row, column), text)
    linked = 0
    for cell in every:
        place = tuple(getattr(cell, name) for name in PLACE)
        spot = sheet.cell(places[place[:4]], columns[tuple(getattr(cell, name) for name in keys)])
        state = state_of(cell)
        put(spot, show_value(cell) or names["state"][state], number=not cell.of)
        if state in COLOURS:
            spot.fill = PatternFill("solid", fgColor=COLOURS[state])
        first = next((figure for figure in comparing_ids(cell) if figure in rows), None)
        if first is not None and linked < MOST_LINKS:
            linked += 1
            spot.comment = comment_on(cell, names, said)
            spot.hyperlink = Hyperlink(ref=spot.coordinate, location=f"'{names['sheet']['sources']}'!A{rows[first]}")
    sheet.freeze_panes = "D2"


def comparing_ids(cell: comparing.Cell) -> list[str]:
    """The figures of a cell."""
    return [figure for figure in cell.figures.split("; ") if figure]


def comment_on(cell: comparing.Cell, names: dict[str, Any], said: Mapping[str, Source]) -> Comment:
    """What a reader wants to know of a value: its period and state, and the sentences it stands in."""
    words = names["column"]
    lines = [
        f"{words['period']}: {cell.period}",
        f"{words['state']}: {names['state'][state_of(cell)]}",
        f"{words['sources']}: {cell.sources}",
        *filter(None, (cell.formula, say_note(cell.note, names["note"]))),
    ]
    for figure in comparing_ids(cell)[:3]:
        if figure in said:
            lines += ["", said[figure].sentence, f"({figure} {said[figure].published})"]
    comment = Comment(clean("\n".join(lines))[:SAID], "solieu")
    comment.width, comment.height = 420, 200
    return comment


def say_note(note: str, words: Mapping[str, str]) -> str:
    """A note in the words of the workbook.

    >>> say_note("no value: A, B; contradiction: C", {"no value": "missing"})
    'missing: A, B; contradiction: C'
    """
    parts = (reason.partition(": ") for reason in note.split("; "))
    return "; ".join(words.get(why, why) + colon + rest for why, colon, rest in parts)


def fill_table(sheet: Worksheet, rows: pd.DataFrame | Iterable[Sequence[object]], columns: Sequence[str]) -> None:
    """A plain table; columns that hold values are numbers."""
    put_header(sheet, columns)
    numbers = {"value", "low", "high", "of", "sources", "target", "result"}
    cells = rows.itertuples(index=False, name=None) if isinstance(rows, pd.DataFrame) else rows
    for row, values in enumerate(cells, 2):
        for column, (name, value) in enumerate(zip(columns, values, strict=True), 1):
            put(sheet.cell(row, column), str(value), number=name in numbers)
    sheet.freeze_panes = "A2"


def put_header(sheet: Worksheet, titles: Sequence[str]) -> None:
    """The first row: bold, wrapped, with a filter."""
    for column, title in enumerate(titles, 1):
        spot = sheet.cell(1, column)
        put(spot, title)
        spot.font = Font(bold=True)
        spot.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = min(40, max(12, len(title) // 2))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{max(1, sheet.max_row)}"


def put(spot: Cell | Any, text: str, *, number: bool = False) -> None:
    """Writes a text or, where it is one, a number; a text that begins like a formula stays a text."""
    if number and NUMBER.fullmatch(text) and sum(map(str.isdigit, text)) <= DIGITS:
        value = Decimal(text)
        decimals = max(0, -int(value.as_tuple().exponent))
        spot.value = float(value) if decimals else int(value)
        spot.number_format = f"{VIETNAMESE}#,##0" + ("." + "0" * decimals if decimals else "")
        return
    spot.value = clean(text)
    spot.data_type = "s"
    if text.startswith(FORMULA):
        spot.quotePrefix = True  # so it stays a text when somebody edits it


def clean(text: str) -> str:
    """A text as a workbook can hold it: no control characters or halves of surrogate pairs, not too long."""
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text).encode("utf-8", "replace").decode("utf-8")[:LONGEST]


def save(book: Workbook, path: Path) -> None:
    """Writes a workbook without the clock, so that the same content gives the same bytes."""
    part, raw = path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.raw")
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "docProps/core.xml":
                content = CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(item.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    raw.unlink()
    part.replace(path)
