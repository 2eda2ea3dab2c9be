"""How do a million cells fit in memory and sort in a second? A column as whole numbers and its distinct texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Integers = npt.NDArray[np.int64]
Objects = npt.NDArray[Any]


class Coded:
    """A column: `codes[row]` is the place of its value in `values`, which are distinct and sorted.

    >>> column = Coded.of(["b", "a", "b"])
    >>> column.codes.tolist(), column.values
    ([1, 0, 1], ['a', 'b'])
    """

    __slots__ = ("codes", "values")

    def __init__(self, codes: Integers, values: list[Any]) -> None:
        self.codes, self.values = codes, values

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Coded:
        """A column of plain values."""
        return cls(np.arange(len(cells), dtype=np.int64), list(cells)).map(lambda cell: cell)

    @classmethod
    def constant(cls, value: Any, rows: int) -> Coded:
        """A column of one value."""
        return cls(np.zeros(rows, dtype=np.int64), [value])

    @classmethod
    def of_arrow(cls, column: pa.ChunkedArray) -> Coded:
        """A text column of Arrow, null as empty text."""
        array = column.cast(pa.string()).fill_null("").combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.string())
        encoded = array.dictionary_encode()
        codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        return cls(codes, encoded.dictionary.to_pylist()).map(lambda cell: cell)

    @classmethod
    def stack(cls, columns: Sequence[Coded]) -> Coded:
        """Columns one under the other, without the values that no row has any more.

        >>> stacked = Coded.stack([Coded.of(["b", "a"]), Coded.of(["c", "b"]).take(np.array([1]))])
        >>> stacked.codes.tolist(), stacked.values
        ([1, 0, 1], ['a', 'b'])
        """
        codes, values = list[Integers](), list[Any]()
        for column in columns:
            used, own = np.unique(column.codes, return_inverse=True)
            codes.append(own.astype(np.int64) + len(values))
            values += [column.values[at] for at in used.tolist()]
        return cls(np.concatenate(codes), values).map(lambda cell: cell)

    def map(self, change: Callable[[Any], Any]) -> Coded:
        """The column with each value changed; `change` is called once a distinct value."""
        changed = [change(value) for value in self.values]
        distinct = sorted(set(changed))
        number = {value: at for at, value in enumerate(distinct)}
        return Coded(np.array([number[value] for value in changed], dtype=np.int64)[self.codes], distinct)

    def where(self, keep: npt.NDArray[np.bool_], other: Coded) -> Coded:
        """This column where `keep` holds, elsewhere `other`."""
        values = [*self.values, *other.values]
        return Coded(np.where(keep, self.codes, other.codes + len(self.values)), values).map(lambda value: value)

    def take(self, rows: npt.NDArray[Any]) -> Coded:
        """The rows that a mask or a list of positions picks."""
        return Coded(self.codes[rows], self.values)

    def cells(self) -> Objects:
        """The column as plain values."""
        table = np.empty(len(self.values), dtype=object)
        table[:] = self.values
        return table[self.codes]

    def holds(self, test: Callable[[Any], bool]) -> npt.NDArray[np.bool_]:
        """A mask of the rows whose value passes `test`."""
        return np.array([bool(test(value)) for value in self.values], dtype=bool)[self.codes]

    def __len__(self) -> int:
        return len(self.codes)


def join(*columns: Coded) -> Coded:
    """Columns as one column of tuples, only of the combinations that occur.

    >>> join(Coded.of(["a", "b", "a"]), Coded.of([1, 1, 1])).values
    [('a', 1), ('b', 1)]
    """
    numbers = number_rows(columns)
    _, first = np.unique(numbers, return_index=True)
    values = list(zip(*(column.take(first).cells() for column in columns), strict=True))
    return Coded(numbers, values).map(lambda value: value)


def number_rows(columns: Sequence[Coded]) -> Integers:
    """A number a row, the same where all columns are: 0, 1, 2 ... in the order of the columns' values.

    >>> number_rows([Coded.of(["b", "a", "b"])]).tolist()
    [1, 0, 1]
    """
    numbers = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    for column in columns:
        width = max(1, len(column.values))
        if size * width > 2**62:
            numbers, size = _dense(numbers)
        numbers, size = numbers * width + column.codes, size * width
    return _dense(numbers)[0]


def _dense(numbers: Integers) -> tuple[Integers, int]:
    codes, distinct = pd.factorize(numbers, sort=True)
    return codes.astype(np.int64), max(1, len(distinct))
