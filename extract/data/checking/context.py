"""How do figures of one article stand to each other? Same thing, same place, earlier or later; the words between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any
from unicodedata import is_normalized, normalize

from extract.patterns import Patterns
from extract.records import Figure

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NOW = 9999  # the year of what is so at the time of writing: after every other
LOOKED_AT = 40  # figures of a sentence that must fall on their texts
SLICE = 500  # characters composed at a time
CLOSE = 0.5  # token F1 of two phrases that name the same thing


class CheckWords:
    """The cues and sentences of `checks.toml`, compiled."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("checks.toml")
        self.cues = {
            name: re.compile(r"(?<!\w)(?:{})(?!\w)".format("|".join(map(re.escape, cue["words"]))))
            for name, cue in sections["cue"].items()
        }
        self.factor_units = frozenset(sections["units"]["factor"])
        self.percent_units = frozenset(sections["units"]["percent"])
        self.sentences: dict[str, Any] = sections["sentence"]
        self.verdicts: dict[str, Any] = sections["verdict"]
        self.reasons: dict[str, Any] = sections["reason"]
        self.repairs: dict[str, Any] = sections["repair"]

    def says(self, cue: str, text: str | None) -> bool:
        """Whether `text` holds a word of this cue."""
        return text is not None and self.cues[cue].search(composed(text.lower())) is not None


class Context:
    """One article's figures in text order, with what relates them."""

    def __init__(self, figures: Sequence[Figure], words: CheckWords) -> None:
        self.figures = sorted(figures, key=lambda figure: figure.start)
        self.words = words
        self.position = {figure.figure: index for index, figure in enumerate(self.figures)}
        numbers: dict[str, int] = {}  # the sentences that differ
        self._sentences = [numbers.setdefault(figure.sentence, len(numbers)) for figure in self.figures]
        self._levels = frozenset(figure.figure for figure in self.figures if self._counts(figure))
        self._led: dict[tuple[str, int], bool] = {}  # what `led` has answered

    def get(self, identity: str | None) -> Figure | None:
        """The figure with this id, None where the article has none."""
        index = self.position.get(identity) if identity else None
        return None if index is None else self.figures[index]

    def is_percent(self, figure: Figure) -> bool:
        """A percentage in hundredths (not per mille)."""
        return figure.kind == "percent" and (figure.unit or "%") in self.words.percent_units

    def is_factor(self, figure: Figure) -> bool:
        """A multiple: so many times as much."""
        return figure.kind == "count" and (figure.unit or "").lower() in self.words.factor_units

    def is_level(self, figure: Figure) -> bool:
        """A number of things, neither a change nor a comparison."""
        return figure.figure in self._levels

    def _counts(self, figure: Figure) -> bool:
        return (
            figure.kind in ("count", "amount", "ratio")
            and figure.change == "none"
            and not figure.vs
            and not self.is_factor(figure)
        )

    def same_sentence(self, first: int, second: int) -> bool:
        """Whether two figures stand in one sentence."""
        if self._sentences[first] != self._sentences[second]:
            return False
        one, two = self.figures[first], self.figures[second]
        return abs(one.start - two.start) <= len(one.sentence)

    @cached_property
    def _places(self) -> list[int | None]:
        """Where each figure begins in its sentence; None where that cannot be told."""
        places: list[int | None] = []
        while len(places) < len(self.figures):
            first = len(places)
            last = first + 1
            while last < len(self.figures) and self.same_sentence(first, last):
                last += 1
            places += _places_in(self.figures[first].sentence, self.figures[first:last])
        return places

    def led(self, cue: str, index: int) -> bool:
        """Whether the words before a figure hold a word of this cue."""
        if (cue, index) not in self._led:
            self._led[cue, index] = self.words.says(cue, self.before(index))
        return self._led[cue, index]

    def before(self, index: int) -> str:
        """The words between the figure and the one before it in its sentence, or the sentence's start."""
        place = self._places[index]
        if place is None:
            return ""
        start = 0
        if index and self.same_sentence(index - 1, index):
            left = self._places[index - 1]
            start = 0 if left is None else left + len(self.figures[index - 1].text)
        return self.figures[index].sentence[start:place]

    def after(self, index: int) -> str:
        """The words between the figure and the next one in its sentence, or the sentence's end."""
        place = self._places[index]
        if place is None:
            return ""
        figure = self.figures[index]
        end = len(figure.sentence)
        if index + 1 < len(self.figures) and self.same_sentence(index, index + 1):
            end = self._places[index + 1] or end
        return figure.sentence[place + len(figure.text) : end]


