"""How does an article become figures? The order of the steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract.finding.cues import index_cues
from extract.finding.indicators import find_concepts, topics_by_paragraph
from extract.finding.place.places import Places, find_places
from extract.finding.quantity.quantities import find_quantities
from extract.finding.term.terms import find_terms
from extract.linking.codes import link_codes
from extract.linking.cue.cues import link_cues
from extract.linking.period.periods import link_periods
from extract.linking.place.places import link_places
from extract.linking.scope import Scope, make_scope
from extract.linking.share.shares import link_shares
from extract.linking.subject.subjects import link_subjects
from extract.patterns import Patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view, source_span, view_spans
from extract.reading.words import find_words
from extract.records import (
    Article,
    Cues,
    Figure,
    PeriodLink,
    PlaceLink,
    Rejected,
    Sentence,
    Share,
    Span,
    Subject,
    Term,
    View,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that an article holds. Offsets count in its text as decoded, but for `sentences`, `words` and `places`."""

    article: Article
    view: View
    sentences: Sequence[Sentence]
    words: dict[int, list[Span]]  # sentence -> its words, for sentences with figures
    places: Places
    figures: list[Figure]
    terms: list[Term]
    rejected: list[Rejected]


def find_figures(article: Article, patterns: Patterns) -> Findings:
    """Every figure of `article`, linked, with its terms and what was refused.

    >>> from extract.patterns import load_patterns
    >>> text = "Năm 2021, toàn tỉnh Hà Giang có 193 xã."
    >>> findings = find_figures(Article("a", "a.txt", text, ""), load_patterns())
    >>> [(f.text, f.unit, f.province, f.period) for f in findings.figures]
    [('193', 'xã', '02', '2021')]
    """
    view = make_view(article.text, patterns)
    sentences = find_sentences(view, view_spans(view, article.furniture), patterns)
    terms = find_terms(view, sentences, patterns, published=article.published)
    quantities, rejected = find_quantities(view, sentences, patterns, terms=terms)
    scope = make_scope(view, sentences, quantities)
    words = segment(scope)
    places = find_places(
        view, sentences, patterns, outlet=article.outlet, title=article.title, published=article.published
    )
    concepts = find_concepts(view, sentences, patterns)
    links = link(scope, terms, concepts, places, words, article, patterns)
    figures = [make_figure(article, scope, index, *parts) for index, parts in enumerate(links)]
    return Findings(
        article,
        view,
        sentences,
        words,
        places,
        figures,
        [in_source(view, article, term) for term in sorted([*terms, *concepts], key=place_in_text)],
        [in_source(view, article, refused) for refused in rejected],
    )


def place_in_text(term: Term) -> tuple[int, str]:
    """The order of the table `terms`."""
    return term.start, term.type


def segment(scope: Scope) -> dict[int, list[Span]]:
    """The words of the sentences that hold a quantity, none across a quantity's edge; all in one call of the model."""
    edges: dict[int, list[int]] = {}
    for quantity, sentence in zip(scope.quantities, scope.sentence_of, strict=True):
        begin = scope.sentences[sentence].start
        edges.setdefault(sentence, []).extend((quantity.start - begin, quantity.end - begin))
    spans = [(scope.sentences[sentence].start, scope.sentences[sentence].end) for sentence in edges]
    texts = [scope.view.text[start:end] for start, end in spans]
    found = find_words(texts, edges=list(edges.values()))
    return {
        sentence: [(start + begin, end + begin) for start, end in words]
        for sentence, (begin, _), words in zip(edges, spans, found, strict=True)
    }


Spanned = TypeVar("Spanned", Term, Rejected)
Links = tuple[Cues, Subject, PlaceLink, PeriodLink, Share]


def link(
    scope: Scope,
    terms: Sequence[Term],
    concepts: Sequence[Term],
    places: Places,
    words: dict[int, list[Span]],
    article: Article,
    patterns: Patterns,
) -> list[Links]:
    """What belongs to each quantity."""
    index = index_cues(scope.view, patterns)
    cues = link_cues(scope, patterns, index=index, terms=terms, published=article.published)
    subjects = link_subjects(scope, cues, patterns, words=words, title=article.title)
    subjects = link_codes(scope, subjects, cues, topics_by_paragraph(concepts, scope.sentences), patterns)
    linked_places = link_places(scope, places, patterns)
    periods = link_periods(scope, terms, patterns, published=article.published, cues=cues)
    shares = link_shares(scope, cues, patterns, index=index, subjects=subjects, places=linked_places, periods=periods)
    return list(zip(cues, subjects, linked_places, periods, shares, strict=True))


def make_figure(
    article: Article,
    scope: Scope,
    index: int,
    cues: Cues,
    subject: Subject,
    place: PlaceLink,
    period: PeriodLink,
    share: Share,
) -> Figure:
    """One row of `figures`."""
    quantity, view = scope.quantities[index], scope.view
    sentence = scope.sentences[scope.sentence_of[index]]
    start, end = source_span(view, quantity.start, quantity.end)
    is_share = share.role == "share" or (share.role == "completion" and share.den is not None)

    def figure_id(other: int | None) -> str | None:
        if other is None or not is_share:
            return None
        return f"{article.name}:{source_span(view, scope.quantities[other].start, scope.quantities[other].end)[0]}"

    rules = [rule for rule in (quantity.rule, cues.rule, subject.rule, place.rule, period.rule) if rule]
    return Figure(
        figure=f"{article.name}:{start}",
        article=article.name,
        start=start,
        end=end,
        text=article.text[start:end],
        sentence=view.text[sentence.start : sentence.end],
        kind=quantity.kind,
        value=quantity.value,
        high=quantity.high,
        of=quantity.of,
        decimals=quantity.decimals,
        unit=quantity.unit or subject.unit,
        bound=cues.bound,
        change=cues.change,
        vs=cues.vs,
        indicator=subject.code,
        indicator_label=subject.label,
        subject=subject.text,
        breakdown=subject.facets,
        province=place.province,
        province_name=place.province_name,
        place=place.place,
        place_level=place.level,
        place_rule=place.rule,
        province_2025=place.province_2025,
        province_2025_name=place.province_2025_name,
        territory=place.territory,
        period=period.period,
        period_text=period.text,
        status=cues.status,
        share_num=figure_id(share.num),
        share_den=figure_id(share.den),
        rule="; ".join(rules),
    )


def in_source(view: View, article: Article, record: Spanned) -> Spanned:
    """A record with its span in the article's text as decoded."""
    if view.offsets is None and view.text == article.text:
        return record
    start, end = source_span(view, record.start, record.end)
    return replace(record, start=start, end=end, text=article.text[start:end])
