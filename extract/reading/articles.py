"""Which articles does a folder hold? Plain texts, pages and tables, in name order; what cannot be read says why."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from extract.errors import SolieuError
from extract.patterns import Patterns
from extract.reading.decoding import NotTextError, decode_text
from extract.reading.furniture import find_furniture
from extract.reading.masthead import Masthead, find_masthead, find_published
from extract.reading.outlets import host
from extract.reading.pages import read_page
from extract.reading.tables import COLUMNS, TableError, TableRow, read_table
from extract.reading.widgets import Widgets
from extract.records import Article, Unreadable

PAGES = (".htm", ".html")
TABLES = (".csv", ".jsonl", ".parquet")
SUFFIXES = (*PAGES, *TABLES, ".txt")
LARGEST = 20_000_000  # bytes of a text or page, characters of a table's cell


class CorpusError(SolieuError):
    """There are no articles to read at the path given."""


def load_articles(
    folder: Path, patterns: Patterns, *, columns: Mapping[str, str] = COLUMNS
) -> Iterator[Article | Unreadable]:
    """The articles under `folder` (or of one file) in name order; one that cannot be read comes back as Unreadable.

    `columns` says which column of a table holds which field. Raises CorpusError where there is no such folder.
    """
    for path in list_files(folder):
        yield from read_file(path, folder, patterns, columns=columns)


def list_files(folder: Path) -> list[Path]:
    """The files of articles under `folder`, sorted by their paths under it; hidden ones are skipped.

    A folder that cannot be opened stands in the list itself, so `read_file` tells of it. Raises CorpusError.
    """
    if folder.is_file() and folder.suffix.lower() not in SUFFIXES:
        raise CorpusError(f"{folder}: not one of {', '.join(SUFFIXES)}")
    return [path for path in walk(folder) if path.suffix.lower() in SUFFIXES or path.is_dir()]


def list_ignored(folder: Path) -> list[Path]:
    """The files under `folder` that are no articles by their suffix. Raises CorpusError."""
    return [path for path in walk(folder) if path.suffix.lower() not in SUFFIXES and not path.is_dir()]


def walk(folder: Path) -> list[Path]:
    """All files under `folder` that are not hidden, and folders that cannot be opened, sorted.

    Each real folder is entered once, so a loop of links ends.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such file or folder of articles")
    found, waiting, seen = list[Path](), [folder], set[tuple[int, int]]()
    while waiting:
        here = waiting.pop()
        try:
            status, entries = here.stat(), sorted(os.scandir(here), key=lambda entry: entry.name, reverse=True)
        except OSError:
            found.append(here)
            continue
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            for entry in entries:
                if not entry.name.startswith("."):
                    (waiting if is_folder(entry) else found).append(here / entry.name)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether `entry` is a folder or a link to one; a link in a circle is none."""
    if entry.is_symlink():
        return os.path.isdir(entry.path)  # noqa: PTH112  # the only test that never raises
    return entry.is_dir()


def read_file(
    path: Path, folder: Path, patterns: Patterns, *, columns: Mapping[str, str] = COLUMNS, name: str | None = None
) -> Iterator[Article | Unreadable]:
    """The articles of one of `list_files(folder)`: one of a text or page, one a row of a table.

    `name` is what `name_file` gives, where it is known.
    """
    shown = show_path(path, folder)
    name = name or name_file(path, folder)
    suffix = path.suffix.lower()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would never end
            raise NotTextError("a folder that cannot be opened" if path.is_dir() else "not a regular file")
        if suffix in TABLES:
            for row in read_table(path, columns):
                yield article_of_row(row, shown, patterns)
        elif status.st_size > LARGEST:
            raise NotTextError(f"larger than {LARGEST // 1_000_000} MB")
        elif suffix in PAGES:
            page = read_page(path.read_bytes())
            yield make_article(name, shown, page.text, patterns, page.masthead)
        else:
            yield make_article(name, shown, decode_text(path.read_bytes()), patterns)
    except OSError as error:
        yield Unreadable(name, shown, f"cannot be opened: {error.strerror or error}")
    except (NotTextError, TableError) as error:
        yield Unreadable(name, shown, str(error))


def name_file(path: Path, folder: Path, exists: Callable[[str], bool] = os.path.lexists) -> str:
    """The name of an article in a file of its own: its path under `folder`, without suffix where that is no other's."""
    shown = show_path(path, folder)
    return shown if keeps_suffix(path, exists) else shown.removesuffix(path.suffix)


def show_path(path: Path, folder: Path) -> str:
    """The path under `folder` as text; bytes of a file name that are not UTF-8 are written as escapes."""
    relative = path.name if path == folder else path.relative_to(folder).as_posix()
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def keeps_suffix(path: Path, exists: Callable[[str], bool] = os.path.lexists) -> bool:
    """Whether the name without suffix may be taken: by a file beside `path`, or because it looks like a table's row."""
    stem, suffix = path.stem, path.suffix
    if "#" in stem or suffix not in (suffix.lower(), suffix.upper()):
        return True
    endings = [form for ending in SUFFIXES for form in (ending, ending.upper()) if stem + form < path.name]
    others = [stem + ending for ending in endings]
    if Path(stem).suffix.lower() in SUFFIXES:
        others.append(stem)
    beside = os.fspath(path).removesuffix(path.name)
    return any(exists(beside + other) for other in others)


def article_of_row(row: TableRow, shown: str, patterns: Patterns) -> Article | Unreadable:
    """The article of a table's row."""
    name = f"{shown}#{row.number}"
    if row.error is not None:
        return Unreadable(name, shown, row.error)
    cells = row.cells
    if len(cells["text"]) > LARGEST:
        return Unreadable(name, shown, f"larger than {LARGEST // 1_000_000} MB")
    published = read_published(cells["published"], patterns) if "published" in cells else None
    outlet = cells.get("outlet") or (host(cells["url"]) if "url" in cells else None)
    return make_article(name, shown, cells["text"], patterns, Masthead(cells.get("title"), published, outlet))


def read_published(cell: str, patterns: Patterns) -> str | None:
    """The ISO date of a table's cell; None where it is no date for sure."""
    try:
        return date.fromisoformat(cell[:10]).isoformat()
    except ValueError:
        reading = patterns.compiled(Widgets).read_line(cell)
        return find_published([reading]) if reading else None


def make_article(name: str, shown: str, text: str, patterns: Patterns, known: Masthead | None = None) -> Article:
    """An article of its text; what is not `known` of it is read from its head and foot."""
    furniture = find_furniture(text, patterns)
    found = find_masthead(text, furniture, patterns)
    known = known or found
    return Article(
        name=name,
        path=shown,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=known.title or found.title,
        published=known.published or found.published,
        outlet=known.outlet or found.outlet,
        furniture=furniture,
    )
