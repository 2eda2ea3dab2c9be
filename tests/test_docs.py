"""A Doc has the text of its view, and its tokens are the words that were given."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from extract.patterns import Patterns, load_patterns
from extract.reading.docs import make_doc, segment
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.reading.words import find_words

TEXT = "Xã Mới\n\nToàn xã có 27 chi bộ;  đạt 98,5%.  Kết nạp 12 đảng viên mới.\n"
ANY = st.characters(exclude_categories=())
TEXTS = st.one_of(st.text(ANY), st.text(st.sampled_from("aàĐ12., \n\t\r\u2028\u00a0e\u0301\ud800\0"), max_size=40))
VOCAB = Vocab()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "solieu.words.v1"}}})


def test_words_only_where_sentences_were_segmented(patterns: Patterns) -> None:
    view = make_view(TEXT, patterns)
    sentences = find_sentences(view, (), patterns)
    last = len(sentences) - 1
    doc = make_doc(VOCAB, view, sentences, {last: segment(view, sentences)[last]})
    tokens = [token.text for token in doc]
    assert "đảng viên" in tokens
    assert tokens[:3] == ["Xã", "Mới", "\n\n"]
    assert "chi" in tokens
    assert [sent.text.strip() for sent in doc.sents] == [view.text[s.start : s.end] for s in sentences]


def test_every_figure_is_a_span_of_tokens(patterns: Patterns) -> None:
    view = make_view("Có 10/13 phiếu, 6.360,83 km2, T11/2024, 27xã.", patterns)
    sentences = find_sentences(view, (), patterns)
    figures = [(3, 8), (16, 28), (40, 42)]
    words = find_words([view.text], edges=[[edge for figure in figures for edge in figure]])
    doc = make_doc(VOCAB, view, sentences, {0: words[0]})
    spans = [doc.char_span(start, end) for start, end in figures]
    assert [span and span.text for span in spans] == ["10/13", "6.360,83 km2", "27"]


@given(TEXTS)
def test_the_text_of_a_doc_is_that_of_its_view(text: str) -> None:
    patterns = load_patterns()
    view = make_view(text, patterns)
    sentences = find_sentences(view, (), patterns)
    words = segment(view, sentences)
    for words_of in ({}, words, {0: words[0]} if words else {}):
        doc = make_doc(VOCAB, view, sentences, words_of)
        assert doc.text == view.text
        assert [token.idx for token in doc] == sorted({token.idx for token in doc})
    doc = make_doc(VOCAB, view, sentences, words)
    assert all(doc.char_span(start, end) for spans in words.values() for start, end in spans)


@pytest.mark.parametrize("text", ["", " ", "\n", "  a", "a  ", "a\u00a0b", "a \n b", "\0"], ids=ascii)
def test_blanks(text: str, nlp: Language) -> None:
    assert nlp(text).text == text


def test_pipeline_without_pyvi(nlp: Language) -> None:
    assert [token.text for token in nlp("Có mười đảng viên.")] == ["Có", "mười", "đảng viên", "."]
    assert nlp("mười")[0].like_num


def test_pipeline_is_kept_on_disk_and_sent_to_processes(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    texts = [TEXT] * 3
    tokens = [[token.text for token in doc] for doc in nlp.pipe(texts)]
    for other in (spacy.load(tmp_path / "nlp"), pickle.loads(pickle.dumps(nlp))):
        assert [[token.text for token in doc] for doc in other.pipe(texts)] == tokens
    assert [[token.text for token in doc] for doc in nlp.pipe(texts, n_process=2)] == tokens
