"""What does a worker do? Reads the articles of some pieces and encodes their rows; whatever goes wrong is a row too."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from extract.data.checks import check_figures
from extract.data.dataset import encode_rows
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, TABLES, TERMS, show_cell, show_rows
from extract.data.texts import encode_texts
from extract.garbage import no_collection
from extract.patterns import PatternError, Patterns, load_patterns
from extract.pipeline import Findings, find_figures
from extract.reading.articles import article_of_row, read_file, show_path
from extract.records import Article, Unreadable
from extract.running.limits import MEGABYTES, SECONDS, TimeUp, time_limit
from extract.running.pieces import Key, Piece

TEXTS = "texts"  # the articles' texts, kept beside the tables for the report and whoever reads a row's evidence
STREAMS = (*(table.name for table in TABLES), TEXTS)  # what a piece is made of, as bytes that are only appended
LONGEST = 300  # characters of an error told in a table


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker must know."""

    folder: Path
    patterns: Path | None = None
    columns: tuple[tuple[str, str], ...] = ()
    seconds: float = SECONDS  # for an article
    megabytes: int = MEGABYTES  # for a worker


@dataclass(slots=True)
class Tally:
    """What a run, or a part of it, has done."""

    files: int = 0
    articles: int = 0
    characters: int = 0
    figures: int = 0
    terms: int = 0
    rejected: int = 0
    reused: int = 0  # articles taken over from an earlier run
    errors: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Adds another tally to this one."""
        for name in ("files", "articles", "characters", "figures", "terms", "rejected", "reused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors += other.errors
        for name in ("kinds", "provinces", "verdicts"):
            getattr(self, name).update(getattr(other, name))


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


@dataclass(frozen=True, slots=True)
class Done:
    """A piece's encoded rows by table."""

    key: Key
    fingerprint: str  # empty where the outcome may be another next time
    rows: dict[str, bytes]
    tally: Tally


def digest(patterns: Patterns, job: Job) -> str:
    """What else than its articles decides a run's rows: patterns, code, word model, columns."""
    told = hashlib.sha256(repr((patterns.digest(), version("underthesea"), job.columns)).encode())
    here = Path(__file__).parent.parent
    for path in sorted(here.rglob("*.py")):
        told.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def prepare(patterns: Patterns) -> None:
    """Compiles the patterns and loads the word model: mistakes are told at the door, and forked workers have both.

    Raises PatternError.
    """
    with no_collection():
        found = find_figures(Article("", "", "1 %.", ""), patterns)
        check_figures(found.figures, patterns)


def do_pieces(job: Job, pieces: Sequence[Piece]) -> list[Done]:
    """The rows of some pieces."""
    patterns = load_patterns(job.patterns)
    return [do_piece(job, piece, patterns) for piece in pieces]


def do_piece(job: Job, piece: Piece, patterns: Patterns) -> Done:
    """The rows of a piece, one article after the other."""
    tally = Tally(files=piece.first)
    chunks: dict[str, list[bytes]] = {name: [] for name in STREAMS}
    lasting, shown = True, show_path(piece.path, job.folder)
    for name, read in articles_of(job, piece, shown, patterns):
        encoded, again = attempt(read, name, shown, job, tally, patterns)
        lasting = lasting and again
        for stream, part in encoded.items():
            chunks[stream].append(part)
    rows = {stream: b"".join(parts) for stream, parts in chunks.items()}
    return Done(piece.key, piece.fingerprint if lasting else "", rows, tally)


def articles_of(
    job: Job, piece: Piece, shown: str, patterns: Patterns
) -> Iterator[tuple[str, Callable[[], Article | Unreadable]]]:
    """The names of a piece's articles, each with what reads it; `shown` is the piece's path."""
    if piece.rows is None:
        yield piece.name, lambda: next(read_file(piece.path, job.folder, patterns, name=piece.name))
    for row in piece.rows or ():
        yield f"{shown}#{row.number}", lambda row=row: article_of_row(row, shown, patterns)  # type: ignore[misc]
    if piece.error is not None:
        yield piece.name, lambda: Unreadable(piece.name, shown, piece.error or "")


