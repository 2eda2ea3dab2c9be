"""What is known? The only opener of the files in `patterns/`.

A CSV file has a header and a row a fact; a TOML file has sections. Both are read strictly: an unknown column, a
blank cell that must be filled, text that is not NFC or a key listed twice stops the program with file and line.
What a file means is compiled by the module that uses it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from extract.errors import SolieuError

Row = dict[str, str]
T = TypeVar("T")

SOURCE = Path(__file__).resolve().parent.parent / "patterns"  # a checkout
BUNDLED = Path(__file__).resolve().parent / "_patterns"  # an installed wheel


class PatternError(SolieuError):
    """A file of `patterns/` cannot be used; the message names file and line."""


class Patterns:
    """The files of one patterns folder, read on first use and kept.

    >>> patterns = load_patterns()
    >>> patterns.rows("rates.csv", ("surface", "example"))[0]["surface"]
    'người'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._compiled: dict[object, Any] = {}

    def compiled(self, compile_: Callable[[Patterns], T]) -> T:
        """What `compile_` makes of these patterns, made once."""
        if compile_ not in self._compiled:
            self._compiled[compile_] = compile_(self)
        result: T = self._compiled[compile_]
        return result

    def rows(
        self, name: str, columns: Sequence[str], *, key: Sequence[str] = ("surface",), blank: Sequence[str] = ()
    ) -> list[Row]:
        """The rows of a CSV file with exactly these columns; cells may be empty only in the columns of `blank`.

        Each row carries its line under "line". Raises PatternError naming file and line.
        """
        path = self.folder / name
        reader = csv.reader(io.StringIO(self.text(name), newline=""), strict=True)
        try:
            table = [(reader.line_num, cells) for cells in reader]
        except csv.Error as error:
            raise PatternError(f"{path}:{reader.line_num}: {error}") from error
        if not table or tuple(table[0][1]) != tuple(columns):
            raise PatternError(f"{path}:1: the columns must be {', '.join(columns)}")
        rows, seen = [], dict[tuple[str, ...], int]()
        for line, cells in table[1:]:
            if len(cells) != len(columns):
                raise PatternError(f"{path}:{line}: {len(cells)} cells, not {len(columns)}")
            row = dict(zip(columns, cells, strict=True))
            for column, cell in row.items():
                if cell != cell.strip() or (not cell and column not in blank):
                    raise PatternError(f"{path}:{line}: {column} is empty or has blanks around it: {cell!r}")
            identity = tuple(row[column] for column in key)
            if identity in seen:
                raise PatternError(f"{path}:{line}: {' '.join(identity)!r} stands on line {seen[identity]} already")
            seen[identity] = line
            rows.append({**row, "line": str(line)})
        return rows

    def sections(self, name: str) -> dict[str, Any]:
        """A TOML file. Raises PatternError naming the file."""
        try:
            return tomllib.loads(self.text(name))
        except tomllib.TOMLDecodeError as error:
            raise PatternError(f"{self.folder / name}: {error}") from error

    def text(self, name: str) -> str:
        """A file's text, checked to be NFC."""
        path = self.folder / name
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PatternError(f"{path}: {error}") from error
        for number, line in enumerate(text.splitlines(), 1):
            if not unicodedata.is_normalized("NFC", line):
                raise PatternError(f"{path}:{number}: not in NFC")
        return text

    def digest(self) -> str:
        """SHA-256 over names and bytes of all files: two runs with the same digest know the same."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("*")):
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


@cache
def load_patterns(folder: Path | None = None) -> Patterns:
    """The patterns in `folder`; without one, those of the checkout or the installed package.

    Raises PatternError where there is no such folder.
    """
    if folder is None:
        folder = SOURCE if SOURCE.is_dir() else BUNDLED
    if not folder.is_dir():
        raise PatternError(f"{folder}: no such folder of patterns")
    return Patterns(folder)
