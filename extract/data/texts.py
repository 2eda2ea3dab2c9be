"""How are the texts of a run kept? `texts.jsonl.gz`: a line an article, in the order of `articles`.

Gzip members may follow one another, so every worker packs its own lines and the run only appends them. A run on a
cluster leaves them in parts, as it does the tables.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.data.dataset import DatasetError, list_parts, readable
from extract.data.folders import Folder

TEXTS = "texts"
SUFFIX = ".jsonl.gz"
NAME = f"{TEXTS}{SUFFIX}"


def encode_texts(texts: Iterable[tuple[str, str]]) -> bytes:
    """Names and texts of articles as one gzip member; b"" for none.

    >>> len(encode_texts([])), encode_texts([("a", "12 xã")])[:2]
    (0, b'\\x1f\\x8b')
    """
    lines = [json.dumps({"article": name, "text": text}, separators=(",", ":")) + "\n" for name, text in texts]
    return gzip.compress("".join(lines).encode("ascii"), 3, mtime=0) if lines else b""


def iter_texts(out: str | Path) -> Iterator[tuple[str, str]]:
    """Names and texts of an output folder's articles. Raises DatasetError where they are not there."""
    folder = Folder(out)
    for name in list_parts(folder, TEXTS) or [NAME]:
        if folder.written(name) is None:
            raise DatasetError(f"{out}: no {name} here; run `solieu run` again to keep the articles' texts")
        with readable(folder, TEXTS), folder.open(name) as packed, gzip.open(packed, "rt", encoding="ascii") as file:
            for line in file:
                row = json.loads(line)
                yield row["article"], row["text"]
