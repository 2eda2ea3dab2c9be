"""What do the doors share? Exit codes, the one-sentence failure, and options that many of them take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

BAD_CALL = 2  # exit code: nothing was done
SOME_FAILED = 1  # exit code: done, but something is not as it was asked to be

PatternsOption = Annotated[
    Path | None, typer.Option("--patterns", metavar="DIR", help="Your own patterns folder instead of the shipped one.")
]
ColumnOption = Annotated[
    list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="Column of a table that holds a field.")
]
OutArgument = Annotated[str, typer.Argument(help="Output folder of a run, or its address.")]


def fail(message: str) -> NoReturn:
    """One sentence on stderr, exit code 2."""
    typer.echo(f"solieu: {message}", err=True)
    sys.exit(BAD_CALL)


def read_columns(pairs: list[str] | None) -> dict[str, str]:
    """The columns of `--column`, by field."""
    split = [pair.partition("=") for pair in pairs or []]
    if not all(field and name for field, _, name in split):
        fail("--column wants FIELD=NAME, for example --column text=body")
    return {field: name for field, _, name in split}
