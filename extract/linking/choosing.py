"""Which phrase does one quantity count: the one after it, the one before it, or that of an earlier quantity?

The cases are tried in order; the first that holds answers. Each says in its docstring what it reads, by an example.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extract.linking.around import Around
from extract.linking.facets import Facet, Facets, values_of
from extract.linking.labels import is_place, same_noun
from extract.linking.phrases import STATING, find_boundary
from extract.records import Span, Subject

HOST, LEAD = -1, -2  # in `Memory.done`: the phrase before a bracket, the phrase before a colon
LONGEST_MODIFIER = 4  # syllables
BACK = 9  # quantities looked back for one that counts the same noun


@dataclass(slots=True)
class Memory:
    """What has been counted so far in an article."""

    done: dict[int, Subject] = field(default_factory=dict)  # by index of the quantity
    nouns: dict[int, str] = field(default_factory=dict)  # their labels without the predicate
    last: int | None = None  # the last level that was counted
    base: int | None = None  # the whole whose parts are being listed
    lead: int | None = None  # what the words before a colon name
    among: int | None = None  # the whole whose members are spoken of
    heading: str | None = None  # the level dimension in force


@dataclass(slots=True)
class Choice:
    """The choice between the phrases that a quantity may count."""

    memory: Memory
    facets: Facets
    near: Around
    named: list[Facet] = field(init=False)  # facets in the words before the number
    narrowing: bool = field(init=False)  # these words name facets only
    own: bool = field(init=False)  # these words name a thing of their own

    def __post_init__(self) -> None:
        near, memory, subject = self.near, self.memory, self.near.left.subject
        self.named = self.facets.find(near.zone, *subject, memory.heading) if subject else []
        last = memory.done.get(memory.last) if memory.last is not None and memory.last in near.sentence else None
        listing = last is not None and bool(last.facets) and last.rule != "subject.part"
        sure = listing or memory.heading is not None or memory.lead is not None or any(f.sure for f in self.named)
        self.narrowing = sure and subject is not None and self.facets.fill(near.zone, *subject, self.named)
        self.own = not self.narrowing and near.names_a_thing

    def make(self) -> Subject:
        """The subject of the quantity, by the first case that holds."""
        for case in CASES:
            if (subject := case(self)) is not None:
                return subject
        return Subject(self.near.unit, None, None, rule="subject.none")

    # The cases, in the order in which they are tried.

    def narrowed(self) -> Subject | None:
        """Facets before the number: "[trong đó] nữ có 12 đồng chí"."""
        if not self.narrowing or (self.near.counts and self.near.filled and not self.near.right.bare):
            return None
        return self.narrow(self.whole, values_of(self.named), "subject.facet")

    def changed(self) -> Subject | None:
        """The change or completion of a level: "[166 người,] tăng 14 người, đạt 104% kế hoạch"."""
        near, memory, right = self.near, self.memory, self.near.right
        if not near.changes or (self.own and near.left.tail & STATING):
            return None
        if near.counts and right.noun is not None:
            same = self.same
            said = memory.done[same].text if same is not None else None
            if said is not None and (right.bare or near.text(right.start, right.end) in said):
                return self.follow(same, "subject.change")
            if not right.bare:
                return None
        elif near.filled and near.cues.vs is None and not near.counts:
            return None
        return self.follow(memory.last, "subject.change")

    def listed(self) -> Subject | None:
        """A part of the whole in force, named before the number: "trong đó cướp tài sản 3 vụ"."""
        right, base, body = self.near.right, self.memory.base, self.near.left.body
        if base is None or body is None or right.noun is None or self.near.left.head or not right.bare:
            return None
        if self.near.left.verb is not None and ("classifier" not in right.roles or "counted" in right.roles):
            return None
        if "person" not in right.roles and not same_noun(self.memory.done[base].unit, self.near.text(*right.noun)):
            return None
        if is_place(self.near.zone, *body):
            return None
        values = values_of(facet for facet in self.named if facet.sure) or [self.near.label(*body)]
        return self.narrow(base, values, "subject.part", self.near.text(*body))

    def led(self) -> Subject | None:
        """What a colon or a topic introduced: "Về thủy lợi, hỗ trợ 50%"."""
        return self.follow(self.memory.lead, "subject.lead") if not self.near.filled and self.near.lone else None

    def repeated(self) -> Subject | None:
        """The same done again to what was counted last: "[hỗ trợ 100% chi phí;] nơi khác hỗ trợ 70%"."""
        last, verb = self.memory.last, self.near.left.verb
        if self.near.filled or verb is None or last is None or self.near.left.tail & STATING or not self.near.lone:
            return None
        again = (self.memory.done[last].label or "").endswith(" " + self.near.label(*verb))
        return self.follow(last, "subject.restated") if again else None

    def bracketed(self) -> Subject | None:
        """What the bracket speaks of: "[82 xã] (84,5%)"."""
        if self.own or not (self.near.quantity.kind == "percent" or self.near.right.bare):
            return None
        return self.follow(self.near.host, "subject.bracket")

    def stated(self) -> Subject | None:
        """The phrase before the number: "tổng thu đạt 5 tỷ đồng", "số hộ nghèo là 69 hộ"."""
        left = self.near.left
        if not self.own:
            return None
        if self.near.counts:
            return self.from_left() if self.near.is_before() else self.modified()
        states = left.tail & STATING or not self.near.filled or (left.head and left.verb is None)
        return self.from_left() if states else None

    def modified(self) -> Subject | None:
        """A noun whose modifier stands before the number: "[mầm non 72 trường,] tiểu học 101 trường"."""
        near, right = self.near, self.near.right
        if near.left.subject is None or not right.bare or near.left.tail or near.left.verb is not None:
            return None
        text, noun, last = near.text(*near.left.subject), near.unit or "", self.memory.last
        label = near.label(*near.left.subject)
        named = same_noun(label, noun)
        follows = last is not None and last in near.sentence and same_noun(self.memory.done[last].unit, noun)
        if len(text.split()) > LONGEST_MODIFIER or not (named or follows):
            return None
        return Subject(near.unit, text, label if named else f"{noun} {label}", rule="subject.before")

    def again(self) -> Subject | None:
        """The noun of an earlier quantity, with what is done to it this time: "đã giải quyết 2.145 vụ"."""
        if not self.near.counts or self.own or not self.near.right.bare or (same := self.same) is None:
            return None
        followed, deed = self.follow(same, "subject.same"), self.near.deed
        if followed is None or followed.text is None or not deed:
            return followed
        return replace(followed, label=f"{followed.text} {deed}")

    def paid(self) -> Subject | None:
        """An earlier rate for those named after the number: "[hỗ trợ tiền đóng:] 30% cho hộ nghèo"."""
        if not self.near.toward or self.near.left.body is not None:
            return None
        followed, whom = self.follow(self.whole, "subject.restated"), self.near.beneficiary()
        if followed is None or whom is None:
            return followed
        return replace(followed, facets=(self.near.text(*whom),))

    def followed(self) -> Subject | None:
        """The phrase after the number: "11 thôn", "kết nạp 3.700 đảng viên"."""
        restates = not self.near.counts and self.near.cues.change == "none" and self.near.left.tail & {"share", "move"}
        return self.from_right() if self.near.filled and (not restates or self.memory.last is None) else None

    def named_before(self) -> Subject | None:
        """The phrase before the number where nothing follows it: "dư nợ bình quân 25 triệu đồng"."""
        return self.from_left() if self.own else None

    def spent(self) -> Subject | None:
        """A measure of what was done: "đã chi 5 tỷ đồng", "với số tiền 5 tỷ đồng"."""
        left, last = self.near.left, self.memory.last
        here = last is not None and (last < 0 or last in self.near.sentence)
        if left.body is None or left.tail & {"share", "move"} or (left.verb is None and not (self.near.thin and here)):
            return None
        label = self.near.label(*left.body)
        if self.near.thin and left.verb is not None:
            label = f"{label} {self.near.label(*left.verb)}"
        elif self.near.thin and last is not None:
            label = f"{label} {self.memory.done[last].label}"
        elif self.near.toward:
            label = f"{label} {self.near.text(self.near.right.start, self.near.right.end)}"
        return Subject(self.near.unit, self.near.text(*left.body), label, rule="subject.done")

    def given(self) -> Subject | None:
        """A sum in a list of what was given: "[đóng góp 300 ngày công,] 2 tỷ đồng để làm đường"."""
        if self.near.verb is None or self.near.quantity.kind != "amount" or self.near.cues.change != "none":
            return None
        zone, limit, label = self.near.zone, self.near.right.limit, self.near.label(*self.near.verb)
        mark = zone.mark_at(self.near.right.start)
        if mark is not None and "purpose" in mark.roles:
            end = find_boundary(zone, zone.ahead(mark.end), limit, closed=limit < zone.end)
            label = f"{label} {self.near.label(mark.end, end)}"
        return Subject(None, self.near.text(*self.near.verb), label, rule="subject.done")

    def measured(self) -> Subject | None:
        """A measure that says little, where nothing else is known: "kinh phí 2 tỷ đồng"."""
        return self.from_left() if self.near.thin else None

    def restated(self) -> Subject | None:
        """What was counted last: "[961 đồng chí,] chiếm 27,68%"."""
        return self.follow(self.memory.last if self.near.left.tail else self.whole, "subject.restated")

    def left_over(self) -> Subject | None:
        """Whatever follows the number, else the quantity before it: "[giảm 35 đơn vị,] từ 171"."""
        return self.from_right() if self.near.filled else self.follow(self.near.index - 1, "subject.restated")

    # What the cases ask.

    @property
    def whole(self) -> int | None:
        """What a facet narrows: what the words before a colon name, else what was counted last."""
        last, lead = self.memory.last, self.memory.lead
        return lead if lead is not None and (last is None or last not in self.near.sentence) else last

    @property
    def same(self) -> int | None:
        """The last quantity with the counted noun of this one, where this one only repeats it."""
        near, done, noun = self.near, self.memory.done, self.near.right.noun
        repeats = near.cues.change != "none" or "move" in near.left.tail or "classifier" in near.right.roles
        if noun is None or not repeats:
            return None
        unit = near.text(*noun)
        earlier = range(near.index - 1, max(-1, near.index - BACK), -1)
        return next((i for i in earlier if i in done and same_noun(done[i].unit, unit)), None)

    # How the answers are written.

    def from_left(self) -> Subject:
        """The phrase before the number."""
        left = self.near.left
        span = left.body if left.body and not left.tail & STATING and not left.head else left.subject
        if span is None:
            return Subject(self.near.unit, None, None)
        sure = [facet for facet in self.named if facet.sure]
        if not sure:
            self.memory.heading = None
        text = self.near.text(*span)
        label = self.near.label(*span, [(facet.start, facet.end) for facet in sure])
        return Subject(self.near.unit, text, label or text, facets=tuple(values_of(sure)), rule="subject.before")

    def from_right(self) -> Subject:
        """The phrase after the number, with what is done to the counted thing."""
        near, right, memory = self.near, self.near.right, self.memory
        found = self.facets.find(near.zone, right.start, right.end, memory.heading)
        facets = [facet for facet in found if facet.sure]
        values, text = values_of(facets), near.text(right.start, right.end)
        if (part := self.part_after(values, text)) is not None:
            return part
        if (whom := near.beneficiary()) is not None:
            values.append(near.text(*whom))
        label = self.label_after([(facet.start, facet.end) for facet in facets])
        if not label and memory.last is not None:
            return self.narrow(memory.last, values, "subject.facet", text)
        predicate = near.text(*near.predicate) if near.predicate is not None else ""
        return Subject(
            near.unit, f"{text} {predicate}".strip(), label or text, facets=tuple(values), rule="subject.after"
        )

    def label_after(self, drop: list[Span]) -> str:
        """The label of the phrase after the number, with the noun it leaves out and the deed it leaves to others."""
        near, right, memory = self.near, self.near.right, self.memory
        label = near.label(right.start, near.noun_end(), drop)
        memory.nouns[near.index] = near.label(right.start, min(right.predicate or right.end, near.noun_end()), drop)
        among = memory.done.get(memory.among) if memory.among is not None else None
        if among is not None and right.noun is not None and "person" in right.roles:
            label = f"{among.label} {near.label(right.noun[1], right.end, drop)}"
        elif right.predicate == right.start and near.sentence.start < near.index and memory.last is not None:
            return f"{memory.nouns.get(memory.last) or memory.done[memory.last].label} {label}"
        return near.with_deed(label, memory.nouns[near.index]) if label else label

    def part_after(self, values: list[str], text: str) -> Subject | None:
        """A part of the whole in force, named after the number: "trong đó có 298 hộ xây nhà mới"."""
        noun, base = self.near.right.noun, self.memory.base
        if base is None or noun is None:
            return None
        unit = self.memory.done[base].unit
        if not same_noun(unit, self.near.text(*noun)):
            return None
        rest = self.near.label(noun[1], self.near.right.end) or self.near.text(*noun)[len(unit or "") :].strip()
        return self.narrow(base, values or [rest], "subject.part", text) if values or rest else None

    def follow(self, index: int | None, rule: str) -> Subject | None:
        """The subject of an earlier quantity, if there is one."""
        whole = self.memory.done.get(index) if index is not None else None
        return replace(whole, unit=self.near.unit or whole.unit, rule=rule) if whole is not None else None

    def narrow(self, index: int | None, values: list[str], rule: str, text: str | None = None) -> Subject:
        """A part of what an earlier quantity counts."""
        whole = self.memory.done[index] if index is not None else Subject(None, None, None)
        facets = tuple(dict.fromkeys(values))
        return Subject(self.near.unit or whole.unit, text or whole.text, whole.label, facets=facets, rule=rule)


CASES = (
    Choice.narrowed,
    Choice.changed,
    Choice.listed,
    Choice.led,
    Choice.repeated,
    Choice.bracketed,
    Choice.stated,
    Choice.again,
    Choice.paid,
    Choice.followed,
    Choice.named_before,
    Choice.spent,
    Choice.given,
    Choice.measured,
    Choice.restated,
    Choice.left_over,
)
