"""Which quantities does a percentage rest on: what it restates (num) and the whole it is a share of (den)?

"961 đồng chí, chiếm 27,68%" restates the count before it; its whole is what "trong đó" divides (`wholes.py`), what the
words after it name (`totals.py`), or the level whose noun it narrows (`nouns.py`). "82/97 xã (84,5%)" holds both.
What no words tie together the registry may (`rates.py`). A percentage that is a change or the completion of a plan is
linked too, with that role. No margin, no link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.finding.cues import PART, CueIndex, cue_start, index_cues
from extract.linking.scope import Scope
from extract.linking.share.brackets import is_closing, is_of_old, is_restating
from extract.linking.share.nouns import by_noun
from extract.linking.share.plans import find_allotted, find_plan
from extract.linking.share.rates import link_rates
from extract.linking.share.totals import Totals
from extract.linking.share.wholes import STEPS, Wholes
from extract.patterns import Patterns
from extract.records import Cues, PeriodLink, PlaceLink, Share, Subject

NONE = Share()
MARK = re.compile(r"[,(]")
BREAK = re.compile(r"[;:\u2026]|[.!?](?=\s|\Z)")
FAR = 200  # characters between a count and the percentage that restates it


def link_shares(
    scope: Scope,
    cues: Sequence[Cues],
    patterns: Patterns,
    *,
    index: CueIndex | None = None,
    subjects: Sequence[Subject] | None = None,
    places: Sequence[PlaceLink] | None = None,
    periods: Sequence[PeriodLink] | None = None,
) -> list[Share]:
    """What each quantity of `scope` rests on; an empty `Share` for all but percentages.

    `index` are the article's cues where they are known already. With the `subjects`, their registry codes, `places` and
    `periods` of the quantities more links are told for sure.

    >>> from decimal import Decimal
    >>> from extract.linking.cue.cues import link_cues
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
    index = index or index_cues(scope.view, patterns)
    reader = ShareReader(scope, cues, index, Totals(scope, cues, index, subjects, places))
    for at in range(len(scope.quantities)):
        reader.read(at)
    if subjects is None or places is None or periods is None:
        return reader.shares
    return link_rates(reader.totals, reader.shares, subjects, periods, reader.wholes.parts, patterns)


