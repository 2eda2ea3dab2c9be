"""What was found in a text, and why? The same marking for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.data.tables import FIGURES, show_cell
from extract.linking.indicators import Candidate, link_indicator
from extract.patterns import Patterns
from extract.pipeline import Findings, find_figures
from extract.reading.articles import make_article, read_file
from extract.records import Article, Figure, Unreadable

STYLES = {"count": "bold cyan", "percent": "bold green", "ratio": "bold magenta", "amount": "bold yellow"}
UNSHOWN = {"figure", "article", "start", "end", "text", "sentence", "decimals", "province", "province_2025"}
SILENT = {("bound", "exact"), ("change", "none")}  # what goes without saying


def explain_text(text: str, patterns: Patterns, console: Console | None = None) -> None:
    """Prints what a sentence, or the article in the file of that name, holds."""
    console = console or Console(highlight=False)
    for article in articles_of(text, patterns):
        if not isinstance(article, Article):
            console.print(f"{article.path}: {article.error}", style="red")
            continue
        show_findings(find_figures(article, patterns), patterns, console)


def articles_of(text: str, patterns: Patterns) -> Iterator[Article | Unreadable]:
    """The articles of a file of that name, or the text itself."""
    path = Path(text) if len(text) < 1000 and "\n" not in text else None
    if path is not None and path.suffix and path.is_file():
        yield from read_file(path, path.parent, patterns)
    else:
        yield make_article("text", "", text, patterns)


def show_findings(findings: Findings, patterns: Patterns, console: Console) -> None:
    """The marked text, a block a figure, then terms, places and what was refused."""
    console.print(marked(findings))
    for figure in findings.figures:
        console.print(block(figure))
        for candidate in candidates_of(figure, patterns):
            console.print(
                f"  {'candidate':16} {candidate.code} {candidate.score:.2f} by {candidate.wording!r}", style="dim"
            )
    places = findings.places
    if places.province or places.evidence:
        told = "; ".join(places.evidence)
        console.print(
            f"\nprovince of the article: {places.province or 'cannot be told'} ({places.rule or told}) {told}"
        )
    listing = Table("what", "text", "meaning", box=None, pad_edge=False)
    for term in findings.terms:
        listing.add_row(f"term: {term.type}", term.text, term.period or term.code or "")
    for place in findings.places.mentions:
        where = place.province or "province unknown"
        listing.add_row(f"place: {place.level}", place.text, f"{place.name} ({where}) {place.rule}")
    for refused in findings.rejected:
        listing.add_row("refused", refused.text, refused.reason)
    if listing.row_count:
        console.print(listing)


def candidates_of(figure: Figure, patterns: Patterns) -> tuple[Candidate, ...]:
    """The registry rows that came nearest to the figure's phrase, best first, with their scores."""
    if figure.indicator_label is None:
        return ()
    return link_indicator(
        figure.indicator_label,
        figure.subject,
        kind=figure.kind,
        unit=figure.unit,
        facets=figure.breakdown,
        change=figure.change,
        relative=figure.vs is not None,
        patterns=patterns,
    ).candidates[:3]


def marked(findings: Findings) -> Text:
    """The article's text with its figures, terms and refused numbers coloured."""
    text = Text(findings.article.text)
    for term in findings.terms:
        text.stylize("underline" if term.type == "concept" else "blue", term.start, term.end)
    for refused in findings.rejected:
        text.stylize("dim strike", refused.start, refused.end)
    for figure in findings.figures:
        text.stylize(STYLES[figure.kind], figure.start, figure.end)
    return text


def block(figure: Figure) -> Text:
    """A figure's columns that say something."""
    shown = Text(f"\n{figure.text}", style=STYLES[figure.kind])
    for name in FIGURES.columns:
        cell = show_cell(getattr(figure, name))
        if cell and name not in UNSHOWN and (name, cell) not in SILENT:
            shown.append(f"\n  {name:16} ", style="dim").append(cell, style="")
    return shown
