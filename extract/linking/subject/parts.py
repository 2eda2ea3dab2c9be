"""Which part of an earlier quantity's whole does a quantity count, by the words before it?

"[287 vụ, trong đó] phá rừng 16 vụ", "[kết nạp 80 đảng viên, trong đó] đoàn viên 35", "[nữ cấp huyện 18%,] cấp xã 21%".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.linking.subject.answers import Answers
from extract.linking.subject.facets import values_of
from extract.linking.subject.labels import is_made_of, is_where, same_noun
from extract.linking.subject.memory import LEAD
from extract.linking.subject.payees import find_payee
from extract.linking.subject.phrases import STATING
from extract.linking.subject.zones import NOTHING
from extract.records import Span, Subject

LONGEST_MODIFIER = 4  # syllables


@dataclass(slots=True)
class Parts(Answers):
    """The answers for a quantity that counts a part of what was counted before."""

    def shared(self) -> Subject | None:
        """A rate paid for another group too: "[hộ nghèo 30% mức đóng,] hộ cận nghèo 25%"."""
        if (rate := self.shared_rate) is None:
            return None
        whom = find_payee(self.near) or self.near.left.subject
        return self.narrow(rate, [self.near.label(*whom)] if whom else [], "subject.part")

    def listed(self) -> Subject | None:
        """A part of the whole in force, named before the number: "trong đó cướp tài sản 3 vụ"."""
        near, right, body = self.near, self.near.right, self.near.left.body
        if body is None or near.left.head or not right.bare or (base := self.listed_of) not in self.memory.done:
            return None
        if is_where(near.zone, *body) or near.refers or (near.left.verb is not None and self.is_over(body[0])):
            return None
        if right.noun is None:
            return self.unnamed_part(base, body)
        if near.left.verb is not None and ("classifier" not in right.roles or "counted" in right.roles):
            return None
        whole = self.counted_alike(base, near.text(*right.noun))
        return self.named_part(whole, body) if whole is not None else None

    def alike(self) -> Subject | None:
        """A part of what was just measured, by what is done to it: "[742 ha vải,] 510 ha làm theo VietGAP"."""
        near, right, last, unit = self.near, self.near.right, self.near.index - 1, self.near.quantity.unit
        if near.quantity.kind != "amount" or last not in near.sentence or near.changes:
            return None
        if near.left.body or (near.left.tail and "exist" not in near.left.tail):
            return None
        said = right.predicate == right.start or "verb" in near.zone.roles_at(right.start)
        money = (unit or "").partition("/")[0].isupper()  # "5 tỷ đồng xây trường, 3 tỷ đồng làm đường"
        if not said or money or right.end <= right.start or self.memory.units.get(last) != unit:
            return None
        text = near.text(right.start, right.end)
        return self.narrow(last, [text], "subject.part", text)

    def being(self) -> Subject | None:
        """What some of a whole's people are: "[80 đảng viên, trong số này] 21 người là công nhân, 9 là giáo viên"."""
        near, right, base = self.near, self.near.right, self.memory.base
        percent = near.quantity.kind == "percent"  # "trong đó 58% là đoàn viên"
        at, copula = right.start if near.defines or percent else right.predicate, near.zone.lexicon.copula
        if base is None or at is None or not near.zone.view.folded.startswith(copula, at):
            return None
        if not (near.counts or percent):
            return None
        if self.is_over(near.quantity.start) or not self.counts_people(base):
            return None
        if not (near.defines or percent) and "person" not in right.roles:
            return None
        start = at + len(copula)
        found = self.facets.find(near.zone, start, right.end, self.memory.heading)
        whole = self.facets.fill(near.zone, start, right.end, found)
        return self.narrow(base, values_of(found) if whole else [near.label(start, right.end)], "subject.part")

    def counted_alike(self, base: int, noun: str) -> int | None:
        """`base`, or the whole before it that counts `noun`, if the words before the number name a kind of that."""
        near = self.near
        if base == LEAD or "person" in near.right.roles or same_noun(self.memory.done[base].unit, noun):
            return base
        if "counted" in near.right.roles and (peer := self.peer_of(base, noun)) is not None:
            return peer
        named = near.zone.first("among", near.zone.start, near.quantity.start) is not None
        kind = near.names_nation or ("classifier" in near.right.roles and near.names_kind)
        return self.earlier_with(noun) if named or kind else None

    @property
    def listed_of(self) -> int | None:
        """The whole whose parts are listed: after "trong đó", among the members of a group, or in a bracket."""
        memory, near = self.memory, self.near
        if memory.base is not None or memory.among is not None:
            return memory.base if memory.base is not None else memory.among
        if near.names_nation and self.here is not None and memory.done[self.here].facets:
            return self.here  # "[Đài Loan 500 người,] Nhật Bản 300 người"
        if memory.lead is not None and (near.names_nation or self.follows_part(memory.lead)):
            return LEAD
        if near.right.noun is None and near.names_item:
            if near.counts and memory.counting:
                return LEAD
            if memory.sorted and (near.counts or near.quantity.kind == "percent"):
                return self.whole if near.quantity.kind == "count" else memory.last
        return near.host

    def follows_part(self, whole: int) -> bool:
        """Whether the quantity before is a part of `whole`: "[hội viên:] nữ 90 người, | nông dân 40 người"."""
        last = self.memory.done[self.here] if self.here is not None else None
        return last is not None and bool(last.facets) and last.label == self.memory.done[whole].label

    def unnamed_part(self, base: int, body: Span) -> Subject | None:
        """A part whose number has no noun after it: "[kết nạp 80 đảng viên, trong đó] đoàn viên 35"."""
        near, before = self.near, self.near.zone.mark_before(body[0])
        if near.filled or near.changes or (near.quantity.kind != "count" and near.left.tail & STATING):
            return None
        if near.quantity.kind == "percent":  # "[80% lao động qua đào tạo, trong đó] có bằng cấp 45%"
            having = near.left.part and "having" in near.zone.roles_at(body[0]) and base in near.sentence
            having = having and self.memory.scale == near.quantity.unit
            return self.named_part(base, body) if having or self.memory.sorted else None
        if near.quantity.kind == "amount":  # "[900 ha cà phê, trong đó] mất trắng 20 ha", "riêng cà phê 6 triệu USD"
            led = before.roles if before is not None else NOTHING
            part = led & {"auxiliary"} or (led & {"singling"} and self.memory.alone)
            part = part or "relative" in near.zone.roles_at(body[0]) or "/" in (self.memory.scale or "")
            of_scale = (self.memory.scale or "").startswith(near.quantity.unit or " ")  # "7 triệu đồng/tháng: 8 triệu"
            return self.named_part(base, body) if part and of_scale else None
        counted = base == LEAD or self.memory.done[base].unit is not None
        return self.named_part(base, body) if near.counts and counted else None

    def named_part(self, base: int, body: Span) -> Subject:
        """A part by the words before its number."""
        values = values_of(facet for facet in self.named if facet.sure)
        if not values:
            part = self.near.text(*body) if self.near.names_nation else self.near.label(*body)
            unit = self.memory.done[base].unit or ""
            nouns = (f"{unit} ", f"{unit.rpartition(' ')[2]} ") if unit else ()  # "[vụ án:] án ma túy", "đại biểu trẻ"
            values = [next((part[len(noun) :] for noun in nouns if part.startswith(noun)), part)]
            if (people := self.facets.peoples.get(part.lower())) is not None:
                values = [f"{self.facets.folk} {people}"]  # "[dân tộc Thái 890 người,] Mông 610 người"
        return self.narrow(base, values, "subject.part", self.near.text(*body))

    def priced(self) -> Subject | None:
        """What a rate is paid for or to whom, under a measure: "[mức chi:] tổ trưởng 2 triệu đồng/tháng"."""
        near, body, lead = self.near, self.near.left.body, self.memory.lead
        rate = near.quantity.kind == "percent" or "/" in (near.quantity.unit or "")
        if lead is None or not self.memory.measured or body is None or not rate:
            return None
        other = near.left.head or near.left.verb is not None or near.changes or near.filled
        if near.quantity.kind == "percent":
            other = other or near.acts or is_where(near.zone, *body)  # "tỷ lệ giải ngân: Sở Y tế 12%"
            return None if other else self.narrow(lead, [near.label(*body)], "subject.part")
        other = other or bool(near.left.tail & STATING)
        return None if other else self.narrow(lead, [near.label(*body)], "subject.part", near.text(*body))

    def dealt(self) -> Subject | None:
        """What one of many gets of a sum: "[chi trả 4,8 tỷ đồng tiền rừng,] mỗi hộ nhận 4 triệu đồng"."""
        near, last, subject, verb = self.near, self.here, self.near.left.subject, self.near.left.verb
        if subject is None or verb is None or last is None or "receives" not in near.zone.roles_at(verb[0]):
            return None
        before = near.zone.mark_before(subject[0])
        alike = near.quantity.kind == "amount" and near.quantity.unit == self.memory.units.get(last)
        one = before is not None and "each" in before.roles
        return self.follow(last, "subject.restated") if alike and one and not near.filled else None

    def other_step(self) -> Subject | None:
        """Another step of a ladder, or another lot: "[nữ cấp huyện 18%,] cấp xã 21%", "[án bị hủy 3%,] bị sửa 5%"."""
        near, last, subject = self.near, self.here, self.near.left.subject
        if subject is None or last is None or (near.filled and not near.right.bare):
            return None
        whole, step = self.memory.done[last], near.text(*subject)
        ladder, _, _ = step.partition(" ")
        head, same, _ = (whole.label or "").rpartition(f" {ladder.lower()} ")
        stepped = ladder.lower() in near.zone.lexicon.ladders or "passive" in near.zone.roles_at(subject[0])
        if not stepped or len(step.split()) > LONGEST_MODIFIER + 1:
            return None
        if not same and not is_made_of(near.zone, *subject, "tier"):
            return None
        label = f"{head or whole.label} {step}"
        return replace(whole, unit=near.unit or whole.unit, text=step, label=label, rule="subject.step")

    @property
    def shared_rate(self) -> int | None:
        """The rate of a sum that is paid for another group too: "[hộ nghèo 30% mức đóng,] hộ cận nghèo 25%"."""
        left, rate = self.near.left, self.memory.rate
        if rate is None or rate not in self.near.sentence or self.near.counts or self.near.filled or self.near.changes:
            return None
        own = self.own and not left.head and (left.verb is None or find_payee(self.near) is not None)
        return rate if own and left.tail.isdisjoint({"equal", "share"}) else None