class ShareReader:
    """Reads the percentages of one article from left to right."""

    def __init__(self, scope: Scope, cues: Sequence[Cues], index: CueIndex, totals: Totals) -> None:
        self.scope, self.cues, self.index, self.totals = scope, cues, index, totals
        self.text = index.text
        self.shares: list[Share] = []
        self.plans: set[int | None] = set()  # the plans whose completion is stated
        self.wholes = Wholes(scope, cues, index, totals, self.shares)

    def read(self, at: int) -> None:
        """Links quantity `at`."""
        self.wholes.advance(at)
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
            num = self.level_before(at)
            if plan and den is None and num is not None:
                den = find_plan(self.totals, at, num)
            taken = plan and self.takes_up(at)
            self.shares.append(Share(num, den, "share" if taken else "completion" if plan else "change"))
        else:
            self.shares.append(self.share(at))

    def takes_up(self, at: int) -> bool:
        """Whether a "chiếm" makes a percentage a share, of a plan too: "nợ 20 tỷ đồng, chiếm 4% kế hoạch thu"."""
        begin, start = self.totals.clause_before(at)
        strong = [cue for cue in self.index.between("share", begin, start) if cue.value == "strong"]
        return bool(strong) and self.index.beside(strong[-1].end, start, "bound", "filler")

    def share(self, at: int) -> Share:
        """What a percentage that is neither a change nor a completion rests on."""
        last = self.last_level(at)
        if is_of_old(self.totals, at):
            return NONE
        if last is not None and self.out_of(last, at) and self.connected(last, at, amounts=True):
            return Share(last - 1, last)
        num = self.restated(at, last)
        if num is None and last is not None and self.totals.is_measure(at) and self.connected(last, at, amounts=True):
            measured = self.measured(at, last)
            return Share(last, measured) if measured is not None else NONE
        den = self.whole_of(at, num)
        if num is not None or den is not None or self.totals.follows(at):
            return Share(num, den)
        found = by_noun(self.totals, at)
        return self.totals.pair(at) if found == NONE else found

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether both indexes are of quantities of one sentence."""
        in_range = 0 <= one < len(self.scope.quantities) and 0 <= other < len(self.scope.quantities)
        return in_range and self.scope.sentence_of[one] == self.scope.sentence_of[other]

    def named_base(self, at: int) -> str:
        """Whether a percentage is compared with a plan or a time."""
        end = self.scope.quantities[at].end
        bases = [cue.value for cue in self.index.between("vs", end, end + FAR) if cue.value != "open"]
        return bases[0] if bases else "time"

    def last_level(self, at: int) -> int | None:
        """The last level before `at` in its sentence, past changes and completions but not past another share."""
        for before in range(at - 1, max(at - STEPS, -1), -1):
            if not self.same_sentence(before, at):
                return None
            if self.totals.is_level(before) and before not in self.plans:
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
        if (
            not self.same_sentence(at, at + 1)
            or self.cues[at + 1].status != "target"
            or not self.totals.is_level(at + 1)
        ):
            return None
        end, start = self.scope.quantities[at].end, self.scope.quantities[at + 1].start
        bases = self.index.between("vs", end, start)
        return at + 1 if bases and self.index.filled(bases[-1].end, start) else None

    def restated(self, at: int, before: int | None) -> int | None:
        """The count, amount or ratio that a percentage states again; `before` is the last level before it."""
        if before is not None and self.connected(before, at, amounts=False):
            return None if self.one_of_two(before) else before
        return at + 1 if self.same_sentence(at, at + 1) and is_restating(self.totals, at + 1) else None

    def connected(self, before: int, at: int, *, amounts: bool) -> bool:
        """Whether a comma, a bracket or "chiếm" makes the percentage a restatement of the quantity before it.

        "12 tỷ đồng, đạt 60%" is most often the completion of a plan: such words join amounts only where asked to.
        """
        end, start = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        first = self.scope.quantities[before].end
        if start - first > FAR or BREAK.search(self.text, first, start):
            return False
        mark = None
        for found in MARK.finditer(self.text, end, start):
            mark, end = found, found.end()
        said = self.index.between("share", end, start)
        if not said:
            if mark is None or before != at - 1 or not self.index.beside(end, start, "bound"):
                return False
            return mark[0] == "(" or is_closing(self.totals, before, at)
        if not self.index.beside(said[0 if mark else -1].end, start, "share", "bound", "filler"):
            return False
        if mark is None:
            return said[0].value == "strong" and not self.index.between("keep", first, start)
        amount = self.scope.quantities[before].kind == "amount" and mark[0] == "," and not amounts
        return not self.text[end : said[0].start].strip() and not (said[0].value in ("weak", "rate") and amount)

    def one_of_two(self, at: int) -> bool:
        """Whether "và" joins the quantity to another one before it, so the percentage may speak of both."""
        if not self.same_sentence(at - 1, at) or not self.totals.is_level(at - 1):
            return False
        gap = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        links = self.index.between("and", *gap)
        return bool(links) and not PART.search(self.text, *gap) and self.index.beside(links[-1].end, gap[1], "bound")

    def out_of(self, at: int, percent: int) -> bool:
        """Whether the quantity is what the one before it is a part of: "đã giải quyết 500 trên tổng số 620 hồ sơ"."""
        if not self.same_sentence(at - 1, at) or not self.totals.is_level(at - 1):
            return False
        gap = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        if self.totals.same_unit(at - 1, at) and self.is_slashed(at):
            return True
        links = [cue for slot in ("whole", "bound") for cue in self.index.between(slot, *gap)]
        links = [link for link in links if self.index.beside(link.end, gap[1], "bound", "total")]
        named = any(total.end == link.end for link in links for total in self.index.between("total", *gap))
        exact = self.totals.gives(at - 1, at, self.scope.quantities[percent].value)
        return bool(links) and (exact or (named and self.totals.same_unit(at - 1, at)))

    def is_slashed(self, at: int) -> bool:
        """Whether a slash sets a part before its whole: "58,2 tỷ đồng/214 tỷ đồng", "1.200 thẻ/1.500 thẻ"."""
        part, whole = self.scope.quantities[at - 1], self.scope.quantities[at]
        gap = self.text[part.end : whole.start].rstrip()
        if not gap.endswith("/") or part.value > whole.value:
            return False
        noun = gap[:-1].split()
        return not noun or (PART.search(gap) is None and self.totals.words(at)[: len(noun)] == noun)

    def whole_of(self, at: int, num: int | None) -> int | None:
        """The whole a percentage is a share of."""
        quantities, quantity = self.scope.quantities, self.scope.quantities[at]
        if num is not None and quantities[num].kind == "ratio":
            return num
        if self.same_sentence(at, at + 1) and self.totals.is_level(at + 1):
            start = quantities[at + 1].start
            wholes = self.index.between("whole", quantity.end, start) + self.index.between("total", quantity.end, start)
            near = not PART.search(self.text, quantity.end, start) and start - quantity.end < 60
            if near and any(self.index.beside(whole.end, start, "bound") for whole in wholes):
                return at + 1
        if (parted := self.wholes.named_after(at)) is not None:
            return parted
        if total := self.totals.named(at):
            found = self.total_of(at, num)
            if found is None and num is None:
                return self.wholes.of_percent(at, self.totals.words(at, total.end))
            return found
        if num is None:
            return self.wholes.of_percent(at, self.totals.words(at) if self.totals.follows(at) else [])
        if self.totals.is_measure(at):
            return self.measured(at, num)
        if self.totals.follows(at):
            return None
        whole = self.wholes.of_count(at, num)
        return find_allotted(self.totals, num) if whole is None else whole

    def measured(self, at: int, num: int) -> int | None:
        """The whole amount of which `num` is the part, where only what it measures is named: "chiếm 40% diện tích"."""
        whole = self.wholes.of_count(at, num)
        return self.totals.measured(at, num) if whole is None else whole

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
        return None if num is None and total and total.value == "loose" else self.totals.stated(at, num)
