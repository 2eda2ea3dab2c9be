"""What does a line of page furniture say?

A line is furniture where all its words are widgets of `furniture.csv`, whatever stands between them ("A- A A+ | In
trang | 12/5/2025"), or where one row tells the whole of it ("Bài, ảnh: ...").

Rows are plain text with a few parts in angle brackets (`PARTS`), so each matches in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.patterns import PatternError, Patterns
from extract.reading.outlets import SITE, Outlets

LONGEST = 250  # characters of a line that may be furniture as a whole
TAIL = 100  # last characters of a line where a credit may stand
FREE = 40  # characters of a name or section that may stand beside a date and its clock
FREE_PARTS = 2  # "Kinh tế - Xã hội | 12/5/2020 07:30"

WHERE = {
    "piece",  # a widget: a line of nothing but pieces is furniture
    "time",  # beside a date: weekday, clock, label
    "weak",  # counts only beside others
    "date",
    "written",  # a date in words, which needs no clock to be a dateline
    "block",  # the heading of a list of other news
    "line",  # tells the whole line
    "tail",  # the end of a line
}
PARTS = {
    "number": r"\d{1,12}(?:[.,]\d{1,12}){0,4}",
    "day": r"(?P<day>\d{1,2})",
    "month": r"(?P<month>\d{1,2})",
    "year": r"(?P<year>\d{4})",
    "clock": r"\d{1,2}[:hg]\d{2}(?::\d{2}(?:\.\d{1,6})?)?",
    "phone": r"[+(]?\d[\d .()/+-]{6,40}",
    "site": rf"(?P<outlet>{SITE})",
    "name": r"(?P<name>[^\d\n]{2,80})",
    "author": r"(?P<author>[^\d\n]{2,80})",
    "outlet": r"(?P<outlet>[^\n]{2,80})",
    "rest": r"[^\n]{1,240}",
}
PART = re.compile(r"<([a-z]+)>|(\s+)|([:,/>|-])")
GAP = re.compile(r"(?:[^\w%\u2030\u00a9>]|>(?!>))*")
FIRST = re.compile(r"\w+|[%\u2030\u00a9>]")
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(SITE)
YEAR = re.compile(r"\d{4}")
SEPARATOR = re.compile(r"\s*[|,\u2022\u00b7\u2013\u2014-]")
APART = frozenset("|\u2022\u00b7\u2013\u2014-")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `furniture.csv`, compiled."""

    where: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a furniture line is made of."""

    kinds: frozenset[str]  # of WHERE
    dates: tuple[tuple[int, int, int], ...] = ()  # year, month, day as printed, perhaps impossible
    outlet: str | None = None

    def stands(self, *, edge: bool) -> bool:
        """Whether the line is furniture where it is: a date or a clock alone is so at an edge of the article only."""
        return edge or not self.kinds or bool(self.kinds & {"piece", "block", "line"}) or self.kinds >= {"date", "time"}


class Widgets:
    """The rows of `furniture.csv` and how they are asked."""

    def __init__(self, patterns: Patterns) -> None:
        self.outlets = patterns.compiled(Outlets)
        self.pieces: dict[str, list[Row]] = {}  # by first word
        self.lines: dict[str, list[Row]] = {}
        tails = []
        for row in patterns.rows("furniture.csv", ("surface", "where", "example"), key=("surface", "where")):
            place = f"{patterns.folder / 'furniture.csv'}:{row['line']}"
            if row["where"] not in WHERE:
                raise PatternError(f"{place}: where must be one of {', '.join(sorted(WHERE))}")
            source = compile_surface(row["surface"], place)
            if row["where"] == "tail":
                tails.append(re.sub(r"\?P<\w+>", "?:", source))
            else:
                table = self.lines if row["where"] == "line" else self.pieces
                table.setdefault(first_word(row["surface"]), []).append(Row(row["where"], re.compile(source)))
        for rows in self.pieces.values():
            rows.sort(key=lambda row: row.where == "weak")  # of two matches as long as each other the first is taken
        self.tail = re.compile(rf"(?<!\w)[(\[]?(?P<credit>{'|'.join(tails)})\W*\Z")

    def read_line(self, line: str) -> Reading | None:
        """What `line` (letters composed) says if it is furniture as a whole, None where it is text."""
        if len(line) > LONGEST:
            return None
        begin = skip_gap(line, 0)
        if begin == len(line):
            return Reading(frozenset())
        return self._read_pieces(line, begin) or self._read_row(line, begin)

    def find_credit(self, line: str) -> int | None:
        """Where the credit at the end of `line` begins."""
        match = self.tail.search(line, max(0, len(line) - TAIL))
        if match is None:
            return None
        name = match["credit"].partition(":")[2]
        return match.start() if not name or is_name(name) else None

    def _read_pieces(self, line: str, at: int) -> Reading | None:
        kinds, dates, outlet, free = set[str](), list[tuple[int, int, int]](), None, 0
        while at < len(line):
            where, match = self.longest_piece(line, at)
            if match is None:
                end = find_free_end(line, at, dated=bool(dates)) if YEAR.search(line) else None
                free += 1
                if end is None or free > FREE_PARTS:
                    return None
                at = skip_gap(line, end)
                continue
            kinds.add(where)
            groups = match.groupdict()
            if "year" in groups:
                dates.append((int(groups["year"]), int(groups["month"]), int(groups["day"])))
            outlet = outlet or groups.get("outlet")
            at = skip_gap(line, match.end())
        if not kinds - {"weak"} or (free and not (kinds >= {"date", "time"} or "written" in kinds)):
            return None
        return Reading(frozenset(kinds), tuple(dates), self.outlets.find(outlet) if outlet else None)

    def longest_piece(self, line: str, at: int) -> tuple[str, re.Match[str] | None]:
        """The widget at `at` and where it may stand."""
        best, where = None, ""
        for row in candidates(self.pieces, line, at):
            match = row.pattern.match(line, at)
            if match and (best is None or match.end() > best.end()) and ends_word(line, match.end()):
                best, where = match, row.where
        return where, best

    def _read_row(self, line: str, at: int) -> Reading | None:
        bare = len(line.rstrip(" \t\u00a0.,;)]\"'"))
        for row in candidates(self.lines, line, at):
            match = row.pattern.fullmatch(line, at, bare)
            if match is None:
                continue
            groups = match.groupdict()
            named, author = groups.get("name"), groups.get("author")
            if (named or author) and not is_name(named or author or ""):
                continue
            source = groups.get("outlet") or (author or "").partition("(")[2]
            outlet = self.outlets.find(source) if source else None
            if "outlet" in groups and outlet is None:
                continue
            return Reading(frozenset({"line"}), (), outlet)
        return None


def is_name(text: str) -> bool:
    """Whether `text` reads as names of persons or papers: capitalised, never two small words on end.

    >>> is_name("Lê Minh và Hoàng Anh (Đài truyền thanh huyện)"), is_name("Vườn nhãn của ông Ba")
    (True, False)
    """
    words = WORD.findall(text.partition("(")[0])
    if ADDRESS.fullmatch(text.strip()):
        return True
    large = [word[0].isupper() for word in words]
    return bool(large) and large[0] and all(one or other for one, other in pairwise(large))


def find_free_end(line: str, at: int, *, dated: bool) -> int | None:
    """Where the name or section at `at` ends, which stands beside a date; `dated`: the date came first.

    >>> find_free_end("Kinh tế - 12/5/2020 07:30", 0, dated=False)
    7
    """
    mark = SEPARATOR.search(line, at, at + FREE)
    end = mark.start() if mark else len(line)
    parted = line[:at].rstrip()[-1:] in APART if dated else mark is not None
    fits = parted and end - at <= FREE and line[at].isupper() and not DIGIT.search(line, at, end)
    return end if fits else None


def compile_surface(surface: str, place: str) -> str:
    """The regex source of a row's plain text. Raises PatternError for a part that is not in `PARTS`."""
    sources, last = [], 0
    for match in PART.finditer(surface):
        part, blank, mark = match.groups()
        sources.append(literal(surface[last : match.start()]))
        if part and part not in PARTS:
            raise PatternError(f"{place}: no part <{part}>; there are {', '.join(PARTS)}")
        sources.append(PARTS[part] if part else r"\s{1,4}" if blank else rf"\s{{0,4}}{re.escape(mark)}\s{{0,4}}")
        last = match.end()
    sources.append(literal(surface[last:]))
    # A blank beside a mark is the mark's own.
    return "".join(sources).replace(r"\s{0,4}\s{1,4}", r"\s{0,4}").replace(r"\s{1,4}\s{0,4}", r"\s{0,4}")


def literal(text: str) -> str:
    """`text` itself, in any case."""
    return f"(?i:{re.escape(text)})" if text else ""


def first_word(surface: str) -> str:
    """The key of a row: its first word, `#` for a number, `*` for a web address."""
    if surface.startswith("<"):
        return "*" if surface.startswith("<site>") else "#"
    match = FIRST.match(surface)
    return match[0].lower() if match else "*"


def candidates(table: dict[str, list[Row]], line: str, at: int) -> list[Row]:
    """The rows that may match `line` at `at`."""
    match = FIRST.match(line, at)
    word = match[0].lower() if match else ""
    rows = table.get(word, [])
    if word[:1].isdigit():
        rows = rows + table.get("#", [])
    return rows + table.get("*", []) if "." in line else rows


def ends_word(line: str, at: int) -> bool:
    """Whether a number or word may end at `at`: no letter, digit or percent sign follows."""
    following = line[at : at + 1]
    return not following.isalnum() and following not in ("%", "\u2030")


def skip_gap(line: str, at: int) -> int:
    """Past everything from `at` that is no word."""
    match = GAP.match(line, at)
    return match.end() if match else at
