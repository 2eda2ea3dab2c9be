"""How does a place stand in its sentence: as what it is about, compared with, in a caption, as where a meeting was?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import NamedTuple

from extract.finding.place.words import PlaceWords, occurrences
from extract.records import Sentence, Span, View

TOPIC = 60  # a place that stands so near to the start of its sentence is what the sentence is about
LEAD = 12  # an industrial zone is what a sentence is about only so near to its start
VENUE = 80  # characters after a place in which an event may be told
APART = 60  # characters before a place in which "riêng" may set it apart
NEAR = 60  # characters before a place in which it may be compared with
BRACKET = 40  # characters in which a parenthesis before a place may begin
INNER = 2
ELSEWHERE = ("province", "city", "district", "site")  # places so high may only be where others buy or work


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
    apart: bool = False  # set apart from what its paragraph is about ("riêng tại A")
    topic: int = 0  # may it stay in force after its sentence? 2: yes, 1: where it stands alone, 0: no
    listed: bool = False  # a further item of a list
    bracketed: bool = False  # a parenthesis begins with it, and not the sentence
    venue: bool = False  # where an event was held
    sentence: int = 0
    follows: bool = False  # another place is named before it in its sentence
    caption: bool = False


class Surroundings:
    """What stands around the places of one article."""

    def __init__(self, view: View, sentences: Sequence[Sentence], words: PlaceWords) -> None:
        self.view = view
        self.words = words
        self.sentences = sentences
        self.starts = [sentence.start for sentence in sentences]
        self.spoken = -1  # the sentence of the mention before
        self.shouted: dict[int, bool] = {}
        self.captions = self.find_captions()

    def find_captions(self) -> list[Span]:
        """What a picture's caption says: from the start of its sentence to "Ảnh:", which may open the next one."""
        captions: list[Span] = []
        for end, _ in occurrences(self.words.caption, self.view.folded):
            at = self.sentence_of(end)
            start = self.sentences[at].start if self.sentences else 0
            same = at > 0 and self.sentences[at - 1].paragraph == self.sentences[at].paragraph
            if same and end - start < 2:
                start = self.sentences[at - 1].start
            captions.append((start, end))
        return sorted(captions)

    def in_caption(self, start: int) -> bool:
        """Whether a position lies in a caption."""
        at = bisect_right(self.captions, (start, len(self.view.text))) - 1
        return at >= 0 and start < self.captions[at][1]

    def placed(self, mention: Mention) -> Mention:
        """A mention, the next in text order, with what stands around it."""
        at = self.sentence_of(mention.start)
        follows, self.spoken = at == self.spoken, at
        sentence, start = self.sentences[at], self.words.quantifier_start(self.view, mention.start)
        standing = self.words.standing_before(self.view, start)
        directly = standing if start == mention.start else self.words.standing_before(self.view, mention.start)
        apart = self.stands_apart(start, sentence)
        venue = "at" in directly and self.is_venue(mention, sentence)
        bracketed = self.is_bracketed(start, sentence)
        topic = 0
        if apart != INNER and not venue:
            topic = self.topic(mention, start, sentence, standing, bracketed=bracketed, follows=follows)
        return mention._replace(
            sentence=at,
            follows=follows,
            locative=mention.locative or "locative" in standing,
            aside=mention.aside or self.is_aside(mention, start, standing),
            apart=apart > 0,
            topic=topic,
            bracketed=bracketed,
            venue=venue,
            caption=self.in_caption(mention.start),
        )

    def is_aside(self, mention: Mention, start: int, standing: Set[str]) -> bool:
        """Whether a place governs no figure: compared with, where somebody comes from, who sent a delegate."""
        if "aside" in standing:
            return True
        if mention.kind in ("country", "relative") and self.words.compares.search(
            self.view.folded, max(0, start - NEAR), start
        ):
            return True  # "cao hơn mức bình quân cả nước 2,6%"
        if mention.kind == "country":
            return "rank" in standing
        if mention.level in ("province", "city", "district") and "ranked" in standing:
            return True
        if mention.level == "province" and "agent" in standing:
            return self.words.stands_after(self.view, mention.end, "given")
        folded = self.view.folded
        if mention.level in ELSEWHERE and mention.kind in ("named", "bare"):
            sentence = self.sentences[self.sentence_of(start)]
            if self.words.elsewhere.is_meant(folded, start, mention.end, (sentence.start, sentence.end)):
                return True
        if "merged_of" in standing and self.words.merging.search(folded, max(0, start - 60), start):
            return True  # "hợp nhất 3 đảng bộ xã A, B và C"
        bracket = folded.rfind("(", max(0, start - 20), start) >= 0
        return bracket and self.words.delegate.search(folded, max(0, start - 60), start) is not None

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

    def stands_apart(self, start: int, sentence: Sentence) -> int:
        """Whether a place is set apart ("riêng tại A"): with its sentence (1) or with a later part of it (INNER)."""
        folded = self.view.folded
        begin = max(sentence.start, start - APART)
        if begin == sentence.start and self.words.exemplar.match(folded, begin, start):
            return 1
        cut = max([folded.rfind(mark, begin, start) for mark in ",;:("])
        if cut < 0:
            return 1 if begin == sentence.start and self.words.set_apart.match(folded, begin, start) else 0
        return INNER if self.words.set_apart.match(folded, cut + 1, start) else 0

    def is_venue(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether a place with "tại" is only where an event was held ("tại Hà Nội, Bộ Y tế tổ chức hội nghị")."""
        if mention.kind == "relative":
            return False
        end = min(sentence.end, mention.end + VENUE)
        return self.words.venue.search(self.view.folded, mention.end, end) is not None

    def topic(
        self,
        mention: Mention,
        start: int,
        sentence: Sentence,
        standing: Set[str],
        *,
        bracketed: bool,
        follows: bool,
    ) -> int:
        """How much a place is what its sentence is about: one where things happen or that does something."""
        if mention.kind in ("country", "region"):
            return 2
        if mention.kind in ("abroad", "rest") or "example" in standing:
            return 0
        opens = start - sentence.start <= TOPIC
        opening = self.view.folded.rfind("(", max(sentence.start, start - BRACKET), max(0, start - 1))
        if opening >= 0 and self.view.folded.find(")", opening, start) < 0:
            return 0  # "quốc lộ 1 (đoạn qua xã A)"
        if bracketed and not (opens and mention.kind == "named"):
            return 0
        if mention.level == "site":
            return 2 if start - sentence.start <= LEAD and not sentence.heading else 0
        if "at" in standing or (opens and not (follows and "receiver" in standing)):
            return 2
        if self.words.at_office.search(self.view.folded, max(0, start - 40), start):
            return 2
        return 0 if mention.level == "village" or "object" in standing else 1
