"""What is spaCy's Doc of an article? The words of the sentences that were segmented, plain tokens elsewhere.

The text of the Doc is the text of the View, whatever is in it: blanks that are not the one space after a token are
tokens of their own, as spaCy has it. So `doc.char_span` holds for every span of the View that starts and ends a token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from extract.patterns import load_patterns
from extract.reading.sentences import find_sentences
from extract.reading.view import make_view
from extract.reading.words import find_tokens, find_words
from extract.records import Sentence, Span, View


def make_doc(vocab: Vocab, view: View, sentences: Sequence[Sentence], words_of: Mapping[int, Sequence[Span]]) -> Doc:
    """The Doc of `view`: `words_of` has the words of sentences by the index of the sentence.

    `doc.sents` are the sentences, and what stands between them.

    >>> view = View("Đạt 98,5%.\\nCó 27 đảng bộ.", "")
    >>> sentences = [Sentence(0, 10, 0), Sentence(11, 25, 1)]
    >>> doc = make_doc(Vocab(), view, sentences, {1: [(11, 13), (14, 16), (17, 24), (24, 25)]})
    >>> [token.text for token in doc]
    ['Đạt', '98,5', '%', '.', '\\n', 'Có', '27', 'đảng bộ', '.']
    """
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []

    def fill(gap: str) -> None:
        if words and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            add(gap, False)

    def add(word: str, begins: bool) -> None:
        words.append(word)
        spaces.append(False)
        starts.append(begins)

    at = 0
    for begins, start, end in parts(view.text, sentences, words_of):
        fill(view.text[at:start])
        add(view.text[start:end], begins)
        at = end
    fill(view.text[at:])
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)


def parts(
    text: str, sentences: Sequence[Sentence], words_of: Mapping[int, Sequence[Span]]
) -> Iterator[tuple[bool, int, int]]:
    """Spans of words and tokens in text order, each with whether it begins a sentence or what stands between."""
    at = 0
    for index, sentence in enumerate([*sentences, Sentence(len(text), len(text), 0)]):
        for number, (start, end) in enumerate(find_tokens(text, at, sentence.start)):
            yield number == 0, start, end
        words = words_of.get(index)
        if words is None:
            words = find_tokens(text, sentence.start, sentence.end)
        for number, (start, end) in enumerate(words):
            yield number == 0, start, end
        at = sentence.end


class WordTokenizer(DummyTokenizer):  # type: ignore[misc]  # spaCy is untyped here
    """spaCy's tokenizer with underthesea's words in all sentences; the text is composed (NFC)."""

    def __init__(self, vocab: Vocab, patterns: str | None = None) -> None:
        self.vocab = vocab
        self.folder = Path(patterns) if patterns else None  # not the patterns: worker processes load their own

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`."""
        patterns = load_patterns(self.folder)
        view = make_view(text, patterns)
        sentences = find_sentences(view, (), patterns)
        return make_doc(self.vocab, view, sentences, segment(view, sentences))


def segment(view: View, sentences: Sequence[Sentence]) -> dict[int, list[Span]]:
    """The words of all `sentences`, by index."""
    found = find_words([view.text[sentence.start : sentence.end] for sentence in sentences])
    return {
        index: [(sentence.start + start, sentence.start + end) for start, end in words]
        for index, (sentence, words) in enumerate(zip(sentences, found, strict=True))
    }


def make_tokenizer(patterns: str | None = None) -> Callable[[Language], WordTokenizer]:
    """What `@tokenizers = "solieu.words.v1"` in a spaCy config stands for; `patterns` is a folder.

    >>> import spacy
    >>> nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "solieu.words.v1"}}})
    >>> [token.text for token in nlp("Toàn tỉnh có 27 đảng bộ.")]
    ['Toàn', 'tỉnh', 'có', '27', 'đảng bộ', '.']
    """

    def make(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab, patterns)

    return make


registry.tokenizers("solieu.words.v1", func=make_tokenizer)
