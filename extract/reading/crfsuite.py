"""What does a CRFsuite model file hold? The weights of attributes and of transitions between labels.

The format is CRFsuite's own (lCRF, version 100): a header, a list of features and two tables of strings.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator


class ModelError(Exception):
    """A model file is not as this package knows it."""


def parse_binary_crf(data: bytes, labels: tuple[str, str]) -> tuple[dict[str, float], tuple[float, ...]]:
    """How much more each attribute speaks for the second label than for the first, and the weights of transitions.

    Transitions: first to first, first to second, second to first, second to second.
    Raises ModelError if it is not a CRFsuite model with these two labels.
    """
    try:
        return read(data, labels)
    except (struct.error, LookupError, UnicodeDecodeError) as error:
        raise ModelError(f"a damaged CRFsuite model: {error}") from error


def read(data: bytes, expected: tuple[str, str]) -> tuple[dict[str, float], tuple[float, ...]]:
    """The same, raising what reading a damaged file raises."""
    magic, _, kind, version, _, _, _, features, labels, attributes = struct.unpack_from("<4sI4s7I", data)
    if (magic, kind, version) != (b"lCRF", b"FOMC", 100) or tuple(strings(data, labels)) != expected:
        raise ModelError(f"not a CRFsuite model with the labels {' and '.join(expected)}")
    names = list(strings(data, attributes))
    weights = [0.0] * len(names)
    transitions = [0.0] * 4
    (count,) = struct.unpack_from("<I", data, features + 8)
    start = features + 12
    for transition, source, label, weight in struct.iter_unpack("<3Id", data[start : start + 20 * count]):
        if transition:
            transitions[2 * source + label] = weight
        else:
            weights[source] += weight if label else -weight
    return dict(zip(names, weights, strict=True)), tuple(transitions)


def strings(data: bytes, base: int) -> Iterator[str]:
    """The strings of the table at `base`, by number."""
    magic, _, _, _, count, links = struct.unpack_from("<4s5I", data, base)
    if magic != b"CQDB":
        raise ModelError("no table of strings where one should be")
    for offset in struct.unpack_from(f"<{count}I", data, base + links):
        at = base + offset + 8
        (size,) = struct.unpack_from("<I", data, at - 4)
        yield data[at : at + size - 1].decode()  # without the closing zero
