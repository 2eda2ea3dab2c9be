"""Files to articles: formats, encodings, names, and what cannot be read."""

from __future__ import annotations

import hashlib
import json
import os
import random
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.patterns import load_patterns
from extract.reading.articles import CorpusError, list_files, list_ignored, load_articles, read_file
from extract.reading.decoding import NotTextError, decode_text
from extract.records import Article, Unreadable

Write = Callable[[Path, list[dict[str, str]]], None]

TEXT = (
    "Nghĩa Hưng về đích sớm\r\n12/05/2020, 07:30\r\n(BĐ) - Đến nay, huyện có 12/20 xã, thị trấn đạt chuẩn; "
    "tỷ lệ hộ nghèo giảm còn 2,5%. Người dân được hỗ trợ vốn và giống để phát triển sản xuất 👍\r\n"
)
PLAIN = TEXT.replace("👍", "")
NFD = unicodedata.normalize("NFD", PLAIN)
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Huyện có 12 xã đạt chuẩn</title>
<meta property="og:url" content="https://www.baonamdinh.vn/a.html">
<meta property="og:title" content="Huyện có 12 xã đạt chuẩn">
<meta property="article:published_time" content="2020-05-12T07:30:00+07:00"></head>
<body><nav><a href="/">Trang chủ</a></nav><article><h1>Huyện có 12 xã đạt chuẩn</h1>{paragraphs}</article>
<footer>Giấy phép số 12</footer></body></html>"""
PARAGRAPH = "<p>Đến nay, huyện có 12 xã đạt chuẩn nông thôn mới, tỷ lệ hộ nghèo giảm còn 2,5% so với năm trước.</p>"


def windows_1258(text: str) -> bytes:
    """As Windows writes it: letters with their circumflex or horn composed, tone marks after them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in tones)
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones)) + tone)
    return "".join(parts).encode("cp1258")


def load(folder: Path, **columns: str) -> list[Article | Unreadable]:
    if columns:
        return list(load_articles(folder, load_patterns(), columns=columns))
    return list(load_articles(folder, load_patterns()))


def names(read: Sequence[Article | Unreadable]) -> list[str]:
    return [article.name for article in read]


def only(read: Sequence[Article | Unreadable]) -> Article:
    (article,) = read
    assert isinstance(article, Article), article
    return article


def errors(read: Sequence[Article | Unreadable]) -> list[str | None]:
    return [article.error if isinstance(article, Unreadable) else None for article in read]


def texts(read: Sequence[Article | Unreadable]) -> list[str]:
    return [article.text for article in read if isinstance(article, Article)]


def refused(read: Sequence[Article | Unreadable]) -> str:
    (article,) = read
    assert isinstance(article, Unreadable), article
    return article.error


