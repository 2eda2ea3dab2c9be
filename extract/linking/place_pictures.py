"""Which paragraphs are captions of pictures that do not say so? Their places are over with them.

A caption is a paragraph of one sentence without figures that begins with who or what the picture shows ("Nông dân xã A
thu hoạch lúa"), and tells nothing that is past, promised or said by somebody.
"""

from __future__ import annotations

import re
from collections.abc import Container

from extract.finding.place_words import any_of
from extract.linking.scope import Scope
from extract.patterns import Patterns

LONG = 250  # characters that no caption has


class PictureWords:
    """The words of `places.toml` that captions begin with, and those that no caption holds."""

    def __init__(self, patterns: Patterns) -> None:
        lists = patterns.sections("places.toml")
        self.shown = re.compile(rf"(?:{any_of(lists['picture_plural'])} )*{any_of(lists['picture'])}(?!\w)")
        self.told = re.compile(rf"(?<!\w){any_of(lists['told'])}(?!\w)")
        self.go_on = re.compile(rf"{any_of([*lists['go_on'], *lists['somebody']])}(?!\w)")


class Pictures:
    """Tells the captions of one article."""

    def __init__(self, scope: Scope, words: PictureWords, with_figures: Container[int]) -> None:
        self.sentences = scope.sentences
        self.folded = scope.view.folded
        self.words = words
        self.with_figures = with_figures  # sentences that hold a quantity

    def shows(self, at: int) -> bool:
        """Whether a sentence is a caption: alone in its paragraph, and the next paragraph does not go on with it."""
        sentence = self.sentences[at]
        if not at or at in self.with_figures or sentence.end - sentence.start > LONG:
            return False
        following = self.sentences[at + 1] if at + 1 < len(self.sentences) else None
        if following and following.paragraph == sentence.paragraph:
            return False
        if self.sentences[at - 1].paragraph == sentence.paragraph or self.folded[sentence.end - 1] == ":":
            return False
        if not self.words.shown.match(self.folded, sentence.start):
            return False
        if self.words.told.search(self.folded, sentence.start, sentence.end):
            return False
        return following is None or not self.words.go_on.match(self.folded, following.start)
