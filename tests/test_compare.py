"""One value a cell, with its evidence: cells equal to files computed by hand, and what holds for any dataset."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_dataset import read_rows, write_dataset

from extract.data.compare import CompareError, Question, compare, compare_dataset
from extract.data.comparing.cells import read_cells
from extract.data.comparing.timespans import parse_timespan
from extract.data.exports import write_comparison, write_table
from extract.patterns import Patterns, load_patterns

MEMBERS = "party.members.total"


@pytest.fixture(scope="module")
def merger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merger")
    return write_dataset(folder, read_rows("merger_figures.csv"), read_rows("merger_articles.csv"))


def rows_like(cells: pd.DataFrame, expected: list[dict[str, str]]) -> list[dict[str, str]]:
    """The columns of the expected file, in the order of its rows."""
    return in_order([{name: str(getattr(cell, name)) for name in expected[0]} for cell in read_cells(cells)])


def in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    order = ["territory", "province", "indicator", "breakdown", "measure"]
    return sorted(rows, key=lambda row: [(row.get(name, ""), name) for name in order])


@pytest.mark.parametrize(("boundaries", "name"), [("stated", "compare_stated.csv"), ("34", "compare_34.csv")])
def test_cells_are_those_computed_by_hand(merger: Path, boundaries: str, name: str) -> None:
    expected = in_order(read_rows(name))
    assert rows_like(compare(merger, boundaries=boundaries, periods=("2020",), top=0), expected) == expected


def test_boundaries_63_leave_the_new_territory_out(merger: Path) -> None:
    comparison = compare_dataset(merger, Question(boundaries="63", top=0), load_patterns())
    assert set(comparison.cells["territory"]) == {"63"}
    assert comparison.left_out["other_boundaries"] == 1


def test_targets_stay_out_of_reported_cells(merger: Path) -> None:
    cells = compare(merger, statuses=("reported", "target"), provinces=("14",), top=0)
    assert sorted(zip(cells["status"], cells["value"], strict=True)) == [("reported", "520"), ("target", "550")]


def row(value: str, **cells: str) -> dict[str, str]:
    return {"indicator": MEMBERS, "value": value, **cells}


def one_cell(folder: Path, rows: list[dict[str, str]], days: dict[str, str], **question: Any) -> dict[str, Any]:
    articles = [{"article": article, "published": day} for article, day in days.items()]
    cells = compare(write_dataset(folder, rows, articles), top=0, **question)
    assert len(cells) == 1, cells
    return dict(cells.iloc[0])


AGREEMENTS = [
    ("one", [("1.000", "1000", "exact", "a")], "single", "1000"),
    ("a rounded one agrees", [("1.234", "1234", "exact", "a"), ("1,2 nghìn", "1200", "exact", "b")], "agree", "1234"),
    ("more than agrees", [("1.234", "1234", "exact", "a"), ("hơn 1.200", "1200", "more", "b")], "agree", "1234"),
    ("at least agrees", [("1.000", "1000", "least", "a"), ("1.234", "1234", "exact", "b")], "agree", "1234"),
    ("less than does not", [("1.000", "1000", "less", "b"), ("1.234", "1234", "exact", "c")], "contradiction", ""),
    ("later is an update", [("1.000", "1000", "exact", "a"), ("1.234", "1234", "exact", "b")], "update", "1234"),
    ("the same day is none", [("1.000", "1000", "exact", "b"), ("1.234", "1234", "exact", "c")], "contradiction", ""),
    ("undated is none", [("1.000", "1000", "exact", "a"), ("1.234", "1234", "exact", "u")], "contradiction", ""),
    (
        "going back is none",
        [("1.000", "1000", "exact", "a"), ("1.234", "1234", "exact", "b"), ("1.000", "1000", "exact", "b")],
        "contradiction",
        "",
    ),
    ("twice in one article", [("1.000", "1000", "exact", "a"), ("1.000", "1000", "exact", "a")], "single", "1000"),
    ("one article, a total and parts", [("124", "124", "exact", "a"), ("19", "19", "exact", "a")], "several", ""),
    ("one article, undated", [("124", "124", "exact", "u"), ("19", "19", "exact", "u")], "several", ""),
    (
        "another article takes one side",
        [("124", "124", "exact", "b"), ("19", "19", "exact", "b"), ("124", "124", "exact", "c")],
        "contradiction",
        "",
    ),
]
DAYS = {"a": "2021-01-01", "b": "2022-01-01", "c": "2022-01-01", "u": ""}


@pytest.mark.parametrize(
    ("statements", "agreement", "value"), [case[1:] for case in AGREEMENTS], ids=[case[0] for case in AGREEMENTS]
)
def test_agreement(statements: list[tuple[str, str, str, str]], agreement: str, value: str, tmp_path: Path) -> None:
    rows = [
        row(number, text=text, bound=bound, article=article, start=str(10 * at))
        for at, (text, number, bound, article) in enumerate(statements)
    ]
    days = {article: DAYS[article] for *_, article in statements}
    cell = one_cell(tmp_path, rows, days)
    assert (cell["agreement"], cell["value"]) == (agreement, value)
    ids = [*cell["figures"].split("; "), *cell["other_figures"].split("; ")]
    assert sorted(filter(None, ids)) == sorted(f"{article}:{10 * at}" for at, (*_, article) in enumerate(statements))


@pytest.mark.parametrize(("rule", "value"), [("none", ""), ("latest", ""), ("sources", "1000")])
def test_a_contradiction_is_settled_only_when_asked(rule: str, value: str, tmp_path: Path) -> None:
    rows = [row("1000", article="b"), row("1200", article="c"), row("1000", article="d")]
    cell = one_cell(tmp_path, rows, dict.fromkeys("bcd", "2022-01-01"), settle=rule)
    assert (cell["agreement"], cell["value"]) == ("contradiction", value)


def test_now_is_the_day_of_publication(tmp_path: Path) -> None:
    rows = [
        row("10", article="a", period="now"),
        row("12", article="b", period="now"),
        row("9", article="u", period="now"),
    ]
    cells = compare(
        write_dataset(
            tmp_path, rows, [{"article": "a", "published": "2021-01-01"}, {"article": "b", "published": "2022-01-01"}]
        ),
        top=0,
    )
    assert cells[["period", "value"]].to_numpy().tolist() == [["2022-01-01", "12"]]
    both = compare(tmp_path, top=0, periods=("all",))
    assert both["period"].tolist() == ["2021-01-01", "2022-01-01", "now"]


def test_undated_now_is_no_contradiction(tmp_path: Path) -> None:
    cell = one_cell(tmp_path, [row("10", article="a", period="now"), row("12", article="b", period="now")], {})
    assert (cell["agreement"], cell["value"], cell["text"]) == ("undated", "", "10 | 12")


SEPARATE = [
    ("status", {"status": "target"}),
    ("estimate", {"status": "estimate"}),
    ("change", {"change": "up"}),
    ("comparison", {"vs": "kế hoạch"}),
    ("kind", {"kind": "percent", "unit": "%"}),
    ("permille", {"kind": "percent", "unit": "‰"}),
    ("unit", {"kind": "amount", "unit": "VND"}),
    ("rate", {"unit": "người/năm"}),
    ("times", {"unit": "lần"}),
    ("breakdown", {"breakdown": "nữ"}),
    ("period", {"period": "2019"}),
    ("province", {"province": "02"}),
    ("territory", {"province": "08", "territory": "34"}),
    ("indicator", {"indicator": "party.members.admitted"}),
]


@pytest.mark.parametrize("other", [case[1] for case in SEPARATE], ids=[case[0] for case in SEPARATE])
def test_what_never_shares_a_cell(other: dict[str, str], tmp_path: Path) -> None:
    plain = {"province": "08"} if "territory" in other else {}
    rows = [row("10", **plain), row("12", article="b", start="5", **other)]
    statuses = ("reported", "target", "estimate", "criterion")
    cells = compare(write_dataset(tmp_path, rows), top=0, periods=("all",), changes=True, statuses=statuses)
    assert sorted(cells["value"]) == ["10", "12"]


SAME = [
    ("noun", {"unit": "đồng chí"}, {"unit": "đảng viên"}, {}),
    ("part", {"indicator": "party.members.female"}, {"breakdown": "nữ"}, {}),
    ("period", {"period": "2017-01/2017-06"}, {"period": "2017-01-01/2017-06-30"}, {}),
    (
        "district",
        {"place": "huyện Na Hang", "province": "08", "place_level": "district"},
        {"place": "Na Hang", "province": "08", "place_level": "district"},
        {"level": "district"},
    ),
    ("unchanged province", {"territory": "63"}, {"territory": "34"}, {}),
    (
        "label",
        {"indicator": "", "indicator_label": "Cây xanh"},
        {"indicator": "", "indicator_label": "cây  xanh"},
        {"labels": True},
    ),
]


@pytest.mark.parametrize(("one", "other", "question"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_what_shares_a_cell(
    one: dict[str, str], other: dict[str, str], question: dict[str, Any], tmp_path: Path
) -> None:
    cell = one_cell(tmp_path, [row("10", **one), row("10", article="b", **other)], {}, **question)
    assert (cell["agreement"], cell["sources"]) == ("agree", 2)


def test_amounts_are_compared_in_the_unit_of_the_registry(tmp_path: Path) -> None:
    rows = [
        {"indicator": "land.area", "kind": "amount", "unit": unit, "value": value, "text": text, "article": article}
        for unit, value, text, article in (("km2", "25.5", "25,5km2", "a"), ("ha", "2550", "2.550ha", "b"))
    ]
    cell = one_cell(tmp_path, rows, {})
    assert (cell["value"], cell["unit"], cell["agreement"]) == ("2550", "ha", "agree")


def test_by_shows_parts_of_one_dimension(tmp_path: Path) -> None:
    rows = [
        row("100"),
        row("30", indicator="party.members.female", start="1"),
        row("20", breakdown="dưới 40 tuổi", start="2"),
        row("5", breakdown="dưới 40 tuổi; nữ", start="3"),
    ]
    write_dataset(tmp_path, rows)
    values = {
        by: compare(tmp_path, indicators=(MEMBERS,), by=by)["value"].tolist()
        for by in ((), ("sex",), ("age",), ("sex", "age"), ("all",))
    }
    assert values == {
        (): ["100"], ("sex",): ["100", "30"], ("age",): ["100", "20"], ("sex", "age"): ["100", "20", "5", "30"],
        ("all",): ["100", "20", "5", "30"],
    }  # fmt: skip
    assert compare(tmp_path, indicators=("party.members.female",))["value"].tolist() == ["30"]


def test_no_options_show_what_most_provinces_share(tmp_path: Path) -> None:
    rows = [row("10", province=province, start=province.lstrip("0")) for province in ("01", "02", "04")]
    rows += [row("7", indicator="pop.total", province="01", start="50"), row("9", period="2019", start="60")]
    wide = compare(write_dataset(tmp_path, rows), wide=True, top=1)
    assert [column for column in wide.columns if " | " not in column] == [
        "Địa giới",
        "Mã tỉnh",
        "Tỉnh, thành phố",
        "Tổng số đảng viên (năm)",
    ]
    assert wide["Tổng số đảng viên (năm) | kỳ"].tolist() == ["2020"] * 3


def test_latest_never_sets_a_month_beside_a_year(tmp_path: Path) -> None:
    rows = [row("10", period="2020"), row("3", period="2021-01", start="9"), row("8", period="2019", start="18")]
    cells = compare(write_dataset(tmp_path, rows), top=0)
    assert sorted(zip(cells["span"], cells["value"], strict=True)) == [("month", "3"), ("year", "10")]


def test_a_season_is_not_set_beside_its_month_or_year(tmp_path: Path) -> None:
    rows = [row("230", period="2017-01", period_text="tháng 1/2017"), row("9", period="2017-01", start="40")]
    rows[1] |= {"period_text": "trong 7 ngày Tết"}
    rows += [row("700", period="2022", start="50"), row("80", period="2022", start="60", period_text="Vụ hè thu 2022")]
    cells = compare(write_dataset(tmp_path, rows), periods=("all",), top=0)
    assert sorted(zip(cells["period"], cells["span"], cells["value"], strict=True)) == [
        ("2017-01", "month", "230"),
        ("2017-01", "season", "9"),
        ("2022", "season", "80"),
        ("2022", "year", "700"),
    ]
    wide = compare(tmp_path, periods=("2017-01",), top=0, wide=True)
    assert [name for name in wide.columns.astype(str) if name.endswith(")")] == [
        "Tổng số đảng viên (2017-01)",
        "Tổng số đảng viên (dịp, mùa vụ 2017-01)",
    ]


DERIVED = [
    ("share", ("share",), {"30": ("30", "%", "100 * 30 / 100")}),
    ("difference", ("difference:2015",), {"100": ("20", "", "100 - 80")}),
    ("growth", ("growth:2015",), {"100": ("25", "%", "100 * (100 / 80 - 1)")}),
    ("points", ("difference:2015",), {"4.5": ("-1.5", "pp", "4.5 - 6.0")}),
    ("no growth of percentages", ("growth:2015",), {"4.5": None}),
    ("target", ("target",), {"100": ("-10", "", "100 - 110")}),
]


@pytest.mark.parametrize(("names", "expected"), [case[1:] for case in DERIVED], ids=[case[0] for case in DERIVED])
def test_derived(names: tuple[str, ...], expected: dict[str, tuple[str, str, str] | None], tmp_path: Path) -> None:
    rows = [
        row("100"), row("80", period="2015", start="1"), row("110", status="target", start="2"),
        row("30", indicator="party.members.female", start="3"),
        row("4.5", indicator="poverty.rate", kind="percent", start="4"),
        row("6.0", indicator="poverty.rate", kind="percent", period="2015", start="5"),
    ]  # fmt: skip
    cells = compare(write_dataset(tmp_path, rows), top=0, periods=("2020",), derive=names)
    made = cells[cells["basis"] == "derived"]
    assert "80" not in cells["value"].tolist()
    for value, result in expected.items():
        figure = cells[cells["value"] == value].iloc[0]["figures"]
        found = made[made["figures"].str.startswith(figure)]
        shown = [(row.value.removesuffix(".00"), row.unit, row.formula) for row in read_cells(found)]
        assert shown == ([result] if result else [])


def test_ranks_share_a_place(tmp_path: Path) -> None:
    rows = [
        row(value, province=province, start=province)
        for province, value in (("11", "5"), ("12", "7"), ("14", "7"), ("20", "1"))
    ]
    cells = compare(write_dataset(tmp_path, rows), top=0, derive=("rank",))
    made = cells[cells["measure"] == "rank"]
    assert dict(zip(made["province"], made["value"], strict=True)) == {"11": "3", "12": "1", "14": "1", "20": "4"}


@pytest.mark.parametrize(
    "question",
    [
        {"level": "x"},
        {"indicators": ("no.such",)},
        {"periods": ("soon",)},
        {"derive": ("mean",)},
        {"derive": ("growth:soon",)},
        {"by": ("gender",)},
        {"provinces": ("99",)},
        {"provinces": ("02",), "boundaries": "34"},
    ],
    ids=str,
)
def test_wrong_questions_are_told(question: dict[str, Any], merger: Path) -> None:
    with pytest.raises(CompareError):
        compare(merger, **question)


def test_a_group_of_indicators_is_pointed_at(merger: Path) -> None:
    with pytest.raises(CompareError, match=r"write 'party\.members\.' for all that begin so"):
        compare(merger, indicators=("party.members",))


@pytest.mark.parametrize("question", [{}, {"boundaries": "34"}, {"derive": ("share", "rank")}], ids=str)
def test_an_empty_dataset_gives_an_empty_table(question: dict[str, Any], tmp_path: Path) -> None:
    write_dataset(tmp_path, [])
    assert len(compare(tmp_path, **question)) == 0
    assert len(compare(tmp_path, wide=True, **question)) == 0


@pytest.mark.parametrize("suffix", [".csv", ".html", ".parquet", ".xlsx"])
@pytest.mark.parametrize("shape", ["wide", "long"])
def test_files_are_written_and_the_same_twice(
    suffix: str, shape: str, merger: Path, tmp_path: Path, patterns: Patterns
) -> None:
    written = []
    for number in (1, 2):
        path = tmp_path / f"{number}{suffix}"
        write_comparison(compare_dataset(merger, Question(), patterns), merger, path, shape=shape)
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert len(written[0]) > 500


def test_csv_cells_are_no_formulas(tmp_path: Path, patterns: Patterns) -> None:
    rows = [
        row("10", indicator="", indicator_label=label, start=str(at))
        for at, label in enumerate(["=1+1", "@x", "-2", "+a", "\tb"])
    ]
    write_dataset(tmp_path, rows)
    write_comparison(
        compare_dataset(tmp_path, Question(labels=True), patterns), tmp_path, tmp_path / "o.csv", shape="long"
    )
    table = pd.read_csv(tmp_path / "o.csv", dtype=str, keep_default_na=False)
    assert sorted(table["indicator_name"]) == sorted(["'=1+1", "'@x", "-2", "'+a", "'\tb"])


def test_a_page_escapes_what_articles_say(tmp_path: Path, patterns: Patterns) -> None:
    write_dataset(tmp_path, [row("10", text="<script>", sentence="<script>alert(1)</script>")])
    write_comparison(compare_dataset(tmp_path, Question(), patterns), tmp_path, tmp_path / "o.html")
    assert "<script" not in (tmp_path / "o.html").read_text(encoding="utf-8")


# What holds for any dataset.

STATEMENTS = st.fixed_dictionaries(
    {
        "value": st.sampled_from(["10", "12", "12.5", "100", "1000"]),
        "kind": st.sampled_from(["count", "percent", "amount"]),
        "bound": st.sampled_from(["exact", "more", "about", "most"]),
        "indicator": st.sampled_from([MEMBERS, "party.members.female", "poverty.rate"]),
        "breakdown": st.sampled_from(["", "nữ"]),
        "province": st.sampled_from(["01", "02", "08", "10"]),
        "territory": st.sampled_from(["63", "34"]),
        "period": st.sampled_from(["2019", "2020", "now"]),
        "status": st.sampled_from(["reported", "target"]),
        "change": st.sampled_from(["none", "none", "up"]),
        "article": st.sampled_from(["a", "b", "c"]),
    }
)
ARTICLES = [
    {"article": "a", "published": "2021-01-01"},
    {"article": "b", "published": "2022-01-01"},
    {"article": "c", "published": ""},
]


def datasets(rows: list[dict[str, str]]) -> Iterator[tuple[Path, dict[str, dict[str, str]]]]:
    """The dataset of some rows, and its figures by id."""
    for at, one in enumerate(rows):
        one["start"] = str(20 * at)
        one["unit"] = {"count": "người", "percent": "%", "amount": "VND"}[one["kind"]]
        one["text"] = one["value"].replace(".", ",")
    with tempfile.TemporaryDirectory() as name:
        write_dataset(Path(name), rows, ARTICLES)
        yield Path(name), {f"{one['article']}:{one['start']}": one for one in rows}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STATEMENTS, max_size=12), st.sampled_from(["stated", "63", "34"]))
def test_no_cell_mixes(rows: list[dict[str, str]], boundaries: str) -> None:
    for folder, figures in datasets(rows):
        cells = compare(
            folder, boundaries=boundaries, top=0, periods=("all",), statuses=("reported", "target"), changes=True
        )
        assert cells["cell"].is_unique
        for cell in read_cells(cells):
            members = [figures[figure] for figure in cell.figures.split("; ")]
            assert {one["status"] for one in members} == {cell.status}
            assert {one["change"] for one in members} == {cell.change}
            assert len({one["unit"] for one in members}) == 1 or cell.basis == "derived"
            if cell.basis == "measured" and cell.province != "01":
                assert {one["territory"] for one in members} == {cell.territory}
            told = [one["text"] for one in members]
            assert all(one["text"] in one.get("sentence", f"{one['indicator']}: {one['text']}.") for one in members)
            if cell.basis == "measured" and cell.value:
                assert cell.value.replace(".", ",") in told


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STATEMENTS, max_size=8), st.randoms())
def test_the_order_of_rows_changes_no_value(rows: list[dict[str, str]], random: Any) -> None:
    shown = []
    for _ in range(2):
        for folder, _figures in datasets(rows):
            cells = compare(folder, top=0, periods=("all",), boundaries="34")
            shown.append(
                sorted(cells[["cell", "basis", "agreement", "value", "low", "high", "sources"]].to_numpy().tolist())
            )
        random.shuffle(rows)
    assert shown[0] == shown[1]


PERIODS = [
    ("2020", "2020", "year"),
    ("2020-01/2020-12", "2020", "year"),
    ("2020/2025", "2020/2025", "6 years"),
    ("2021-02", "2021-02", "month"),
    ("2021-02-01/2021-02-28", "2021-02", "month"),
    ("2021-01/2021-09", "2021-01/2021-09", "9 months"),
    ("2021-06-30", "2021-06-30", "point"),
    ("2021-01-01/2022-07-31", "2021-01/2022-07", "19 months"),
    ("recurring", "recurring", "recurring"),
    ("2021-01-05/2021-01-20", "2021-01-05/2021-01-20", "16 days"),
    ("2021-13", "", ""),
    ("2021-02-30", "", ""),
    ("", "", ""),
    ("2025/2020", "", ""),
    ("0000", "", ""),
    ("now", "now", "point"),
    ("2011/now", "2011/now", "since"),
]


@pytest.mark.parametrize(("period", "text", "kind"), PERIODS, ids=[period[0] for period in PERIODS])
def test_periods(period: str, text: str, kind: str) -> None:
    span = parse_timespan(period)
    assert (span.text, span.kind) == (text, kind)


def test_reference_articles_compare(shared: Path, tmp_path: Path, patterns: Patterns) -> None:
    from extract import batch

    batch.run(shared / "articles", tmp_path)
    for boundaries, periods in itertools.product(("stated", "63", "34"), ((), ("all",))):
        question = Question(boundaries=boundaries, periods=periods, top=0)
        comparison = compare_dataset(tmp_path, question, patterns)
        assert len(comparison.cells) > 50
        assert len(comparison.wide) > 5


def test_a_part_with_several_values_is_told_from_a_contradiction(tmp_path: Path) -> None:
    rows = [row("10", province="08"), row("20", province="02", start="1"), row("25", province="02", start="2")]
    cell = one_cell(tmp_path, rows, {}, boundaries="34")
    assert (cell["basis"], cell["agreement"], cell["note"]) == ("not_comparable", "several", "several: Hà Giang")


def test_a_reference_article_compares_as_read_by_hand(shared: Path, tmp_path: Path) -> None:
    from extract import batch

    batch.run(next((shared / "articles" / "seeds").glob("000_*.txt")), tmp_path)
    expected = in_order(read_rows("compare_seed.csv"))
    cells = compare(tmp_path, indicators=("party.committee.members",), by=("sex", "ethnicity"), periods=("2020/2025",))
    assert rows_like(cells, expected) == expected


@pytest.mark.parametrize("suffix", [".csv", ".html", ".parquet", ".xlsx"])
def test_any_table_is_written(suffix: str, tmp_path: Path) -> None:
    write_table(pd.DataFrame({"value": ["1"], "text": ["=1"]}), tmp_path / f"t{suffix}")
    assert (tmp_path / f"t{suffix}").stat().st_size > 10


@pytest.mark.parametrize(("name", "shape"), [("o.doc", "wide"), ("o.csv", "round")])
def test_no_other_files(name: str, shape: str, merger: Path, tmp_path: Path, patterns: Patterns) -> None:
    with pytest.raises(CompareError):
        write_comparison(compare_dataset(merger, Question(), patterns), merger, tmp_path / name, shape=shape)


def test_cells_have_their_own_ids(merger: Path) -> None:
    cells = compare(
        merger,
        top=0,
        periods=("all",),
        derive=("share", "rank", "target", "growth:2019"),
        statuses=("reported", "target"),
    )
    assert cells["cell"].is_unique
