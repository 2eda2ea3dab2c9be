"""How far does a place govern what follows it in its sentence, and does it stay in force after that?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from extract.finding.place.gazetteer import UP
from extract.finding.place.scopes import PlaceScope
from extract.finding.place.words import PlaceWords
from extract.linking.scope import Scope

FAR = 40  # so many places are looked at
NEAR = 60  # characters before a place in which is told why it is named
PAIR = 2  # places of a list that may stay in force
BRACKET = 200  # characters in which the other end of a parenthesis is looked for
PAUSE = re.compile(r"[,;:().\n]")
OUT = re.compile(r"[)\n]")
FIRST = 80  # characters of a sentence in which ends what it opens with
LIVES = 80  # characters behind somebody in which is told where he or she lives
PERSONAL = ("commune", "village")  # where somebody lives whose story is told
BROAD = ("country", "region", "province")


class Reach:
    """Knows the reach of the places of one article."""

    def __init__(self, scope: Scope, scopes: Sequence[PlaceScope], words: PlaceWords, home: PlaceScope) -> None:
        self.scope = scope
        self.scopes = scopes
        self.words = words
        self.home = home
        self.folded = scope.view.folded
        self.starts = [found.start for found in scopes]
        self.quantity_starts = [quantity.start for quantity in scope.quantities]

    def lasts(self, found: PlaceScope) -> bool:
        """Whether a place may stay in force after its sentence."""
        if (
            not (found.topic or self.is_speakers(found))
            or found.caption
            or self.closing_bracket(found)
            or self.is_over(found)
        ):
            return False
        if len(found.members) > PAIR and found.level not in BROAD:
            return False  # "các huyện A, B, C đạt 100%"
        above = UP[found.level] > UP[self.home.level]
        return not (above and self.is_whole(found))

    def is_over(self, found: PlaceScope) -> bool:
        """Whether nothing after a place is of it: a figure's own, or where people go ("đến phường A làm việc")."""
        before = bisect_left(self.quantity_starts, found.start) - 1
        if self.own_bracket(found, before) or self.is_count_of(found, before) or self.is_journey(found):
            return True
        gone = self.words.stands_after(self.scope.view, found.end, "gone_to")
        return gone and self.words.goes.search(self.folded, max(0, found.start - NEAR), found.start) is not None

    def is_origin(self, found: PlaceScope, first: PlaceScope) -> bool:
        """Whether somebody only lives in a place, where its sentence began with another ("tại A bắt B, trú tại …")."""
        if first.topic < 2 or first.kind not in ("named", "bare") or found.kind != "named":
            return False
        if self.words.stands_before(self.scope.view, found.start, "resides"):
            return True
        opening = self.folded.rfind("(", max(first.end, found.start - BRACKET), found.start)
        inside = opening >= 0 and OUT.search(self.folded, opening, found.start) is None
        return inside and None not in (found.province, first.province) and found.province != first.province

    def is_journey(self, found: PlaceScope) -> bool:
        """Whether somebody of another province only goes to a place ("anh A ở xã B lên Hà Nội mua 2 máy")."""
        at = bisect_left(self.starts, found.start) - 1
        lives = self.scopes[at] if at >= 0 and found.kind in ("named", "bare") else None
        if lives is None or lives.sentence != found.sentence or found.province in (None, lives.province):
            return False
        return self.words.stands_before(self.scope.view, found.start, "travels") and self.is_somebodys(lives)

    def is_count_of(self, found: PlaceScope, index: int) -> bool:
        """Whether a list only says which places were counted ("3 xã: A, B, C", "3 xã gồm A, B, C")."""
        if index < 0 or not found.members or self.scope.quantities[index].value != len(found.members):
            return False
        end = self.scope.quantities[index].end
        named = self.folded.find(":", end, found.members[0].end) >= 0
        return found.start - end < NEAR and (named or self.words.stands_before(self.scope.view, found.start, "example"))

    def is_whole(self, found: PlaceScope) -> bool:
        """Whether a place is only what a share is taken of ("chiếm 42% sản lượng cả nước")."""
        before = bisect_left(self.quantity_starts, found.start) - 1
        if before < 0 or self.scope.quantities[before].kind not in ("percent", "ratio"):
            return False
        end = self.scope.quantities[before].end
        return found.start - end < NEAR and PAUSE.search(self.folded, end, found.start) is None

    def is_share_of(self, found: PlaceScope, index: int) -> bool:
        """Whether a place is only the whole that a quantity is a share of ("chiếm 42% diện tích toàn tỉnh")."""
        start = self.quantity_starts[index]
        return self.is_whole(found) and self.words.share.search(self.folded, max(0, start - NEAR), start) is not None

    def led_in(self, index: int, before: int, last: int) -> PlaceScope | None:
        """The place of whoever a sentence names behind a figure that it opens with ("với 3 ha cam, ông A ở xã B …")."""
        if before >= last:
            return None
        found, end = self.scopes[before], self.scope.quantities[index].end
        start = self.scope.sentences[self.scope.sentence_of[index]].start
        if end - start > FIRST:
            return None
        comma = self.folded.find(",", end, found.start)
        if comma < 0 or found.kind not in ("named", "bare") or comma - start > FIRST:
            return None
        if not self.words.leading_in.match(self.folded, start):
            return None
        acts = found.start == self.folded.rfind(",", end, found.start) + 2
        return found if acts or (found.kind == "named" and self.is_somebodys(found)) else None

    def is_somebodys(self, found: PlaceScope) -> bool:
        """Whether a place is where somebody lives ("gia đình chị A ở thôn B", "tại thôn B, chị A …")."""
        if found.level not in PERSONAL or found.start < 0:
            return False
        start = self.scope.sentences[found.sentence].start
        if self.words.somebody.search(self.folded, max(start, found.start - LIVES), found.start):
            return True
        return self.words.somebody.match(self.folded, found.end + len(", ")) is not None

    def is_described(self, index: int) -> bool:
        """Whether a sentence begins with what somebody or some place is ("là huyện nghèo của tỉnh A, huyện B có …")."""
        start = self.scope.sentences[self.scope.sentence_of[index]].start
        return self.words.leading_is.match(self.folded, start) is not None

    def given_name(self, found: PlaceScope) -> str | None:
        """The given name, with a blank, of somebody who lives in a place ("anh Lý Văn Tài ở thôn A": "Tài ")."""
        start = self.scope.sentences[found.sentence].start
        who = self.words.somebody.search(self.folded, max(start, found.start - LIVES), found.start)
        if who is None:
            return None
        words = PAUSE.split(self.scope.view.text[who.end() : found.start])[0].split()
        name = list(takewhile(is_capital, dropwhile(lambda word: not is_capital(word), words)))
        return f"{name[-1]} " if len(name) > 1 else None

    def is_subjects(self, found: PlaceScope) -> bool:
        """Whether a place is where somebody lives who acts in its sentence ("…, chị A ở thôn B thoát nghèo")."""
        start = self.scope.sentences[found.sentence].start
        who = self.words.somebody.search(self.folded, max(start, found.start - LIVES), found.start)
        if found.level not in PERSONAL or who is None:
            return False
        return who.start() == start or self.folded[who.start() - 2 : who.start()] == ", "

    def is_speakers(self, found: PlaceScope) -> bool:
        """Whether a village is that of somebody who is quoted right behind it (`trưởng thôn A cho biết: "…"`)."""
        return found.level == "village" and self.words.speaks.match(self.folded, found.end) is not None

    def closing_bracket(self, found: PlaceScope) -> int:
        """Where the parenthesis ends in which a place stands with its quantity ("(xã A 1 người, xã B 2)"); else 0."""
        opening = self.folded.rfind("(", max(0, found.start - BRACKET), found.start)
        if opening < 0 or OUT.search(self.folded, opening, found.start):
            return 0
        closing = self.folded.find(")", found.end, found.end + BRACKET)
        inside = bisect_left(self.quantity_starts, opening) < bisect_left(self.quantity_starts, closing)
        return closing if closing >= 0 and inside else 0

    def own_bracket(self, found: PlaceScope, index: int) -> bool:
        """Whether a place alone in a parenthesis is that of the figure right before it ("1 người chết (xã A), 3 …")."""
        if index < 0 or found.kind != "named" or found.level in BROAD:
            return False
        if not self.words.bracket_end.match(self.folded, found.end):
            return False
        end = self.scope.quantities[index].end
        before = self.words.in_bracket.match(self.folded, end, found.start)
        if before is None or before.end() != found.start:
            return False
        return not any(letter.isupper() for letter in self.scope.view.text[end : before.start("mark")])

    def is_told_off(self, found: PlaceScope, clause: int, begin: int) -> bool:
        """Whether a place is of a list told one by one in an earlier clause ("A 40, B 30; còn thiếu 200")."""
        stop = self.folded.find(";", found.end, begin)
        end = stop if stop >= 0 else begin
        peers = self.peers(found, clause, end)
        told = bisect_left(self.quantity_starts, end) - bisect_left(self.quantity_starts, clause)
        return len(peers) > 1 and told >= len(peers)

    def is_other_actor(self, found: PlaceScope, begin: int, start: int) -> bool:
        """Whether a clause goes on with somebody else after a list of places ("A 9; B 8; Công an 7")."""
        text = self.scope.view.text[begin : begin + 3].lstrip()
        return begin > start and text[:1].isupper() and len(self.peers(found, start, begin)) > 1

    def peers(self, found: PlaceScope, begin: int, end: int) -> list[PlaceScope]:
        """The places of the level of `found` that stand between two positions, lists aside."""
        first, last = bisect_left(self.starts, begin), bisect_left(self.starts, end)
        inside = self.scopes[max(first, last - FAR) : last]
        return [other for other in inside if other.level == found.level and not other.members]

    def reaches(self, found: PlaceScope, index: int) -> bool:
        """Whether a place can govern a quantity after it; not where it closes an earlier clause with quantities."""
        begin, _ = self.scope.clause_of[index]
        if 0 < self.closing_bracket(found) < self.quantity_starts[index] or self.is_over(found):
            return False
        if found.start >= begin or found.strong:
            return True
        if found.apart and not found.topic:
            return False  # "…, riêng A 5; 6 nơi khác": over with its clause
        starts = self.quantity_starts
        sentence = self.scope.sentences[self.scope.sentence_of[index]]
        clause = max(self.folded.rfind(";", sentence.start, found.start), sentence.start)
        if self.is_told_off(found, clause, begin) or self.is_other_actor(found, begin, sentence.start):
            return False
        first, inside = bisect_left(starts, clause), bisect_left(starts, found.end)
        if first >= index or starts[first] > found.start:
            return True
        return inside < index and starts[inside] < self.folded.find(";", found.end, sentence.end)


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[:1].isupper()
