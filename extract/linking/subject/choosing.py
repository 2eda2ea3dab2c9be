"""Which phrase does one quantity count: the one after it, the one before it, or that of an earlier quantity?

The cases are tried in order; the first that holds answers. Each says in its docstring what it reads, by an example.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.linking.subject.facets import values_of
from extract.linking.subject.labels import same_noun
from extract.linking.subject.memory import LEAD
from extract.linking.subject.parts import LONGEST_MODIFIER
from extract.linking.subject.payees import find_beneficiary
from extract.linking.subject.phrases import STATING
from extract.linking.subject.sums import Sums
from extract.records import Subject


@dataclass(slots=True)
class Choice(Sums):
    """The choice between the phrases that a quantity may count."""

    def make(self) -> Subject:
        """The subject of the quantity, by the first case that holds."""
        for case in CASES:
            if (subject := case(self)) is not None:
                return subject
        return Subject(self.near.unit, None, None, rule="subject.none")

    def denominator(self) -> Subject:
        """The whole after a stroke counts what the part before it does: "giải ngân 58 tỷ đồng/214 tỷ đồng"."""
        return self.follow(self.near.index - 1, "subject.same") or self.make()

    # The cases, in the order in which they are tried.

    def narrowed(self) -> Subject | None:
        """Facets before the number: "[trong đó] nữ có 12 đồng chí"."""
        if not self.narrowing or (self.near.counts and self.near.filled and not self.near.right.bare):
            return None
        return self.narrow(self.whole, values_of(self.named), "subject.facet")

    def moved(self) -> Subject | None:
        """What a change is said of by name: "giảm tỷ lệ hộ nghèo 3%", "[cam kết] giảm 10% giá phòng"."""
        near, subject = self.near, self.near.left.subject
        if not near.changes:
            return None
        if self.own and subject is not None:
            verb = near.zone.mark_before(subject[0])
            if "change" in near.zone.roles_at(subject[0]) or (verb is not None and "change" in verb.roles):
                return self.from_left()
        percent = near.quantity.kind == "percent" and near.filled and "change" in near.left.tail
        measures = near.zone.roles_at(near.right.start) & {"head", "counted"}
        return self.from_right() if percent and measures else None

    def changed(self) -> Subject | None:
        """The change or completion of a level: "[166 người,] tăng 14 người, đạt 104% kế hoạch"."""
        near, memory, right = self.near, self.memory, self.near.right
        if near.changes and (aspect := near.aspect) is not None:
            return self.measure(*aspect)
        if not near.changes or (self.own and near.states) or near.gives:
            return None  # "hỗ trợ thêm 2 triệu đồng cho mỗi hộ" names itself
        if near.multiplies:
            return self.follow(memory.last, "subject.change") or (self.from_left() if near.left.subject else None)
        if near.counts and right.noun is not None:
            same = self.same
            said = memory.done[same].text if same is not None else None
            if said is not None and (right.bare or near.text(right.start, right.end) in said):
                return self.follow(same, "subject.change")
            if not right.bare:
                return None
        elif near.filled and near.cues.vs is None and not near.counts:
            return None
        return self.disbursed() or self.follow(self.whole, "subject.change")

    def totalled(self) -> Subject | None:
        """All of what was just added to: "[kết nạp 86 đảng viên,] nâng tổng số lên 4.500 đồng chí"."""
        near, last, subject = self.near, self.near.index - 1, self.near.left.subject
        if subject is None or last not in near.sentence or near.changes or "move" not in near.left.tail:
            return None
        noun = self.memory.nouns.get(last)
        if noun is None or "totals" not in near.zone.roles_at(subject[0]):
            return None
        alike = near.thin or same_noun(near.label(*subject), noun)
        if not alike or self.memory.units.get(last) != near.quantity.unit:
            return None
        followed = self.follow(last, "subject.same")
        return replace(followed, label=noun, facets=()) if followed is not None else None

    def led(self) -> Subject | None:
        """What a colon or a topic introduced: "Về thủy lợi, hỗ trợ 50%"."""
        named = self.own and (self.near.changes or self.near.left.head or self.near.states)
        if self.near.filled or not self.near.lone or named:
            return None  # "[kết quả bầu cử:] cử tri đi bầu đạt 99%" names itself
        return self.led_by(self.near.deed if self.near.spends else "")

    def repeated(self) -> Subject | None:
        """The same done again to what was counted last: "[hỗ trợ 100% chi phí;] nơi khác hỗ trợ 70%"."""
        last, verb = self.memory.last, self.near.left.verb
        if self.near.filled or verb is None or last is None or self.near.left.tail & STATING or not self.near.lone:
            return None
        again = (self.memory.done[last].label or "").endswith(" " + self.near.label(*verb))
        return self.follow(last, "subject.restated") if again else None

    def bracketed(self) -> Subject | None:
        """What the bracket speaks of: "[82 xã] (84,5%)"."""
        near, host = self.near, self.memory.done.get(self.near.host) if self.near.host is not None else None
        if self.own or host is None or not (near.quantity.kind == "percent" or near.right.bare):
            return None
        last = self.memory.last
        if near.quantity.kind == "percent" and near.left.body is None and last is not None and last != near.host:
            return self.follow(last, "subject.restated")  # "(thạc sĩ 18 đồng chí, 43,5%)"
        noun, person = near.unit, "person" in near.right.roles
        if noun and not person and host.unit and not same_noun(host.unit, noun):
            return None
        return self.follow(near.host, "subject.bracket")

    def stated(self) -> Subject | None:
        """The phrase before the number: "tổng thu đạt 5 tỷ đồng", "số hộ nghèo là 69 hộ"."""
        left = self.near.left
        if not self.own or (self.near.lone and self.near.filled and find_beneficiary(self.near) is not None):
            return None  # "hỗ trợ thêm 20% mức đóng cho học sinh"
        if self.near.gives:
            return None
        if self.near.counts:
            return self.from_left() if self.near.is_before() else self.modified()
        states = self.near.states or not self.near.filled or (left.head and left.verb is None)
        if self.near.quantity.kind == "amount" and self.near.right.predicate == self.near.right.start:
            states = True  # "quốc lộ dài 69 km đang mở rộng"
        return self.from_left() if states else None

    def modified(self) -> Subject | None:
        """A noun whose modifier stands before the number: "[mầm non 72 trường,] tiểu học 101 trường"."""
        near, right = self.near, self.near.right
        if near.left.subject is None or not right.bare or near.left.tail or near.left.verb is not None:
            return None
        text, noun, last = near.text(*near.left.subject), near.unit or "", self.here
        label = near.label(*near.left.subject)
        named = same_noun(label, noun)
        follows = last is not None and same_noun(self.memory.done[last].unit, noun)
        if len(text.split()) > LONGEST_MODIFIER or not (named or follows):
            return None
        return Subject(near.unit, text, label if named else f"{noun} {label}", rule="subject.before")

    def again(self) -> Subject | None:
        """The noun of an earlier quantity, with what is done to it this time: "đã giải quyết 2.145 vụ"."""
        if self.near.rate and not self.own and (last := self.here) is not None:
            noun, _, _ = (self.near.unit or "").partition("/")
            whole = self.memory.done[last].unit or ""
            per = "person" in self.near.right.roles or whole.startswith(noun)
            return self.follow(last, "subject.same") if per else None
        if not self.near.counts or self.own or not self.near.right.bare:
            return None
        restates = ("share" in self.near.left.tail or self.near.points) and "classifier" in self.near.right.roles
        same = self.here if restates and self.here is not None else self.same  # "9%, tương đương 47 người"
        fresh = same is None or same not in self.near.sentence
        if fresh and self.memory.lead is not None and self.is_led():
            same = self.memory.lead
        if same is None:
            return None
        followed, deed = self.follow(same, "subject.same"), self.near.deed
        if followed is not None and "ranks" in self.near.left.tail:
            return self.ranked(same, followed)
        if followed is None or followed.text is None or not deed:
            return followed
        return replace(followed, label=f"{self.memory.nouns.get(same) or followed.text} {deed}", facets=())

    def is_led(self) -> bool:
        """Whether a noun is short for what a colon or a topic introduced: "sản phẩm OCOP tăng: có 9 sản phẩm"."""
        roles, noun, unit = self.near.right.roles, self.memory.nouns[LEAD].lower(), self.near.unit or ""
        short = same_noun(noun, unit) and noun != unit.lower()
        return short or roles.isdisjoint({"counted", "person"})  # "về tai nạn giao thông, toàn tỉnh có 40 vụ"

    def ranked(self, whole: int, said: Subject) -> Subject:
        """The first of several that share a whole: "[900 người đi nước ngoài.] Đài Loan dẫn đầu với 500 người"."""
        body = self.near.left.body
        label = f"{self.memory.nouns.get(whole) or said.unit} {' '.join(said.facets)}" if said.facets else said.label
        return replace(said, label=label, facets=(self.near.text(*body),) if body and self.near.names_nation else ())

    def followed(self) -> Subject | None:
        """The phrase after the number: "11 thôn", "kết nạp 3.700 đảng viên"."""
        near, tail = self.near, self.near.left.tail
        left = "move" in tail and not near.counts and "counted" not in near.right.roles
        base = self.here is not None and (near.left.body is None or near.thin) and near.names_base
        restates = near.quantity.kind != "count" and near.cues.change == "none" and ("share" in tail or left or base)
        return self.from_right() if self.near.filled and (not restates or self.memory.last is None) else None

    def named_before(self) -> Subject | None:
        """The phrase before the number where nothing follows it: "dư nợ bình quân 25 triệu đồng"."""
        return self.from_left() if self.own and not self.near.gives else None

    def measured(self) -> Subject | None:
        """A measure that says little, where nothing else is known: "kinh phí 2 tỷ đồng"."""
        return self.from_left() if self.near.thin else None

    def restated(self) -> Subject | None:
        """What was counted last: "[961 đồng chí,] chiếm 27,68%", in the same unit: "[A 9 ha, 5 tấn;] B 7 ha"."""
        unit, units = self.near.quantity.unit, self.memory.units
        alike = (index for index in self.earlier() if index in self.near.sentence and units.get(index) == unit)
        if self.near.quantity.kind == "amount" and self.near.names_place and (index := next(alike, None)) is not None:
            return self.follow(index, "subject.restated")
        return self.follow(self.whole, "subject.restated")

    def left_over(self) -> Subject | None:
        """Whatever follows the number, else the quantity before it: "[giảm 35 đơn vị,] từ 171"."""
        return self.from_right() if self.near.filled else self.follow(self.near.index - 1, "subject.restated")


CASES = (
    Choice.respective,
    Choice.narrowed,
    Choice.moved,
    Choice.changed,
    Choice.totalled,
    Choice.sold,
    Choice.yielded,
    Choice.being,
    Choice.shared,
    Choice.listed,
    Choice.alike,
    Choice.priced,
    Choice.dealt,
    Choice.led,
    Choice.repeated,
    Choice.bracketed,
    Choice.other_step,
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
