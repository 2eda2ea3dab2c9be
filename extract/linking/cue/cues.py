"""What do the words around each quantity say of it: bound, change, comparison, status?

Bound and change are read from the words next to the number. A change also holds for the bracket that says it again
("tăng 14 người (8,7%)") and for what "và" joins to it. A status reaches further: see `status.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from extract.finding.cues import PART, Cue, CueIndex, index_cues
from extract.linking.cue.comparison import link_comparisons
from extract.linking.cue.status import link_status
from extract.linking.scope import Scope
from extract.patterns import Patterns
from extract.records import Bound, Change, Cues, Quantity, Term

FAR = 100  # characters that may stand between a cue and its number
SAID_AGAIN = re.compile(r"(?P<head>[^,;:.()]*)(?P<mark>[,(])[^,;:()]*\Z")
# A printed sign: "(+5%)", "(- 12 ha)", "ngô -2%"; at the start of a sentence it is the mark of an item.
SIGN = re.compile(r"(?:[^\w\s]\s?|\w\s)([-+])\Z|\(([-+])\s\Z")
SIGNS: dict[str, Change] = {"+": "up", "-": "down"}
SHORT, LONG = 4, 10  # words between a change and what says it again, without and with a word that says so
POWERS = frozenset(Decimal(10) ** power for power in range(7))


def link_cues(
    scope: Scope,
    patterns: Patterns,
    *,
    index: CueIndex | None = None,
    terms: Sequence[Term] = (),
    published: str | None = None,
) -> list[Cues]:
    """The cues of each quantity of `scope`; `terms` and `published` (ISO 8601) tell a target from a report.

    `index` are the article's cues where they are known already.

    >>> from extract.patterns import load_patterns
    >>> from extract.linking.scope import make_scope
    >>> from extract.reading.sentences import find_sentences
    >>> from extract.reading.view import make_view
    >>> from extract.records import Quantity
    >>> patterns = load_patterns()
    >>> view = make_view("Sản lượng ước tăng hơn 5% so với cùng kỳ.", patterns)
    >>> quantity = Quantity(23, 25, "5%", "percent", Decimal(5), unit="%")
    >>> (cues,) = link_cues(make_scope(view, find_sentences(view, (), patterns), [quantity]), patterns)
    >>> cues.bound, cues.change, cues.vs, cues.status
    ('more', 'up', 'cùng kỳ', 'estimate')
    """
    index = index or index_cues(scope.view, patterns)
    reader = Reader(scope, index)
    bounds = reader.bounds()
    changes = reader.changes(bounds)
    compared = link_comparisons(scope, index, changes, reader.repeats())
    statuses = link_status(scope, index, changes=changes, bounds=bounds, terms=terms, published=published)
    rows = zip(scope.quantities, scope.sentence_of, bounds, changes, compared, statuses, strict=True)
    result = []
    for quantity, sentence, bound, change, vs, (status, cue) in rows:
        sign = printed_sign(index, scope.sentences[sentence].start, quantity)
        how, way = settle(index, quantity, bound, change, vs, sign)
        rule = "; ".join(found.rule for found in (bound, change, cue) if found)
        result.append(Cues(how, way, vs, status, rule))
    return result


def printed_sign(index: CueIndex, begin: int, quantity: Quantity) -> Change | None:
    """The change that a sign before the number says, in a sentence that starts at `begin`."""
    sign = SIGN.search(index.text, max(begin, quantity.start - 3), quantity.start)
    return SIGNS[sign[1] or sign[2]] if sign else None


def settle(
    index: CueIndex, quantity: Quantity, bound: Cue | None, change: Cue | None, vs: str | None, sign: Change | None
) -> tuple[Bound, Change]:
    """Bound and change of a quantity; "vượt 500 tỷ đồng" and "loại lớn hơn 30 kg" compare with nothing: a level."""
    how = "range" if quantity.high is not None else bound.value if bound else "exact"
    way = sign or (change.value if change else "none")
    bare = change is not None and vs is None and sign is None
    if change and bare and (change.reach == "than" or (change.reach == "base" and quantity.kind != "percent")):
        named = change.reach == "than" and not index.beside(change.end, quantity.start, "bound")
        if how == "exact" and not named:  # "thấp hơn mức 2%" names the other level itself
            how = "more" if way == "up" else "less"
        way = "none"
    return cast(Bound, how), cast(Change, way)


class Reader:
    """Reads bounds and changes beside the quantities of one article."""

    def __init__(self, scope: Scope, index: CueIndex) -> None:
        self.scope, self.index, self.text = scope, index, index.text
        self.starts, self.ends = [], list[int]()
        last = len(scope.quantities) - 1
        for at, quantity in enumerate(scope.quantities):
            sentence = scope.sentences[scope.sentence_of[at]]
            before = scope.quantities[at - 1].end if at else 0
            after = scope.quantities[at + 1].start if at < last else len(self.text)
            self.starts.append(max(sentence.start, before, quantity.start - FAR))
            self.ends.append(min(sentence.end, after, quantity.end + FAR))

    def bounds(self) -> list[Cue | None]:
        """The bound of each quantity; "ít nhất 3 xã và 5 thôn" bounds both."""
        found: list[Cue | None] = []
        for at in range(len(self.scope.quantities)):
            bound = self.bound_before(at) or self.bound_after(at)
            if bound is None and found and found[-1] and found[-1].reach == "near" and self.joined(at):
                bound = found[-1]
            found.append(bound)
        return found

    def changes(self, bounds: Sequence[Cue | None]) -> list[Cue | None]:
        """The change each quantity is the size of."""
        found: list[Cue | None] = []
        for at, quantity in enumerate(self.scope.quantities):
            change = self.change_before(at, bounds)
            if change is None and found and found[-1]:
                kinds = {quantity.kind, self.scope.quantities[at - 1].kind}
                listed = self.joined(at) if "percent" not in kinds else False
                listed = listed or (kinds == {"count"} and self.next_in_list(at)) or self.one_of_each(at)
                change = found[-1] if listed or self.repeats_last(at) else None
            found.append(change)
        return [None if change and self.of_others(change, at) else change for at, change in enumerate(found)]

    def repeats(self) -> list[bool]:
        """Whether each quantity says the one before it again."""
        return [at > 0 and self.repeats_last(at) for at in range(len(self.scope.quantities))]

    def bound_before(self, at: int) -> Cue | None:
        """The bound before the number, with none but filling words between."""
        start = self.scope.quantities[at].start
        for cue in reversed(self.index.between("bound", self.starts[at], start)):
            if cue.reach == "previous":
                return None
            beside = self.index.beside(cue.end, start)
            if cue.reach == "open":
                return cue if beside and not self.answered(at) else None
            if not beside and not (cue.reach == "near" and self.index.filled(cue.end, start)):
                return None
            return None if cue.reach == "on" and self.preposition(at, cue) else cue
        return None

    def bound_after(self, at: int) -> Cue | None:
        """The bound after the number: "3 đảng viên trở lên", "từ 80% dân số trở lên"."""
        quantity = self.scope.quantities[at]
        for cue in self.index.between("bound", quantity.end, self.ends[at]):
            gap = self.text[quantity.end : cue.start]
            if cue.reach != "previous" or PART.search(gap):
                return None
            near = 6 if self.opened(at) else 0 if quantity.kind == "percent" else 2
            return cue if len(gap.split()) <= near else None
        return None

    def opened(self, at: int) -> bool:
        """Whether "từ" stands before the number."""
        start = self.scope.quantities[at].start
        cues = self.index.between("verb", self.starts[at], start) + self.index.between("bound", self.starts[at], start)
        return any(
            (cue.value == "from" or cue.reach == "open") and self.index.beside(cue.end, start, "bound") for cue in cues
        )

    def answered(self, at: int) -> bool:
        """Whether an "đến", "lên" or "xuống" after the number answers the "từ" before it."""
        end = self.scope.quantities[at].end
        part = PART.search(self.text, end, self.scope.clause_of[at][1])
        stop = part.start() if part else self.scope.clause_of[at][1]
        return any(cue.value in ("hard", "to") for cue in self.index.between("verb", end, stop))

    def preposition(self, at: int, cue: Cue) -> bool:
        """Whether "trên" or "dưới" is no bound: "trên 4 lĩnh vực", "trên 1 ha đất", "40 giường bệnh trên 1 vạn dân"."""
        quantity = self.scope.quantities[at]
        if self.index.senses(quantity.end) or (cue.value == "more" and quantity.value == 1):
            return True
        if not at or cue.value != "more" or quantity.value not in POWERS:
            return False
        gap = self.text[self.scope.quantities[at - 1].end : cue.start]
        return len(gap) < FAR and len(gap.split()) <= 4 and not PART.search(gap)

    def change_before(self, at: int, bounds: Sequence[Cue | None]) -> Cue | None:
        """The change word before the number, unless a verb makes the number a level ("tăng lên 40")."""
        start, begin = self.scope.quantities[at].start, self.starts[at]
        if not self.index.between("change", begin, start):
            return None
        for part in PART.finditer(self.text, begin, start):
            begin = part.end()
        changes = self.index.between("change", begin, start)
        if not changes:
            return None
        change = changes[-1]
        if change.reach == "percent" and self.scope.quantities[at].kind != "percent":
            return None
        levels = {verb.value for verb in self.index.between("verb", change.end, start)} - {"free", "to"}
        bound = bounds[at]
        if self.scope.quantities[at].high is not None or (bound and bound.reach == "previous"):
            levels -= {"from"}  # "tăng từ 2 đến 3%", "tăng từ 2% trở lên"
        if levels & {"hard", "from"} or (levels and change.reach != "through"):
            return None
        stops = self.index.between("break", change.end, start)
        return None if any(self.index.beside(stop.end, start, "bound") for stop in stops) else change

    def of_others(self, change: Cue, at: int) -> bool:
        """Whether money changes and the number counts whose: "tăng vốn 29 dự án" against "tăng vốn 29 tỷ đồng"."""
        quantity = self.scope.quantities[at]
        times = self.index.between("times", quantity.end, quantity.end + LONG)
        bases = self.index.between("base", change.end, quantity.start)
        counted = quantity.kind == "count" and not any(self.index.beside(quantity.end, cue.start) for cue in times)
        return counted and bool(bases) and self.index.beside(change.end, quantity.start, "base", "bound")

    def repeats_last(self, at: int) -> bool:
        """Whether the number says the one before it again: "tăng 14 người (8,7%)", "…, tương ứng 8,7%"."""
        end, start = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        if start - end > FAR:
            return False
        again = self.index.between("same", end, start)
        sure = bool(again) and again[-1].value == "sure" and self.index.beside(again[-1].end, start, "bound")
        if sure and not self.text[end : again[-1].start].strip():
            return True
        match = SAID_AGAIN.match(self.text, end, start)
        if match is None or not (again or match["mark"] == "(") or (not sure and self.compared(at)):
            return False
        based = self.index.between("vs", end, match.start("mark")) if sure or match["mark"] == "(" else []
        head = self.text[end : based[0].start] if based else match["head"]
        near = len(head.split()) <= (LONG if sure else SHORT)
        return near and self.index.beside(match.end("mark"), start, "same", "bound")

    def compared(self, at: int) -> bool:
        """Whether a base follows the number: "tăng 5%, bằng 52% dự toán" says nothing again."""
        end = self.scope.quantities[at].end
        return any(not self.text[end : cue.start].strip() for cue in self.index.between("vs", end, self.ends[at]))

    def joined(self, at: int) -> bool:
        """Whether "và" or "với" joins the number to the one before it."""
        end, start = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        if start - end > FAR or PART.search(self.text, end, start):
            return False
        links = self.index.between("and", end, start)
        if not links or self.index.between("vs", end, start):
            return False
        return self.index.beside(links[-1].end, start)

    def next_in_list(self, at: int) -> bool:
        """Whether nothing but a short noun and a comma stand before the number: "giảm 5 vụ, 3 người chết".

        The noun may be long where the next one is the same: "thêm 5 xã đạt chuẩn nông thôn mới, 3 xã kiểu mẫu".
        """
        end, start = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        words = self.text[end:start].rstrip().split()
        if not words or not words[-1].endswith(",") or PART.search(self.text[end:start].rstrip()[:-1]):
            return False
        same = self.text[self.scope.quantities[at].end : self.ends[at]].split()[:1] == words[:1]
        return len(words) <= 4 or (same and len(words) <= 9 and not self.index.between("vs", end, start))

    def one_of_each(self, at: int) -> bool:
        """Whether the number stands in a bare list: "lần lượt tăng 7%, 5% và 10%"."""
        end, start = self.scope.quantities[at - 1].end, self.scope.quantities[at].start
        begin = self.scope.sentences[self.scope.sentence_of[at]].start
        bare = self.index.beside(end + (self.text[end : end + 1] == ","), start, "and")
        return bare and end > begin and bool(self.index.between("each", begin, start))
