"""How well does a run agree with reference annotations? Detection, each slot, whole records and share links.

A figure is found where a reference figure overlaps it and kind, value, upper end and whole are equal; its slots are
then compared. References marked optional are neither wanted nor counted as false. Phrases agree where the F1 of their
words, without the most general ones, is high enough.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from extract.data.dataset import DatasetError, load_table
from extract.patterns import Patterns, load_patterns

Cells = Mapping[str, Any]
SLOTS = ("unit", "bound", "change", "indicator", "breakdown", "province", "place", "period", "status")
RECORD = ("change", "indicator", "province", "period", "status")  # a record is right where all of these are
DEFAULTS = {"bound": "exact", "change": "none", "status": "reported"}
PHRASE, UNIT = 0.6, 0.5  # least F1 of two phrases, of two units
WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Scores:
    """Counts behind the measures."""

    articles: int = 0
    count: Counter[str] = field(default_factory=Counter)
    slot: Counter[str] = field(default_factory=Counter)

    def measures(self) -> dict[str, float]:
        """Every measure by name, between 0 and 1."""
        count = self.count
        measures = {
            "detection": f1(count["hit"], count["found"], count["wanted"]),
            "record": f1(count["record"], count["found"], count["wanted"]),
            "links": f1(count["link_hit"], count["link_found"], count["link_wanted"]),
            "links_precision": ratio(count["link_hit"], count["link_found"]),
            "links_recall": ratio(count["link_hit"], count["link_wanted"]),
        }
        return measures | {slot: ratio(self.slot[slot], count["hit"]) for slot in SLOTS}


def ratio(part: int, whole: int) -> float:
    """part / whole, 0 of nothing."""
    return part / whole if whole else 0.0


def f1(hit: int, found: int, wanted: int) -> float:
    """Harmonic mean of precision and recall."""
    return ratio(2 * hit, found + wanted)


def evaluate_run(out: str | Path, gold: Path, patterns: Patterns | None = None) -> Scores:
    """Scores of the output folder `out` against a file of reference annotations.

    Raises DatasetError where one of the two is not there.
    """
    if not gold.is_file():
        raise DatasetError(f"{gold}: no such file of reference annotations")
    found: dict[str, list[Cells]] = {}
    for row in load_table(out, "figures").to_dict("records"):
        found.setdefault(fold(Path(str(row["article"])).name), []).append({str(key): cell for key, cell in row.items()})
    compare = Comparison(patterns or load_patterns())
    scores = Scores()
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            reference = json.loads(line)
            scores.articles += 1
            rows = sorted(found.get(fold(reference["article"]), []), key=lambda row: int(row["start"]))
            score_article(scores, reference, rows, compare)
    return scores


def score_article(scores: Scores, reference: Cells, rows: Sequence[Cells], compare: Comparison) -> None:
    """Adds one article's counts to `scores`."""
    wanted: Sequence[Cells] = reference["figures"]
    matched = match(wanted, rows)
    count = scores.count
    for index, want in enumerate(wanted):
        if want.get("optional"):
            continue
        count["wanted"] += 1
        if index not in matched:
            continue
        count["hit"] += 1
        row = rows[matched[index]]
        right = {slot for slot in SLOTS if compare.right(slot, want, row, reference.get("published"))}
        scores.slot.update(right)
        count["record"] += right >= set(RECORD)
        if want["kind"] == "percent":
            score_links(count, want, row, wanted)
    optional = [want for want in wanted if want.get("optional")]
    taken = set(matched.values())
    hits = {at for index, at in matched.items() if not wanted[index].get("optional")}
    count["found"] += sum(
        at in hits or (at not in taken and not any(overlap(want, row) for want in optional))
        for at, row in enumerate(rows)
    )


def match(wanted: Sequence[Cells], rows: Sequence[Cells]) -> dict[int, int]:
    """For each reference figure that was found, its row."""
    matched: dict[int, int] = {}
    for index, want in enumerate(wanted):
        for at, row in enumerate(rows):
            if at not in matched.values() and overlap(want, row) and same_number(want, row):
                matched[index] = at
                break
    return matched


def score_links(count: Counter[str], want: Cells, row: Cells, wanted: Sequence[Cells]) -> None:
    """Adds the links of one percentage."""
    for side in ("num", "den"):
        target = (want.get("share_of") or {}).get(side)
        expected = wanted[target]["start"] if target is not None else None
        cell = str(row[f"share_{side}"]).rpartition(":")[2]
        got = int(cell) if cell else None
        count["link_wanted"] += expected is not None
        count["link_found"] += got is not None
        count["link_hit"] += expected is not None and got == expected


