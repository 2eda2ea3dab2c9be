"""A view shows the same letters as its source, at places that lead back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.patterns import PatternError, Patterns, load_patterns
from extract.reading.view import Orthography, compose, make_view, source_span

MARKS = "\u0300\u0301\u0302\u0306\u0309\u031b\u0323"
VIETNAMESE = st.sampled_from("aăâeêioôơuưyđðqhntksQĐÐĂ ấàỳỷuyùo.-–“%\n" + MARKS)
ANY = st.characters(exclude_categories=())  # lone surrogates too
TEXTS = st.one_of(st.text(ANY), st.text(VIETNAMESE, max_size=40), st.text(st.one_of(ANY, VIETNAMESE)))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Uỷ ban", "ủy ban"),
        ("HOÀ BÌNH", "hòa bình"),
        ("hoàn toàn", "hoàn toàn"),  # another letter follows: the mark stays
        ("Quý I", "quý i"),  # the u belongs to q
        ("thuỳ, luỹ", "thùy, lũy"),
        ("tỉ lệ, tỉnh", "tỷ lệ, tỉnh"),
        ("Bác sỹ Kỉ", "bác sĩ kỷ"),
        ("Hàng năm", "hằng năm"),
        ("mặt hàng năm nay", "mặt hằng năm nay"),
        ("2020–2025", "2020-2025"),
        ("“Đổi mới”", '"đổi mới"'),
        ("1\u00a0234\u202fha", "1 234 ha"),
        ("Ðắk Nông", "đắk nông"),
        ("İzmir", "İzmir"),  # its lower case is longer: it stays
        ("", ""),
    ],
    ids=lambda value: value or "empty",
)
def test_folded(text: str, folded: str, patterns: Patterns) -> None:
    assert make_view(text, patterns).folded == folded


@pytest.mark.parametrize(
    ("text", "composed"),
    [
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("Vi\u00ea\u0323t", "Việt"),  # half composed, as Windows-1258 has it
        ("O\u031b\u0309", "Ở"),
        ("m\u00b2, \u00bd, \uff15", "m², ½, ５"),  # compatibility characters stay
        ("e\u0301\u0301", "e\u0301\u0301"),  # no single letter
        ("\u0301a", "\u0301a"),
        ("a\ud800b", "a\ufffdb"),
    ],
    ids=ascii,
)
def test_composed(text: str, composed: str, patterns: Patterns) -> None:
    assert make_view(text, patterns).text == composed


def test_untouched_text_has_no_map() -> None:
    assert compose("Tiếng Việt") == ("Tiếng Việt", None)


@given(TEXTS, st.data())
def test_every_span_shows_its_source(text: str, data: st.DataObject) -> None:
    view = make_view(text, load_patterns())
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    source_start, source_end = source_span(view, start, end)
    assert nfc(text[source_start:source_end]) == nfc(view.text[start:end])


@given(TEXTS)
def test_view_shows_all_of_its_source(text: str) -> None:
    view = make_view(text, load_patterns())
    assert source_span(view, 0, len(view.text)) == (0, len(text))
    assert nfc(view.text) == nfc(text)
    view.text.encode()  # no lone surrogates


@given(TEXTS)
def test_folding_keeps_the_length_and_folds_once(text: str) -> None:
    view = make_view(text, load_patterns())
    assert len(view.folded) == len(view.text)
    assert load_patterns().compiled(Orthography).fold(view.folded) == view.folded


@pytest.mark.parametrize("unit", ["a\u0301", "a" + "\u0301\u0323" * 30, "\u0301", "hoà ", "İ", "\ud800"], ids=ascii)
def test_long_runs(unit: str, patterns: Patterns) -> None:
    text = unit * 100_000
    view = make_view(text, patterns)
    assert source_span(view, 0, len(view.text)) == (0, len(text))


def test_pairs_of_other_lengths_are_refused(tmp_path: Path) -> None:
    (tmp_path / "orthography.toml").write_text('[tone]\n[word]\n"sy" = "si "\n[character]\n', encoding="utf-8")
    with pytest.raises(PatternError, match="length"):
        Orthography(Patterns(tmp_path))
