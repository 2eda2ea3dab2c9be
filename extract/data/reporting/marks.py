"""Where is a text marked? Spans of figures and refused numbers, laid side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

ASTRAL = 0xFFFF  # characters above take two units in a browser's strings


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text with the spans in it, as indexes: usually one; spans that overlap share a mark."""

    start: int
    end: int
    spans: tuple[int, ...]


def lay_marks(spans: Sequence[tuple[int, int]]) -> list[Mark]:
    """Marks that hold every span, in text order and not overlapping.

    >>> lay_marks([(5, 9), (0, 2), (7, 12)])
    [Mark(start=0, end=2, spans=(1,)), Mark(start=5, end=12, spans=(0, 2))]
    """
    marks: list[Mark] = []
    for index in sorted(range(len(spans)), key=lambda at: spans[at]):
        start, end = spans[index]
        if marks and start < marks[-1].end:
            last = marks.pop()
            marks.append(Mark(last.start, max(last.end, end), (*last.spans, index)))
        else:
            marks.append(Mark(start, end, (index,)))
    return marks


class Units:
    """Offsets in a browser's strings, which count UTF-16 units, from offsets in characters.

    >>> Units("số 🙂 12")(5)
    6
    """

    def __init__(self, text: str) -> None:
        wide = bool(text) and max(map(ord, text)) > ASTRAL
        self.pairs = [at for at, letter in enumerate(text) if ord(letter) > ASTRAL] if wide else []

    def __call__(self, offset: int) -> int:
        """The offset in units of the character at `offset`."""
        return offset + bisect_left(self.pairs, offset)
