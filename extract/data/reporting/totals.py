"""What does a whole run come to? Counts for the first screen, and which page shows which article."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from extract.data.dataset import Row, iter_table
from extract.data.tables import ARTICLES, CHECKS, FIGURES, REJECTED

MOST_UNREAD = 100  # told by name


def count_run(out: str | Path) -> dict[str, Any]:
    """The counts of a run: by kind and status, by province, by verdict and by reason."""
    kinds, provinces, named, indicators = Counter[tuple[str, str]](), Counter[str](), Counter[str](), set[str]()
    for row in iter_table(out, FIGURES, ("kind", "status", "province", "indicator", "period")):
        kinds[row["kind"], row["status"]] += 1
        provinces[row["province"]] += 1
        named["indicator"] += bool(row["indicator"])
        named["period"] += bool(row["period"])
        named["province"] += bool(row["province"])
        indicators.add(row["indicator"])
    verdicts = Counter((row["verdict"], row["level"]) for row in iter_table(out, CHECKS, ("verdict", "level")))
    reasons = Counter(row["reason"] for row in iter_table(out, REJECTED, ("reason",)))
    return {
        **count_articles(out),
        "figures": sum(kinds.values()),
        "indicators": len(indicators - {""}),
        "named": dict(sorted(named.items())),
        "kinds": [[kind, status, count] for (kind, status), count in sorted(kinds.items())],
        "provinces": ranked(provinces),
        "verdicts": [[verdict, level, count] for (verdict, level), count in sorted(verdicts.items())],
        "reasons": ranked(reasons),
    }


def count_articles(out: str | Path) -> dict[str, Any]:
    """How many articles there are, how long they are, and which could not be read."""
    count = Counter[str]()
    unread: list[Row] = []
    for row in iter_table(out, ARTICLES, ("path", "characters", "error")):
        count["articles"] += 1
        count["characters"] += int(row["characters"] or 0)
        count["errors"] += bool(row["error"])
        if row["error"] and len(unread) < MOST_UNREAD:
            unread.append({"path": row["path"], "error": row["error"]})
    return {
        "articles": count["articles"],
        "unread": unread,
        "errors": count["errors"],
        "characters": count["characters"],
    }


def ranked(counts: Counter[str]) -> list[list[Any]]:
    """Names with counts, the most first, equals by name."""
    return [[name, count] for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
