"""Every question has the same answer from a cluster's parts, here or at an address, as from one machine's tables."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package
from typer.testing import CliRunner

from extract import batch
from extract.cli import app
from extract.data.compare import Question, compare_dataset
from extract.data.comparing import statements
from extract.data.dataset import PACKAGE, DatasetError, iter_arrow, iter_table, list_parts, load_arrow, load_table
from extract.data.evaluate import evaluate_run
from extract.data.exports import write_comparison
from extract.data.folders import Folder, FolderError
from extract.data.report import write_report
from extract.data.tables import ARTICLES, FIGURES, TABLES
from extract.data.targets import list_targets
from extract.data.texts import TEXTS, iter_texts
from extract.listing import load_checks, show_checks
from extract.patterns import Patterns
from extract.running.cluster import run_on_cluster
from extract.verify import verify

distributed: Any = pytest.importorskip("distributed")

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GOLD = Path(__file__).resolve().parent / "gold" / "corpus.gold.jsonl"
QUESTIONS = [
    Question(),
    Question(level="district", periods=("all",), top=0),
    Question(boundaries="34", periods=("all",), statuses=("reported", "target", "estimate"), changes=True, top=0),
    Question(indicators=("party.",), by=("all",), labels=True, derive=("share", "rank")),
]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as threads:
        yield threads.scheduler_address


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of `corpus/`."""
    out = tmp_path_factory.mktemp("here")
    batch.run(CORPUS, out)
    write_report(out)
    return out


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory, scheduler: str) -> Path:
    """What a cluster makes of it: a folder of parts a table."""
    out = tmp_path_factory.mktemp("parted")
    run_on_cluster(str(CORPUS), str(out), scheduler=scheduler, files=4)
    assert len(list((out / "figures").iterdir())) > 3
    return out


@pytest.fixture(scope="module", params=["path", "file", "memory"])
def out(request: pytest.FixtureRequest, parted: Path) -> str:
    """The parts, by their path and at two addresses."""
    if request.param == "memory":
        fsspec.filesystem("memory").put(str(parted), "/bucket/số liệu", recursive=True)
        return "memory://bucket/số liệu"
    return f"file://{parted}" if request.param == "file" else str(parted)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_have_the_same_rows_in_the_same_order(table: Any, out: str, here: Path) -> None:
    assert load_table(out, table.name).equals(load_table(here, table.name))
    assert list(iter_table(out, table)) == load_table(here, table.name).to_dict("records") != []


def test_texts_are_kept(out: str, here: Path) -> None:
    assert list(iter_texts(out)) == list(iter_texts(here)) != []


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_compare(question: Question, out: str, here: Path, patterns: Patterns, tmp_path: Path) -> None:
    asked, known = (compare_dataset(folder, question, patterns) for folder in (out, here))
    assert asked.cells.equals(known.cells)
    assert asked.left_out == known.left_out
    for suffix in (".csv", ".html", ".xlsx", ".parquet"):
        write_comparison(asked, out, tmp_path / f"asked{suffix}")
        write_comparison(known, here, tmp_path / f"known{suffix}")
        assert (tmp_path / f"asked{suffix}").read_bytes() == (tmp_path / f"known{suffix}").read_bytes()


@pytest.mark.parametrize("rows", [1, 7, 100])
def test_pieces_hold_whole_articles(rows: int, out: str, here: Path) -> None:
    columns = ("figure", "article")
    pieces = list(iter_arrow(out, FIGURES, columns, rows))
    assert pa.concat_tables(pieces).equals(load_arrow(here, "figures", columns))
    articles = [set(piece["article"].to_pylist()) for piece in pieces]
    assert sum(map(len, articles)) == len(set.union(*articles))
    assert len(pieces) > 1


