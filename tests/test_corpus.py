"""Do the sample articles and their reference annotations hold together?"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.patterns import Patterns
from extract.reading.articles import load_articles
from extract.records import Article

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
GOLD = [json.loads(line) for line in (ROOT / "tests/gold/corpus.gold.jsonl").read_text(encoding="utf-8").splitlines()]
NAMES = [str(reference["article"]) for reference in GOLD]

FIELDS = {
    "kind": {"count", "percent", "ratio", "amount"},
    "bound": {"exact", "more", "least", "less", "most", "about", "range"},
    "change": {"none", "up", "down"},
    "status": {"reported", "target", "criterion", "estimate"},
}
REQUIRED = {*FIELDS, "start", "end", "text", "value", "indicator", "breakdown", "province", "place", "period"}
OPTIONAL = {"high", "of", "unit", "indicator_or", "share_of", "vs", "optional"}
MOMENT = r"\d{4}(?:-\d{2}){0,2}"
PERIOD = re.compile(rf"{MOMENT}(?:/(?:{MOMENT}|now))?|now|recurring")
PROVINCE = re.compile(r"\d{2}|VN|XX")
CHECKS = {"share", "attainable", "sum", "change", "repeat"}
VERDICTS = {"consistent", "truncated", "inconsistent", "unattainable"}
RUN = 12  # words in a row that no two papers write by chance


@pytest.fixture(scope="module")
def articles(patterns: Patterns) -> dict[str, Article]:
    loaded = list(load_articles(CORPUS, patterns))
    assert all(isinstance(article, Article) for article in loaded), loaded
    return {Path(article.name).name: article for article in loaded if isinstance(article, Article)}


def test_there_are_enough_articles_and_provinces() -> None:
    assert len(GOLD) >= 24
    assert len({reference["province"] for reference in GOLD} - {None}) >= 12


def test_each_article_is_annotated_once(articles: dict[str, Article]) -> None:
    assert sorted(articles) == sorted(NAMES)


def test_file_names_are_unique() -> None:
    stems = Counter(path.stem for path in CORPUS.rglob("*") if path.is_file() and not path.name.startswith("."))
    assert [stem for stem, times in stems.items() if times > 1] == []


@pytest.mark.parametrize("reference", GOLD, ids=NAMES)
def test_text_stands_in_the_article(reference: dict[str, Any], articles: dict[str, Article]) -> None:
    text = articles[reference["article"]].text
    last = 0
    for figure in reference["figures"]:
        assert text[figure["start"] : figure["end"]] == figure["text"]
        assert last <= figure["start"] < figure["end"]
        last = figure["end"]


@pytest.mark.parametrize("reference", GOLD, ids=NAMES)
def test_fields_are_valid(reference: dict[str, Any]) -> None:
    for figure in reference["figures"]:
        assert set(figure) >= REQUIRED, figure
        assert set(figure) <= REQUIRED | OPTIONAL, figure
        assert all(figure[name] in values for name, values in FIELDS.items()), figure
        assert figure["period"] is None or PERIOD.fullmatch(figure["period"]), figure
        assert figure["province"] is None or PROVINCE.fullmatch(figure["province"]), figure
        assert figure["indicator"], figure
        assert (figure["kind"] == "ratio") == ("of" in figure), figure
        assert (figure["bound"] == "range") == ("high" in figure), figure
        assert all(
            format(Decimal(figure[name]), "f") == figure[name] for name in ("value", "high", "of") if name in figure
        )
        assert figure["kind"] != "percent" or figure["unit"].startswith(("%", "‰")), figure


@pytest.mark.parametrize("reference", GOLD, ids=NAMES)
def test_links_and_checks_point_at_figures(reference: dict[str, Any]) -> None:
    figures = reference["figures"]
    for figure in figures:
        links = figure.get("share_of", {})
        assert set(links) <= {"num", "den"}
        assert not links or figure["kind"] == "percent", figure
        assert all(figures[index] is not figure for index in links.values())
    for check in reference["checks"]:
        assert check["type"] in CHECKS
        assert check["verdict"] in VERDICTS
        assert [figures[index] for index in check["figures"]]
        assert Decimal(check["reported"]) >= 0


def test_what_is_there_on_purpose() -> None:
    verdicts = Counter(check["verdict"] for reference in GOLD for check in reference["checks"])
    assert verdicts["truncated"] >= 3
    assert 3 <= verdicts["inconsistent"] <= 6
    assert verdicts["unattainable"] == 1


def test_no_sentence_is_copied(articles: dict[str, Article], shared: Path) -> None:
    taken = set[tuple[str, ...]]()
    for path in (shared / "articles").rglob("*.txt"):
        taken.update(runs(path.read_text(encoding="utf-8")))
    copied = {name: " ".join(run) for name, article in articles.items() for run in runs(article.text) if run in taken}
    assert copied == {}


def runs(text: str) -> list[tuple[str, ...]]:
    """Every run of RUN words of `text`."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    return list(zip(*(words[start:] for start in range(RUN)), strict=False))
