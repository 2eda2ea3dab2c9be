"""How does a text with its figures look in a notebook? A piece of HTML with every figure marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extract.data.reporting.marks import lay_marks
from extract.data.reporting.page import environment
from extract.data.reporting.words import LANGUAGES, Words, load_words
from extract.data.tables import show_cell
from extract.patterns import Patterns, load_patterns
from extract.records import Figure

TOLD = ("indicator_label", "breakdown", "place", "province_name", "period")


def marked_html(text: str, figures: Iterable[Figure], *, patterns: Patterns | None = None, language: str = "vi") -> str:
    """`text` as HTML, escaped, its figures marked by kind and status, with what they mean as a tool tip.

    >>> marked_html("a < b", [])[-21:]
    'a &lt; b</div>\\n</div>'
    """
    words = (patterns or load_patterns()).compiled(load_words)
    known = list(figures)
    pieces: list[tuple[str, list[Figure]]] = []
    at = 0
    for mark in lay_marks([(figure.start, figure.end) for figure in known]):
        pieces.append((text[at : mark.start], []))
        pieces.append((text[mark.start : mark.end], [known[index] for index in mark.spans]))
        at = mark.end
    pieces.append((text[at:], []))
    told = ["\n\n".join(tell(one, words, language) for one in inside) for _, inside in pieces]
    shown = [(piece, inside[0] if inside else None, tip) for (piece, inside), tip in zip(pieces, told, strict=True)]
    return environment().get_template("marked.html.j2").render(pieces=shown).strip()


def tell(figure: Figure, words: Words, language: str) -> str:
    """What a figure means, a line a fact."""
    at = LANGUAGES.index(language)

    def say(key: str) -> str:
        return words[key][at]

    value = number_text(figure) + ("" if figure.unit in (None, "%") else " ") + (figure.unit or "")
    kind = ", ".join((say(f"kind.{figure.kind}"), say(f"status.{figure.status}")))
    facts: list[Any] = [getattr(figure, name) for name in TOLD]
    hedges = [
        say(f"{name}.{cell}")
        for name, cell in (("bound", figure.bound), ("change", figure.change))
        if cell not in ("exact", "none")
    ]
    return "\n".join([value, ", ".join([kind, *hedges]), *filter(None, map(show_cell, facts))])


def number_text(figure: Figure) -> str:
    """A figure's number: a range's ends, a ratio's part and whole."""
    text = show_cell(figure.value)
    if figure.high is not None:
        text += f"-{show_cell(figure.high)}"
    return text if figure.of is None else f"{text}/{show_cell(figure.of)}"
