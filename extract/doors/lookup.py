"""Doors that look something up in what is known: places and indicators."""

from __future__ import annotations

from typing import Annotated

import typer

from extract.doors.options import PatternsOption, fail


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
