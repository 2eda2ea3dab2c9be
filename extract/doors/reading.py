"""Doors that read articles: run and explain."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.doors.options import SOME_FAILED, ColumnOption, PatternsOption, read_columns
from extract.errors import SolieuError

FEW = 100  # files for which a process is worth its start


class Engine(StrEnum):
    """What does the work of a run."""

    processes = "processes"
    dask = "dask"


if TYPE_CHECKING:
    from extract.batch import Tally


def run(
    corpus: Annotated[str, typer.Argument(help="Folder of articles (.txt .html .jsonl .csv .parquet), or one file.")],
    out: Annotated[str, typer.Option("--out", "-o", help="Folder the tables are written to.")] = "output",
    patterns: PatternsOption = None,
    column: ColumnOption = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=0, help="Processes; 0 for one a core.")] = 0,
    time_limit: Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds an article may take.")] = 60.0,
    memory_limit: Annotated[int, typer.Option("--memory-limit", min=500, help="Megabytes a worker may take.")] = 2000,
    engine: Annotated[Engine, typer.Option("--engine", help="processes on this machine, or dask.")] = Engine.processes,
    scheduler: Annotated[str | None, typer.Option("--scheduler", help="Address of a Dask scheduler.")] = None,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write report.html, too.")] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where an article could not be read.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")] = False,
) -> None:
    """Turn a folder of articles into a dataset of figures. A run that was stopped goes on where it stopped.

    Example: solieu run corpus/ --out output/ --workers 2
    """
    from extract.reading.articles import list_files, list_ignored  # noqa: PLC0415

    columns = read_columns(column)
    if engine is Engine.dask:
        try:
            from extract.running.cluster import run_on_cluster  # noqa: PLC0415
        except ImportError as error:
            raise SolieuError("the engine dask wants another package: pip install 'solieu[dask]'") from error

        with progress_bar(None, hidden=quiet) as advance:
            tally = run_on_cluster(
                corpus, out, scheduler=scheduler, patterns=patterns, columns=columns,
                workers=workers or cores(), progress=advance,
                seconds=time_limit, megabytes=memory_limit,
            )  # fmt: skip
    else:
        from extract import batch  # noqa: PLC0415

        files = len(list_files(Path(corpus)))
        processes = min(workers or cores(), files // FEW)  # a second process takes longer to start than few files
        with progress_bar(files, hidden=quiet) as advance:
            tally = batch.run(
                Path(corpus), Path(out), patterns=patterns, columns=columns,
                workers=processes if processes > 1 else 0, progress=advance,
                seconds=time_limit, megabytes=memory_limit,
            )  # fmt: skip
        if report:
            from extract.data.report import write_report  # noqa: PLC0415

            write_report(Path(out), patterns=patterns)
    if not quiet:
        show_summary(tally, out)
        if engine is Engine.dask and report:
            typer.echo(f"No report was written beside parts: solieu report {out}")
        elif engine is Engine.processes and (ignored := list_ignored(Path(corpus))):
            others = f" and {len(ignored) - 1} more" if len(ignored) > 1 else ""
            typer.echo(f"left out, no kind of article: {ignored[0].name}{others}")
    if strict and tally.errors:
        sys.exit(SOME_FAILED)


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def progress_bar(files: int | None, *, hidden: bool) -> Iterator[Callable[[Tally], None]]:
    """A bar on a terminal with rate and time left; nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=hidden or not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=files)
        yield lambda tally: bar.advance(task, tally.files)


def show_summary(tally: Tally, out: str) -> None:
    """What the run did, on one screen."""
    show = typer.echo
    kinds = ", ".join(f"{count} {kind}" for kind, count in tally.kinds.most_common())
    again = f", {tally.reused} of them as read before" if tally.reused else ""
    show(f"{tally.articles} articles, {tally.characters:,} characters{again}")
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
    show(f"written to {out.rstrip('/')}/")


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
