"""Which term of its own sentence governs a quantity? The one before it, unless one right after its noun is its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.linking.period.roles import Role
from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.records import Quantity, Sentence

TRAIL = 90  # characters between a figure and a term that trails it
BRACKETED = 30  # the same where the term stands in brackets
BEFORE = 12  # terms looked back at in a long sentence
BREAK = re.compile(r"[,;:()]|(?<= )-(?= )")


class SentenceScope:
    """The terms and quantities of one sentence."""

    def __init__(self, scope: Scope, sentence: Sentence, roles: Sequence[Role], words: PeriodWords) -> None:
        self.scope, self.sentence, self.roles, self.words = scope, sentence, roles, words
        self.folded = scope.view.folded
        self.starts = [role.term.start for role in roles]

    def governing(self, index: int) -> tuple[Role, str] | None:
        """The term of this sentence that holds for a quantity, and how."""
        leading, trailing = self.leading(index), self.trailing(index)
        own = trailing and (trailing.strong or self.is_old(index))
        if trailing and (own or not leading or leading.term.period == "now" or self.trails(leading)):
            return trailing, "trailing"
        if leading and not self.is_old(index):
            return leading, "aside" if leading.aside else "frame" if leading.frame else "leading"
        return None

    def leading(self, index: int) -> Role | None:
        """The nearest term before a quantity that is not spent, weaker than an earlier one, or in brackets."""
        quantity = self.scope.quantities[index]
        last = bisect_left(self.starts, quantity.start)
        before = [
            role
            for role in self.roles[max(0, last - BEFORE) : last]
            if role.within[0] <= quantity.start < role.within[1]
        ]
        for at in range(len(before) - 1, -1, -1):
            if not self.yields(before[at], before[:at], quantity):
                return before[at]
        return None

    def yields(self, role: Role, earlier: Sequence[Role], quantity: Quantity) -> bool:
        """Whether a term before a quantity leaves it to an earlier one."""
        if self.dates_old(role):
            return True
        if role.weak and any(not (other.weak or self.dates_old(other)) for other in earlier):
            return True
        if role.term.type == "term" and role.term.period is None:
            return any(other.term.type == "term" and other.term.period for other in earlier)  # "khóa mới"
        if self.is_mean(role, earlier):
            return True
        if role.term.period == "recurring" and self.trails(role):
            return True  # "12 chuyến mỗi tuần và 3 xe"
        brief = not role.frame or role.term.period == "recurring"
        past = brief and self.folded.find(";", role.term.end, quantity.start) >= 0
        return (past or self.trails(role)) and any(other.frame and not self.trails(other) for other in earlier)

    def is_mean(self, role: Role, earlier: Sequence[Role]) -> bool:
        """Whether a term is the yearly mean over a stage, or on the way to a target, said before in its clause."""
        if role.term.period != "recurring":
            return False
        every = self.words.yearly.match(self.folded, role.term.end) and not self.words.mean.search(
            role.term.text.lower()
        )
        if every:
            return False  # "nhiệm kỳ 2020 - 2025, hằng năm có 90% chi bộ hoàn thành tốt nhiệm vụ"
        over = [other for other in earlier if is_stage(other) or (other.aimed and other.frame)]
        return bool(over) and self.folded.find(";", over[-1].term.end, role.term.start) < 0

    def trailing(self, index: int) -> Role | None:
        """The term right after a quantity's noun, before the next quantity."""
        quantity, following = self.scope.quantities[index], self.next_start(index)
        at = bisect_left(self.starts, quantity.end)
        if at == len(self.roles) or self.starts[at] >= min(following, quantity.end + TRAIL):
            return None
        role = self.roles[at]
        gap = self.folded[quantity.end : role.term.start]
        bracketed = role.within[0] > self.sentence.start and len(gap) < BRACKETED and gap.count("(") == 1
        if bracketed and following < role.within[1]:
            return None  # "41 đồng chí (nhiệm kỳ trước 36)": of the figure in the bracket
        if BREAK.search(gap.replace("(", "") if bracketed else gap) or self.words.then.search(gap):
            return None
        ahead = (
            role.subject and following < self.sentence.end and not BREAK.search(self.folded, role.term.end, following)
        )
        joined = not role.strong or self.words.joint.search(gap)
        return None if ahead and joined and not self.is_old(index) else role

    def closing(self, index: int) -> Role | None:
        """The only term of the sentence, where it ends it: "góp 250 ngày công, hiến 1.200 m2 đất trong năm 2023"."""
        if len(self.roles) != 1 or self.starts[0] < self.scope.quantities[index].end or self.roles[0].aimed:
            return None
        rest = self.folded[self.roles[0].term.end : self.sentence.end]
        return self.roles[0] if self.trails(self.roles[0]) and not any(map(str.isalnum, rest)) else None

    def trails(self, role: Role) -> bool:
        """Whether a term stands right after the noun of a quantity before it."""
        quantities = self.scope.quantities
        at = bisect_right(quantities, role.term.start, key=lambda quantity: quantity.end) - 1
        end = quantities[at].end if at >= 0 else -1
        if end <= self.sentence.start or role.term.start - end > TRAIL:
            return False
        gap = self.folded[end : role.term.start]
        if BREAK.search(gap) or self.words.then.search(gap):
            return False
        return not ((role.aimed or role.subject) and self.words.joint.search(gap))

    def dates_old(self, role: Role) -> bool:
        """Whether a term is that of the level something changed from: "từ 12% năm 2022 xuống còn 9%"."""
        at = bisect_right(self.scope.quantities, role.term.start, key=lambda quantity: quantity.end) - 1
        return at >= 0 and self.scope.quantities[at].end > self.sentence.start and self.trails(role) and self.is_old(at)

    def is_old(self, index: int) -> bool:
        """Whether a quantity is the level something changed from: "từ 7 xã còn 3"."""
        quantity, following = self.scope.quantities[index], self.next_start(index)
        before = self.folded[max(self.sentence.start, quantity.start - 24) : quantity.start]
        if following == self.sentence.end or not self.words.old.search(before):
            return False
        turn = self.words.turn.search(self.folded, quantity.end, min(following, quantity.end + TRAIL))
        return turn is not None and BREAK.search(self.folded, quantity.end, turn.start()) is None

    def next_start(self, index: int) -> int:
        """Where the next quantity of the sentence starts; else the sentence's end."""
        if index + 1 < len(self.scope.quantities):
            return min(self.scope.quantities[index + 1].start, self.sentence.end)
        return self.sentence.end


def is_stage(role: Role) -> bool:
    """Whether a term is a stretch of time with both its ends."""
    return "/" in (role.term.period or "") and not (role.term.period or "").endswith("now")
