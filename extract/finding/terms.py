"""Which stretches of time does an article name? The forms of `periods.csv`, each with its ISO 8601 period.

The longest form at a place wins. A year that is left out is the one nearest the article's date; without a date, the
article's latest reporting date stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.finding.calendar import Anchor, Context, is_valid, parse_anchor
from extract.finding.readings import READINGS, read
from extract.finding.term_forms import CAPTURES, DIGITS, SHAPES, alternation, compile_form, openings
from extract.patterns import PatternError, Patterns, Row
from extract.records import Sentence, Term, View

COLUMNS = ("form", "type", "reading", "example")
TYPES = frozenset(
    {"term", "stage", "year", "quarter", "month", "day", "half", "season", "school_year", "recurring", "as_of"}
)
SAME = ("same:year", "same:month", "same:quarter", "same:season")
NAMED = re.compile(r"\(\?P<\w+>")
REACH = 60  # characters looked at before a term
DATED = frozenset({"day", "month", "quarter", "half", "as_of"})  # types that tell when an article was written


@dataclass(frozen=True, slots=True)
class Form:
    """A row of `periods.csv`, compiled."""

    pattern: re.Pattern[str]
    type: str
    reading: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found, before its period is read."""

    start: int
    end: int
    form: Form
    numbers: Mapping[str, int]


