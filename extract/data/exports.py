"""Which files can a comparison become? .csv and .parquet, .html to look at, .xlsx to work with."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from extract.data.compare import Comparison
from extract.data.comparing.layout import BESIDE
from extract.data.comparing.question import CompareError
from extract.data.comparing.sources import load_sources
from extract.data.workbook import FORMULA, write_sheet, write_workbook

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
STYLE = (
    "body{font:15px sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .5em;"
    "vertical-align:top}th{position:sticky;top:0;background:#eee}.contradiction{background:#f8cbad}"
    ".update,.undated{background:#fff2cc}.derived{background:#ddebf7}.bounded,.not_comparable{background:#ededed}"
)
PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><style>{style}</style>{body}</html>\n'
)


def write_comparison(
    comparison: Comparison, folder: Path, path: Path, *, shape: str = "wide", ledger: pd.DataFrame | None = None
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
        write_whole(path, make_page(comparison, folder))
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


def make_page(comparison: Comparison, folder: Path) -> str:
    """A page to look at: the wide table, the sentences below it, values linked to them."""
    names = comparison.patterns.sections("compare.toml")
    words = names["names"]
    wide, state = comparison.wide, f"{BESIDE}{words['column']['state']}"
    figures = f"{BESIDE}{words['column']['figures']}"
    shown = list(comparison.brief.columns)
    show = html.escape
    head = "".join(f"<th>{show(column)}</th>" for column in shown)
    rows = []
    for row in wide.to_dict("records"):
        cells = []
        for column in shown:
            mark, ids = str(row.get(column + state, "")), str(row.get(column + figures, ""))
            value = show(str(row[column]) or words["state"].get(mark, ""))
            link = f'<a href="#{show(ids.split("; ", maxsplit=1)[0])}">{value}</a>' if ids else value
            cells.append(f'<td class="{mark}" title="{show(words["state"].get(mark, ""))}">{link}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    sources = [
        f'<li id="{show(one.figure)}"><b>{show(one.text)}</b> {show(one.sentence)} <small>{show(one.title)} '
        f"{show(one.published)} {show(one.outlet)} {show(one.path)}</small></li>"
        for one in load_sources(folder, comparison.cells)
    ]
    notes = "".join(f"<li>{show(line)}</li>" for line in names["notes"]["lines"])
    title = show(words["sheet"]["wide"])
    body = (
        f"<h1>{title}</h1><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"<h2>{show(words['sheet']['sources'])}</h2><ol>{''.join(sources)}</ol>"
        f"<h2>{show(words['sheet']['notes'])}</h2><ul>{notes}</ul>"
    )
    return PAGE.format(style=STYLE, title=title, body=body)
