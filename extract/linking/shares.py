"""Which quantities does a percentage rest on: what it restates (num) and the whole it is a share of (den)?

"961 đồng chí, chiếm 27,68%" restates the count before it; its whole is what "trong đó" divides. "82/97 xã (84,5%)"
holds both. A percentage that is a change or the completion of a plan is linked too, with that role. No margin, no link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.finding.cues import PART, CueIndex, cue_start, index_cues
from extract.linking.scope import Scope
from extract.linking.totals import Totals
from extract.patterns import Patterns
from extract.records import Cues, Share, Subject

NONE = Share()
MARK = re.compile(r"[,(]")
BREAK = re.compile(r"[;:\u2026]|[.!?](?=\s|\Z)")
STEPS = 12  # quantities to go back at most
FAR = 200  # characters between a count and the percentage that restates it
PHRASE = re.compile(r"[^,;:()\u2026\"]{0,120}(?:,(?: \w+){1,2} ?)?")  # a counted phrase: "trưởng ấp, khóm"


def link_shares(
    scope: Scope, cues: Sequence[Cues], patterns: Patterns, *, subjects: Sequence[Subject] | None = None
) -> list[Share]:
    """What each quantity of `scope` rests on; an empty `Share` for all but percentages.

    >>> from decimal import Decimal
    >>> from extract.linking.cues import link_cues
    >>> from extract.linking.scope import make_scope
    >>> from extract.patterns import load_patterns
    >>> from extract.reading.sentences import find_sentences
    >>> from extract.reading.view import make_view
    >>> from extract.records import Quantity
    >>> patterns = load_patterns()
    >>> view = make_view("Xã có 40 hộ khá, chiếm 20%.", patterns)
    >>> count, percent = Quantity(6, 8, "40", "count", Decimal(40)), Quantity(23, 26, "20%", "percent", Decimal(20))
    >>> scope = make_scope(view, find_sentences(view, (), patterns), [count, percent])
    >>> link_shares(scope, link_cues(scope, patterns), patterns)[1]
    Share(num=0, den=None, role='share')
    """
    reader = ShareReader(scope, cues, index_cues(scope.view, patterns), subjects)
    for at in range(len(scope.quantities)):
        reader.read(at)
    return reader.shares


class ShareReader:
    """Reads the percentages of one article from left to right."""

    def __init__(self, scope: Scope, cues: Sequence[Cues], index: CueIndex, subjects: Sequence[Subject] | None) -> None:
        self.scope, self.cues, self.index = scope, cues, index
        self.totals = Totals(scope, cues, index, subjects)
        self.text = index.text
        self.shares: list[Share] = []
        self.plans: set[int | None] = set()  # the plans whose completion is stated
        self.whole: int | None = None  # what "trong đó" divides
        self.since = 0  # the first quantity after "trong đó"
        self.whole_sentence = 0  # the last sentence that goes on dividing it

    def read(self, at: int) -> None:
        """Links quantity `at`."""
        self.divide(at)
        quantity = self.scope.quantities[at]
        if quantity.kind != "percent":
            self.shares.append(NONE)
            return
        cues = self.cues[at]
        if cues.change != "none":
            self.shares.append(Share(self.level_before(at), None, "change"))
        elif cues.vs:
            plan = self.named_base(at) == "plan"
            den = self.plan_after(at) if plan else None
            self.plans |= {den} - {None}
            self.shares.append(Share(self.level_before(at), den, "completion" if plan else "change"))
        else:
            num = self.restated(at)
            self.shares.append(Share(num, self.whole_of(at, num)))

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether both indexes are of quantities of one sentence."""
        in_range = 0 <= one < len(self.scope.quantities) and 0 <= other < len(self.scope.quantities)
        return in_range and self.scope.sentence_of[one] == self.scope.sentence_of[other]

    def named_base(self, at: int) -> str:
        """Whether a percentage is compared with a plan or a time."""
        end = self.scope.quantities[at].end
        bases = [cue.value for cue in self.index.between("vs", end, end + FAR) if cue.value != "open"]
        return bases[0] if bases else "time"

    def is_level(self, at: int) -> bool:
        """Whether a quantity is a count or an amount that stands for itself."""
        return self.scope.quantities[at].kind != "percent" and self.cues[at].change == "none"

    def last_level(self, at: int) -> int | None:
        """The last level before `at` in its sentence, past changes and completions but not past another share."""
        for before in range(at - 1, max(at - STEPS, -1), -1):
            if not self.same_sentence(before, at):
                return None
            if self.is_level(before) and before not in self.plans:
                return before
            if self.scope.quantities[before].kind == "percent" and self.shares[before].role == "share":
                return None
        return None

    def level_before(self, at: int) -> int | None:
        """The quantity a change or completion speaks of: the difference it repeats, or the level before it."""
        quantities, before = self.scope.quantities, at - 1
        if not self.same_sentence(before, at):
            return None
        bracket = self.text.find("(", quantities[before].end, quantities[at].start) >= 0
        if (
            bracket
            and quantities[before].kind != "percent"
            and self.cues[at].change == self.cues[before].change != "none"
        ):
            return before
        level = self.last_level(at)
        return level if level is not None and self.same_subject(level, at) else None

    def same_subject(self, level: int, at: int) -> bool:
        """Whether nothing between a level and a change or completion names another subject ("…, tăng 5%")."""
        start, begin, end = (self.scope.quantities[at].start, *(self.scope.quantities[i].end for i in (at - 1, level)))
        if start - end > 2 * FAR or BREAK.search(self.text, end, start):
            return False
        room = 6
        marks = [mark.end() for mark in MARK.finditer(self.text, begin, start)]
        marks += [link.end for link in self.index.between("and", begin, start) if link.value == "both"]
        if marks:
            begin, room = max(marks), 2
        said = [cue for slot in ("change", "verb", "share") for cue in self.index.between(slot, begin, start)]
        first = min(said, key=cue_start, default=None)
        if first is None:
            return len(self.text[begin:start].split()) <= room
        free = bool(self.index.between("vs", first.end, start)) or len(self.text[first.end : start].split()) <= 3
        return free and len(self.text[begin : first.start].split()) <= room

    def plan_after(self, at: int) -> int | None:
        """The plan whose completion is stated: "đạt 90% kế hoạch (500 ha)"."""
        if not self.same_sentence(at, at + 1) or self.cues[at + 1].status != "target" or not self.is_level(at + 1):
            return None
        end, start = self.scope.quantities[at].end, self.scope.quantities[at + 1].start
        bases = self.index.between("vs", end, start)
        return at + 1 if bases and self.index.filled(bases[-1].end, start) else None

    def restated(self, at: int) -> int | None:
        """The count, amount or ratio that a percentage states again."""
        before = self.last_level(at)
        if before is not None and self.connected(before, at):
            return None if self.one_of_two(before) else before
        return at + 1 if self.same_sentence(at, at + 1) and self.in_brackets(at + 1) else None

    def in_brackets(self, at: int) -> bool:
        """Whether brackets hold a count that the percentage before it states: "100% trưởng thôn (986 đồng chí)"."""
        quantity, end = self.scope.quantities[at], self.scope.quantities[at - 1].end
        if not self.is_level(at) or "/" in (quantity.unit or "") or self.cues[at].bound in ("most", "least"):
            return False
        mark = self.text.find("(", end, quantity.start)
        if mark < 0 or not PHRASE.fullmatch(self.text, end, mark):
            return False
        closed = self.text.find(")", quantity.end, quantity.end + 60)
        return (
            closed >= 0
            and self.index.beside(mark + 1, quantity.start, "same", "bound")
            and not PART.search(self.text, quantity.end, closed)
        )

    def connected(self, before: int, at: int) -> bool:
        """Whether a comma, a bracket or "chiếm" makes the percentage a restatement of the quantity before it."""
        end, start = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        first = self.scope.quantities[before].end
        if start - first > FAR or BREAK.search(self.text, first, start):
            return False
        mark = None
        for found in MARK.finditer(self.text, end, start):
            mark, end = found, found.end()
        said = self.index.between("share", end, start)
        if not said:
            return bool(mark and mark[0] == "(" and before == at - 1 and self.index.beside(end, start, "bound"))
        if not self.index.beside(said[0 if mark else -1].end, start, "share", "bound", "filler"):
            return False
        if mark is None:
            return said[0].value == "strong" and not self.index.between("keep", first, start)
        amount = self.scope.quantities[before].kind == "amount" and mark[0] == ","
        return not self.text[end : said[0].start].strip() and not (said[0].value == "weak" and amount)

    def one_of_two(self, at: int) -> bool:
        """Whether "và" joins the quantity to another one before it, so the percentage may speak of both."""
        if not self.same_sentence(at - 1, at) or not self.is_level(at - 1):
            return False
        gap = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        links = self.index.between("and", *gap)
        return bool(links) and not PART.search(self.text, *gap) and self.index.beside(links[-1].end, gap[1], "bound")

    def divide(self, at: int) -> None:
        """Notes the whole that a "trong đó" before quantity `at` divides, and forgets the one of another paragraph."""
        sentence = self.scope.sentences[self.scope.sentence_of[at]]
        if self.whole is not None:
            paragraph = self.scope.sentences[self.scope.sentence_of[self.whole]].paragraph
            if paragraph != sentence.paragraph or self.scope.sentence_of[at] > self.whole_sentence + 1:
                self.whole = None
        start = self.scope.quantities[at].start
        begin = max(sentence.start, self.scope.quantities[at - 1].end if at else 0)
        keeps = self.index.between("keep", begin, start)
        if not keeps:
            return
        whole = at - 1
        while whole >= 0 and self.scope.sentence_of[at] - self.scope.sentence_of[whole] <= (
            keeps[0].start == sentence.start
        ):
            if self.is_level(whole) and self.scope.quantities[whole].kind != "ratio":
                self.whole, self.whole_sentence, self.since = whole, self.scope.sentence_of[at], at
                return
            if self.shares[whole].role == "share" and self.shares[whole].den is not None:
                self.whole, self.whole_sentence, self.since = self.shares[whole].den, self.scope.sentence_of[at], at
                return
            whole -= 1
        self.whole = None

    def whole_of(self, at: int, num: int | None) -> int | None:
        """The whole a percentage is a share of."""
        quantities, quantity = self.scope.quantities, self.scope.quantities[at]
        if num is not None and quantities[num].kind == "ratio":
            return num
        if self.same_sentence(at, at + 1) and self.is_level(at + 1):
            start = quantities[at + 1].start
            wholes = self.index.between("whole", quantity.end, start) + self.index.between("total", quantity.end, start)
            near = not PART.search(self.text, quantity.end, start) and start - quantity.end < 60
            if near and any(self.index.beside(whole.end, start, "bound") for whole in wholes):
                return at + 1
        if self.totals.named(at):
            return self.total_of(at, num)
        if self.follows(at):
            return None
        whole = self.whole
        if whole is None or whole >= at or whole == num:
            return None if num is None else self.totals.recomputed(at, num)
        if num is not None:
            alike = num > whole and (
                self.totals.nouns(num)[:1] == self.totals.nouns(whole)[:1]
                or self.totals.gives(num, whole, quantity.value)
            )
        else:
            begin = max(self.scope.sentences[self.scope.sentence_of[at]].start, quantities[at - 1].end)
            said = self.index.between("share", begin, quantity.start)
            alike = any(cue.value == "strong" for cue in said) and all(
                quantities[other].kind == "percent" or any(share.num == other for share in self.shares[other:])
                for other in range(max(self.since, at - STEPS), at)
            )
        if alike:
            self.whole_sentence = self.scope.sentence_of[at]
        return whole if alike else None

    def follows(self, at: int) -> bool:
        """Whether words follow the percentage that may name its whole ("chiếm 20% diện tích")."""
        end = self.scope.quantities[at].end
        changes = self.index.between("change", end, end + 40)
        return bool(self.totals.words(at)) and not (changes and not self.text[end : changes[0].start].strip())

    def total_of(self, at: int, num: int | None) -> int | None:
        """The quantity that states the total named after the percentage: the sentence's last whole or by its words."""
        before = at - 1
        while self.same_sentence(before, at):
            den = self.shares[before].den
            if den is not None and self.totals.is_called(den, at):
                return den
            before -= 1
        total = self.totals.named(at)
        # "100% số xã" names every commune; only a count that it restates shows that a number of communes is meant.
        return None if num is None and total and total.value == "loose" else self.totals.stated(at)
