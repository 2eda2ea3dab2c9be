"""Doors that ask a dataset: check, compare, targets, report, verify, evaluate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from extract.doors.options import SOME_FAILED, ColumnOption, OutArgument, PatternsOption, fail, read_columns


def check(
    out: Annotated[str | None, typer.Argument(help="Output folder of a run, or its address.")] = None,
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


def compare(
    out: OutArgument,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="CODE", help="Registry code; 'party.' for all that begin so."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="DIMENSION", help="sex, age, ethnicity …, or all.")
    ] = None,
    period: Annotated[list[str] | None, typer.Option("--period", help="ISO 8601, latest or all.")] = None,
    within: Annotated[str, typer.Option("--within", metavar="PERIOD", help="Only periods that lie in this one.")] = "",
    level: Annotated[str, typer.Option("--level", help="province, district, commune, …")] = "province",
    boundaries: Annotated[
        str, typer.Option("--boundaries", help="63, 34, or stated: as each statement says.")
    ] = "stated",
    province: Annotated[list[str] | None, typer.Option("--province", metavar="CODE", help="Only these.")] = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="reported, target, criterion, estimate.")] = None,
    derive: Annotated[
        list[str] | None, typer.Option("--derive", help="share, rank, target, difference:PERIOD, growth:PERIOD.")
    ] = None,
    prefer: Annotated[list[str] | None, typer.Option("--prefer", help="precise, named, latest: in this order.")] = None,
    settle: Annotated[str, typer.Option("--settle", help="A contradiction's value: none, latest, sources.")] = "none",
    top: Annotated[int, typer.Option("--top", min=0, help="Columns where no indicator is named; 0 for all.")] = 12,
    changes: Annotated[bool, typer.Option("--changes", help="Also sizes of changes, in cells of their own.")] = False,
    labels: Annotated[bool, typer.Option("--labels", help="Also indicators the registry does not know.")] = False,
    shape: Annotated[str, typer.Option("--shape", help="wide or long.")] = "wide",
    to: Annotated[Path | None, typer.Option("--to", "-o", help="File: .csv .xlsx .parquet .html.")] = None,
    patterns: PatternsOption = None,
) -> None:
    """Set provinces side by side: a row a place, a cell a value with its evidence.

    Example: solieu compare output/ --indicator party.committee.members --by sex -o committee.xlsx
    """
    from extract.data.compare import Question, compare_dataset  # noqa: PLC0415
    from extract.data.exports import write_comparison  # noqa: PLC0415
    from extract.listing import show_comparison  # noqa: PLC0415
    from extract.patterns import load_patterns  # noqa: PLC0415

    many = {"indicators": indicator, "by": by, "periods": period, "provinces": province, "statuses": status}
    many |= {"derive": derive, "prefer": prefer}
    question = Question(
        within=within,
        level=level,
        boundaries=boundaries,
        settle=settle,
        top=top,
        changes=changes,
        labels=labels,
        **{name: tuple(values) for name, values in many.items() if values},
    )
    if shape not in ("wide", "long"):
        fail("--shape wants wide or long")
    comparison = compare_dataset(out, question, load_patterns(patterns))
    if to is None:
        show_comparison(comparison)
    else:
        write_comparison(comparison, out, to, shape=shape)
        typer.echo(f"written to {to}")


def targets(
    out: OutArgument,
    indicator: Annotated[list[str] | None, typer.Option("--indicator", metavar="CODE", help="Only these.")] = None,
    level: Annotated[str, typer.Option("--level", help="province, district, commune, …")] = "province",
    province: Annotated[list[str] | None, typer.Option("--province", metavar="CODE", help="Only these.")] = None,
    to: Annotated[Path | None, typer.Option("--to", "-o", help="File: .csv .xlsx .parquet .html.")] = None,
    patterns: PatternsOption = None,
) -> None:
    """List targets with later reported values: met, missed or pending.

    Example: solieu targets output/ -o targets.csv
    """
    from extract.data.exports import write_table  # noqa: PLC0415
    from extract.data.targets import list_targets  # noqa: PLC0415
    from extract.listing import show_targets  # noqa: PLC0415
    from extract.patterns import load_patterns  # noqa: PLC0415

    many = {"indicators": tuple(indicator or ()), "provinces": tuple(province or ())}
    ledger = list_targets(out, load_patterns(patterns), level=level, **many)
    if to is None:
        show_targets(ledger)
    else:
        write_table(ledger, to)
        typer.echo(f"written to {to}")


def verify(
    out: OutArgument,
    corpus: Annotated[str, typer.Argument(help="The folder of articles the run read, or its address.")],
    column: ColumnOption = None,
    patterns: PatternsOption = None,
) -> None:
    """Prove every row: the article's hash, the offsets, the quoted words. Exit code 1 where one does not hold.

    Example: solieu verify output/ corpus/
    """
    from extract.patterns import load_patterns  # noqa: PLC0415
    from extract.reading.tables import COLUMNS  # noqa: PLC0415
    from extract.verify import verify as prove  # noqa: PLC0415

    proof = prove(out, corpus, patterns=load_patterns(patterns), columns={**COLUMNS, **read_columns(column)})
    typer.echo(proof.show())
    if proof.faults:
        sys.exit(SOME_FAILED)


def report(
    out: OutArgument,
    patterns: PatternsOption = None,
) -> None:
    """Write the report page of a dataset: report.html, one file that needs no network.

    Example: solieu report output/
    """
    from extract.data.report import write_report  # noqa: PLC0415

    for page in write_report(out, patterns=patterns):
        typer.echo(f"written to {out.rstrip('/')}/{page}")


def evaluate(
    out: OutArgument,
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
