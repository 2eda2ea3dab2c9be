"""Which places does a story only mention for who buys there, or for who worked there before coming home?

"Được một công ty ở Hải Phòng bao tiêu", "sau 5 năm làm thợ tại Hàn Quốc, anh trở về": no figure is about these places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extract.reading.surfaces import whole_word

WORDS = ("expert", "away", "buyer", "buys", "sells", "sells_to", "worked", "works_abroad", "returns", "lies_in")
REACH = 90  # characters before a place in which buyers or work are named
BACK = 200  # characters around it in which somebody comes home
DEAL = 70  # characters behind it in which a buyer buys
LISTED = r"(?:[^.;:()\n]*?)"  # the rest of a list of places


class Elsewhere:
    """Tells the places that are elsewhere than what is told."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        any_ = {name: whole_word(lists[name]) for name in WORDS}
        run = r"(?: [^\s,;.:()\d]+)"
        there = rf"{any_['lies_in']}(?: [^\W\d_]+){{0,2}} ?\Z"
        where = rf"{run}{{0,4}} {there}"
        self.there = re.compile(there)
        self.buyer = re.compile(rf"{any_['buyer']}{where}")
        self.selling = re.compile(rf"{any_['sells']}{run}{{0,4}} {any_['sells_to']}{run}{{0,4}} {any_['buyer']}{where}")
        self.buys = re.compile(rf"{LISTED}{any_['buys']}")
        self.expert = re.compile(rf"{any_['expert']}{where}")
        self.comes = re.compile(rf" {any_['away']}")
        self.worked = re.compile(rf"{any_['worked']}{where}")
        self.abroad = re.compile(any_["works_abroad"])
        self.returns = re.compile(any_["returns"])

    def is_destination(self, folded: str, start: int, end: int) -> bool:
        """Whether those who work abroad were spoken of before a country: "lao động xuất khẩu, chủ yếu ở Đài Loan"."""
        return self.abroad.search(folded, start, end) is not None

    def is_meant(self, folded: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
        """Whether a place at `start` is only where somebody buys, or where somebody worked who came home."""
        begin = max(sentence[0], start - REACH)
        if not self.there.search(folded, begin, start):
            return False
        if self.buyer.search(folded, begin, start):
            bought = self.buys.match(folded, end, min(sentence[1], end + DEAL))
            return bought is not None or self.selling.search(folded, begin, start) is not None
        if self.comes.match(folded, end) and self.expert.search(folded, begin, start):
            return True  # "mời chuyên gia ở Hà Nội về"
        if self.worked.search(folded, begin, start) is None:
            return False
        begin, stop = max(sentence[0], start - BACK), min(sentence[1], end + BACK)
        return self.returns.search(folded, begin, stop) is not None
