"""What is passed around? Frozen records without logic.

Offsets are half-open code point offsets. Records that finders and linkers pass on count in the text of a
`View`; a `Figure`, a `Term` in the tables and a `Rejected` in the tables count in the article's text as decoded.
Values are exact (`Decimal`), codes are text, unknown is None.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["count", "percent", "ratio", "amount"]
Bound = Literal["exact", "more", "least", "less", "most", "about", "range"]
Change = Literal["none", "up", "down"]
Status = Literal["reported", "target", "criterion", "estimate"]
Level = Literal["country", "region", "province", "district", "commune", "village"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read."""

    name: str  # path under the input folder without suffix; rows of a table are `<file>#<row>`
    path: str  # path under the input folder
    text: str  # as decoded (a file's text, a page's main text, a table's cell); every offset counts in it
    sha256: str  # of `text` in UTF-8
    title: str | None = None
    published: str | None = None  # ISO 8601 date
    outlet: str | None = None  # domain or name of the paper, as found
    furniture: tuple[Span, ...] = ()  # page furniture in `text`, in order, not overlapping: no figures there
    duplicate_of: str | None = None  # name of the first article of the run with the same text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An article that could not be read: a row of `articles` with an error."""

    name: str
    path: str
    error: str  # one sentence


@dataclass(frozen=True, slots=True)
class View:
    """An article's text as finders see it: Vietnamese letters composed, and folded for look-up.

    `folded` has the length of `text`: lower case, tone marks in the new place (uỷ -> ủy), plain dashes and blanks.
    """

    text: str
    folded: str
    offsets: array[int] | None = None  # where each character of `text` (and its end) stands in the source; None: as is


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a View; it never crosses a line break or page furniture."""

    start: int
    end: int
    paragraph: int  # number of its line
    heading: bool = False  # a line of its own without a full stop


@dataclass(frozen=True, slots=True)
class Rejected:
    """What looked like a figure and is not one, or could not be read for sure."""

    start: int
    end: int
    text: str
    reason: str  # id of the rule that refused it


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeric expression that says how much or how many: the number with its magnitude and, for amounts, its unit."""

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal  # magnitudes multiplied in ("2,5 tỷ đồng" is 2500000000); a ratio's part; a range's lower end
    high: Decimal | None = None  # a range's upper end
    of: Decimal | None = None  # a ratio's whole
    decimals: int = 0  # digits printed after the decimal mark
    unit: str | None = None  # "%", a canonical unit or a rate ("VND/người/năm"); None for count and ratio
    minus: bool = False  # a minus sign is printed before it
    rule: str = ""  # ids of the pattern rows that fired, "; " between them


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time, or a mention of a registry term (type "concept", with its indicator code)."""

    start: int
    end: int
    text: str
    type: str
    period: str | None = None  # ISO 8601
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a place, resolved as far as it can be."""

    start: int
    end: int
    text: str
    level: Level
    name: str  # official name, without its type word
    province: str | None  # two-digit code in the 63-list, VN, XX, or None where it cannot be told
    code: str | None = None  # the place's own code (district, commune)
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words around a quantity say of it."""

    bound: Bound = "exact"
    change: Change = "none"
    vs: str | None = None  # what it is compared with, as written
    status: Status = "reported"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a quantity counts or measures."""

    unit: str | None  # the counted noun as written, for count and ratio ("đồng chí", "xã, thị trấn")
    text: str | None  # the counted phrase as written
    label: str | None  # the same as a short noun phrase
    code: str | None = None  # registry code, None where no row fits with a margin
    facets: tuple[str, ...] = ()  # breakdown, "nữ", "chuyên môn: trung cấp"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """The place a quantity is about."""

    province: str | None
    province_name: str | None
    place: str | None  # as written; "tỉnh" for the whole province, "cả nước"
    level: Level | None
    rule: str | None  # named, heading, article, outlet
    province_2025: str | None = None
    province_2025_name: str | None = None
    territory: str | None = None  # "63" or "34": which list's territory the figure covers


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """The period a quantity is about."""

    period: str | None  # ISO 8601, "now", "recurring"
    text: str | None  # the words that say so
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Which quantities a percentage rests on, as indexes into the article's quantities.

    Role "share": num / den, the table's share_num and share_den. "completion": num is the actual value, den the plan.
    "change": num is the difference or the new value, den the old one.
    """

    num: int | None = None
    den: int | None = None
    role: Literal["share", "completion", "change"] = "share"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the `figures` table: a quantity tied to place, indicator, breakdown, period and status."""

    figure: str  # `<article>:<start>`
    article: str
    start: int
    end: int
    text: str
    sentence: str
    kind: Kind
    value: Decimal
    high: Decimal | None
    of: Decimal | None
    decimals: int
    unit: str | None
    bound: Bound
    change: Change
    vs: str | None
    indicator: str | None
    indicator_label: str | None
    subject: str | None
    breakdown: tuple[str, ...]
    province: str | None
    province_name: str | None
    place: str | None
    place_level: Level | None
    place_rule: str | None
    province_2025: str | None
    province_2025_name: str | None
    territory: str | None
    period: str | None
    period_text: str | None
    status: Status
    share_num: str | None  # figure id
    share_den: str | None  # figure id
    rule: str


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the `checks` table: an arithmetic relation the article states, recomputed."""

    check: str
    article: str
    type: str
    figures: tuple[str, ...]
    reported: str
    expected: str | None
    low: str | None
    high: str | None
    verdict: str
    rounding: str | None  # ways of rounding that print the reported number, "; " between them
    power: str | None  # the chance that a random printed value would have failed
    message: str  # one sentence in English
    message_vi: str = ""  # the same in Vietnamese
    basis: str = "stated"  # "stated": the article ties these figures together; "evident": their values do
    level: str = "information"  # alarm, notice, information
    reason: str = ""  # why not testable, a section of `checks.toml`
    culprit: str | None = None  # figure id that the nearest repair changes
    repair: str | None = None  # nearest repairs, the best first, "; " between them
