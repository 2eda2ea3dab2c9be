"""63 provinces to 34: sums only of all parts, percentages only from counts, else an interval or a reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_dataset import write_dataset

from extract.data.compare import compare
from extract.data.comparing.boundaries import Boundaries
from extract.data.comparing.merging import Merged, Part, merge_between, merge_share, merge_sum, round_half_up, sum_bound
from extract.patterns import Patterns

CODES = ("24", "27", "30", "31", "33")
COUNTS = st.lists(st.decimals(0, 10**12, places=2), min_size=1, max_size=5)


def parts_of(values: list[Decimal]) -> list[Part]:
    return [Part(code, value) for code, value in zip(CODES, values, strict=False)]


@given(COUNTS, st.randoms())
def test_a_sum_is_the_sum_in_any_order(values: list[Decimal], random: object) -> None:
    parts, needed = parts_of(values), CODES[: len(values)]
    merged = merge_sum(parts, needed)
    assert merged.value is not None
    assert Fraction(merged.value) == sum(map(Fraction, values))
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert merge_sum(parts, needed) == merged


@given(COUNTS, COUNTS)
def test_merging_is_additive(first: list[Decimal], second: list[Decimal]) -> None:
    size = min(len(first), len(second))
    needed = CODES[:size]
    sums = [merge_sum(parts_of(values[:size]), needed).value or Decimal(0) for values in (first, second)]
    both = [one + other for one, other in zip(first[:size], second[:size], strict=True)]
    assert merge_sum(parts_of(both), needed).value == sums[0] + sums[1]


@given(COUNTS, st.integers(0, 4))
def test_a_missing_part_leaves_nothing(values: list[Decimal], missing: int) -> None:
    needed = CODES[: len(values)]
    gone = needed[missing % len(needed)]
    for merge in (merge_sum, merge_between):
        merged = merge([part for part in parts_of(values) if part.province != gone], needed)
        assert (merged.basis, merged.value, merged.low) == ("not_comparable", None, None)
        assert gone in merged.note


@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.integers(1, 1000)).filter(lambda pair: pair[0] <= pair[1]),
        min_size=1,
        max_size=5,
    )
)
def test_the_interval_holds_the_true_percentage(counts: list[tuple[int, int]]) -> None:
    needed = CODES[: len(counts)]
    shares = [
        Part(code, round_half_up(Fraction(100 * part, whole), 2))
        for code, (part, whole) in zip(CODES, counts, strict=False)
    ]
    between = merge_between(shares, needed)
    low, high = (
        between.low if between.low is not None else between.value,
        between.high if between.high is not None else between.value,
    )
    top, bottom = (merge_sum(parts_of([Decimal(pair[at]) for pair in counts]), needed) for at in (0, 1))
    exact = merge_share(top, bottom)
    assert exact is not None
    assert exact.value is not None
    assert low is not None
    assert high is not None
    assert low - Decimal("0.01") <= exact.value <= high + Decimal("0.01")


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [({"exact"}, "exact"), ({"exact", "more"}, "more"), ({"more", "least"}, "least"), ({"exact", "less"}, "less"),
     ({"less", "most"}, "most"), ({"more", "less"}, None), ({"about", "exact"}, "about"), ({"range", "exact"}, "range"),
     ({"range", "more"}, None)],
    ids=str,
)  # fmt: skip
def test_bounds_of_a_sum(bounds: set[str], expected: str | None) -> None:
    assert sum_bound(bounds) == expected


@pytest.mark.parametrize(("top", "bottom"), [("5", "0"), ("9", "8")], ids=["nothing to share", "more than the whole"])
def test_counts_that_give_no_percentage(top: str, bottom: str) -> None:
    part, whole = (Merged("derived", Decimal(value), bound="exact") for value in (top, bottom))
    assert merge_share(part, whole) is None


def row(province: str, value: str, **cells: str) -> dict[str, str]:
    return {
        "province": province,
        "value": value,
        "start": str(int(province)),
        "indicator": "party.members.total",
        **cells,
    }


CASES = [
    ("all parts", [row("02", "5"), row("08", "7")], ("derived", "12", "", "")),
    ("one missing", [row("08", "7")], ("not_comparable", "", "", "")),
    ("another period", [row("02", "5", period="2019"), row("08", "7")], ("not_comparable", "", "", "")),
    ("another status", [row("02", "5", status="target"), row("08", "7")], ("not_comparable", "", "", "")),
    ("at least", [row("02", "5", bound="least"), row("08", "7")], ("derived", "12", "", "")),
    ("opposite bounds", [row("02", "5", bound="least"), row("08", "7", bound="most")], ("not_comparable", "", "", "")),
    ("a range", [row("02", "5", high="6", bound="range"), row("08", "7")], ("bounded", "", "12", "13")),
    (
        "ratios",
        [row("02", "5", of="20", kind="ratio"), row("08", "7", of="30", kind="ratio")],
        ("derived", "12", "", ""),
    ),
    (
        "fractions",
        [row("02", "1", of="2", kind="ratio"), row("08", "2", of="3", kind="ratio")],
        ("not_comparable", "", "", ""),
    ),
    (
        "averages",
        [row("02", "5", indicator="ntm.criteria_avg"), row("08", "7", indicator="ntm.criteria_avg")],
        ("bounded", "", "5", "7"),
    ),
    (
        "scores",
        [row("02", "5", indicator="index.pci"), row("08", "7", indicator="index.pci")],
        ("not_comparable", "", "", ""),
    ),
    (
        "equal percentages",
        [
            row("02", "5", indicator="poverty.rate", kind="percent"),
            row("08", "5", indicator="poverty.rate", kind="percent"),
        ],
        ("derived", "5", "", ""),
    ),
    (
        "unknown indicators",
        [row("02", "5", indicator="", indicator_label="cây"), row("08", "7", indicator="", indicator_label="cây")],
        ("not_comparable", "", "", ""),
    ),
    ("now, undated", [row("02", "5", period="now"), row("08", "7", period="now")], ("not_comparable", "", "", "")),
    ("three parts", [row("74", "1"), row("77", "2"), row("79", "3")], ("derived", "6", "", "")),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_merged(rows: list[dict[str, str]], expected: tuple[str, ...], tmp_path: Path) -> None:
    write_dataset(tmp_path, rows)
    cells = compare(tmp_path, boundaries="34", periods=("2020", "now"), labels=True, top=0)
    assert [tuple(row) for row in cells[["basis", "value", "low", "high"]].to_numpy()] == [expected]


def test_changes_do_not_add_up(tmp_path: Path) -> None:
    write_dataset(tmp_path, [row("02", "5", change="up"), row("08", "7", change="up")])
    assert compare(tmp_path, boundaries="34", changes=True, top=0)["basis"].tolist() == ["not_comparable"]


def test_growth_over_the_merger_needs_all_parts(tmp_path: Path) -> None:
    rows = [row("02", "5"), row("08", "7"), row("08", "15", territory="34", period="2025", start="90")]
    write_dataset(tmp_path, rows)
    for boundaries, growth in (("34", ["25.00"]), ("stated", [])):
        cells = compare(tmp_path, boundaries=boundaries, derive=("growth:2020",), top=0)
        assert cells[cells["measure"] == "growth"]["value"].tolist() == growth


def test_old_and_new_territory_of_one_name_are_two_rows_with_a_break(tmp_path: Path) -> None:
    write_dataset(tmp_path, [row("08", "7"), row("08", "15", territory="34", period="2025", start="90")])
    wide = compare(tmp_path, wide=True)
    assert wide[["Địa giới", "Tỉnh, thành phố", "Đổi địa giới"]].to_numpy().tolist() == [
        ["34", "Tuyên Quang", "2025-07-01"], ["63", "Tuyên Quang", ""],
    ]  # fmt: skip


def test_the_lists(patterns: Patterns) -> None:
    boundaries = patterns.compiled(Boundaries)
    assert len(boundaries.successor) == 63
    assert len(boundaries.parts) == 34
    assert sum(map(len, boundaries.parts.values())) == 63
    assert sum(boundaries.is_unchanged(code) for code in boundaries.parts) == 11


def test_provinces_of_the_34_list_are_asked_for_by_their_code(tmp_path: Path) -> None:
    write_dataset(
        tmp_path,
        [row("10", "5"), row("15", "7"), row("08", "1"), row("10", "13", territory="34", period="2025", start="90")],
    )
    cells = compare(tmp_path, boundaries="34", provinces=("15",), periods=("all",), top=0)
    assert cells[["province_name", "period", "value"]].to_numpy().tolist() == [
        ["Lào Cai", "2020", "12"],
        ["Lào Cai", "2025", "13"],
    ]
