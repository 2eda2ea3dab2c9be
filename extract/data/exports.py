"""Which files can a comparison become? .csv and .parquet, .html to look at, .xlsx to work with."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from extract.data.compare import Comparison
from extract.data.comparing.cells import COLUMNS, read_cells
from extract.data.comparing.layout import BESIDE, state_of
from extract.data.comparing.question import CompareError
from extract.data.comparing.sources import load_sources
from extract.data.workbook import FORMULA, write_sheet, write_workbook

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
STYLE = (
    "body{font:15px sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .5em;"
    "vertical-align:top}th{position:sticky;top:0;background:#eee}.contradiction{background:#f8cbad}"
    ".update,.undated,.several{background:#fff2cc}.derived{background:#ddebf7}.bounded,.not_comparable{background:#ededed}"
)
PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><style>{style}</style>{body}</html>\n'
)


def write_comparison(
    comparison: Comparison, folder: str | Path, path: Path, *, shape: str = "wide", ledger: pd.DataFrame | None = None
) -> None:
    """Writes a comparison of the dataset in `folder` to `path`, by its suffix, in the `shape` wide or long.

    A workbook holds both shapes. Raises CompareError for another suffix or shape.
    """
    if shape not in ("wide", "long"):
        raise CompareError(f"shape: {shape!r} is none of wide, long")
    suffix = check_suffix(path)
    if suffix == ".xlsx":
        write_workbook(comparison, folder, path, ledger=ledger)
    elif suffix == ".html":
        write_whole(path, make_page(comparison, folder, shape))
    else:
        write_table(comparison.wide if shape == "wide" else comparison.cells, path)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Writes any table (the ledger of targets) by the suffix of `path`. Raises CompareError for another suffix."""
    suffix = check_suffix(path)
    part = path.with_name(f".{path.name}.part")
    if suffix == ".xlsx":
        write_sheet(table, path)
        return
    if suffix == ".html":
        write_whole(path, PAGE.format(style=STYLE, title="", body=table.to_html(index=False, border=0)))
        return
    if suffix == ".csv":
        write_csv(table, part)
    else:
        pq.write_table(pa.Table.from_pandas(table.astype(str), preserve_index=False), part, compression="zstd")
    part.replace(path)


def check_suffix(path: Path) -> str:
    """The suffix in small letters. Raises CompareError where it is none we write."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet", ".html", ".xlsx"):
        raise CompareError(f"{path}: the suffix must be .csv, .xlsx, .parquet or .html")
    return suffix


def write_whole(path: Path, text: str) -> None:
    """Writes a text file at once."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", errors="replace")
    part.replace(path)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV for spreadsheets: UTF-8 with a mark, and no cell that a spreadsheet runs as a formula."""
    safe = table.astype(str).map(guard).rename(columns=guard)
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n", errors="replace")


def guard(cell: str) -> str:
    """A cell that begins like a formula gets an apostrophe before it; numbers stay numbers.

    >>> guard("=1+1"), guard("-2.5"), guard("+84 tỷ"), guard("@x")
    ("'=1+1", '-2.5', "'+84 tỷ", "'@x")
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def make_page(comparison: Comparison, folder: str | Path, shape: str = "wide") -> str:
    """A page to look at: the table, the sentences below it, values linked to them."""
    names = comparison.patterns.sections("compare.toml")
    words, show = names["names"], html.escape
    head, *rows = wide_rows(comparison) if shape == "wide" else long_rows(comparison)
    sources = [
        f'<li id="{show(one.figure)}"><b>{show(one.text)}</b> {show(one.sentence)} <small>{show(one.title)} '
        f"{show(one.published)} {show(one.outlet)} {show(one.path)}</small></li>"
        for one in load_sources(folder, comparison.cells)
    ]
    notes = "".join(f"<li>{show(line)}</li>" for line in names["notes"]["lines"])
    title = show(words["sheet"]["wide" if shape == "wide" else "cells"])
    body = (
        f"<h1>{title}</h1><table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
        f"<h2>{show(words['sheet']['sources'])}</h2><ol>{''.join(sources)}</ol>"
        f"<h2>{show(words['sheet']['notes'])}</h2><ul>{notes}</ul>"
    )
    return PAGE.format(style=STYLE, title=title, body=body)


def wide_rows(comparison: Comparison) -> Iterator[str]:
    """The header and a row a place, values marked by how they came about and linked to their sentences."""
    words: dict[str, dict[str, str]] = comparison.patterns.sections("compare.toml")["names"]
    state, figures = (f"{BESIDE}{words['column'][name]}" for name in ("state", "figures"))
    shown = list(comparison.brief.columns)
    yield html_row("th", shown)
    for row in comparison.wide.to_dict("records"):
        cells = []
        for column in shown:
            mark, ids = str(row.get(column + state, "")), str(row.get(column + figures, ""))
            said = words["state"].get(mark, "")
            cells.append(html_cell(str(row[column]) or said, ids, mark, said))
        yield f"<tr>{''.join(cells)}</tr>"


def long_rows(comparison: Comparison) -> Iterator[str]:
    """The header and a row a cell, as its columns are called."""
    yield html_row("th", COLUMNS)
    for cell in read_cells(comparison.cells):
        marked = {"value": state_of(cell)}
        cells = [html_cell(str(part), cell.figures if name in ("value", "text") else "", marked.get(name, ""))
                 for name, part in zip(COLUMNS, cell, strict=True)]  # fmt: skip
        yield f"<tr>{''.join(cells)}</tr>"


def html_row(tag: str, texts: Iterable[str]) -> str:
    """A row of plain texts."""
    return f"<tr>{''.join(f'<{tag}>{html.escape(text)}</{tag}>' for text in texts)}</tr>"


def html_cell(text: str, ids: str, mark: str, title: str = "") -> str:
    """A cell of a class, its text linked to the first of its figures."""
    said = html.escape(text)
    link = f'<a href="#{html.escape(ids.split("; ", maxsplit=1)[0])}">{said}</a>' if ids and text else said
    return f'<td class="{mark}" title="{html.escape(title)}">{link}</td>'
