"""Planted misprints: all found, none where nothing is wrong, and the right number blamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

import pytest

from extract.data.checking.numbers import check_numbers
from extract.data.checking.repairs import find_wholes
from extract.data.checks import check_figures
from extract.data.rows import read_figures
from extract.patterns import Patterns
from extract.records import Check, Figure

KINDS = ("swapped_digits", "lost_digit", "doubled_digit", "decimal_mark", "wrong_whole")
GROUPS = 1000


@dataclass(frozen=True)
class Group:
    """Figures of one sentence: a whole, an older one, counts with their percentages; or a level and its change."""

    texts: tuple[str, ...]  # as printed; a percentage ends in "%"
    change: bool


def printed_count(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def printed_percent(part: int, whole: int, decimals: int) -> str:
    value = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return str(value).replace(".", ",") + "%"


def make_group(random: Random) -> Group:
    """A whole, the one of the year before, and three shares; one in four is a level, its change and the percentage."""
    whole = random.randint(80, 40_000)
    if random.random() < 0.25:
        rise = random.randint(whole // 50 + 1, whole // 2)
        percent = printed_percent(rise, whole - rise, 2)
        return Group((printed_count(whole), printed_count(rise), percent), change=True)
    older = whole - random.randint(whole // 20 + 1, whole // 4)
    texts = [printed_count(whole), printed_count(older)]
    for part in random.sample(range(older // 30 + 1, older), 3):
        texts += [printed_count(part), printed_percent(part, whole, random.choice([1, 2, 2]))]
    return Group(tuple(texts), change=False)


def make_figures(group: Group) -> list[Figure]:
    rows = []
    for index, text in enumerate(group.texts):
        percent = text.endswith("%")
        changes = group.change and index > 0
        links = {}
        if percent and not group.change:
            links = {"share_num": f"a:{10 * (index - 1)}", "share_den": "a:0"}
        rows.append(
            {
                "figure": f"a:{10 * index}",
                "article": "a",
                "start": str(10 * index),
                "end": str(10 * index + len(text)),
                "text": text,
                "sentence": "s" * 200,
                "kind": "percent" if percent else "count",
                "value": str(value_of(text)),
                "decimals": str(len(text.rstrip("%").partition(",")[2])),
                "unit": "%" if percent else "người",
                "change": "up" if changes else "none",
                "indicator_label": "người",
                "period": "2020" if index == 1 and not changes else "2021",
                **links,
            }
        )
    return read_figures(rows)


def value_of(text: str) -> Decimal:
    return Decimal(text.rstrip("%").replace(".", "").replace(",", "."))


def misprint(group: Group, random: Random) -> tuple[int, str, Group] | None:
    """The group with one misprint: which text, of what kind; None where this text cannot have it."""
    kind = random.choice(KINDS)
    spots = [at for at in range(len(group.texts)) if group.change or at != 1]
    if kind == "wrong_whole":
        spots = [at for at in spots if group.texts[at].endswith("%")]
    at = random.choice(spots)
    text = group.texts[at]
    spoilt = spoil(group, at, kind, random)
    if spoilt is None or spoilt == text or spoilt.startswith("0"):
        return None
    return at, kind, replace(group, texts=(*group.texts[:at], spoilt, *group.texts[at + 1 :]))


def spoil(group: Group, at: int, kind: str, random: Random) -> str | None:
    text = group.texts[at]
    percent, decimals = text.endswith("%"), len(text.rstrip("%").partition(",")[2])
    digits = text.rstrip("%").replace(".", "").replace(",", "")
    place = random.randrange(len(digits))
    if kind == "wrong_whole":
        part, other = value_of(group.texts[at - 1]), value_of(group.texts[0 if group.change else 1])
        return printed_percent(int(part), int(other), decimals)
    if kind == "decimal_mark":
        if percent:
            return f"{digits[: -decimals - 1] or '0'},{digits[-decimals - 1 :]}%"
        return text.replace(".", ",") if text.count(".") == 1 else None
    if kind == "swapped_digits":
        digits = digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]
    if kind == "lost_digit":
        digits = digits[:place] + digits[place + 1 :]
    if kind == "doubled_digit":
        digits = digits[: place + 1] + digits[place:]
    if len(digits) <= decimals or digits.startswith("0"):
        return None
    return f"{digits[:-decimals]},{digits[-decimals:]}%" if percent else printed_count(int(digits))


def slow_fits(group: Group) -> list[bool]:
    """For each percentage, whether rounding or cutting off prints it: by rounding decimals."""
    fits = []
    for at, text in enumerate(group.texts):
        if not text.endswith("%"):
            continue
        part = value_of(group.texts[at - 1])
        whole = value_of(group.texts[0]) - (part if group.change else 0)
        unit = Decimal(1).scaleb(value_of(text).as_tuple().exponent)  # type: ignore[arg-type]
        share = 100 * part / whole if whole > 0 else Decimal(-1)
        roundings = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
        fits.append(any(share.quantize(unit, rounding=how) == value_of(text) for how in roundings))
    return fits


def hidden(group: Group) -> bool:
    """Whether a count is by chance the printed share of another count of its sentence: no arithmetic sees that."""
    parts = [value_of(text) for text in group.texts[2::2]]
    others = [
        replace(group, texts=("0", "0", *pair)) for pair in zip(group.texts[2::2], group.texts[3::2], strict=False)
    ]
    return not group.change and any(
        slow_fits(replace(one, texts=(printed_count(int(whole)), *one.texts[1:])))[0]
        for one in others
        for whole in parts
        if whole % 1 == 0 and whole > value_of(one.texts[2])
    )


def planted() -> Iterator[tuple[Group, int, str, Group]]:
    """`GROUPS` groups, each with a misprint that arithmetic can see."""
    random = Random(5)
    made = 0
    while made < GROUPS:
        group = make_group(random)
        spoilt = misprint(group, random)
        if spoilt is not None and all(slow_fits(group)) and not all(slow_fits(spoilt[2])) and not hidden(spoilt[2]):
            made += 1
            yield group, *spoilt


def alarms(group: Group, patterns: Patterns) -> list[Check]:
    rows = check_figures(make_figures(group), patterns)
    return [row for row in rows if row.verdict in ("inconsistent", "ceiling")]


def test_planted_misprints(patterns: Patterns) -> None:
    false, missed, blamed, total = 0, [], Counter[str](), Counter[str]()
    for group, at, kind, spoilt in planted():
        false += bool(alarms(group, patterns))
        found = alarms(spoilt, patterns)
        if not found:
            missed.append((spoilt.texts, kind, at))
        total[kind] += 1
        blamed[kind] += any(row.culprit == f"a:{10 * at}" and (row.repair or "").startswith(kind) for row in found)
    assert (false, missed) == (0, [])
    assert blamed.total() / total.total() >= 0.8, (blamed, total)


REPAIRS = [
    (("961", "3471", "27,86"), "swapped_digits 27.86 -> 27.68"),
    (("691", "3471", "27,69"), "swapped_digits 691 -> 961"),
    (("961", "3471", "2,769"), "decimal_mark 2.769 -> 27.69"),
    (("961", "3471", "277,69"), "doubled_digit 277.69 -> 27.69"),
    (("961", "371", "27,69"), "lost_digit 371 -> 3471"),
    (("1234", "3471", "41,71"), "recomputed 41.71 -> 35.55"),
]


@pytest.mark.parametrize(("given", "repair"), REPAIRS, ids=[case[1] for case in REPAIRS])
def test_nearest_repair(given: tuple[str, str, str], repair: str, patterns: Patterns) -> None:
    assert (check_numbers(*given, patterns).repair or "").split("; ")[0] == repair


def test_a_number_that_other_percentages_confirm_is_not_blamed(patterns: Patterns) -> None:
    confirmed = Group(("3.471", "3.000", "961", "27,69%", "1.527", "43,99%", "1.188", "43,23%"), change=False)
    (row,) = alarms(confirmed, patterns)
    assert (row.culprit, row.repair) == ("a:70", "swapped_digits 43.23 -> 34.23")


def test_a_whole_that_no_percentage_confirms_is_blamed(patterns: Patterns) -> None:
    rows = alarms(Group(("3.741", "3.000", "961", "27,69%", "1.527", "43,99%", "1.188", "34,23%"), False), patterns)
    assert {(row.culprit, (row.repair or "").split(";")[0]) for row in rows} == {("a:0", "swapped_digits 3741 -> 3471")}


def test_an_unknown_whole_is_found_from_its_percentages() -> None:
    assert find_wholes(["25.45", "14.55", "60.00"], limit=220) == [55, 110, 165, 220]
