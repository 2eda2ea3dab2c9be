"""What does a whole run come to? Counts for the first screen, and which page shows which article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.data.reporting.slices import Row, iter_table
from extract.data.tables import CHECKS, FIGURES, REJECTED


def count_run(out: Path, articles: Sequence[Row]) -> dict[str, Any]:
    """The counts of a run: by kind and status, by province, by verdict and by reason."""
    kinds, provinces, named, indicators = Counter[tuple[str, str]](), Counter[str](), Counter[str](), set[str]()
    for row in iter_table(out, FIGURES):
        kinds[row["kind"], row["status"]] += 1
        provinces[row["province"]] += 1
        named["indicator"] += bool(row["indicator"])
        named["period"] += bool(row["period"])
        named["province"] += bool(row["province"])
        indicators.add(row["indicator"])
    verdicts = Counter((row["verdict"], row["level"]) for row in iter_table(out, CHECKS))
    reasons = Counter(row["reason"] for row in iter_table(out, REJECTED))
    return {
        "articles": len(articles),
        "unread": [{"path": row["path"], "error": row["error"]} for row in articles if row["error"]][:100],
        "errors": sum(bool(row["error"]) for row in articles),
        "characters": sum(int(row["characters"] or 0) for row in articles),
        "figures": sum(kinds.values()),
        "indicators": len(indicators - {""}),
        "named": dict(sorted(named.items())),
        "kinds": [[kind, status, count] for (kind, status), count in sorted(kinds.items())],
        "provinces": ranked(provinces),
        "verdicts": [[verdict, level, count] for (verdict, level), count in sorted(verdicts.items())],
        "reasons": ranked(reasons),
    }


def ranked(counts: Counter[str]) -> list[list[Any]]:
    """Names with counts, the most first, equals by name."""
    return [[name, count] for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
