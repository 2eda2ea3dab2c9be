"""What tables does a run write? Columns, types and meaning, in one place; rows as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal

FieldType = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column."""

    name: str
    description: str
    type: FieldType = "string"  # as read by a database; in CSV every cell is text, empty for null
    required: bool = False
    values: tuple[str, ...] = ()  # all it may hold


@dataclass(frozen=True, slots=True)
class Table:
    """A table, a file in the output folder."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...] = ()  # column, table, column it points to

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)


SPAN = (
    Field("article", "article: path under the input folder, without suffix", required=True),
    Field("start", "first character, in the article's text as decoded", "integer", required=True),
    Field("end", "one past the last character", "integer", required=True),
    Field("text", "the words: the article's text from start to end", required=True),
)

FIGURES = Table(
    "figures",
    "one row a figure: a quantity tied to place, indicator, breakdown, period and status",
    (
        Field("figure", "id: <article>:<start>", required=True),
        *SPAN,
        Field("sentence", "the sentence it stands in"),
        Field("kind", "what it is", required=True, values=("count", "percent", "ratio", "amount")),
        Field("value", "decimal string, magnitudes multiplied in; a ratio's part; a range's lower end", "number", True),
        Field("high", "a range's upper end", "number"),
        Field("of", "a ratio's whole", "number"),
        Field("decimals", "digits printed after the decimal mark", "integer", True),
        Field("unit", "%, a canonical unit or a rate; for counts and ratios the counted noun as written"),
        Field(
            "bound", "how it is hedged", "string", True, ("exact", "more", "least", "less", "most", "about", "range")
        ),
        Field("change", "up or down where it is the size of a change", "string", True, ("none", "up", "down")),
        Field("vs", "what it is compared with, as written"),
        Field("indicator", "registry code of what is counted; empty where none fits"),
        Field("indicator_label", "what is counted, as a short phrase"),
        Field("subject", "what is counted, as written"),
        Field("breakdown", "facets that narrow the indicator, '; ' between them"),
        Field("province", "two-digit code in the list of 63 provinces; VN the country, XX abroad"),
        Field("province_name", "its name"),
        Field("place", "most specific place it is about, as written"),
        Field("place_level", "its level", values=("country", "region", "province", "district", "commune", "village")),
        Field("place_rule", "how the place was found", values=("named", "heading", "article", "outlet")),
        Field("province_2025", "two-digit code in the list of 34 provinces"),
        Field("province_2025_name", "its name"),
        Field("territory", "which list's territory it covers", values=("63", "34")),
        Field("period", "ISO 8601: a date, month, year or interval; now; recurring"),
        Field("period_text", "the words that say so"),
        Field("status", "what kind of statement", "string", True, ("reported", "target", "criterion", "estimate")),
        Field("share_num", "figure that a percentage restates"),
        Field("share_den", "figure that a percentage is a share of"),
        Field("rule", "ids of the patterns that fired, '; ' between them"),
    ),
    ("figure",),
    (
        ("article", "articles", "article"),
        ("share_num", "figures", "figure"),
        ("share_den", "figures", "figure"),
    ),
)

TERMS = Table(
    "terms",
    "stretches of time with their period, and mentions of registry terms with their code",
    (
        *SPAN,
        Field("type", "kind of term; concept for a registry term", required=True),
        Field("period", "ISO 8601"),
        Field("code", "registry code of a concept"),
    ),
    ("article", "start", "type"),
    (("article", "articles", "article"),),
)

ARTICLES = Table(
    "articles",
    "one row an article, read or not",
    (
        Field("article", "path under the input folder, without suffix", required=True),
        Field("path", "path under the input folder", required=True),
        Field("sha256", "hash of the text in UTF-8"),
        Field("title", "as found"),
        Field("published", "date", "date"),
        Field("outlet", "domain or name of the paper"),
        Field("province", "province the article speaks about, in the list of 63"),
        Field("province_rule", "how it was found", values=("heading", "article", "outlet")),
        Field("province_evidence", "what spoke for it, strongest first, '; ' between them"),
        Field("characters", "length of the text", "integer"),
        Field("figures", "figures found", "integer"),
        Field("rejected", "numbers refused", "integer"),
        Field("error", "why it could not be read"),
        Field("duplicate_of", "the first article with the same text, where it is another"),
    ),
    ("article",),
)

REJECTED = Table(
    "rejected",
    "what looked like a figure and is none, or could not be read for sure",
    (*SPAN, Field("reason", "why", required=True)),
    ("article", "start"),
    (("article", "articles", "article"),),
)

BASES = ("stated", "evident")
CHECKS = Table(
    "checks",
    "arithmetic relations that the articles state, recomputed exactly",
    (
        Field("check", "id", required=True),
        Field("article", "article it stands in", required=True),
        Field("type", "kind of relation", required=True),
        Field("figures", "ids of the figures it rests on, '; ' between them", required=True),
        Field("reported", "the printed number"),
        Field("expected", "the recomputed number"),
        Field("low", "least value that the printed numbers allow"),
        Field("high", "greatest value that the printed numbers allow"),
        Field("verdict", "what the arithmetic says", required=True),
        Field("rounding", "ways of rounding that print the reported number, '; ' between them"),
        Field("power", "chance that a random printed value would have failed"),
        Field("message", "one sentence in English"),
        Field("message_vi", "the same in Vietnamese"),
        Field("basis", "whether the article ties the figures together or only their values do", "string", True, BASES),
        Field("level", "how much it matters", "string", True, ("alarm", "notice", "information")),
        Field("reason", "why it could not be tested"),
        Field("culprit", "figure that the nearest repair changes"),
        Field("repair", "nearest repairs, the best first, '; ' between them"),
    ),
    ("check",),
    (("article", "articles", "article"),),
)

TABLES = (FIGURES, TERMS, ARTICLES, REJECTED, CHECKS)


def show_cell(value: object) -> str:
    """A value as a table cell.

    >>> show_cell(Decimal("1900000000.0")), show_cell(("nữ", "dưới 40 tuổi")), show_cell(None)
    ('1900000000', 'nữ; dưới 40 tuổi', '')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return str(value)


def show_rows(table: Table, records: Iterable[Any], **given: str) -> list[list[str]]:
    """Records as rows of cells: a column is a cell of `given` or the record's field of that name."""
    rest = table.columns[len(given) :]
    if tuple(given) != table.columns[: len(given)]:
        raise ValueError(f"{table.name}: the given columns must be its first ones")
    cells = attrgetter(*rest)
    return [
        [
            *given.values(),
            *[cell if type(cell) is str else "" if cell is None else show_cell(cell) for cell in cells(record)],
        ]
        for record in records
    ]
