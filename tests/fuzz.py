"""Does any input break a run? `make fuzz`: atheris changes bytes for ten minutes, guided by the lines they reach.

The first byte chooses what the others are: text, a page, a table, a patterns file. What is found is written to the
folder given (crash-*), and `python -m tests.fuzz FILE` does it again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["extract"]):
    from extract.data.checks import check_figures
    from extract.patterns import PatternError, Patterns, load_patterns
    from extract.pipeline import find_figures
    from extract.reading.articles import read_file
    from extract.records import Article, Figure, Rejected, Term

SUFFIXES = (".txt", ".html", ".csv", ".jsonl", ".toml")
MINUTES = 10
SLOWEST = 20  # seconds for one input
LONGEST = 20_000  # bytes
HERE = Path(tempfile.mkdtemp(prefix="solieu-fuzz-"))


def try_input(data: bytes) -> None:
    """Whatever the bytes are, they are read, or refused with a reason, and every figure is proved by its words."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    path = HERE / f"input{suffix}"
    path.write_bytes(data[1:])
    if suffix == ".toml":
        try_patterns()
        return
    known = load_patterns()
    for article in read_file(path, HERE, known):
        if not isinstance(article, Article):
            continue
        found = find_figures(article, known)
        check_figures(found.figures, known)
        records: list[Figure | Term | Rejected] = [*found.figures, *found.terms, *found.rejected]
        for record in records:
            if article.text[record.start : record.end] != record.text:
                raise AssertionError(f"{record} is not what the article says there")


def try_patterns() -> None:
    """A file of patterns is understood, or refused with its name."""
    known = Patterns(HERE)
    try:
        known.sections("input.toml")
        known.rows("input.toml", ("a", "b"))
    except PatternError as error:
        if "input.toml" not in str(error):
            raise


def main() -> None:
    limits = [f"-max_total_time={MINUTES * 60}", f"-timeout={SLOWEST}", f"-max_len={LONGEST}", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:]], try_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