# Encodings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(TEXT.encode(), TEXT, id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), TEXT, id="utf-8 with mark"),
        pytest.param(NFD.encode(), NFD, id="utf-8 decomposed"),
        pytest.param(TEXT.encode("utf-16"), TEXT, id="utf-16 with mark"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, id="utf-16-be with mark"),
        pytest.param(TEXT.encode("utf-16-le"), TEXT, id="utf-16-le"),
        pytest.param(TEXT.encode("utf-16-be"), TEXT, id="utf-16-be"),
        pytest.param(TEXT.encode("utf-32"), TEXT, id="utf-32"),
        pytest.param(windows_1258(PLAIN), windows_1258(PLAIN).decode("cp1258"), id="windows-1258"),
        pytest.param(b"12 xa\r\n", "12 xa\r\n", id="ascii"),
        pytest.param("“Đổi mới” – 12½ m²".encode(), "“Đổi mới” – 12½ m²", id="signs"),
    ],
)
def test_text_is_kept_as_decoded(data: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    article = only(load(tmp_path))
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_windows_1258_is_vietnamese_once_composed() -> None:
    assert unicodedata.normalize("NFC", decode_text(windows_1258(PLAIN))) == unicodedata.normalize("NFC", PLAIN)


RANDOM = random.Random(7).randbytes(200_000)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", "holds no text", id="empty"),
        pytest.param(b" \r\n\t", "holds no text", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "holds no text", id="only a mark"),
        pytest.param(RANDOM, "no text", id="random"),
        pytest.param(RANDOM.replace(b"\0", b"\1"), "not UTF-8", id="random without zeros"),
        pytest.param(b"\0" * 1000, "no text", id="zeros"),
        pytest.param(b"PK\x03\x04\x14\0\0\0\x08\0" * 20, "no text", id="zip"),
        pytest.param(b"Ok\0Ok\0\0Ok", "no text", id="zeros in text"),
        pytest.param(b"\x01\x02\x03abc", "control characters", id="controls"),
        pytest.param(TEXT.encode()[:-3] + b"\xf0\x9f", "not UTF-8", id="cut emoji"),
        pytest.param("Tỉnh đã".encode() + b"\xff", "not UTF-8", id="one bad byte"),
        pytest.param(b"\xff\xfea", "not utf-16", id="half a character"),
        pytest.param(bytes(range(128, 256)) * 9, "not UTF-8", id="high bytes"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, error: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert error in refused(load(tmp_path))


def test_an_article_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.reading.articles.LARGEST", 1_000_000)
    (tmp_path / "a.txt").write_bytes(b"a" * 1_000_001)
    (tmp_path / "b.csv").write_text(f"text\n{'b' * 1_000_001}\nb\n", encoding="utf-8")
    read = load(tmp_path)
    assert errors(read) == ["larger than 1 MB", "larger than 1 MB", None]
    assert texts(read) == ["b"]


@pytest.mark.parametrize(
    "text", ["x" * 10**6, "1" * 10**5, "ảnh: " * 10**5, "\u0301" * 10**5], ids=lambda text: text[:4]
)
def test_hostile_text_is_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert only(load(tmp_path)).text == text


# Folders and names


def test_articles_come_in_name_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a b/Tin tức số 1.txt",
        "a.txt",
        ".hidden.txt",
        ".git/x.txt",
        "note.md",
        "a/logo.png",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert names(load(tmp_path)) == ["a b/Tin tức số 1", "a", "a/z", "b"]
    assert [path.name for path in list_ignored(tmp_path)] == ["logo.png", "note.md"]


def test_names_stay_distinct(tmp_path: Path) -> None:
    files = ["a.html", "a.txt", "a.txt.txt", "b.TXT", "b.txt", "c.TXT", "d#1.txt", "e.htm", "e.html", "f.csv", "f.txt"]
    for name in files:
        (tmp_path / name).write_text("text\n" if name.endswith("csv") else TEXT, encoding="utf-8")
    expected = ["a", "a.txt", "a.txt.txt", "b", "b.txt", "c", "d#1.txt", "e", "e.html", "f.txt"]
    assert names(load(tmp_path)) == expected
    alone = [article for path in list_files(tmp_path) for article in read_file(path, tmp_path, load_patterns())]
    assert names(alone) == expected


def test_one_file_instead_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    article = only(load(tmp_path / "a.txt"))
    assert (article.name, article.path) == ("a", "a.txt")


def test_there_is_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("x")
    with pytest.raises(CorpusError, match="no such file or folder of articles"):
        load(tmp_path / "missing")
    with pytest.raises(CorpusError, match=r"note\.md: not one of \.htm"):
        load(tmp_path / "note.md")
    assert load(tmp_path) == []


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in/up").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "d.txt").symlink_to(tmp_path / "in/a.txt")
    read = load(tmp_path)
    assert names(read) == ["b", "c", "d", "in/a"]
    assert errors(read)[1] == "cannot be opened: No such file or directory"
    assert [error is None for error in errors(read)] == [False, False, True, True]


def test_a_linked_folder_is_entered_once(tmp_path: Path) -> None:
    (tmp_path / "z").mkdir()
    (tmp_path / "z/a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "y").symlink_to(tmp_path / "z")
    assert names(load(tmp_path)) == ["y/a"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert refused(load(tmp_path)) == "not a regular file"


def test_files_and_folders_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    real = os.scandir
    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(os, "scandir", lambda path: real(path) if Path(path) == tmp_path else refuse(path))
    read = load(tmp_path)
    assert names(read) == ["a", "in"]
    assert errors(read) == ["cannot be opened: Permission denied", "a folder that cannot be opened"]


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"tin\xff.txt")).write_text(TEXT, encoding="utf-8")
    assert only(load(tmp_path)).name == "tin\\xff"


def test_masthead_and_furniture_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    article = only(load(tmp_path))
    assert (article.title, article.published, article.outlet) == (
        "Nghĩa Hưng về đích sớm",
        "2020-05-12",
        "Báo Bình Định",
    )
    assert [article.text[start:end] for start, end in article.furniture] == ["12/05/2020, 07:30"]


# Pages


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("utf-16", "utf-16"), ("utf-8", "utf-8-sig")])
def test_a_page(charset: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.format(charset=charset, paragraphs=PARAGRAPH * 5).encode(encoding))
    article = only(load(tmp_path))
    assert article.title == "Huyện có 12 xã đạt chuẩn"
    assert article.text.startswith("Huyện có 12 xã đạt chuẩn\nĐến nay, huyện có 12 xã")
    assert (article.published, article.outlet) == ("2020-05-12", "baonamdinh.vn")
    assert "Giấy phép" not in article.text


