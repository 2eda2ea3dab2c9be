"""Words are underthesea's, on the exact text, whatever the text."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from underthesea import word_tokenize
from underthesea.pipeline.word_tokenize import regex_tokenize

from extract.reading import word_model
from extract.reading.crfsuite import ModelError, parse_binary_crf
from extract.reading.word_model import best_path, labels_alike, load_model, model_folder, public_joins
from extract.reading.words import find_tokens, find_words

SENTENCES = [
    "Toàn|tỉnh|hiện|có|27|đảng bộ|trực thuộc|với|61.382|đảng viên|.",
    "Tỷ lệ|hộ|nghèo|giảm|còn|3,25|%|,|thấp|hơn|bình quân|chung|của|cả|nước|.",
    "Sản lượng|lúa|cả|năm|ước|đạt|1,2|triệu|tấn|.",
    "Đồng chí|Nguyễn Văn An|,|Bí thư|Huyện ủy|,|chủ trì|hội nghị|.",
    "Ngày|02/9/2024|,|huyện|khởi công|12|công trình|(|tổng|vốn|350|tỷ|đồng|)|.",
    "Liên hệ|:|van-phong@example.vn|hoặc|https://example.vn/tin?id=7|.",
]
HOSTILE = [
    *("a", "A", "1", "a.", "A.", "1-", "1.", "1,", "111.", "a/", "a.aa/", "a'", "A&", "1x", "1A", "a+", "a-+", "a@"),
    *("http://", "http:....", "http://a(", "((a", "(a)", ".", "-", ":", ":D", "=)", " ", "\n", "a\n", "\0", "\x1c"),
    *("\u0301", "a\u0301\u0323\u0302\u0301", "a" * 62 + ".", "\U0001f600", "\U0001f468\u200d", "\ud800", "İ", "hoà "),
]
PIECES = [
    *("a", "bộ", "x", "v", "A", "Ư", "TƯ", "Đ", "C", "Ph", "Th.S", "T.", "e-mail", "NĐ-CP", "vn", "12", "3", "2024"),
    *("http://", "ftp:/", "@", "&", ".", ",", ";", ":", "-", "_", "/", "%", "'", "’", '"', "”", "(", ")", "<", "="),
    *(" ", "\n", "!", "…", "°", "½", "\u02ba", "\u0301", "\U0001f600"),
]
ANY = st.characters(exclude_categories=())
TEXTS = st.one_of(
    st.text(ANY),
    st.text(st.sampled_from("aàÁđ1250.,-/:@'()% \n\u0301\ud800xTƯ"), max_size=60),
    st.lists(
        st.sampled_from(
            ["cấp", "ủy", "đảng", "viên", "Việt", "Nam", "27", "3,5", "%", ".", "tỷ", "đồng", "http://a.vn/b", "\u2028"]
        )
    ).map(" ".join),
)


def shown(text: str) -> list[str]:
    return [text[start:end] for start, end in find_words([text])[0]]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words(sentence: str) -> None:
    words = sentence.split("|")
    text = re.sub(r" ([,.:%)])", r"\1", " ".join(words)).replace("( ", "(")
    assert shown(text) == words
    assert word_tokenize(text) == words


@pytest.mark.parametrize(
    ("text", "edges", "words"),
    [
        ("10/13 phiếu", (0, 5), ["10/13", "phiếu"]),
        ("đảng viên", (), ["đảng viên"]),
        ("đảng viên", (4,), ["đảng", "viên"]),
        ("đảng viên", (5,), ["đảng", "viên"]),
        ("đảng viên", (0, 9), ["đảng viên"]),
        ("02/9/2024", (2, 3), ["02", "/", "9/2024"]),  # inside a token too
        ("đảng\nviên", (), ["đảng", "viên"]),
        ("đảng \r\n viên", (), ["đảng", "viên"]),
    ],
    ids=ascii,
)
def test_no_word_crosses_an_edge_or_a_line_break(text: str, edges: tuple[int, ...], words: list[str]) -> None:
    assert [text[start:end] for start, end in find_words([text], edges=[edges])[0]] == words


def test_texts_keep_their_order() -> None:
    assert find_words(["đảng viên", "", "a b"]) == [[(0, 9)], [], [(0, 1), (2, 3)]]
    assert find_words([]) == []


@given(TEXTS, st.lists(st.integers(0, 60)))
def test_words_cover_all_but_blanks(text: str, edges: list[int]) -> None:
    words = find_words([text], edges=[edges])[0]
    check_cover(text, words)
    assert not any(start < edge < end for start, end in words for edge in edges)
    assert not any(set(text[start:end]) & set("\n\r\u2028") for start, end in words)


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_hostile(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for whole in (text, "http://" + text, "1" + text + "@"):
        check_cover(whole, find_words([whole])[0])


def check_cover(text: str, words: list[tuple[int, int]]) -> None:
    at = 0
    for start, end in words:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_tokens_as_underthesea(text: str) -> None:
    assert find_tokens(text) == [match.span() for match in regex_tokenize.patterns.finditer(text)]


def test_as_underthesea(shared: Path) -> None:
    for path in sorted((shared / "articles").rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            lengths = [len(word.replace(" ", "")) for word in word_tokenize(line)]
            assert [len(re.sub(r"\s", "", word)) for word in shown(line)] == lengths, line


def test_the_model_labels_as_underthesea() -> None:
    folder = model_folder()
    model = load_model(folder)
    assert labels_alike(model, folder)
    model.transitions = (0.0, 9.0, 0.0, 9.0)
    assert not labels_alike(model, folder)


@pytest.mark.parametrize("sentence", SENTENCES[:4])
def test_public_function_joins_the_same(sentence: str) -> None:
    tokens = [word for words in sentence.split("|") for word in words.split()]
    assert public_joins(tokens) == load_model(model_folder()).joins(tokens)


@pytest.mark.parametrize(
    "tokens", [[], ["http://........................"], ["\ud800", "a"], ["a" * 9000], ["\u0301", "1-1-1"]]
)
def test_public_function_is_asked_nothing_hostile(tokens: list[str]) -> None:
    assert len(public_joins(tokens)) == len(tokens)


def test_other_files_lead_to_the_public_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_model, "model_folder", lambda: tmp_path)
    word_model.choose_joins.cache_clear()
    try:
        assert word_model.load_joins() is public_joins
        assert shown("Có 27 đảng viên.") == ["Có", "27", "đảng viên", "."]
    finally:
        word_model.choose_joins.cache_clear()


@pytest.mark.parametrize("damage", [b"", b"lCRF", b"x" * 100, None], ids=["empty", "short", "other", "cut"])
def test_damaged_models_are_refused(damage: bytes | None) -> None:
    whole = (model_folder() / word_model.MODEL / "models.bin").read_bytes()
    with pytest.raises(ModelError):
        parse_binary_crf(whole[:-3_000_000] if damage is None else damage, ("B-W", "I-W"))
    with pytest.raises(ModelError):
        parse_binary_crf(whole, ("B-NP", "I-NP"))


@pytest.mark.parametrize(
    ("leanings", "joined"),
    [([5.0], [False]), ([-1.0, 2.0, -3.0], [False, True, False]), ([0.0, 0.0], [False, False])],
)
def test_best_path(leanings: list[float], joined: list[bool]) -> None:
    assert best_path(leanings, (0.0, 0.0, 0.0, 0.0)) == joined


def test_full_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = ["tỉnh", "có", "27", "đảng", "bộ", "trực", "thuộc", "và", "61.382", "đảng", "viên"]
    joins = load_model(model_folder()).joins(tokens)
    monkeypatch.setattr(word_model, "KEPT", 3)
    model = load_model(model_folder())
    assert model.joins(tokens) == joins
    assert len(model.pairs) <= 3
    assert len(model.pieces) <= 3


def test_threads_that_come_first_together() -> None:
    word_model.choose_joins.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert len(set(map(str, pool.map(shown, ["Có 27 đảng viên."] * 64)))) == 1


def test_underthesea_is_not_imported() -> None:
    code = (
        "import sys; import extract.reading.words as words; assert 'spacy' not in sys.modules;"
        "words.find_words(['a b']); assert 'underthesea' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)


def test_tokens_of_a_part() -> None:
    text = "Đạt 98,5%."
    assert [text[start:end] for start, end in find_tokens(text, 4, 8)] == ["98,5"]
