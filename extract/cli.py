"""Which doors does the program have? Every command, and what becomes of an error."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from extract.doors import asking, lookup, reading
from extract.doors.options import fail
from extract.errors import SolieuError

app = typer.Typer(
    name="solieu",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def show_version(asked: bool) -> None:
    """Prints the version and ends."""
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(version("solieu"))
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Reads Vietnamese provincial news: every figure, tied to its place, indicator, breakdown, period and status."""


for command in (
    reading.run,
    reading.explain,
    asking.check,
    asking.compare,
    asking.targets,
    asking.verify,
    asking.report,
    asking.evaluate,
    lookup.places,
    lookup.indicators,
):
    app.command()(command)


def main() -> None:
    """The console script: errors at the door are one sentence and exit code 2."""
    try:
        app()
    except SolieuError as error:
        fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