def attempt(
    read: Callable[[], Article | Unreadable], name: str, shown: str, job: Job, tally: Tally, patterns: Patterns
) -> tuple[dict[str, bytes], bool]:
    """The encoded rows of one article, and whether they would be the same again; what goes wrong is a row, too."""
    counted, lasting = Tally(), True
    try:
        with time_limit(job.seconds):
            article = read()
            found = find_figures(article, patterns) if isinstance(article, Article) else article
            rows = rows_of(found, counted, patterns)
    except TimeUp:
        counted, lasting = Tally(), False
        rows = error_rows(Unreadable(name, shown, f"took longer than {job.seconds:g} s"), counted)
    except MemoryError:
        counted, lasting = Tally(), False
        rows = error_rows(Unreadable(name, shown, f"needed more than {job.megabytes} MB"), counted)
    except PatternError:
        raise
    except Exception as error:
        counted = Tally()
        rows = error_rows(Unreadable(name, shown, f"{type(error).__name__}: {error}"), counted)
    tally.add(counted)
    return rows, lasting


def rows_of(findings: Findings | Unreadable, tally: Tally, patterns: Patterns) -> dict[str, bytes]:
    """The encoded rows of one article by stream, counted into `tally`."""
    if isinstance(findings, Unreadable):
        return error_rows(findings, tally)
    article, checks = findings.article, check_figures(findings.figures, patterns)
    tally.articles = 1
    tally.characters = len(article.text)
    tally.figures = len(findings.figures)
    tally.terms = len(findings.terms)
    tally.rejected = len(findings.rejected)
    tally.kinds.update(figure.kind for figure in findings.figures)
    tally.provinces.update(figure.province_name or figure.province or "" for figure in findings.figures)
    tally.verdicts.update(check.verdict for check in checks)
    row = article_row(
        article=article.name,
        path=article.path,
        sha256=article.sha256,
        title=article.title,
        published=article.published,
        outlet=article.outlet,
        province=findings.places.province,
        province_rule=findings.places.rule,
        province_evidence=findings.places.evidence,
        characters=len(article.text),
        figures=len(findings.figures),
        rejected=len(findings.rejected),
    )
    return {
        "figures": encode_rows(show_rows(FIGURES, findings.figures)),
        "terms": encode_rows(show_rows(TERMS, findings.terms, article=article.name)),
        "articles": encode_rows([row]),
        "rejected": encode_rows(show_rows(REJECTED, findings.rejected, article=article.name)),
        "checks": encode_rows(show_rows(CHECKS, checks)),
        TEXTS: encode_texts([(article.name, article.text)]),
    }


def error_rows(article: Unreadable, tally: Tally) -> dict[str, bytes]:
    """The rows of an article that could not be read."""
    error = " ".join(article.error.split())[:LONGEST]
    tally.articles = 1
    tally.errors.append(f"{article.path}: {error}")
    return {"articles": encode_rows([article_row(article=article.name, path=article.path, error=error)])}


def article_row(**cells: object) -> list[str]:
    """A row of `articles`; columns not given are null."""
    return [show_cell(cells.get(column)) for column in ARTICLES.columns]


def lost_piece(job: Job, piece: Piece, why: str) -> Done:
    """What stands for a piece, of one article, that no worker lives through."""
    tally = Tally(files=piece.first)
    shown = show_path(piece.path, job.folder)
    name = f"{shown}#{piece.rows[0].number}" if piece.rows else piece.name
    rows = dict.fromkeys(STREAMS, b"") | error_rows(Unreadable(name, shown, why), tally)
    return Done(piece.key, "", rows, tally)


def join_done(piece: Piece, parts: Sequence[Done]) -> Done:
    """The parts of a piece that was split, as one."""
    tally = add_up(part.tally for part in parts)
    tally.files = int(piece.first)
    rows = {stream: b"".join(part.rows[stream] for part in parts) for stream in STREAMS}
    return Done(piece.key, piece.fingerprint if all(part.fingerprint for part in parts) else "", rows, tally)
