"""Where does an article speak of a registry indicator? Mentions of aliases, longest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from extract.finding.registry import Weak, load_registry
from extract.finding.wording import Wording
from extract.patterns import Patterns
from extract.records import Sentence, Term, View


class Surfaces:
    """The aliases, each also in its abbreviated spellings, as one automaton."""

    def __init__(self, patterns: Patterns) -> None:
        registry = patterns.compiled(load_registry)
        expansions = patterns.compiled(Wording).expansions
        self.entries: dict[str, tuple[str, str, Weak]] = {}  # surface -> code, topic, weak
        for indicator in registry.values():
            for alias in (alias for alias in indicator.aliases if alias.weak != "phrase"):
                self.entries[alias.surface] = (indicator.code, indicator.topic, alias.weak)
        self.doubtful: dict[str, set[str]] = {}  # short spellings of two indicators: the linter wants none
        for surface, entry in list(self.entries.items()):
            for short in abbreviated(surface, expansions):
                if self.entries.setdefault(short, entry)[0] != entry[0]:
                    self.doubtful.setdefault(short, {self.entries[short][0]}).add(entry[0])
        self.surfaces = list(self.entries)
        self.automaton = AhoCorasick(self.surfaces)


def abbreviated(surface: str, expansions: dict[str, list[str]]) -> Iterator[str]:
    """`surface` with each long form that has a short one written short, one after another and all together."""
    together = surface
    for full, shorts in expansions.items():
        for short in shorts:
            if full in surface:
                yield surface.replace(full, short)
        if full in together:
            together = together.replace(full, shorts[0])
    yield together


def find_concepts(view: View, sentences: Sequence[Sentence], patterns: Patterns) -> list[Term]:
    """Mentions of registry aliases in `sentences`, longest first, not overlapping, in text order; `code` says which.

    A weak alias counts only where its paragraph has a strong alias of its topic.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.sentences import find_sentences
    >>> from extract.reading.view import make_view
    >>> patterns = load_patterns()
    >>> view = make_view("Tỷ lệ hộ nghèo còn 2%, có 120 người mua BHXH tự nguyện.", patterns)
    >>> [(term.text, term.code) for term in find_concepts(view, find_sentences(view, (), patterns), patterns)]
    [('Tỷ lệ hộ nghèo', 'poverty.rate'), ('BHXH tự nguyện', 'ins.social_voluntary')]
    """
    known = patterns.compiled(Surfaces)
    found = [
        (start, end, sentence.paragraph, *known.entries[known.surfaces[number]])
        for number, start, end, sentence in mentions(view, sentences, known)
    ]
    topics = {(paragraph, topic) for _, _, paragraph, _, topic, weak in found if not weak}
    return [
        Term(start, end, view.text[start:end], "concept", code=code)
        for start, end, paragraph, code, topic, weak in found
        if not weak or (paragraph, topic) in topics
    ]


def mentions(view: View, sentences: Sequence[Sentence], known: Surfaces) -> Iterator[tuple[int, int, int, Sentence]]:
    """Surface number, start, end and sentence of each mention: whole words, leftmost and then longest first."""
    folded = view.folded
    hits = known.automaton.find_matches_as_indexes(folded, overlapping=True)
    hits.sort(key=lambda hit: (hit[1], -hit[2]))
    waiting = iter(sentences)
    sentence = next(waiting, None)
    last = 0
    for number, start, end in hits:
        if start < last or folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum():
            continue
        while sentence is not None and sentence.end <= start:
            sentence = next(waiting, None)
        if sentence is None:
            return
        if sentence.start <= start and end <= sentence.end:
            yield number, start, end, sentence
            last = end


def topics_by_paragraph(concepts: Sequence[Term], sentences: Sequence[Sentence]) -> dict[int, frozenset[str]]:
    """The topics (first parts of the codes) that each paragraph's concepts speak of; `concepts` in text order."""
    topics: dict[int, set[str]] = {}
    waiting = iter(concepts)
    concept = next(waiting, None)
    for sentence in sentences:
        while concept is not None and concept.start < sentence.end:
            topics.setdefault(sentence.paragraph, set()).add((concept.code or "").partition(".")[0])
            concept = next(waiting, None)
    return {paragraph: frozenset(found) for paragraph, found in topics.items()}