def test_a_page_in_windows_1258(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_bytes(windows_1258(PAGE.format(charset="windows-1258", paragraphs=PARAGRAPH * 5)))
    assert "đạt chuẩn" in unicodedata.normalize("NFC", only(load(tmp_path)).text)


@pytest.mark.parametrize("page", ["<html></html>", "   ", ""], ids=["no text", "blank", "empty"])
def test_a_page_without_text(page: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page)
    assert "no " in refused(load(tmp_path))


@pytest.mark.parametrize("page", ["<div>" * 20_000 + "x", "<p" * 50_000, "&" * 100_000], ids=["deep", "open", "signs"])
def test_a_hostile_page_ends(page: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page)
    assert len(load(tmp_path)) == 1


# Tables


ROWS = [
    {"text": TEXT, "title": "Tiêu đề", "published": "2021-03-04T07:00:00Z", "outlet": "Báo Nam Định", "url": ""},
    {"text": TEXT, "title": "", "published": "05/04/2021 07:30", "outlet": "", "url": "https://www.vidu.vn/a.html"},
    {"text": " ", "title": "Rỗng", "published": "", "outlet": "", "url": ""},
    {"text": 'Một\r\n"hai", ba', "title": "", "published": "hôm qua", "outlet": "", "url": ""},
]
EXPECTED = [
    ("Tiêu đề", "2021-03-04", "Báo Nam Định"),
    ("Nghĩa Hưng về đích sớm", "2021-04-05", "vidu.vn"),
    "no text",
    ("Một", None, None),
]


def shown(read: Sequence[Article | Unreadable]) -> list[object]:
    return [
        article.error if isinstance(article, Unreadable) else (article.title, article.published, article.outlet)
        for article in read
    ]


def write_jsonl(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_csv(path: Path, rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    import csv

    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, rows: list[dict[str, str]]) -> None:
    import pandas as pd

    pd.DataFrame(rows).to_parquet(path)


@pytest.mark.parametrize("write", [write_jsonl, write_csv, write_parquet])
def test_a_table_has_an_article_a_row(write: Write, tmp_path: Path) -> None:
    suffix = write.__name__.removeprefix("write_")
    write(tmp_path / f"tin.{suffix}", ROWS)
    read = load(tmp_path)
    assert names(read) == [f"tin.{suffix}#{number}" for number in (1, 2, 3, 4)]
    assert {article.path for article in read} == {f"tin.{suffix}"}
    assert shown(read) == EXPECTED
    assert texts(read) == [TEXT, TEXT, 'Một\r\n"hai", ba']


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-16-le")])
def test_csv_as_spreadsheets_write_it(delimiter: str, encoding: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ROWS, delimiter, encoding)
    assert shown(load(tmp_path)) == EXPECTED


@pytest.mark.parametrize("write", [write_jsonl, write_csv, write_parquet])
def test_columns_have_other_names(write: Write, tmp_path: Path) -> None:
    write(tmp_path / f"a.{write.__name__.removeprefix('write_')}", [{"id": "7", "body": TEXT, "date": "2021-03-04"}])
    article = only(load(tmp_path, text="body", published="date"))
    assert (article.text, article.published) == (TEXT, "2021-03-04")
    assert refused(load(tmp_path)).startswith("no text" if write is write_jsonl else "no column 'text'")


def test_a_bad_row_of_json_lines_does_not_stop_the_next(tmp_path: Path) -> None:
    good = json.dumps({"text": "Xã có 12 hộ", "title": 5}).encode()
    lines = [good, b"{", b"", b"[1]", b"7", b'{"text": 5}', b'{"title": "x"}', b'{"text": "\xff"}', b"[" * 10**5, good]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    read = load(tmp_path)
    assert names(read) == [f"a.jsonl#{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10)]
    assert [article.error.partition(":")[0] for article in read[1:-1] if isinstance(article, Unreadable)] == [
        "no JSON",
        "no JSON object",
        "no JSON object",
        "its text is no string",
        "no text",
        "not UTF-8",
        "no JSON",
    ]
    assert isinstance(read[0], Article)
    assert isinstance(read[-1], Article)


def test_json_lines_end_at_line_feeds_only(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "một\u2028hai"}\r\n{"text": "lẻ \\ud800"}'.encode())
    assert texts(load(tmp_path)) == ["một\u2028hai", "lẻ \ud800"]


def test_a_bad_row_of_csv_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        b"text,title\nmot,x\nhai\n\nba,x,y\nb\xffn,x\n,x\nnam,x\n" + b"b" * 200_000 + b",x\n"
    )
    read = load(tmp_path)
    assert shown(read)[1:5] == ["1 cells, not 2", "3 cells, not 2", "not UTF-8", "no text"]
    assert [text[:3] for text in texts(read)] == ["mot", "nam", "bbb"]


def test_a_bad_row_of_parquet_does_not_stop_the_next(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    cells = pa.array([b"mot", b"\xff", None, b"bon"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": cells, "published": pa.array([18000] * 4, pa.date32())}), tmp_path / "a.parquet")
    read = load(tmp_path)
    assert shown(read) == [("mot", "2019-04-14", None), "not UTF-8", "no text", ("bon", "2019-04-14", None)]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("data", [b"", RANDOM, b"PAR1", b"\0" * 50], ids=["empty", "random", "short", "zeros"])
def test_a_file_that_is_no_table(suffix: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / f"a{suffix}").write_bytes(data)
    assert all(isinstance(article, Unreadable) and article.error for article in load(tmp_path))


def test_decode_text_says_why() -> None:
    with pytest.raises(NotTextError, match="zero bytes"):
        decode_text(b"a\0\0\0b")
