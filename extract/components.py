"""How do figures stand on a spaCy Doc? The pipeline for notebooks, and the one file that registers components.

`doc.spans["figures"]` and `doc.spans["terms"]` hold the spans, `doc.ents` places and organisations. A span's `id_`
leads to its row in `doc.user_data`, which holds plain text and so survives `nlp.pipe(n_process=2)` and `DocBin`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.data.tables import FIGURES, show_rows
from extract.finding.place.organisations import find_organisations
from extract.patterns import load_patterns
from extract.pipeline import find_figures
from extract.reading import docs  # noqa: F401  # registers the tokenizer
from extract.records import Article


def load_pipeline(patterns: Path | None = None) -> Language:
    """A spaCy pipeline: underthesea's words as tokens, sentences, figures, terms and places.

    >>> nlp = load_pipeline()
    >>> doc = nlp("Năm 2021, toàn tỉnh Hà Giang có 193 xã.")
    >>> [(span.text, span.label_, span._.figure["province"]) for span in doc.spans["figures"]]
    [('193', 'count', '02')]
    >>> [(ent.text, ent.label_) for ent in doc.ents]
    [('tỉnh Hà Giang', 'LOC')]
    """
    folder = str(patterns) if patterns else None
    tokenizer = {"@tokenizers": "solieu.words.v1", "patterns": folder}
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    nlp.add_pipe("solieu", config={"patterns": folder})
    return nlp


@Language.factory("solieu", default_config={"patterns": None}, assigns=["doc.spans", "doc.ents"])
class FigureComponent:
    """Finds the figures, terms and places of a Doc."""

    def __init__(self, nlp: Language, name: str, patterns: str | None) -> None:
        self.folder = Path(patterns) if patterns else None

    def __call__(self, doc: Doc) -> Doc:
        """`doc` with its spans set."""
        text = doc.text
        article = Article("doc", "", text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        patterns = load_patterns(self.folder)
        findings = find_figures(article, patterns)
        rows = show_rows(FIGURES, findings.figures)
        doc.user_data["figures"] = {row[0]: dict(zip(FIGURES.columns, row, strict=True)) for row in rows}
        doc.spans["figures"] = spans_of(doc, ((f.start, f.end, f.kind, f.figure) for f in findings.figures))
        doc.spans["terms"] = spans_of(doc, ((t.start, t.end, t.type, t.period or t.code or "") for t in findings.terms))
        mentions = findings.places.mentions
        offices = [(*span, "ORG", "") for span in find_organisations(findings.view, mentions, patterns)]
        places = [(place.start, place.end, "LOC", place.code or place.province or "") for place in mentions]
        doc.ents = spacy.util.filter_spans(spans_of(doc, offices + places))
        return doc


def spans_of(doc: Doc, marks: Iterable[tuple[int, int, str, str]]) -> list[Span]:
    """Spans of whole tokens around (start, end, label, id)."""
    spans = []
    for start, end, label, identity in marks:
        span = doc.char_span(start, end, label=label, span_id=identity, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    return spans


def figure_of(span: Span) -> dict[str, str] | None:
    """The row of `figures` behind a span of `doc.spans["figures"]`, as text cells."""
    found: dict[str, str] | None = span.doc.user_data.get("figures", {}).get(span.id_)
    return found


Span.set_extension("figure", getter=figure_of, force=True)
