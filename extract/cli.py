"""Which doors does the program have? Thin commands; what they open is imported when they are called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extract.errors import SolieuError

if TYPE_CHECKING:
    from extract.batch import Tally

BAD_CALL = 2  # exit code: nothing was done
SOME_FAILED = 1  # exit code with --strict: some article could not be read

app = typer.Typer(
    name="solieu",
    help="Reads Vietnamese provincial news: every figure, tied to its place, indicator, breakdown, period and status.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

PatternsOption = Annotated[
    Path | None, typer.Option("--patterns", metavar="DIR", help="Your own patterns folder instead of the shipped one.")
]


def main() -> None:
    """The console script: errors at the door are one sentence and exit code 2."""
    try:
        app()
    except SolieuError as error:
        fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def fail(message: str) -> NoReturn:
    """One sentence on stderr, exit code 2."""
    typer.echo(f"solieu: {message}", err=True)
    sys.exit(BAD_CALL)


@app.command()
def run(
    corpus: Annotated[Path, typer.Argument(help="Folder of articles (.txt .html .jsonl .csv .parquet), or one file.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder the tables are written to.")] = Path("output"),
    patterns: PatternsOption = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="Column of a table that holds a field.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where an article could not be read.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")] = False,
) -> None:
    """Turn a folder of articles into a dataset of figures.

    Example: solieu run corpus/ --out output/ --workers 2
    """
    from extract import batch  # noqa: PLC0415
    from extract.reading.articles import list_files  # noqa: PLC0415

    pairs = [item.partition("=") for item in column or []]
    if not all(field and name for field, _, name in pairs):
        fail("--column wants FIELD=NAME, for example --column text=body")
    with progress_bar(len(list_files(corpus)), hidden=quiet) as advance:
        tally = batch.run(
            corpus,
            out,
            patterns=patterns,
            columns={field: name for field, _, name in pairs},
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


@app.command()
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


@app.command()
def check(
    out: Annotated[Path | None, typer.Argument(help="Output folder of a run.")] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Check numbers given behind: PART WHOLE PERCENT, or WHOLE PERCENT.")
    ] = False,
    given: Annotated[list[str] | None, typer.Argument(help="The numbers of --numbers.", show_default=False)] = None,
    verdict: Annotated[list[str] | None, typer.Option("--verdict", help="Only these verdicts.")] = None,
    article: Annotated[str | None, typer.Option("--article", help="Only this article.")] = None,
    fail_on: Annotated[
        list[str] | None, typer.Option("--fail-on", metavar="VERDICT", help="Exit with 1 where a check has it.")
    ] = None,
    vietnamese: Annotated[bool, typer.Option("--vi", help="Sentences in Vietnamese.")] = False,
    patterns: PatternsOption = None,
) -> None:
    """Show whether the reported percentages agree with their counts, worst first.

    Example: solieu check output/ --verdict inconsistent
    Example: solieu check --numbers 961 3471 27,68
    """
    from extract import listing  # noqa: PLC0415
    from extract.patterns import load_patterns  # noqa: PLC0415

    if numbers:
        values = [str(value) for value in (out, *(given or [])) if value is not None]
        found = [listing.show_numbers(values, load_patterns(patterns))]
    elif out is None or given:
        fail("check wants one output folder, or --numbers and two or three numbers")
    else:
        found = listing.load_checks(out, verdicts=verdict or [], article=article)
        listing.show_checks(out, found, vietnamese=vietnamese)
    if any(one.verdict in (fail_on or ()) for one in found):
        sys.exit(SOME_FAILED)


@app.command()
def places(
    name: Annotated[str, typer.Argument(help="A place's name, with or without type word and diacritics.")],
    patterns: PatternsOption = None,
) -> None:
    """Look a place up: codes, what it lies in, what became of it.

    Example: solieu places "Na Hang"
    """
    from extract.listing import show_places  # noqa: PLC0415
    from extract.patterns import load_patterns  # noqa: PLC0415

    if not show_places(name, load_patterns(patterns)):
        fail(f"no place is called {name!r}")


@app.command()
def indicators(
    query: Annotated[str, typer.Argument(help="Words of an indicator, with or without diacritics.")],
    patterns: PatternsOption = None,
) -> None:
    """Search the registry of indicators.

    Example: solieu indicators "ho ngheo"
    """
    from extract.listing import show_indicators  # noqa: PLC0415
    from extract.patterns import load_patterns  # noqa: PLC0415

    if not show_indicators(query, load_patterns(patterns)):
        fail(f"no indicator holds the words of {query!r}")


@app.command()
def evaluate(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    gold: Annotated[Path, typer.Argument(help="Reference annotations, one article a line (.jsonl).")],
    floors: Annotated[
        Path | None, typer.Option("--floors", help="JSON of pinned floors; exit with 1 where a score is below.")
    ] = None,
) -> None:
    """Score a run against reference annotations.

    Example: solieu evaluate output/ tests/gold/corpus.gold.jsonl
    """
    from extract.data.evaluate import below_floors, evaluate_run, show_scores  # noqa: PLC0415

    scores = evaluate_run(out, gold)
    typer.echo(show_scores(scores))
    if floors:
        short = below_floors(scores, floors)
        for line in short:
            typer.echo(f"below its floor: {line}", err=True)
        if short:
            sys.exit(SOME_FAILED)


if __name__ == "__main__":
    main()
