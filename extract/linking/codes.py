"""Which indicator of the registry does each quantity count? By its own words, or by the fuller ones said before.

A paper that has written "tỷ lệ che phủ rừng" goes on with "tỷ lệ che phủ".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.finding.wording import Wording
from extract.linking.indicators import link_indicator
from extract.linking.scope import Scope
from extract.patterns import Patterns
from extract.records import Cues, Subject

NO_TOPICS = frozenset[str]()


def link_codes(
    scope: Scope,
    subjects: Sequence[Subject],
    cues: Sequence[Cues],
    topics: Mapping[int, frozenset[str]],
    patterns: Patterns,
) -> list[Subject]:
    """`subjects`, one a quantity, with their registry codes where one fits; `topics` are those of each paragraph.

    >>> from decimal import Decimal
    >>> from extract.linking.scope import make_scope
    >>> from extract.patterns import load_patterns
    >>> from extract.records import Quantity, Sentence, View
    >>> text = "Tỷ lệ che phủ rừng đạt 52%, năm sau tỷ lệ che phủ đạt 53%."
    >>> rates = [Quantity(at, at + 3, text[at : at + 3], "percent", Decimal(52), unit="%") for at in (23, 54)]
    >>> scope = make_scope(View(text, text.lower()), [Sentence(0, len(text), 0)], rates)
    >>> subjects = [Subject(None, f"tỷ lệ {label}", label) for label in ("che phủ rừng", "che phủ")]
    >>> [subject.code for subject in link_codes(scope, subjects, [Cues(), Cues()], {}, load_patterns())]
    ['forest.cover', 'forest.cover']
    """
    wording = patterns.compiled(Wording)
    coded: list[Subject] = []
    paragraph, rates = -1, list[Subject]()  # the percentages with a code said so far in the paragraph
    for quantity, sentence, subject, cue in zip(scope.quantities, scope.sentence_of, subjects, cues, strict=True):
        if scope.sentences[sentence].paragraph != paragraph:
            paragraph, rates = scope.sentences[sentence].paragraph, []
        code = None
        if subject.label is not None:
            code = link_indicator(
                subject.label,
                subject.text,
                kind=quantity.kind,
                unit=quantity.unit or subject.unit,
                facets=subject.facets,
                change=cue.change,
                relative=cue.vs is not None,
                topics=topics.get(paragraph, NO_TOPICS),
                patterns=patterns,
            ).code
            if code is None and quantity.kind == "percent":
                code = said_in_full(subject, rates, wording)
        coded.append(replace(subject, code=code) if code is not None else subject)
        if code is not None and quantity.kind == "percent":
            rates.append(coded[-1])
    return coded


def said_in_full(subject: Subject, rates: Sequence[Subject], wording: Wording) -> str | None:
    """The code of the last of `rates` whose name is begun again: "tỷ lệ che phủ" after "tỷ lệ che phủ rừng"."""
    begun = f"{wording.fold(subject.label or '')} "
    if not wording.fold(subject.text or "").startswith(wording.rates):
        return None
    return next((rate.code for rate in reversed(rates) if wording.fold(rate.label or "").startswith(begun)), None)
