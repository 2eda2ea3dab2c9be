"""Which paragraphs are captions of pictures that do not say so? Their places are over with them.

A caption is a sentence without figures that begins with who or what the picture shows ("Nông dân xã A thu hoạch lúa"),
and tells nothing that is past, promised or said by somebody. It is a paragraph, unless the line breaks are lost.
"""

from __future__ import annotations

import re
from collections.abc import Container

from extract.linking.scope import Scope
from extract.patterns import Patterns
from extract.reading.surfaces import any_of, whole_word

LONG = 250  # characters that no caption has
SHORT = 70  # characters of a sentence that may name a thing and its place only
RUN_TOGETHER = 1500  # characters of a paragraph that is an article without its line breaks


class PictureWords:
    """The words of `places.toml` that captions begin with, and those that no caption holds."""

    def __init__(self, patterns: Patterns) -> None:
        lists = patterns.sections("places.toml")
        self.shown = re.compile(rf"(?:{any_of(lists['picture_plural'])} )*{any_of(lists['picture'])}(?!\w)")
        self.told = re.compile(whole_word(lists["told"]))
        self.located = re.compile(whole_word(lists["located"]))
        self.somebody = re.compile(whole_word(lists["somebody"]))
        self.go_on = re.compile(rf"{any_of([*lists['go_on'], *lists['somebody']])}(?!\w)")


class Pictures:
    """Tells the captions of one article."""

    def __init__(self, scope: Scope, words: PictureWords, with_figures: Container[int]) -> None:
        self.sentences = scope.sentences
        self.text, self.folded = scope.view.text, scope.view.folded
        self.words = words
        self.with_figures = with_figures  # sentences that hold a quantity
        self.ends = {sentence.paragraph: sentence.end for sentence in scope.sentences}
        self.begins = {sentence.paragraph: sentence.start for sentence in reversed(scope.sentences)}

    def shows(self, at: int) -> bool:
        """Whether a sentence is a caption: alone in its paragraph, or in one that all paragraphs were run into."""
        sentence = self.sentences[at]
        if not at or at in self.with_figures or sentence.end - sentence.start > LONG:
            return False
        begin, end = self.begins[sentence.paragraph], self.ends[sentence.paragraph]
        alone = (begin, end) == (sentence.start, sentence.end)
        if not (alone or end - begin > RUN_TOGETHER) or self.folded[sentence.end - 1] == ":":
            return False
        short = alone and not sentence.heading and sentence.end - sentence.start < SHORT
        if not (self.words.shown.match(self.folded, sentence.start) or (short and self.is_of_a_place(at))):
            return False
        if self.words.told.search(self.folded, sentence.start, sentence.end):
            return False
        if at + 1 == len(self.sentences):
            return True
        if self.words.go_on.match(self.folded, self.sentences[at + 1].start):
            return False
        return not (self.words.somebody.match(self.folded, sentence.start) and self.goes_on_with_somebody(at + 1))

    def goes_on_with_somebody(self, at: int) -> bool:
        """Whether a sentence goes on with somebody's story: it names nobody in full ("ông", "anh Tú", "gia đình")."""
        sentence = self.sentences[at]
        for match in self.words.somebody.finditer(self.folded, sentence.start, sentence.end):
            following = self.text[match.end() : match.end() + 40].split()[:2]
            if len([word for word in following if word[:1].isupper()]) < 2:
                return True
        return False

    def is_of_a_place(self, at: int) -> bool:
        """Whether a short sentence says of what place it is ("Đường hoa ở xã A.") and does not begin with that."""
        sentence = self.sentences[at]
        said = self.words.located.search(self.folded, sentence.start, sentence.end)
        return said is not None and said.start() > sentence.start
