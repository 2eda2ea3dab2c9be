"""What does an amount count: what is sold for it, what an area yields, what it is spent on or given for?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.linking.subject.payees import find_beneficiary
from extract.linking.subject.prices import Price, find_price, is_rate, is_yield
from extract.linking.subject.rows import Rows
from extract.records import Subject

LONGEST_CROP = 3  # syllables


@dataclass(slots=True)
class Sums(Rows):
    """The answers for an amount."""

    def sold(self) -> Subject | None:
        """What goods cost: "tôm thẻ loại 30 con/kg được thu mua 165.000 đồng/kg"."""
        near, memory = self.near, self.memory
        if near.changes or not is_rate(near.zone, near.quantity):
            return None
        price = find_price(near.zone, near.quantity) or self.also_sold()
        if price is None:
            return None
        memory.goods = price.goods or memory.goods
        label = f"{near.zone.lexicon.price} {memory.goods}" if memory.goods else near.zone.lexicon.price
        return Subject(None, label, label, facets=(price.size,) if price.size else (), rule="subject.price")

    def also_sold(self) -> Price | None:
        """Other goods of a list of prices: "[cam được thu mua 9.000 đồng/kg,] bưởi 8.000 đồng/kg"."""
        near, body = self.near, self.near.left.body
        priced = self.here is not None and self.memory.done[self.here].rule == "subject.price"
        if not priced or body is None or near.left.tail or near.left.verb or near.left.head or near.names_place:
            return None
        return None if "sized" in near.zone.roles_at(body[0]) else Price(near.label(*body), None)

    def led_by(self, deed: str) -> Subject | None:
        """What a colon or a topic introduced, with what is done with it."""
        led = self.follow(self.memory.lead, "subject.lead")
        if led is None or led.label is None or not deed or deed in led.label:
            return led
        return replace(led, label=f"{deed} {led.label}")

    def yielded(self) -> Subject | None:
        """What a weight by an area is, if no measure is named: "[gieo 900 ha lúa,] bình quân đạt 62 tạ/ha"."""
        near, subject, word = self.near, self.near.left.subject, self.near.zone.lexicon.harvest
        if near.changes or near.left.head or not is_yield(near.zone, near.quantity):
            return None
        crop = near.label(*subject) if subject is not None and self.own and near.left.verb is None else ""
        last = self.here
        if last is not None and not crop and self.memory.units.get(last) == near.quantity.unit:
            return self.follow(last, "subject.restated")
        label = f"{word} {crop}" if 0 < len(crop.split()) <= LONGEST_CROP else word
        return Subject(None, near.text(*subject) if crop and subject else label, label, rule="subject.yield")

    def disbursed(self) -> Subject | None:
        """Money of another kind than was counted last: "[thu ngân sách 5 tỷ đồng;] giải ngân 48% kế hoạch vốn"."""
        near, last, verb = self.near, self.memory.last, self.near.left.verb
        if near.quantity.kind != "percent" or verb is None or not near.spends or near.right.end <= near.right.start:
            return None
        if not near.filled and self.memory.lead is not None:
            return self.led_by(near.label(*verb))  # "về đầu tư công, giải ngân 45% kế hoạch"
        deed, money = near.label(*verb), near.label(near.right.start, near.right.predicate or near.right.end)
        said = (self.memory.done[last].label or "").lower() if last is not None else ""
        if not money or deed in said or any(funds in said for funds in near.zone.lexicon.funds):
            return None
        return Subject(None, near.text(*verb), f"{deed} {money}", rule="subject.done")

    def paid(self) -> Subject | None:
        """An earlier rate for those named after the number: "[hỗ trợ tiền đóng:] 30% cho hộ nghèo"."""
        if not self.near.toward or self.near.left.body is not None:
            return None
        followed, whom = self.follow(self.whole, "subject.restated"), find_beneficiary(self.near)
        if followed is None or whom is None:
            return followed
        return replace(followed, facets=(self.near.label(*whom),))

    def spent(self) -> Subject | None:
        """A measure of what was done: "đã chi 5 tỷ đồng", "với số tiền 5 tỷ đồng"."""
        left, last = self.near.left, self.memory.last
        here = last is not None and (last < 0 or last in self.near.sentence)
        if self.memory.lead is not None and self.near.acts:
            return None
        if left.body is None or left.tail & {"share", "move"} or (left.verb is None and not (self.near.thin and here)):
            return None
        body = (self.near.deed_alone if self.memory.base is None else None) or left.body
        label = self.near.label(*body)
        if (aim := self.near.aim) is not None and body != left.body:
            label = f"{label} {self.near.label(*aim)}"  # "tỉnh bố trí 8 tỷ đồng | để mua xe cứu thương"
        if last is not None and here and self.near.lone and self.near.spends:
            label = f"{self.money(last)} {label}".strip()
        elif self.near.lone and self.near.spends and left.verb and label == self.near.label(*left.verb):
            label = f"{self.memory.funds or ''} {label}".strip()
        if self.near.thin and left.verb is not None:
            label = f"{label} {self.near.label(*left.verb)}"
        elif self.near.thin and last is not None:
            label = f"{label} {self.memory.done[last].label}"
        elif self.near.toward:
            label = f"{label} {self.near.text(self.near.right.start, self.near.right.end)}"
        return Subject(self.near.unit, self.near.text(*body), label, rule="subject.done")

    def money(self, last: int) -> str:
        """The money that something is done with: "[vốn được giao 9 tỷ đồng,] đã giải ngân 5 tỷ đồng"."""
        whole, nouns = self.memory.done[last], self.memory.nouns
        noun = nouns.get(last) or (whole.label if whole.unit is None and whole.rule == "subject.before" else None)
        if noun is None:
            return ""
        nouns[self.near.index] = noun
        return noun

    def given(self) -> Subject | None:
        """A sum in a list of what was given: "[đóng góp 300 ngày công,] 2 tỷ đồng để làm đường"."""
        if self.near.verb is None or self.near.quantity.kind != "amount" or self.near.cues.change != "none":
            return None
        label = self.near.label(*self.near.verb)
        if "/" in (self.near.quantity.unit or "") and (last := self.here) is not None:
            return self.follow(last, "subject.done")  # "hỗ trợ 9 trẻ mồ côi, mức 1 triệu đồng/tháng"
        if (aim := self.near.aim) is not None:
            label = f"{label} {self.near.label(*aim)}"
        return Subject(None, self.near.text(*self.near.verb), label, rule="subject.done")