class TermForms:
    """The forms of `periods.csv`, by the word they may begin with."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("periods.toml")
        self.words: dict[str, Mapping[str, int]] = {
            "count": sections["counts"],
            "month_word": sections["months"],
            "quarter": sections["quarters"],
            "stem": {word: index for index, word in enumerate(sections["lunar"]["stems"])},
            "branch": {word: index for index, word in enumerate(sections["lunar"]["branches"])},
        }
        self.shapes = SHAPES | sections["shapes"]
        self.by_opening: dict[str, list[Form]] = {}
        for row in patterns.rows("periods.csv", COLUMNS, key=("form",)):
            self.add(row, patterns)
        # one pattern that says whether any form matches: most words a form may begin with begin none
        self.any = {
            opening: re.compile("|".join(NAMED.sub("(?:", form.pattern.pattern) for form in forms))
            for opening, forms in self.by_opening.items()
        }
        words = alternation(word for word in self.by_opening if word != DIGITS)
        self.opening = re.compile(rf"(?<!\w)(?:\d|{words}(?!\w))")
        year, comparison = sections["year"], sections["comparison"]
        self.measures = re.compile(rf" ?{alternation(year['measures'])}(?!\w)")
        self.counting = re.compile(rf"(?<!\w){alternation(year['counting'])} ?\Z")
        self.plural = re.compile(rf"(?<!\w)(?:\d+|{alternation([*sections['counts'], *year['plural']])}) \Z")
        self.compared = re.compile(rf"(?<!\w){alternation(comparison['before'])}(?!\w)[^,;.:()]{{0,40}}\Z")
        self.by = re.compile(rf"{alternation(comparison['by'])}(?!\w)")

    def add(self, row: Row, patterns: Patterns) -> None:
        """Files a row under the words it may begin with."""
        where = f"{patterns.folder / 'periods.csv'}:{row['line']}"
        if row["type"] not in TYPES:
            raise PatternError(f"{where}: no such type: {row['type']!r}")
        if row["reading"].partition(":")[0] not in READINGS and row["reading"] not in SAME:
            raise PatternError(f"{where}: no such reading: {row['reading']!r}")
        try:
            form = Form(compile_form(row["form"], self.words, self.shapes), row["type"], row["reading"])
        except (re.error, KeyError) as error:
            raise PatternError(f"{where}: {row['form']!r} is no form: {error}") from error
        for opening in openings(row["form"], self.words):
            self.by_opening.setdefault(opening, []).append(form)

    def numbers(self, match: re.Match[str]) -> dict[str, int]:
        """What a form captured, as numbers."""
        captured = {}
        for group, text in match.groupdict().items():
            if text is not None:
                name = CAPTURES[group.partition("__")[0]]
                word = self.words.get(group.partition("__")[0].rstrip("2"), {}).get(text)
                captured[name] = int(text) if word is None else word
        return captured


def find_terms(
    view: View, sentences: Sequence[Sentence], patterns: Patterns, *, published: str | None = None
) -> list[Term]:
    """The terms of `view` in text order, not overlapping, with their periods; None where it cannot be told.

    `published` is the article's ISO 8601 date. Where `sentences` are given, only what stands in one of them counts.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.view import make_view
    >>> view = make_view("Nhiệm kỳ 2020-2025 có 31 đồng chí, đến 30/6 còn 29.", load_patterns())
    >>> [(term.text, term.period) for term in find_terms(view, (), load_patterns(), published="2022-08-01")]
    [('Nhiệm kỳ 2020-2025', '2020/2025'), ('đến 30/6', '2022-06-30')]
    """
    forms = patterns.compiled(TermForms)
    hits = list(inside(scan(view, forms), sentences))
    context = Context(parse_anchor(published) or infer_anchor(view, hits, forms))
    terms = []
    for hit in hits:
        period = read(hit.form.reading, hit.numbers, context)
        if period is None and hit.form.reading == "elapsed":
            continue  # a length of time
        terms.append(Term(hit.start, hit.end, view.text[hit.start : hit.end], hit.form.type, period))
        if period and not is_compared(view, hit.start, forms):
            remember(hit.form, period, hit.numbers, context)
    return terms


def scan(view: View, forms: TermForms) -> Iterator[Hit]:
    """The longest form at each place, from left to right."""
    folded, at = view.folded, 0
    while opening := forms.opening.search(folded, at):
        start = opening.start()
        found: tuple[int, Form, dict[str, int]] | None = None
        key = DIGITS if opening[0].isdigit() else opening[0]
        for form in forms.by_opening[key] if key in forms.any and forms.any[key].match(folded, start) else ():
            match = form.pattern.match(folded, start)
            if match and (found is None or match.end() > found[0]):
                numbers = forms.numbers(match)
                if is_valid(numbers):
                    found = match.end(), form, numbers
        if found and is_time(view, hit := Hit(start, *found), forms):
            at = hit.end
            yield hit
        else:
            at = opening.end()
            while opening[0].isdigit() and at < len(folded) and folded[at].isdigit():
                at += 1


def inside(hits: Iterator[Hit], sentences: Sequence[Sentence]) -> Iterator[Hit]:
    """The hits that stand in a sentence: dates in page furniture tell nothing."""
    at = 0
    for hit in hits:
        while at < len(sentences) and sentences[at].end <= hit.start:
            at += 1
        if not sentences or (at < len(sentences) and sentences[at].start <= hit.start):
            yield hit


def is_time(view: View, hit: Hit, forms: TermForms) -> bool:
    """Whether a form found is a time here, no count ("2018 hộ"), length ("3 năm qua") or name ("ông Hữu Hiện")."""
    folded, start, end = view.folded, hit.start, hit.end
    before = max(0, start - 12)
    if folded[start].isdigit() and "day" not in hit.numbers and "count" not in hit.numbers:
        return not (forms.measures.match(folded, end) or forms.counting.search(folded[before:start]))
    if ":" in hit.form.reading:
        return not forms.plural.search(folded[before:start])
    if hit.form.reading == "now" and view.text[start].isupper():
        words = view.text[before:start].split()
        return not (words and words[-1][0].isupper() and words[-1][-1].isalpha())
    return True


def is_compared(view: View, start: int, forms: TermForms) -> bool:
    """Whether the words before `start` make it what something else is compared with, or a date to reach."""
    return forms.compared.search(view.folded[max(0, start - REACH) : start]) is not None


def infer_anchor(view: View, hits: Sequence[Hit], forms: TermForms) -> Anchor | None:
    """The article's date where none is known: the end of the latest period it reports, else its latest year."""
    empty = Context()
    dated, years = [], []
    for hit in hits:
        if "year" not in hit.numbers or hit.form.type in ("term", "stage", "school_year"):
            continue
        period = read(hit.form.reading, hit.numbers, empty)
        if period is None or is_compared(view, hit.start, forms):
            continue
        end = period.rpartition("/")[2].replace("now", "")
        if hit.form.type == "season":
            years.append(period[:4])
        elif hit.form.type in DATED and len(end) > 4:
            dated.append(end)
        elif not forms.by.match(view.folded, hit.start):
            years.append(end[:4])
    best = max(dated, default="")
    latest = max((year for year in years if year), default="")
    return parse_anchor(best if best[:4] >= latest and best else latest or None)


def remember(form: Form, period: str, numbers: Mapping[str, int], context: Context) -> None:
    """Keeps what a later "trong tháng", "vụ này" or "từ đầu nhiệm kỳ" may mean."""
    if numbers and form.type != "day":
        context.latest["any"] = period
    if form.reading in ("month", "quarter", "year") and form.type == form.reading:
        context.latest[form.reading] = period
    elif form.type in ("season", "term") and "year" in numbers:
        context.latest[form.type] = period
