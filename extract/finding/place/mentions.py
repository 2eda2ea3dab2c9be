"""Which stretches of an article name a place? Found once an article, not yet resolved.

By the type words and offices that stand before a name ("xã Kháng Nhật", "Huyện ủy Na Hang") or alone ("toàn tỉnh"),
and by names of the gazetteer that stand alone and are no person, company or common word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from extract.finding.place.context import Mention, Surroundings
from extract.finding.place.names import NameReader, capital_run, run_before
from extract.finding.place.words import PlaceWords, Word
from extract.records import Sentence, View

OPENING = 12  # characters of a sentence before the place from which a way begins: "Rời khỏi"


class Finder:
    """Collects the mentions of one article."""

    def __init__(self, view: View, sentences: Sequence[Sentence], words: PlaceWords) -> None:
        self.view = view
        self.words = words
        self.found = words.scan(view)
        self.reader = NameReader(view, words, self.found.names)
        self.surroundings = Surroundings(view, sentences, words)
        self.acting = -1  # the last sentence in which a foreign country does something
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
        return self.share_asides([self.surroundings.placed(mention) for mention in kept])

    def share_asides(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions, with the further items of a list passed by as its first is ("hợp nhất với A và B")."""
        folded, words = self.view.folded, self.words
        last = len(mentions) - 1
        ends: list[int] = [0] * len(mentions)  # the last item of the list that begins with a mention
        for at in range(last, -1, -1):
            here = mentions[at]
            ends[at] = at
            if at < last and here.kind in ("named", "bare"):
                listed = ends[at + 1] > at + 1
                ends[at] = ends[at + 1] if self.goes_on(here, mentions[at + 1], listed=listed) else at
            leads_on = not here.aside and words.away.match(folded, mentions[ends[at]].end)  # "từ A, B chuyển về"
            merged = ends[at] > at and words.stands_after(self.view, mentions[ends[at]].end, "merging")
            leaves = bool(leads_on) and words.stands_before(self.view, here.start, "away_from")
            if merged or leaves or self.is_way(here, mentions[ends[at]].end):
                mentions[at] = here._replace(aside=True)
        for at in range(last):
            if mentions[at].aside and not mentions[at].entity and ends[at] > at and not mentions[at + 1].aside:
                mentions[at + 1] = mentions[at + 1]._replace(aside=True)
        return mentions

    def is_way(self, here: Mention, end: int) -> bool:
        """Whether a sentence begins with a place from which the way leads to another: "Từ A ngược lên B", "Rời A"."""
        opens = here.start - self.surroundings.sentences[here.sentence].start <= OPENING
        return (
            opens
            and self.words.way.match(self.view.folded, end) is not None
            and self.words.stands_before(self.view, here.start, "leaving")
        )

    def goes_on(self, here: Mention, following: Mention, *, listed: bool) -> bool:
        """Whether two places are items of one list: of the same level, the second in a list, or without a type word."""
        if not alike(here.level, following.level) or following.start - here.end > 12:
            return False
        folded = self.view.folded
        typed = following.kind != "bare" and not (following.listed or listed)
        comma = folded[here.end : following.start].lstrip()[:1] in (",", ";")
        return not (typed and comma) and bool(self.words.separator.fullmatch(folded, here.end, following.start))

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
            yield from self.by_country(word)
        elif word.role == "class":
            if self.words.stands_before(view, word.start, "class"):
                yield Mention(word.start, word.end, "rest", word.level)
        elif word.role != "other":
            yield Mention(word.start, word.end, word.role, word.level)

    def by_country(self, word: Word) -> Iterator[Mention]:
        """A foreign country where something is, or that acts itself; not where somebody has gone to work."""
        view, words = self.view, self.words
        name = view.text[word.start : word.end]
        if " " not in name and (not name[0].isupper() or capital_run(view.text, word.end + 1, 1)):
            return  # "Mỹ Tho", "pháp luật"
        standing = words.standing_before(view, word.start)
        if "locative" in standing:
            sentence = self.surroundings.sentences[self.surroundings.sentence_of(word.start)]
            home = words.elsewhere.is_meant(view.folded, word.start, word.end, (sentence.start, sentence.end))
            home = home or words.elsewhere.is_destination(view.folded, sentence.start, word.start)
            if "stay" not in standing and not home:
                yield Mention(word.start, word.end, "abroad", "country", locative=True)
        elif self.opens_clause(word.start):
            at = self.surroundings.sentence_of(word.start)
            again = self.acting == at and view.text[word.end + 1 : word.end + 2].isdigit()  # "…, Mỹ 90 triệu USD"
            if again or words.foreign_act.match(view.folded, word.end):
                self.acting = at
                yield Mention(word.start, word.end, "abroad", "country")

    def opens_clause(self, start: int) -> bool:
        """Whether a sentence or a part of one begins at a position."""
        return self.view.folded[max(0, start - 2) : start] in (", ", "; ", ": ") or start in self.surroundings.starts

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
        if word.level == "village" and view.text[word.start].isupper() and self.in_a_name(word.start):
            return
        start = self.name_start(word)
        end = self.reader.name_end(start, word) if start else 0
        standing = words.standing_before(view, word.start)
        many = "many" in standing or words.is_counted(view, word.start)
        if not end:
            yield from self.relative(word, standing, many=many)
            return
        folded = view.folded
        if word.level == "village" and folded[word.start - 1 : word.start] == '"' == folded[end : end + 1]:
            return  # "được ví như “làng Tây”": what people call it
        self.plural += many and word.level == "province"
        begin = start if word.role == "office" else word.start
        yield Mention(begin, end, "named", word.level, folded[start:end].removesuffix(" "))
        while separator := words.separator.match(folded, end):
            start = separator.end()
            end = self.reader.name_end(start, word, listed=True, plural=many)
            if not end:
                return
            yield Mention(start, end, "named", word.level, folded[start:end], listed=True)

    def in_a_name(self, start: int) -> bool:
        """Whether a capitalised word goes on with a person's name ("Chau Sóc Kha")."""
        run = run_before(self.view, start)
        at = self.surroundings.sentence_of(start)
        opens = len(run) == 1 and start - len(run[0]) - 1 <= self.surroundings.sentences[at].start + 1
        return bool(run) and not opens and not run[-1].isupper() and not self.surroundings.is_shouted(at)

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

    def relative(self, word: Word, standing: Set[str], *, many: bool) -> Iterator[Mention]:
        """A type word or office without a name: the place in force, unless no single place is meant."""
        view, words = self.view, self.words
        folded = view.folded
        if word.level == "site" or folded[word.end - 1] == "." or len(folded[word.start : word.end]) < 2:
            return
        if many:
            self.plural += word.level == "province"
            return
        if words.generic_after.match(folded, word.end):
            return
        if words.generic_before.search(folded, max(0, word.start - 30), word.start):
            return
        whole = "whole" in standing
        own = words.after["own"].match(folded, word.end)
        subject = word.role == "type" and self.is_subject(word)
        if word.level == "village" and not (whole or own):
            return
        if words.kind_of.match(folded, word.end) and not (whole or own or subject):
            return  # "học sinh ở xã biên giới": any such place
        given = not (subject or whole) and words.stands_after(view, word.end, "given")
        if given and words.office_acts.search(folded, max(0, word.start - 30), word.start):
            given = False
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
        if not all(part[:1].isupper() or not part[:1].isalpha() for part in text[start:end].split(" ")):
            return None
        standing = words.standing_before(view, start)
        if name in words.never_alone or "person" in standing:
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
        if level := self.told_level(name, end):
            return Mention(start, end, "named", level, name)
        entity = "not_entity" not in standing and words.has_entity_before(view, start)
        return Mention(start, end, "bare", words.gazetteer.highest(name), name, entity=entity, aside=entity)

    def told_level(self, name: str, end: int) -> str:
        """The level of a name behind which is told what it is, where one is known there: "A, xã biên giới"."""
        kind = self.words.kind.match(self.view.folded, end)
        level = self.words.counted_level[kind["type"]] if kind else ""
        return level if any(unit.level == level for unit in self.words.gazetteer.named(name)) else ""


def alike(level: str, other: str) -> bool:
    """Whether places of two levels may be items of one list; a city may be a province."""
    return level == other or {level, other} == {"city", "province"}


def find_mentions(view: View, sentences: Sequence[Sentence], words: PlaceWords) -> tuple[list[Mention], int]:
    """The places an article names, unresolved, in text order; and how often it names bodies of the whole country."""
    finder = Finder(view, sentences, words)
    mentions = finder.mentions()
    return mentions, finder.found.national + finder.plural
