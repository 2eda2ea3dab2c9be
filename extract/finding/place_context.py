"""How does a place stand in its sentence: as what it is about, compared with, in a caption, as where a meeting was?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extract.finding.place_words import PlaceWords
from extract.records import Sentence, Span, View

TOPIC = 60  # a place that stands so near to the start of its sentence is what the sentence is about
VENUE = 80  # characters after a place in which an event may be told


class Mention(NamedTuple):
    """A place as the text names it, before it is resolved."""

    start: int  # of the name with its type word; after the name of an office only of the name
    end: int
    kind: str  # named (with type word or office), bare, relative ("toàn tỉnh"), country, region, abroad, rest
    level: str  # a Level, or "city" and "site"
    name: str = ""  # folded, without type word
    strong: bool = False  # of a relative mention: it speaks of the place as a whole or is the subject
    aside: bool = False  # only compared with, the name of a company, where somebody comes from
    entity: bool = False
    locative: bool = False  # "tại", "ở", "của" stands before it
    topic: int = 0  # may it stay in force after its sentence? 2: yes, 1: where it stands alone, 0: no
    listed: bool = False  # a further item of a list
    bracketed: bool = False  # a parenthesis begins with it, and not the sentence
    venue: bool = False  # where an event was held
    sentence: int = 0
    caption: bool = False


class Surroundings:
    """What stands around the places of one article."""

    def __init__(self, view: View, sentences: Sequence[Sentence], words: PlaceWords) -> None:
        self.view = view
        self.words = words
        self.sentences = sentences
        self.starts = [sentence.start for sentence in sentences]
        self.shouted: dict[int, bool] = {}
        self.captions = self.find_captions()

    def find_captions(self) -> list[Span]:
        """What a picture's caption says: from the start of its sentence to "Ảnh:", which may open the next one."""
        captions: list[Span] = []
        for match in self.words.caption.finditer(self.view.folded):
            at = self.sentence_of(match.start())
            start = self.sentences[at].start if self.sentences else 0
            same = at > 0 and self.sentences[at - 1].paragraph == self.sentences[at].paragraph
            if same and match.start() - start < 2:
                start = self.sentences[at - 1].start
            captions.append((start, match.start()))
        return captions

    def in_caption(self, start: int) -> bool:
        """Whether a position lies in a caption."""
        at = bisect_right(self.captions, (start, len(self.view.text))) - 1
        return at >= 0 and start < self.captions[at][1]

    def placed(self, mention: Mention) -> Mention:
        """A mention with what stands around it."""
        at = self.sentence_of(mention.start)
        words, view = self.words, self.view
        start = mention.start
        if count := words.count_before.search(view.folded, max(0, start - 8), start):
            start = count.start()
        locative = mention.locative or words.stands_before(view, start, "locative")
        aside = mention.aside or words.stands_before(view, start, "aside")
        if mention.kind == "country":
            aside = aside or words.stands_before(view, start, "rank")
        elif mention.level in ("province", "city", "district"):
            aside = aside or words.stands_before(view, start, "ranked")
            if mention.level == "province" and words.stands_before(view, start, "agent"):
                aside = aside or words.stands_after(view, mention.end, "given")
        return mention._replace(
            sentence=at,
            locative=locative,
            aside=aside,
            topic=self.topic(mention, start, self.sentences[at]),
            bracketed=self.is_bracketed(start, self.sentences[at]),
            venue=self.is_venue(mention, self.sentences[at]),
            caption=self.in_caption(mention.start),
        )

    def sentence_of(self, start: int) -> int:
        """The sentence (its index) in which a position lies."""
        return max(0, bisect_right(self.starts, start) - 1)

    def is_shouted(self, at: int) -> bool:
        """Whether a sentence is in capitals throughout."""
        if at not in self.shouted:
            sentence = self.sentences[at]
            self.shouted[at] = self.view.text[sentence.start : sentence.end].isupper()
        return self.shouted[at]

    def is_bracketed(self, start: int, sentence: Sentence) -> bool:
        """Whether a parenthesis begins at `start`, unless it is a dateline at the start of the sentence."""
        return self.view.folded[start - 1 : start] == "(" and start - sentence.start > 1

    def is_venue(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether a place is only where an event was held ("tại Hà Nội, Bộ Y tế tổ chức hội nghị")."""
        if mention.kind == "relative" or not self.words.stands_before(self.view, mention.start, "at"):
            return False
        end = min(sentence.end, mention.end + VENUE)
        return self.words.venue.search(self.view.folded, mention.end, end) is not None

    def topic(self, mention: Mention, start: int, sentence: Sentence) -> int:
        """How much a place is what its sentence is about: one where things happen or that does something."""
        words, view = self.words, self.view
        if mention.kind in ("country", "region"):
            return 2
        if mention.kind in ("abroad", "rest") or mention.level == "site" or words.stands_before(view, start, "example"):
            return 0
        opens = start - sentence.start <= TOPIC
        bracketed = self.is_bracketed(start, sentence)
        if (bracketed and not (opens and mention.kind == "named")) or self.is_venue(mention, sentence):
            return 0
        at = words.stands_before(view, start, "at") or words.at_office.search(view.folded, max(0, start - 40), start)
        if at or opens:
            return 2
        return 0 if mention.level == "village" or words.stands_before(view, start, "object") else 1
