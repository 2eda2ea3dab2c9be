"""Which stretches of an article name a place? Found once an article, not yet resolved.

By the type words and offices that stand before a name ("xã Kháng Nhật", "Huyện ủy Na Hang") or alone ("toàn tỉnh"),
and by names of the gazetteer that stand alone and are no person, company or common word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.finding.place_context import Mention, Surroundings
from extract.finding.place_names import NameReader, run_before
from extract.finding.place_words import PlaceWords, Word
from extract.records import Sentence, View


class Finder:
    """Collects the mentions of one article."""

    def __init__(self, view: View, sentences: Sequence[Sentence], words: PlaceWords) -> None:
        self.view = view
        self.words = words
        self.found = words.scan(view)
        self.reader = NameReader(view, words, self.found.names)
        self.surroundings = Surroundings(view, sentences, words)
        self.plural = 0  # how often provinces are spoken of in the plural

    def mentions(self) -> list[Mention]:
        """Every mention in text order, none overlapping."""
        if not self.surroundings.sentences:
            return []
        raw = sorted([*self.by_words(), *self.by_names()], key=lambda found: (found.start, -found.end))
        kept: list[Mention] = []
        for mention in raw:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return [self.surroundings.placed(mention) for mention in kept]

    # -- type words and the like

    def by_words(self) -> Iterator[Mention]:
        """What the words of `places_words.csv` bring."""
        reached = 0
        for word in self.found.words:
            if word.start < reached:
                continue
            for mention in self.by_word(word):
                reached = mention.end
                yield mention

    def by_word(self, word: Word) -> Iterator[Mention]:
        """What one word brings: a name with its list, a relative mention, or nothing."""
        view = self.view
        if word.role in ("type", "office"):
            yield from self.by_type(word)
        elif word.role == "department":
            if view.text[word.start].isupper() and view.text[word.end + 1 : word.end + 2].isupper():
                yield Mention(word.start, word.end, "relative", word.level)
        elif word.role == "region":
            yield from self.by_region(word)
        elif word.role == "abroad":
            if self.words.stands_before(view, word.start, "locative"):
                yield Mention(word.start, word.end, "abroad", "country", locative=True)
        elif word.role != "other":
            yield Mention(word.start, word.end, word.role, word.level)

    def by_region(self, word: Word) -> Iterator[Mention]:
        """A region: the words before it that make it one belong to it ("các tỉnh phía Nam")."""
        head = self.words.region_head.search(self.view.folded, max(0, word.start - 40), word.start)
        if head:
            yield Mention(head.start("head"), word.end, "region", "region")
        elif self.view.text[word.start].isupper() and word.start in self.surroundings.starts:
            yield Mention(word.start, word.end, "region", "region")

    def by_type(self, word: Word) -> Iterator[Mention]:
        """A type word or office with a name after it, and the further names of a list; else a relative mention."""
        view, words = self.view, self.words
        if view.text[word.end : word.end + 2].lstrip()[:1].islower() and words.stands_after(view, word.end, "longer"):
            return
        if self.found.names.get(word.start, 0) > word.end:
            return  # "Sóc Trăng" is no hamlet
        start = self.name_start(word)
        end = self.reader.name_end(start, word) if start else 0
        if not end:
            yield from self.relative(word)
            return
        folded = view.folded
        many = words.stands_before(view, word.start, "many") or words.count_before.search(
            folded, max(0, word.start - 8), word.start
        )
        self.plural += bool(many) and word.level == "province"
        begin = start if word.role == "office" else word.start
        yield Mention(begin, end, "named", word.level, folded[start:end].removesuffix(" "))
        while separator := words.separator.match(folded, end):
            start = separator.end()
            end = self.reader.name_end(start, word, listed=True, plural=bool(many))
            if not end:
                return
            yield Mention(start, end, "named", word.level, folded[start:end], listed=True)

    def name_start(self, word: Word) -> int:
        """Where a name may start after a type word; 0 where none can."""
        text, at = self.view.folded, word.end
        while at < len(text) and at - word.end < 4 and text[at] in ' :"':
            at += 1
        qualifier = self.words.qualifier.match(text, at) if self.view.text[at : at + 1].islower() else None
        if qualifier and self.view.text[qualifier.end() : qualifier.end() + 1].isupper():
            return qualifier.end()  # "huyện miền núi Sơn Động"
        glued = at == word.end and self.view.folded[word.end - 1] != "."
        return 0 if glued or at >= len(text) else at

    def relative(self, word: Word) -> Iterator[Mention]:
        """A type word or office without a name: the place in force, unless no single place is meant."""
        view, words = self.view, self.words
        folded = view.folded
        if word.level == "site" or folded[word.end - 1] == "." or len(folded[word.start : word.end]) < 2:
            return
        if words.stands_before(view, word.start, "many") or words.count_before.search(
            folded, max(0, word.start - 8), word.start
        ):
            self.plural += word.level == "province"
            return
        if words.generic_after.match(folded, word.end):
            return
        if words.generic_before.search(folded, max(0, word.start - 30), word.start):
            return
        whole = words.before["whole"].search(folded, max(0, word.start - 40), word.start)
        own = words.after["own"].match(folded, word.end)
        subject = word.role == "type" and self.is_subject(word)
        if word.level == "village" and not (whole or own):
            return
        given = not subject and words.stands_after(view, word.end, "given")
        yield Mention(
            word.start,
            own.end() if own else word.end,
            "relative",
            word.level,
            strong=bool(whole or own or subject) and not given,
            aside=given,
        )

    def is_subject(self, word: Word) -> bool:
        """Whether a bare type word opens a sentence or clause and a verb, not a name, follows."""
        text, start = self.view.text, word.start
        following = text[word.end + 1 : word.end + 2]
        if text[word.end : word.end + 1] != " " or following.isupper():
            return False
        lead = text[max(0, start - 2) : start]
        return text[start].isupper() or lead.endswith((", ", "; ", ": ", "\n", "- ")) or not lead

    # -- names without a type word

    def by_names(self) -> Iterator[Mention]:
        """Names of provinces and districts, and of places the article names with their type, standing alone."""
        taken = 0
        for start, end in sorted(self.found.names.items()):
            if start < taken:
                continue
            mention = self.by_name(start, end)
            if mention:
                taken = end
                yield mention

    def by_name(self, start: int, end: int) -> Mention | None:
        """A name that stands alone; None where it is a person, part of a longer name, or a common word."""
        view, words = self.view, self.words
        text, name = view.text, view.folded[start:end]
        units = words.gazetteer.named(name)
        levels = {unit.level for unit in units}
        level = next(level for level in ("province", "district", "commune") if level in levels)
        if not all(part[:1].isupper() or not part[:1].isalpha() for part in text[start:end].split(" ")):
            return None
        if name in words.never_alone or words.stands_before(view, start, "person"):
            return None
        at = self.surroundings.sentence_of(start)
        sentence = self.surroundings.sentences[at]
        inside = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
        run = run_before(view, start)
        organ = bool(run) and (" ".join(run[:1]).lower() in words.organ or (len(run[-1]) > 1 and run[-1].isupper()))
        if not self.surroundings.is_shouted(at):
            opens = (
                len(run) == 1 and start - len(run[0]) - 1 <= sentence.start + 1 and run[0].lower() not in words.surname
            )
            if run and not (organ or opens):
                return None
            if inside and not organ and not self.reader.followed_by_person(end):
                return None
        entity = self.reader.is_entity(start)
        return Mention(start, end, "bare", level, name, entity=entity, aside=entity)


def find_mentions(view: View, sentences: Sequence[Sentence], words: PlaceWords) -> tuple[list[Mention], int]:
    """The places an article names, unresolved, in text order; and how often it names bodies of the whole country."""
    finder = Finder(view, sentences, words)
    mentions = finder.mentions()
    return mentions, finder.found.national + finder.plural
