"""How does a run use many machines? A Dask cluster does the parts; what is seen across articles one process does."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extract.data.crossing import crossing
from extract.data.dataset import encode_rows, write_package
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED, TABLES, TERMS
from extract.data.texts import SUFFIX, TEXTS
from extract.patterns import Patterns, load_patterns
from extract.reading.tables import COLUMNS
from extract.running.engines import AHEAD, in_blocks
from extract.running.limits import MEGABYTES, SECONDS
from extract.running.parts import (
    DONE,
    RAW,
    ROWS,
    ClusterError,
    Part,
    do_part,
    keep_files,
    list_parts,
    read_done,
    read_rows,
    write_rows,
)
from extract.running.work import Job, Tally, digest, prepare

FILES = 500  # in a part, about
TIMEOUT = "30s"  # for the scheduler to answer


def run_on_cluster(
    folder: str,
    out: str,
    *,
    scheduler: str | None = None,
    patterns: Path | None = None,
    columns: Mapping[str, str] | None = None,
    workers: int = 2,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    files: int = FILES,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """As `batch.run`, on the Dask cluster at `scheduler`, or on one of `workers` processes here.

    `folder` and `out` are paths or addresses that fsspec opens; each table is a folder of Parquet files there, in the
    order of `datapackage.json`, and the texts are beside them. A part has about `files` files. Patterns of your own
    must be at the same path on every machine.
    Raises CorpusError, PatternError, ClusterError.
    """
    known = load_patterns(patterns)
    prepare(known)
    job = Job(Path(), patterns, tuple({**COLUMNS, **(columns or {})}.items()), seconds, megabytes)
    knowledge = digest(known, job)
    parts = list(list_parts(folder, knowledge, files))
    done, total = read_done(out), Tally()
    with connect(scheduler, workers, megabytes) as client:
        submit = Submitter(client, (job, knowledge, folder, out))
        for tally in do_parts(submit, parts, done, AHEAD * count_threads(client)):
            total.add(tally)
            progress(tally)
    join_parts(out, [part.name for part in parts], known)
    return total


@contextmanager
def connect(scheduler: str | None, workers: int, megabytes: int) -> Iterator[Any]:
    """A client of the cluster. Raises ClusterError."""
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ClusterError("the engine dask wants another package: pip install 'solieu[dask]'") from error
    if scheduler is None:
        memory = f"{megabytes}MB"
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, memory_limit=memory, dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=TIMEOUT)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {scheduler}") from error
    with client:
        yield client


def count_threads(client: Any) -> int:
    """How many parts the cluster can do at once."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


class Submitter:
    """Gives parts to a cluster."""

    def __init__(self, client: Any, given: tuple[Job, str, str, str]) -> None:
        self.client, self.given = client, given

    def __call__(self, part: Part, lost: Collection[str] = ()) -> Any:
        """A part's tally to be."""
        return self.client.submit(do_part, *self.given, part, lost, pure=False)


def do_parts(submit: Submitter, parts: Iterable[Part], done: Mapping[str, Tally], ahead: int) -> Iterator[Tally]:
    """The tallies of all parts; only some are under way at once, so the scheduler's memory does not grow."""
    waiting = deque[tuple[Part, Any]]()
    for part in parts:
        if part.name in done:
            yield done[part.name]
            continue
        waiting.append((part, submit(part)))
        if len(waiting) > ahead:
            yield take(submit, *waiting.popleft())
    while waiting:
        yield take(submit, *waiting.popleft())


def take(submit: Submitter, part: Part, future: Any) -> Tally:
    """A part's tally; where it killed its workers its files are tried alone, and those that kill again are given up."""
    from distributed import KilledWorker  # noqa: PLC0415  # an extra

    try:
        result: Tally = future.result()
    except KilledWorker:
        lost = [path for path, name in part.files if kills(submit, Part(f"{part.name}-alone", ((path, name),)))]
        result = submit(part, lost).result()
    return result


def kills(submit: Submitter, part: Part) -> bool:
    """Whether a part of one file kills its workers."""
    from distributed import KilledWorker  # noqa: PLC0415  # an extra

    try:
        submit(part).result()
    except KilledWorker:
        return True
    return False


def join_parts(out: str, names: Sequence[str], patterns: Patterns) -> None:
    """The parts as one dataset: articles and checks learn of each other, the package lists all, the rest is removed."""
    kept = dict.fromkeys((FIGURES.name, TERMS.name, REJECTED.name, TEXTS), names)
    with tempfile.TemporaryDirectory() as here, crossing(Path(here) / "crossing.sqlite", patterns) as crossed:
        articles = crossed.articles(read_rows(out, RAW[ARTICLES.name], names))
        kept[ARTICLES.name] = write_rows(out, ARTICLES, map(encode_rows, in_blocks(articles, ROWS)))
        crossed.figures(read_rows(out, FIGURES.name, names))
        cutters = crossed.habits(read_rows(out, RAW[CHECKS.name], names))
        checks = crossed.checks(read_rows(out, RAW[CHECKS.name], names), cutters)
        kept[CHECKS.name] = write_rows(out, CHECKS, map(encode_rows, in_blocks(checks, ROWS)))
    suffixes = {name: SUFFIX if name == TEXTS else ".parquet" for name in kept}
    parts = {name: [f"{name}/{part}{suffixes[name]}" for part in found] for name, found in kept.items()}
    write_package(out, TABLES, parts)
    for name, found in kept.items():
        keep_files(out, name, suffixes[name], found)
    for folder in RAW.values():
        keep_files(out, folder, ".parquet", names)
    keep_files(out, DONE, ".json", names)