class Comparison:
    """When do a reference slot and a found one agree?"""

    def __init__(self, patterns: Patterns) -> None:
        self.general = frozenset(patterns.sections("evaluation.toml")["general_words"])

    def right(self, slot: str, want: Cells, row: Cells, published: str | None) -> bool:
        """Whether `row` has the reference's value in `slot`."""
        special: dict[str, Callable[[], bool]] = {
            "indicator": lambda: self.same_indicator(want, row),
            "breakdown": lambda: self.same_facets(want.get("breakdown") or [], row["breakdown"]),
            "period": lambda: same_period(want.get("period"), row["period"] or None, published),
            "place": lambda: self.close(want.get("place"), row["place"]),
            "unit": lambda: self.same_unit(want, row),
            "province": lambda: (want.get("province") or "") == str(row["province"]),
        }
        if slot in special:
            return special[slot]()
        return str(want.get(slot) or DEFAULTS[slot]) == str(row[slot] or DEFAULTS[slot])

    def same_indicator(self, want: Cells, row: Cells) -> bool:
        """Whether one of the row's phrases says what the reference says."""
        phrases = [want.get("indicator"), *(want.get("indicator_or") or [])]
        said = [row["indicator_label"], row["subject"]]
        return any(self.close(phrase, cell) for phrase in phrases if phrase for cell in said if cell)

    def same_unit(self, want: Cells, row: Cells) -> bool:
        """Whether the units agree; a counted noun may also stand in the subject."""
        if want["kind"] not in ("count", "ratio"):
            return fold(want.get("unit")) == fold(row["unit"])
        unit = want.get("unit")
        return unit is None or any(self.close(unit, row[cell], UNIT) for cell in ("unit", "subject"))

    def same_facets(self, wanted: Iterable[str], cell: str) -> bool:
        """Whether the facets agree one to one."""
        left = [facet.strip() for facet in cell.split(";") if facet.strip()]
        for facet in wanted:
            hit = next((other for other in left if self.close(facet, other)), None)
            if hit is None:
                return False
            left.remove(hit)
        return not left

    def close(self, one: str | None, other: str | None, floor: float = PHRASE) -> bool:
        """Whether the F1 of two phrases' words is at least `floor`; two empty phrases agree."""
        left, right = self.words(one), self.words(other)
        if not left and not right:
            return True
        shared = sum((left & right).values())
        return bool(shared) and 2 * shared / (left.total() + right.total()) >= floor

    def words(self, text: str | None) -> Counter[str]:
        """The words of a phrase that tell it from others."""
        return Counter(word for word in WORD.findall(fold(text)) if word not in self.general)


def fold(text: object) -> str:
    """Composed, lower case, stripped; "" for null."""
    return unicodedata.normalize("NFC", str(text or "")).lower().strip()


def overlap(want: Cells, row: Cells) -> bool:
    """Whether two spans share a character."""
    return int(row["start"]) < int(want["end"]) and int(want["start"]) < int(row["end"])


def same_number(want: Cells, row: Cells) -> bool:
    """Whether kind, value, upper end and whole agree."""
    numbers = all(number(row[key]) == number(want.get(key)) for key in ("value", "high", "of"))
    return numbers and bool(row["kind"] == want["kind"])


def number(cell: object) -> Decimal | str | None:
    """A cell's number, None for null."""
    if cell is None or cell == "":
        return None
    try:
        return Decimal(str(cell)).normalize()
    except InvalidOperation:
        return str(cell)


def same_period(want: str | None, got: str | None, published: str | None) -> bool:
    """Whether two periods agree; the state at the time of writing may also be given as the article's date."""
    if want == "now" and published and got:
        return got == "now" or published.startswith(got)
    return want == got


def show_scores(scores: Scores) -> str:
    """The measures, a line each."""
    lines = [f"{scores.articles} articles, {scores.count['wanted']} reference figures"]
    return "\n".join([*lines, *(f"  {name:16} {value:.3f}" for name, value in scores.measures().items())])


def below_floors(scores: Scores, floors: Path) -> list[str]:
    """What falls short of the pinned floors, a line each."""
    pinned: dict[str, float] = json.loads(floors.read_text(encoding="utf-8"))
    measures = scores.measures()
    return [f"{name} {measures[name]:.3f} < {floor}" for name, floor in pinned.items() if measures[name] < floor]