def test_compare_in_pieces(here: Path, patterns: Patterns, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [compare_dataset(here, question, patterns) for question in QUESTIONS]
    monkeypatch.setattr(statements, "iter_arrow", partial(iter_arrow, rows=30))
    pieces = [compare_dataset(here, question, patterns) for question in QUESTIONS]
    assert all(one.cells.equals(other.cells) for one, other in zip(whole, pieces, strict=True))
    assert [one.left_out for one in whole] == [other.left_out for other in pieces]


def test_compare_sets_something_side_by_side(here: Path, patterns: Patterns) -> None:
    assert all(len(compare_dataset(here, question, patterns).cells) for question in QUESTIONS)


def test_targets(out: str, here: Path, patterns: Patterns) -> None:
    assert list_targets(out, patterns).equals(list_targets(here, patterns))
    assert len(list_targets(here, patterns)) > 3


@pytest.mark.parametrize("verdicts", [[], ["inconsistent", "truncated"], ["not_testable"]])
def test_check(verdicts: list[str], out: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for folder in (out, here):
        checks = load_checks(folder, verdicts=verdicts, article=None)
        assert checks
        assert {check.verdict for check in checks} <= set(verdicts or {check.verdict for check in checks})
        assert load_checks(folder, verdicts=verdicts, article=checks[0].article)[0] == checks[0]
        show_checks(folder, checks, vietnamese=True)
        said.append((checks, capsys.readouterr().out))
    assert said[0] == said[1]


def test_report(out: str, here: Path) -> None:
    folder = Folder(out)
    assert write_report(out) == ["report.html"]
    assert folder.open("report.html").read() == (here / "report.html").read_bytes()
    pages = write_report(out, page_articles=10)
    assert len(pages) > 2
    assert [name for name in folder.names() if name.startswith("report")] == sorted(pages)
    assert write_report(out) == ["report.html"]
    assert [name for name in folder.names() if name.startswith("report")] == ["report.html"]


def test_verify(out: str, here: Path) -> None:
    proof = verify(out, CORPUS)
    assert proof.proved, proof.show()
    assert proof.show() == verify(here, CORPUS).show()


def test_verify_reads_articles_at_an_address(here: Path, tmp_path: Path) -> None:
    assert verify(here, f"file://{CORPUS}").show() == verify(here, CORPUS).show()
    copy = shutil.copytree(CORPUS, tmp_path / "copy")
    (copy / "new.txt").write_text("Xã có 12 thôn.", encoding="utf-8")
    assert [fault.row for fault in verify(here, f"file://{copy}").faults] == ["new"]


def test_evaluate(out: str, here: Path) -> None:
    assert evaluate_run(out, GOLD).measures() == evaluate_run(here, GOLD).measures()


@pytest.mark.parametrize(
    "command",
    [["check"], ["compare"], ["targets"], ["verify", str(CORPUS)], ["evaluate", str(GOLD)]],
    ids=lambda command: command[0],
)
def test_doors_take_addresses(command: list[str], out: str, here: Path) -> None:
    asked, known = (CliRunner().invoke(app, [command[0], str(folder), *command[1:]]) for folder in (out, here))
    assert (asked.exit_code, asked.output) == (0, known.output)
    assert asked.output


def test_the_door_of_the_report_says_where_it_is(out: str) -> None:
    assert CliRunner().invoke(app, ["report", out]).output == f"written to {out}/report.html\n"


def test_a_lie_in_a_part_is_found(parted: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(parted, tmp_path / "copy")
    path = max((copy / "figures").iterdir(), key=lambda part: pq.read_metadata(part).num_rows)
    table = pq.read_table(path)
    lie = pa.array(["999999999", *table["text"].to_pylist()[1:]])
    pq.write_table(table.set_column(table.schema.get_field_index("text"), "text", lie), path)
    (fault,) = verify(copy, CORPUS).faults
    assert "999999999" in fault.what


def test_the_last_run_in_a_folder_is_read(scheduler: str, tmp_path: Path) -> None:
    """A folder that both kinds of run have used: the package tells whose tables count."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for number, text in enumerate(["Xã có 12 thôn.", "Xã có 13 thôn.", "Xã có 14 thôn.", "Xã có 15 thôn."]):
        (corpus / "a.txt").write_text(text, encoding="utf-8")
        if number % 2:
            run_on_cluster(str(corpus), str(out), scheduler=scheduler)
        else:
            batch.run(corpus, out)
        assert load_table(out, "figures")["value"].tolist() == [str(12 + number)]
        assert list(iter_texts(out)) == [("a", text)]
    assert [len(list((out / name).iterdir())) for name in ("figures", "texts", "articles")] == [1, 1, 1]


def test_what_is_not_whole_is_told(parted: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(parted, tmp_path / "copy")
    lost = next(iter(sorted((copy / "figures").iterdir())))
    lost.unlink()
    with pytest.raises(DatasetError, match=f"figures cannot be read: .*{lost.name}"):
        load_arrow(copy, "figures", ["value"])
    (copy / PACKAGE).write_text("{", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"datapackage\.json cannot be read"):
        load_arrow(copy, "figures", ["value"])
    (copy / PACKAGE).unlink()
    with pytest.raises(DatasetError, match=r"figures stands in parts, but no datapackage\.json is here"):
        load_arrow(copy, "figures", ["value"])


@pytest.mark.parametrize("address", ["memory://nothing/here", "file:///nothing/here", "/nothing/here"])
def test_nothing_there_is_told(address: str) -> None:
    for ask in (load_table, load_arrow):
        with pytest.raises(DatasetError, match=r"no figures\.csv here"):
            ask(address, "figures", *([["value"]] if ask is load_arrow else []))
    with pytest.raises(DatasetError, match=r"no texts\.jsonl\.gz here"):
        list(iter_texts(address))


def test_an_address_without_fsspec_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FolderError, match="nothing://x: cannot be opened"):
        Folder("nothing://x")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(FolderError, match=r"pip install 'solieu\[dask\]'"):
        Folder("memory://x")


def test_the_package_lists_the_parts_in_order(parted: Path, here: Path) -> None:
    described = {one["name"]: one for one in json.loads((parted / PACKAGE).read_text(encoding="utf-8"))["resources"]}
    assert set(described) == {table.name for table in TABLES} | {"texts"}
    firsts = [pq.read_table(parted / path)["article"].to_pylist()[:1] for path in described["figures"]["path"]]
    order = load_table(here, ARTICLES.name)["article"].tolist()
    places = [order.index(name) for first in firsts for name in first]
    assert places == sorted(places)
    assert all((parted / path).is_file() for one in described.values() for path in one["path"])
    assert [field["name"] for field in described["figures"]["schema"]["fields"]] == list(FIGURES.columns)
    assert Package.validate_descriptor(str(parted / PACKAGE)).valid


def test_a_second_run_gives_the_same_bytes(parted: Path, scheduler: str, tmp_path: Path) -> None:
    run_on_cluster(str(CORPUS), str(tmp_path), scheduler=scheduler, files=4)
    for name in (*(table.name for table in TABLES), TEXTS):
        one, other = (
            [(out / path).read_bytes() for path in list_parts(Folder(out), name) or []] for out in (parted, tmp_path)
        )
        assert one == other != []
