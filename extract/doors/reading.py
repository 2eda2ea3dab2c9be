"""Doors that read articles: run and explain."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.doors.options import SOME_FAILED, ColumnOption, PatternsOption, read_columns

if TYPE_CHECKING:
    from extract.batch import Tally


def run(
    corpus: Annotated[Path, typer.Argument(help="Folder of articles (.txt .html .jsonl .csv .parquet), or one file.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder the tables are written to.")] = Path("output"),
    patterns: PatternsOption = None,
    column: ColumnOption = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where an article could not be read.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")] = False,
) -> None:
    """Turn a folder of articles into a dataset of figures.

    Example: solieu run corpus/ --out output/ --workers 2
    """
    from extract import batch  # noqa: PLC0415
    from extract.reading.articles import list_files  # noqa: PLC0415

    columns = read_columns(column)
    with progress_bar(len(list_files(corpus)), hidden=quiet) as advance:
        tally = batch.run(
            corpus,
            out,
            patterns=patterns,
            columns=columns,
            workers=workers,
            progress=advance,
        )
    if not quiet:
        show_summary(tally, out)
    if strict and tally.errors:
        sys.exit(SOME_FAILED)


@contextmanager
def progress_bar(files: int, *, hidden: bool) -> Iterator[Callable[[Tally], None]]:
    """A bar on a terminal with rate and time left; nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=hidden or not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=files)
        yield lambda tally: bar.advance(task, tally.files)


def show_summary(tally: Tally, out: Path) -> None:
    """What the run did, on one screen."""
    show = typer.echo
    kinds = ", ".join(f"{count} {kind}" for kind, count in tally.kinds.most_common())
    show(f"{tally.articles} articles, {tally.characters:,} characters")
    show(f"{tally.figures} figures ({kinds}), {tally.terms} terms, {tally.rejected} numbers refused")
    named = [f"{name or 'no province'} {count}" for name, count in tally.provinces.most_common(8)]
    show(f"figures by province: {', '.join(named)}{' …' if len(tally.provinces) > len(named) else ''}")
    if tally.verdicts:
        verdicts = ", ".join(f"{count} {verdict}" for verdict, count in tally.verdicts.most_common())
        show(f"checks: {verdicts}")
    for error in tally.errors[:5]:
        show(f"not read: {error}")
    if len(tally.errors) > 5:
        show(f"… and {len(tally.errors) - 5} more, see articles.csv")
    show(f"written to {out}/")


def explain(
    text: Annotated[str, typer.Argument(help="A sentence, or a file of one article.")],
    patterns: PatternsOption = None,
) -> None:
    """Show every span, the rules that fired and every number refused.

    Example: solieu explain "Năm 2021, toàn tỉnh Hà Giang có 193 xã."
    """
    from extract.explain import explain_text  # noqa: PLC0415
    from extract.patterns import load_patterns  # noqa: PLC0415

    explain_text(text, load_patterns(patterns))
