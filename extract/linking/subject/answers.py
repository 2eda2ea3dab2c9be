"""How is it written what a quantity counts, once it is known which phrase says it?

From the phrase before the number, from the phrase after it, as a part of what an earlier quantity counts, or as the
same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.linking.subject.around import LONE_DEED, Around
from extract.linking.subject.facets import Facet, Facets, values_of
from extract.linking.subject.introducing import drop_judgement
from extract.linking.subject.labels import same_noun
from extract.linking.subject.memory import Memory
from extract.linking.subject.payees import find_beneficiary
from extract.linking.subject.phrases import STATING, tail_start
from extract.records import Span, Subject

OPENING = frozenset({"auxiliary", "exist"})  # what may stand between a semicolon and the words after it
BACK = 9  # quantities looked back for one that counts the same noun


@dataclass(slots=True)
class Answers:
    """The answers that can be given for one quantity."""

    memory: Memory
    facets: Facets
    near: Around
    named: list[Facet] = field(init=False)  # facets in the words before the number
    narrowing: bool = field(init=False)  # these words name facets only
    own: bool = field(init=False)  # these words name a thing of their own

    def __post_init__(self) -> None:
        near, memory, subject = self.near, self.memory, self.near.left.subject
        self.named = self.facets.find(near.zone, *subject, memory.heading) if subject else []
        last = memory.done[self.here] if self.here is not None else None
        people = "person" in near.right.roles or "share" in near.left.tail
        listing = last is not None and bool(last.facets) and last.rule != "subject.part"
        sure = (
            listing
            or memory.judging
            or memory.heading is not None
            or memory.lead is not None
            or any(f.sure or (f.alone and people) for f in self.named)
        )
        self.narrowing = sure and subject is not None and self.facets.fill(near.zone, *subject, self.named)
        if near.names_people and not self.lists_parts:
            self.narrowing = False  # "giáo viên 45 người, | học sinh 900 người"
        self.own = not self.narrowing and near.names_a_thing and not (memory.lead is not None and near.acts)

    @property
    def lists_parts(self) -> bool:
        """Whether a noun before the number may name a part of a whole."""
        memory, near = self.memory, self.near
        wholes = (memory.base, memory.among, memory.lead, near.host)
        at = near.left.subject[0] if near.left.subject is not None else near.quantity.start
        return any(whole is not None for whole in wholes) and not self.is_over(at)

    # What was counted before.

    @property
    def here(self) -> int | None:
        """What was counted last, if in this sentence."""
        last = self.memory.last
        return last if last is not None and last in self.near.sentence else None

    @property
    def whole(self) -> int | None:
        """What a facet narrows: what the words before a colon name, else what was counted last, by the same noun."""
        last, lead, done, noun = self.memory.last, self.memory.lead, self.memory.done, self.near.unit
        if last is None or last not in self.near.sentence:  # "[84 đảng viên, trong đó 17 cấp ủy viên.] Hình thức: ..."
            total = self.memory.total if self.memory.sorted and self.memory.total is not None else last
            return lead if lead is not None else total
        if noun is None or "person" in self.near.right.roles or same_noun(done[last].unit, noun):
            return last
        same = self.earlier_with(noun)
        return last if same is None or same not in self.near.sentence else same

    @property
    def members(self) -> Subject | None:
        """The whole whose members are counted by a word for any people."""
        among = self.memory.among
        return self.memory.done.get(among) if among is not None and "person" in self.near.right.roles else None

    @property
    def same(self) -> int | None:
        """The last quantity with the counted noun of this one, where this one only repeats it."""
        near, noun = self.near, self.near.right.noun
        ranks = "ranks" in near.left.tail  # "dẫn đầu với 12 trường": of all schools, not of the last part
        if noun is None:
            return None
        repeats = near.cues.change != "none" or "move" in near.left.tail or "classifier" in near.right.roles
        if not (repeats or ranks or (near.right.bare and near.names_place)):
            return None
        found = self.earlier_with(near.text(*noun), whole=ranks)
        if found is None and "person" in near.right.roles and (ranks or "move" in near.left.tail):
            return self.memory.last if ranks else self.here  # "[14.021 lao động.] Đài Loan dẫn đầu với 5.966 người"
        if found is None or not (repeats or ranks or found in near.sentence):
            return None  # "[Vinh 40 hộ nghèo,] Cửa Lò 12 hộ" is said in one sentence
        if found not in near.sentence and self.memory.done[found].rule == "subject.part":
            whole = self.earlier_with(near.text(*noun), whole=True)  # the parts ended with their sentence
            return found if whole is None else whole
        return found

    def earlier(self) -> Iterator[int]:
        """The quantities before this one that were read, nearest first."""
        yield from (i for i in range(self.near.index - 1, max(-1, self.near.index - BACK), -1) if i in self.memory.done)

    def earlier_with(self, noun: str, *, whole: bool = False) -> int | None:
        """The nearest quantity before this one that counts `noun`; a `whole` has no facets."""
        done = self.memory.done
        found = (i for i in self.earlier() if same_noun(done[i].unit, noun) and not (whole and done[i].facets))
        return next(found, None)

    def peer_of(self, base: int, noun: str) -> int | None:
        """The whole beside `base` that counts `noun`: "[900 trường, 9.000 lớp, trong đó] tiểu học 300 trường"."""
        done = self.memory.done
        peers = (i for i in range(self.memory.peers, base) if i in done and not done[i].facets)
        return next((i for i in peers if same_noun(done[i].unit, noun)), None)

    # How the answers are written.

    def from_left(self) -> Subject:
        """The phrase before the number."""
        left = self.near.left
        acts = not (left.tail & STATING or left.head or self.near.happens)
        span = left.body if left.body and acts else left.subject
        if span is None:
            return Subject(self.near.unit, None, None)
        span = drop_judgement(self.near.zone, *span)
        if (one := self.one_of_several(*span)) is not None:
            return self.follow(one, "subject.same") or Subject(self.near.unit, None, None)
        sure = [facet for facet in self.named if facet.sure]
        if not sure:
            self.memory.heading = None
        text, values = self.near.text(*span), tuple(values_of(sure))
        label = self.near.label(*span, [(facet.start, facet.end) for facet in sure])
        if self.near.unit and "relative" in self.near.zone.roles_at(span[0]):
            label = f"{self.near.unit} {label}"  # "bị thương 6 người"
        if self.near.happens:
            self.memory.nouns[self.near.index] = label
        values = self.shared_front(label, values, leads=bool(sure) and self.near.zone.ahead(sure[0].start) == span[0])
        return Subject(self.near.unit, text, label or text, facets=values, rule="subject.before")

    def shared_front(self, label: str, values: tuple[str, ...], *, leads: bool) -> tuple[str, ...]:
        """`values`, else what the items of a list share: "nữ [đại biểu Quốc hội 26%, đại biểu HĐND tỉnh 27%]"."""
        head, memory = label.split()[:2], self.memory
        if leads:
            memory.front = head, values
        elif not values and memory.front is not None and memory.front[0] == head and not self.near.changes:
            return memory.front[1]
        return values

    def one_of_several(self, start: int, end: int) -> int | None:
        """The quantity of which a phrase names one: "[trao 20 suất học bổng,] mỗi suất 1 triệu đồng"."""
        near, mark = self.near, self.near.zone.mark_at(start)
        if near.counts or mark is None or mark.end < end or mark.roles.isdisjoint({"classifier", "counted"}):
            return None
        before = near.zone.mark_before(start)
        if "classifier" not in mark.roles and (before is None or "each" not in before.roles):
            return None
        return self.earlier_with(near.text(start, end))

    def from_right(self) -> Subject:
        """The phrase after the number, with what is done to the counted thing."""
        near, right, memory = self.near, self.near.right, self.memory
        if (graded := self.graded_after()) is not None:
            return graded
        found = self.facets.find(near.zone, right.start, right.end, memory.heading)
        whom = find_beneficiary(near)
        facets = [
            facet
            for facet in found
            if facet.sure and not self.is_of_another(facet) and not (whom and whom[0] <= facet.start < whom[1])
        ]
        values, text = values_of(facets), near.text(right.start, right.end)
        if self.members is not None:
            values = list(dict.fromkeys([*self.members.facets, *values]))
        if (part := self.part_after(values, text)) is not None:
            return part
        if whom is not None:
            values.append(near.label(*whom))
            memory.rate = near.index
        label = self.label_after([(facet.start, facet.end) for facet in facets])
        if not label and memory.last is not None:
            return self.narrow(memory.last, values, "subject.facet", text)
        if label and memory.step is not None and near.counts and memory.step.lower() not in label.lower():
            label = f"{label} {memory.step.lower()}"  # "cấp xã: [bầu] 210 đại biểu"
        predicate = near.text(*near.predicate) if near.predicate is not None else ""
        return Subject(
            near.unit, f"{text} {predicate}".strip(), label or text, facets=tuple(values), rule="subject.after"
        )

    def graded_after(self) -> Subject | None:
        """A level of training under its heading: "[về trình độ chuyên môn,] 12 đồng chí từ đại học trở lên"."""
        zone, right, heading = self.near.zone, self.near.right, self.memory.heading
        if right.predicate == right.start and self.near.quantity.kind == "percent":
            start = right.start  # "100% đạt đại học trở lên"
        elif right.noun is not None and "person" in right.roles:
            start = right.noun[1]
        else:
            return None
        if heading is None:
            return None
        levels = list(self.facets.find_levels(zone, start, right.end, heading))
        filled = self.facets.fill(zone, start, right.end, levels)
        return self.narrow(self.whole, values_of(levels), "subject.facet") if filled else None

    def is_of_another(self, facet: Facet) -> bool:
        """Whether a facet is one of what the counted thing has: "[cơ quan có lãnh đạo] nữ", "[xã đạt tỷ lệ] nữ"."""
        zone, right = self.near.zone, self.near.right
        if any(mark.roles >= {"head", "determiner"} for mark in zone.marks_in(right.start + 1, facet.start)):
            return True
        having = zone.first("having", right.start, facet.start)
        if having is None or "facet" not in zone.roles_in(facet.start, facet.end):
            return False
        mark = zone.mark_at(having)
        return mark is not None and zone.ahead(mark.end) < facet.start

    def label_after(self, drop: list[Span]) -> str:
        """The label of the phrase after the number, with the noun it leaves out and the deed it leaves to others."""
        near, right, memory = self.near, self.near.right, self.memory
        end = near.noun_end()
        label, cut = near.label(right.start, end, drop), min(right.predicate or right.end, end)
        memory.nouns[near.index] = near.label(right.start, cut, drop) if cut < end else label
        among = self.members
        if among is not None and right.noun is not None:
            label = f"{among.label} {near.label(right.noun[1], right.end, drop)}"
        elif right.predicate == right.start and self.has_noun and memory.last is not None:
            noun = memory.nouns.get(memory.last) or memory.done[memory.last].label or ""
            memory.nouns[near.index] = noun
            return f"{noun} {label}".strip()
        return near.with_deed(label, memory.nouns[near.index]) if label else label

    def part_after(self, values: list[str], text: str) -> Subject | None:
        """A part of the whole in force, named after the number: "trong đó có 298 hộ xây nhà mới"."""
        noun, base = self.near.right.noun, self.memory.base
        if base is None or self.is_over(self.near.quantity.start):
            return None
        if self.near.says_part(self.memory.scale):
            return self.narrow(base, values or [text], "subject.part", text)
        if noun is None:
            return None
        counted = self.near.text(*noun)
        if base in self.near.sentence and not same_noun(self.memory.done[base].unit, counted):
            peer = self.peer_of(base, counted)
            base = base if peer is None else peer
        whole = self.memory.done[base]
        unit = whole.unit if same_noun(whole.unit, counted) else counted
        members = "person" in self.near.right.roles and self.counts_people(base)
        if unit is counted and not same_noun(whole.label, counted) and not members:
            return None
        rest = self.near.label(self.near.after_where(noun[1]), self.near.right.end)
        rest = rest or counted[len(unit or "") :].strip()
        if not values and (not rest or rest in (whole.label or "")):
            return None  # "[cử tri đi bầu, trong đó 9 tổ có] 100% cử tri đi bầu"
        return self.narrow(base, values or [rest], "subject.part", text)

    def counts_people(self, index: int) -> bool:
        """Whether an earlier quantity counts people by a noun of theirs: "742 học sinh"."""
        unit = self.memory.done[index].unit
        return any(same_noun(unit, noun) for noun in self.near.zone.lexicon.members)

    @property
    def has_noun(self) -> bool:
        """Whether what a predicate is said of was counted: in this sentence, or before its topic ("Về trình độ,")."""
        zone = self.near.zone
        return self.near.sentence.start < self.near.index or "topic" in zone.roles_at(zone.ahead(zone.start))

    def is_over(self, at: int) -> bool:
        """Whether a semicolon right before `at` ends the list of parts: "trong đó ma túy 20 vụ; | đã xử lý 18 vụ"."""
        zone, lone = self.near.zone, self.near.lone and not self.near.right.predicate
        before = zone.mark_before(tail_start(zone, zone.start, at, OPENING))
        return before is not None and "end" in before.roles and (lone or not self.memory.spread)

    def follow(self, index: int | None, rule: str) -> Subject | None:
        """The subject of an earlier quantity, if there is one."""
        whole = self.memory.done.get(index) if index is not None else None
        self.keep_noun(index)
        return replace(whole, unit=self.near.unit or whole.unit, rule=rule) if whole is not None else None

    def measure(self, start: int, end: int) -> Subject:
        """In what respect something changed: "giảm 6% về số hộ", "tăng 5% về lượng"."""
        near, done, nouns = self.near, self.memory.done, self.memory.nouns
        label, earlier = near.label(start, end), [i for i in self.earlier() if i in near.sentence]
        same = next((i for i in earlier if (done[i].label or "").startswith(label)), None)
        if same is not None:
            return replace(done[same], unit=near.unit or done[same].unit, rule="subject.change")
        if self.own and near.states and near.left.subject is not None:
            noun: str | None = near.label(*near.left.subject)
        else:
            known = (nouns.get(i) if done[i].rule == "subject.aspect" else done[i].label for i in earlier)
            noun = next((name for name in known if name), None)
        if noun and len(label.split()) <= LONE_DEED:
            nouns[near.index], label = noun, f"{label} {noun}"
        return Subject(near.unit, near.text(start, end), label, rule="subject.aspect")

    def narrow(self, index: int | None, values: list[str], rule: str, text: str | None = None) -> Subject:
        """A part of what an earlier quantity counts."""
        whole = self.memory.done[index] if index is not None else Subject(None, text, self.near.unit)
        self.keep_noun(index)
        facets = tuple(dict.fromkeys([*self.sex_of_whole(values), *values]))
        return Subject(self.near.unit or whole.unit, text or whole.text, whole.label, facets=facets, rule=rule)

    def sex_of_whole(self, values: list[str]) -> list[str]:
        """What the parts of a count of women are by it: "[1.036 cán bộ nữ, trong đó] cấp tỉnh 8 đồng chí"."""
        base, sexes = self.memory.base, self.near.zone.lexicon.sexes
        said = self.memory.done[base].facets if base is not None else ()
        return [] if not sexes.isdisjoint(values) else [value for value in said if value in sexes]

    def keep_noun(self, index: int | None) -> None:
        """What an earlier quantity counts, whatever was done to it, is what this one counts."""
        if index in self.memory.nouns:
            self.memory.nouns[self.near.index] = self.memory.nouns[index]
