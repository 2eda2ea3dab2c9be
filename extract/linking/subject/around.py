"""What do the words around one quantity say of what it counts?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from extract.linking.subject.labels import is_made_of, is_place, is_there, make_label
from extract.linking.subject.leading import Left
from extract.linking.subject.phrases import LEVEL, STATING, Right, find_boundary
from extract.linking.subject.zones import Zone
from extract.records import Cues, Quantity, Span

LONGEST_DEED = 10  # syllables: what is longer is a clause of its own
MEASURES = frozenset({"head", "thin", "bound", "counted", "classifier"})  # before "này"
LONE_DEED = 2  # syllables of a verb without an object
MISSPELT = 2  # syllables after a number that may be a classifier the lexicon does not know


@dataclass(slots=True)
class Around:
    """One quantity with the words that lead to it and the noun phrase after it."""

    zone: Zone
    index: int
    quantity: Quantity
    cues: Cues
    left: Left
    right: Right
    verb: Span | None  # what is done to the counted thing, said here or at the first item of the list
    goods: Span | None  # what of that deed this item names anew ("hỗ trợ nhà ở cho 9 hộ, | nước sạch | cho 4 hộ")
    predicate: Span | None  # what the last item of the list says for all
    host: int | None  # the quantity that the bracket around this one speaks of
    sentence: range  # the quantities of its sentence
    low: int  # where the words that may lead to it begin
    row: int  # how many numbers stand in a row from it on
    in_row: bool  # whether it goes on with the row of the quantity before it
    changes: bool = field(init=False)  # it is the size of a change or the completion of a plan, no level
    unit: str | None = field(init=False)  # the counted noun as written
    counts: bool = field(init=False)  # it says how many, not how much
    toward: bool = field(init=False)  # whom it is for follows the number, not what is counted
    filled: bool = field(init=False)  # a noun phrase follows the number

    def __post_init__(self) -> None:
        self.counts = self.quantity.kind == "count" or (self.quantity.kind == "ratio" and not self.quantity.unit)
        noun = self.right.noun if self.counts and not self.defines else None
        self.unit = self.text(*noun) or None if noun is not None else None
        self.changes = self.cues.change != "none" or self.cues.vs is not None or self.multiplies
        after = self.zone.roles_at(self.right.start)
        self.toward = not self.counts and not after.isdisjoint({"preposition", "beneficiary"})
        self.filled = self.right.end > self.right.start and not self.toward and self.names_after()

    def names_after(self) -> bool:
        """Whether the phrase after the number names what is counted: no plan, nor the rest of a rate's unit."""
        zone, right, quantity = self.zone, self.right, self.quantity
        if quantity.kind == "amount" and self.lone and "source" in zone.roles_at(right.start):
            return False  # "vay 60 triệu đồng | từ ngân hàng"
        if not self.counts and (time := zone.time_at(right.start)) is not None and time >= right.end:
            return False  # "thu 200 triệu đồng | mỗi năm"
        if quantity.kind == "percent":
            return not is_made_of(zone, right.start, right.end, "benchmark")
        if quantity.kind != "amount" or "/" not in (quantity.unit or ""):
            return quantity.unit is None or self.text(right.start, right.end) != quantity.unit  # "36,5 | điểm"
        noun = right.noun == (right.start, right.end) and "head" not in zone.roles_at(right.start)
        return not noun and right.predicate != right.start  # "2 triệu đồng/hộ | gia đình"

    @property
    def names_base(self) -> bool:
        """Whether the phrase after a percentage only says of what it is a share: "[900 người,] đạt 95% dân số"."""
        right, mark = self.right, self.zone.mark_at(self.right.start)
        if self.quantity.kind != "percent" or mark is None or "base" not in mark.roles:
            return False
        return self.label(right.start, right.end) == self.text(mark.start, mark.end)  # "dân số của tỉnh"

    @property
    def multiplies(self) -> bool:
        """Whether it says how many times a level is another one: "gấp 2,5 lần", "bằng 1,2 lần"."""
        return self.counts and "factor" in self.right.roles and not self.left.tail.isdisjoint({"change", "share"})

    @property
    def rate(self) -> bool:
        """Whether it counts by something else: "38 người/xã"."""
        return self.counts and "/" in (self.unit or "")

    @property
    def defines(self) -> bool:
        """Whether only what the counted ones are follows the number: "[214 công nhân,] 187 | là sinh viên"."""
        return self.zone.view.folded.startswith(self.zone.lexicon.copula, self.right.start)

    def after_where(self, at: int) -> int:
        """The first word from `at` on, not "ở": "518 em | ở | bán trú"."""
        mark = self.zone.mark_at(self.zone.ahead(at))
        return mark.end if mark is not None and "at" in mark.roles else at

    @property
    def states(self) -> bool:
        """Whether the words before the number state it as a level of what stands before them."""
        states = not self.left.tail.isdisjoint(STATING)
        return states or ("colon" in self.left.tail and not self.toward and (not self.filled or self.right.bare))

    @property
    def deed(self) -> str:
        """What is done to the counted thing, as a label; a cause is none ("làm | chết 3 người")."""
        if self.verb is None or "at" in self.left.tail:  # "xảy ra tại | 4 hộ"
            return ""
        mark = self.zone.mark_at(self.verb[0])
        if mark is not None and "gathers" in mark.roles:  # "tập trung ở Vinh | 4 hộ", "tập trung sửa | 4 nhà"
            start = self.zone.ahead(mark.end)
            return self.label(start, self.verb[1]) if "verb" in self.zone.roles_at(start) else ""
        if self.goods is not None and mark is not None:
            return f"{self.text(mark.start, mark.end)} {self.label(*self.goods)}"
        cause = mark is not None and "cause" in mark.roles and mark.end < self.verb[1]
        return self.label(mark.end if cause and mark is not None else self.verb[0], self.verb[1])

    @property
    def names_a_thing(self) -> bool:
        """Whether the phrase before the number names something else than a place or a measure."""
        subject = self.left.subject
        if subject is None or self.thin or self.refers or (is_there(self.zone, *subject) and not self.names_payer):
            return False
        first, change = self.zone.roles_at(subject[0]), "change" in self.left.tail
        where = "place" in first and "sector" not in first
        if change and self.quantity.kind == "percent" and self.left.part and where:
            return False  # "riêng huyện nghèo giảm 4%"
        return not (self.counts and change and "verb" in first)

    @property
    def names_payer(self) -> bool:
        """Whether nothing but who paid a sum stands before it, in a list of such: "doanh nghiệp | 50 tỷ đồng"."""
        body, mark = self.left.body, self.zone.mark_at(self.left.body[0]) if self.left.body is not None else None
        if self.quantity.kind != "amount" or body is None or self.left.tail or mark is None:
            return False
        return "dealer" in mark.roles and mark.end >= body[1]

    @property
    def acts(self) -> bool:
        """Whether the phrase before the number begins like the name of an actor: "Sở Y tế"."""
        subject = self.left.subject
        if subject is None or "colon" in self.left.tail or not self.zone.view.text[subject[0]].isupper():
            return False
        return "place" in self.zone.roles_at(subject[0])

    @property
    def points(self) -> bool:
        """Whether the phrase before the number only points back at a level: "tỷ lệ này", "số hộ này"."""
        if self.left.subject is None:
            return False
        mark = self.zone.mark_at(self.left.subject[0])
        while mark is not None and not mark.roles.isdisjoint(MEASURES) and "pointing" not in mark.roles:
            mark = self.zone.mark_at(self.zone.ahead(mark.end))
        return mark is not None and "pointing" in mark.roles

    @property
    def refers(self) -> bool:
        """Whether the phrase before the number names no thing but a level, a plan, a rate's base or a cause."""
        zone, subject = self.zone, self.left.subject
        if subject is None or self.points:
            return subject is not None
        over = zone.mark_at(subject[0])  # "vượt | báo động III"
        start = over.end if over is not None and "change" in over.roles else subject[0]
        if is_made_of(zone, start, subject[1], "benchmark"):
            return True
        before, last = zone.mark_before(subject[0]), zone.mark_before(subject[1])
        if before is not None and "because" in before.roles and self.counts:
            return True
        lead = zone.mark_before(last.start) if last is not None else None
        if last is None or lead is None or lead.start < subject[0]:
            return False
        return bool(
            ("benchmark" in last.roles and lead.roles & (STATING | {"stop"}))
            or (last.roles & {"place", "counted"} and "each" in lead.roles)
        )

    @property
    def thin(self) -> bool:
        """Whether the phrase before the number is a measure that says nothing alone."""
        return self.left.subject is not None and self.zone.only(*self.left.subject, {"thin"})

    @property
    def lone(self) -> bool:
        """Whether the words before the number are a verb without what it is done to."""
        return self.left.verb is not None and self.zone.view.text.count(" ", *self.left.verb) < LONE_DEED

    @property
    def names_kind(self) -> bool:
        """Whether the words before the number name a kind or a deed, nothing that happens: "vi phạm tốc độ"."""
        body, verb = self.left.body, self.left.verb
        before = self.zone.mark_before(body[0]) if body is not None else None
        if body is None or (before is not None and "singling" in before.roles) or self.left.tail & STATING:
            return False
        return verb is None or (verb[0] == body[0] and not self.lone)

    @property
    def names_place(self) -> bool:
        """Whether the words right before the number are the name of a place: "[Vinh 40 hộ nghèo,] Cửa Lò 12 hộ"."""
        body = self.left.body
        return body is not None and "exist" not in self.left.tail and is_there(self.zone, *body)

    @property
    def names_item(self) -> bool:
        """Whether nothing but a name stands before it, as in a list of parts: "[số trường chuẩn:] mầm non | 94"."""
        left = self.left
        return left.body is not None and left.verb is None and not (left.head or left.tail)

    @property
    def names_people(self) -> bool:
        """Whether the phrase before the number begins with a noun that may be a whole of its own: "học sinh"."""
        mark = self.zone.mark_at(self.left.subject[0]) if self.left.subject is not None else None
        return mark is not None and mark.roles >= {"counted", "facet"} and " " in self.text(mark.start, mark.end)

    @property
    def names_nation(self) -> bool:
        """Whether the words before the number are the name of a country."""
        body = self.left.body
        return body is not None and self.zone.view.folded[slice(*body)] in self.zone.lexicon.nations

    @property
    def happens(self) -> bool:
        """Whether the words before the number say that what stands before them happened: "cháy nổ | xảy ra 12 vụ"."""
        verb = self.left.verb if self.lone and self.left.subject is not None else None
        return verb is not None and "happens" in self.zone.roles_at(verb[0])

    @property
    def spends(self) -> bool:
        """Whether the words before the number say what is done with money that was counted before."""
        return self.left.verb is not None and "spends" in self.zone.roles_at(self.left.verb[0])

    @property
    def gives(self) -> bool:
        """Whether a sum is paid to those named after it: "hỗ trợ thêm | 2 triệu đồng cho mỗi hộ"."""
        verb = self.left.verb if self.toward and self.lone and self.quantity.kind == "amount" else None
        return verb is not None and "pays" in self.zone.roles_at(verb[0])

    @property
    def deed_alone(self) -> Span | None:
        """What is done with a sum, without the authority that does it: "UBND huyện | phân bổ 5 tỷ đồng"."""
        subject, verb = self.left.subject, self.left.verb
        if self.quantity.kind != "amount" or subject is None or verb is None or verb[0] < subject[1]:
            return None
        before = self.zone.mark_before(verb[0])
        given = before is not None and "passive" in before.roles  # "chương trình được | phân bổ": to whom, not by whom
        return verb if not given and is_place(self.zone, *subject) else None

    @property
    def aim(self) -> Span | None:
        """What a sum is for, said after it: "8 tỷ đồng | để mua xe cứu thương"."""
        zone, limit, mark = self.zone, self.right.limit, self.zone.mark_at(self.right.start)
        if mark is None or "purpose" not in mark.roles:
            return None
        return mark.end, find_boundary(zone, zone.ahead(mark.end), limit, closed=limit < zone.end)

    def says_part(self, scale: str | None) -> bool:
        """Whether what is said after a number of a whole's unit tells a part: "[900 ha,] trong đó 80 ha | bị ngập"."""
        said = self.right.predicate == self.right.start and self.filled
        return said and self.quantity.kind == "amount" and self.quantity.unit == scale and not self.changes

    @property
    def aspect(self) -> Span | None:
        """In what respect something changed, said after the number: "giảm 6,1% về số vốn"."""
        mark = self.zone.mark_at(
            self.zone.ahead(self.right.noun[1] if self.multiplies and self.right.noun else self.right.start)
        )
        if mark is None or "aspect" not in mark.roles or mark.end >= self.right.end:
            return None
        return mark.end, self.right.end

    def is_before(self) -> bool:
        """Whether a count's subject stands before it."""
        left, right = self.left, self.right
        if not self.filled or self.goods is not None:
            return self.goods is None
        if not right.bare:
            misspelt = not right.roles and len(self.text(right.start, right.end).split()) <= MISSPELT
            return self.multiplies or (left.head and misspelt and bool(left.tail & (STATING | {"bound"})))
        if left.subject is not None and self.zone.only(*left.subject, {"grows"}):
            return False
        needy = "generic" in right.roles or ("classifier" in right.roles and "counted" not in right.roles)
        actor = left.subject if left.verb is not None and not left.head else None
        if actor is not None and left.tail.isdisjoint(STATING | {"exist"}) and not self.happens:
            person = "person" in right.roles and "place" not in self.zone.roles_at(actor[0])
            return person or "times" in right.roles
        if needy:
            given = "beneficiary" in left.tail and "person" not in right.roles  # "Quỹ đã cho | 4 lượt hộ vay"
            return left.head or not given
        if left.head:
            return self.states or self.verb is None
        return not left.tail.isdisjoint(LEVEL | {"colon"}) and "change" not in left.tail

    def noun_end(self) -> int:
        """The end of the phrase after the number without whom it is for, and without a list of what the things are."""
        right, at = self.right, self.right.predicate
        if at is not None and "defining" in self.zone.roles_at(at) and self.zone.first("comma", at, right.end):
            return self.zone.back(at)
        end = self.zone.first("beneficiary", right.start + 1, right.end)
        return right.end if end is None or (at is not None and at < end) else self.zone.back(end)

    def with_deed(self, label: str, noun: str) -> str:
        """`label`, or its `noun` alone, with what is done to the counted thing, else with the predicate of the list."""
        right = self.right
        if self.verb is None and self.predicate is None:
            return label
        cause = self.verb is not None and "cause" in self.zone.roles_at(self.verb[0])
        if cause and (right.predicate is not None or ("person" in right.roles and not right.bare)):
            return label  # "bão làm 3 người bị thương"
        if "colon" in self.left.tail and right.predicate is not None:
            return label  # "thiết chế văn hóa được đầu tư: 9 thôn có nhà văn hóa"
        deed = self.deed
        if self.predicate is not None:
            return f"{label} {deed or self.text(*self.predicate)}"
        if not deed or len(deed.split()) > LONGEST_DEED:
            return label
        classifier = right.noun is not None and "counted" not in right.roles and noun == self.label(*right.noun)
        return f"{label if classifier or not noun else noun} {deed}"

    def text(self, start: int, end: int) -> str:
        """The phrase as written."""
        return self.zone.slices(start, end)

    def label(self, start: int, end: int, without: Collection[Span] = ()) -> str:
        """The phrase as a label."""
        return make_label(self.zone, start, end, without)
