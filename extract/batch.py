"""How does a folder become a dataset? Articles in shards over processes, rows written in the order of the files."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from extract.data.checks import check_figures
from extract.data.dataset import DatasetWriter, encode_rows
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, TERMS, show_cell, show_rows
from extract.patterns import Patterns, load_patterns
from extract.pipeline import Findings, find_figures
from extract.reading.articles import list_files, read_file
from extract.records import Article, Unreadable

SHARD = 32  # files a worker takes at once: small enough for an even end, large enough to hide the hand-over


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker must know."""

    folder: Path
    patterns: Path | None = None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Tally:
    """What a run, or a shard of it, has done."""

    files: int = 0
    articles: int = 0
    characters: int = 0
    figures: int = 0
    terms: int = 0
    rejected: int = 0
    errors: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Adds another tally to this one."""
        for name in ("files", "articles", "characters", "figures", "terms", "rejected"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors += other.errors
        for name in ("kinds", "provinces", "verdicts"):
            getattr(self, name).update(getattr(other, name))


def run(
    folder: Path,
    out: Path,
    *,
    patterns: Path | None = None,
    columns: dict[str, str] | None = None,
    workers: int = 1,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Reads every article of `folder` and writes the tables to `out`; one bad article never stops it.

    `progress` is told of every shard that is done. Raises CorpusError, PatternError or DatasetError at the door.
    """
    files = list_files(folder)
    load_patterns(patterns)  # a mistake in the patterns is told before an output folder is made
    job = Job(folder, patterns, tuple((columns or {}).items()))
    total = Tally()
    with DatasetWriter(out) as writer:
        for tally, chunk in work(job, shards(files), workers):
            writer.append(chunk)
            total.add(tally)
            progress(tally)
    return total


def shards(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """`files` in runs of SHARD."""
    for at in range(0, len(files), SHARD):
        yield files[at : at + SHARD]


def work(job: Job, tasks: Iterable[Sequence[Path]], workers: int) -> Iterator[tuple[Tally, dict[str, bytes]]]:
    """The results of all shards, in order; only a few shards are under way at once, so memory does not grow."""
    if workers <= 1:
        yield from (read_shard(job, task) for task in tasks)
        return
    waiting: deque[Future[tuple[Tally, dict[str, bytes]]]] = deque()
    with ProcessPoolExecutor(workers, initializer=ignore_interrupts) as pool:
        for task in tasks:
            waiting.append(pool.submit(read_shard, job, task))
            if len(waiting) > 4 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def ignore_interrupts() -> None:
    """Ctrl-C is for the parent, which ends the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_shard(job: Job, files: Sequence[Path]) -> tuple[Tally, dict[str, bytes]]:
    """The encoded rows of some files."""
    patterns = load_patterns(job.patterns)
    tally = Tally(files=len(files))
    chunks: dict[str, list[bytes]] = {table.name: [] for table in (FIGURES, TERMS, ARTICLES, REJECTED, CHECKS)}
    for path in files:
        for article in read_file(path, job.folder, patterns, columns=dict(job.columns)):
            findings = attempt(article, patterns) if isinstance(article, Article) else article
            for name, rows in rows_of(findings, tally, patterns).items():
                chunks[name].append(encode_rows(rows))
    return tally, {name: b"".join(parts) for name, parts in chunks.items()}


def attempt(article: Article, patterns: Patterns) -> Findings | Unreadable:
    """The article's findings; an error of ours is a row of `articles`, never the end of the run."""
    try:
        return find_figures(article, patterns)
    except Exception as error:
        return Unreadable(article.name, article.path, f"{type(error).__name__}: {error}")


def rows_of(findings: Findings | Unreadable, tally: Tally, patterns: Patterns) -> dict[str, list[list[str]]]:
    """The rows of one article by table, counted into `tally`."""
    tally.articles += 1
    if isinstance(findings, Unreadable):
        tally.errors.append(f"{findings.path}: {findings.error}")
        return {"articles": [article_row(article=findings.name, path=findings.path, error=findings.error)]}
    article, checks = findings.article, check_figures(findings.figures, patterns)
    tally.characters += len(article.text)
    tally.figures += len(findings.figures)
    tally.terms += len(findings.terms)
    tally.rejected += len(findings.rejected)
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
        characters=len(article.text),
        figures=len(findings.figures),
        rejected=len(findings.rejected),
    )
    return {
        "figures": show_rows(FIGURES, findings.figures),
        "terms": show_rows(TERMS, findings.terms, article=article.name),
        "articles": [row],
        "rejected": show_rows(REJECTED, findings.rejected, article=article.name),
        "checks": show_rows(CHECKS, checks),
    }


def article_row(**cells: object) -> list[str]:
    """A row of `articles`; columns not given are null."""
    return [show_cell(cells.get(column)) for column in ARTICLES.columns]
