"""Which stretches of time does an article name? The forms of `periods.csv`, each with its ISO 8601 period.

The longest form at a place wins. A year that is left out is the one nearest the article's date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from extract.finding.term.anchor import AnchorWords, infer_anchor, remember
from extract.finding.term.calendar import Context, is_valid, parse_anchor
from extract.finding.term.office import OfficeWords, infer_offices
from extract.finding.term.readings import read
from extract.finding.term.table import Form, Hit, TermForms
from extract.patterns import Patterns
from extract.records import Sentence, Term, View

YEAR_END = "year_end"
TERM_END = "term_end"
# Readings of what is a length of time, where it cannot be told from when on it counts.
LENGTHS = frozenset({"elapsed", "same:span", "counted", "counted_about", "after", "after_about", "whole", "stage_next"})


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
    words = patterns.compiled(AnchorWords)
    begins = frozenset(sentence.start for sentence in sentences)
    hits = list(inside(scan(view, forms, begins), sentences))
    anchor = parse_anchor(published) or infer_anchor(view, hits, words)
    context = Context(anchor, offices=infer_offices(view, hits, anchor, words, patterns.compiled(OfficeWords)))
    terms, at = [], 0
    for hit in hits:
        if view.folded.find("\n", at, hit.start) >= 0:
            context.latest.pop("told", None)
            context.latest.pop("founded", None)
            context.latest.pop("office", None)
        at, reading = hit.start, hit.form.reading
        context.start = at
        if reading == YEAR_END and words.is_aimed(view, hit):
            reading = "year:0"  # a target lies ahead
        undated = reading == TERM_END or ("month" in hit.numbers and "year" not in hit.numbers)
        context.ahead = undated and words.is_aimed(view, hit)
        context.opens = reading == "elapsed" and words.opens(view, hit)
        period = read(reading, hit.numbers, context)
        if period is None and hit.form.reading in LENGTHS:
            continue  # a length of time
        terms.append(Term(hit.start, hit.end, view.text[hit.start : hit.end], hit.form.type, period))
        if period:
            remember(view, hit, period, context, words)
    return terms


def scan(view: View, forms: TermForms, begins: Collection[int] = ()) -> Iterator[Hit]:
    """The longest form at each place, from left to right."""
    folded, at = view.folded, 0
    for start, opening in forms.openings(folded):
        if start < at or opening not in forms.any or not forms.any[opening].match(folded, start):
            continue
        found: tuple[int, Form, dict[str, int]] | None = None
        for form in forms.by_opening[opening]:
            match = form.pattern.match(folded, start)
            if match and (found is None or match.end() > found[0]):
                numbers = forms.numbers(match)
                if is_valid(numbers):
                    found = match.end(), form, numbers
        if found and is_time(view, hit := Hit(start, *found), forms, begins):
            at = hit.end
            yield hit


def inside(hits: Iterator[Hit], sentences: Sequence[Sentence]) -> Iterator[Hit]:
    """The hits that stand in a sentence: dates in page furniture tell nothing."""
    at = 0
    for hit in hits:
        while at < len(sentences) and sentences[at].end <= hit.start:
            at += 1
        if not sentences or (at < len(sentences) and sentences[at].start <= hit.start):
            yield hit


def is_time(view: View, hit: Hit, forms: TermForms, begins: Collection[int]) -> bool:
    """Whether a form found is a time here, no count ("2018 hộ"), length ("3 năm qua") or name ("ông Hữu Hiện")."""
    folded, start, end = view.folded, hit.start, hit.end
    before = max(0, start - 12)
    if folded[start].isdigit() and "day" not in hit.numbers and "count" not in hit.numbers:
        return not (forms.measures.match(folded, end) or forms.counting.search(folded[before:start]))
    if ":" in hit.form.reading or hit.form.reading == "past_year":
        return not forms.plural.search(folded[before:start])
    if hit.form.reading == "now" and view.text[start].isupper() and start not in begins:
        words = view.text[before:start].split()
        return not (words and words[-1][0].isupper() and words[-1][-1].isalpha())
    return True