def composed(text: str) -> str:
    """`text` in NFC, slice by slice: composing is quadratic on long runs of combining marks.

    >>> composed("phu\u031b\u01a1\u0300ng") == "ph\u01b0\u1eddng"
    True
    """
    if is_normalized("NFC", text[:SLICE]):
        return text
    return "".join(normalize("NFC", text[at : at + SLICE]) for at in range(0, len(text), SLICE))


def _places_in(sentence: str, group: Sequence[Figure]) -> list[int | None]:
    """Where the figures of one sentence begin in it: by their distances, or one after the other.

    The distances are those of the file, which the sentence as read does not keep where letters were composed.
    """
    found = sentence.find(group[0].text)
    while found >= 0:
        begin = found - group[0].start
        if all(sentence.startswith(other.text, begin + other.start) for other in group[:LOOKED_AT]):
            return [begin + other.start for other in group]
        found = sentence.find(group[0].text, found + 1)
    places: list[int | None] = []
    end = 0
    for figure in group:
        match = re.compile(rf"(?<!\w){re.escape(figure.text)}(?!\w)").search(sentence, end)
        places.append(match.start() if match else None)
        end = match.end() if match else end
    return places


@lru_cache(maxsize=4096)
def _tokens(phrase: str) -> Counter[str]:
    return Counter("".join(c if c.isalnum() else " " for c in phrase.lower()).split())


@lru_cache(maxsize=16384)
def closeness(first: str, second: str) -> float:
    """Token F1 of two phrases.

    >>> closeness("khach du lich", "khach quoc te")
    0.3333333333333333
    """
    one, two = _tokens(first), _tokens(second)
    common = sum((one & two).values())
    return 2 * common / (sum(one.values()) + sum(two.values())) if common else 0.0


def same_unit(first: Figure, second: Figure) -> bool:
    """Whether two figures count or measure in one unit; a count without a noun joins any count."""
    kind = "count" if first.kind == "ratio" else first.kind
    if kind != second.kind and not (kind == "count" and second.kind == "ratio"):
        return False
    if first.unit == second.unit:
        return True
    if kind == "amount":
        return False
    return not first.unit or not second.unit or closeness(first.unit, second.unit) >= CLOSE


def same_subject(first: Figure, second: Figure) -> bool:
    """Whether two figures are about one indicator."""
    if first.indicator and second.indicator:
        return first.indicator == second.indicator
    names = [(first.indicator_label, second.indicator_label), (first.subject, second.subject)]
    return any(one and two and (one == two or closeness(one, two) >= CLOSE) for one, two in names)


def same_scope(first: Figure, second: Figure) -> bool:
    """Whether two figures are about one place and one part of the whole."""
    return (first.province, first.place, first.breakdown) == (second.province, second.place, second.breakdown)


def year_of(figure: Figure) -> int | None:
    """The year in which the figure's period ends; None where it names none.

    `now` counts as after any year.
    """
    if figure.period is None:
        return None
    end = figure.period.rpartition("/")[2]
    return NOW if end == "now" else int(end[:4]) if end[:4].isdigit() else None


def named_year(text: str | None) -> int | None:
    """The last year that a phrase names.

    >>> named_year("so voi nam 2015"), named_year("khoa truoc")
    (2015, None)
    """
    years = YEAR.findall(text or "")
    return int(years[-1]) if years else None
