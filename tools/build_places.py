"""How is `patterns/places.csv` made? From the lists that underthesea and vietnamadminunits ship.

    pip install underthesea vietnamadminunits && python tools/build_places.py

Names, districts and codes (63 provinces, 696 districts and their communes until 30 June 2025; 34 provinces and
their communes since) are those of vietnamadminunits 1.0.4 (MIT, Tran Ngoc Minh Hieu); which commune became which is
underthesea's `address/data/mapping.json`. Two runs on the same packages give the same bytes.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "patterns" / "places.csv"
COLUMNS = ("list", "code", "type", "name", "parent", "successor")
TYPES = (
    "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Thị trấn", "Xã", "Phường", "Đặc khu",
)  # fmt: skip
KEY = re.compile(r"[\W_]+")

OLD = "select distinct province, district, ward, provinceCode, districtCode, wardCode from admin_units_legacy"
NEW = "select distinct province, ward, provinceCode, wardCode from admin_units"


def package(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is not installed: pip install underthesea vietnamadminunits")
    return Path(next(iter(spec.submodule_search_locations)))


def split(official: str) -> tuple[str, str]:
    """Type and name of an official name ("Thị xã Sa Pa"), composed; names that are numbers keep their digits."""
    text = unicodedata.normalize("NFC", official.strip()).replace("’", "'")
    for type_ in TYPES:
        if text.lower().startswith(type_.lower() + " "):
            name = text[len(type_) + 1 :].strip()
            return type_.lower(), name[0].upper() + name[1:]
    raise SystemExit(f"{official!r}: no known type")


def plain(text: str) -> str:
    """The key both packages use: lower case, no diacritics, no blanks."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return KEY.sub("", "".join(c for c in letters if not unicodedata.combining(c)))


def order(row: tuple[str, ...]) -> tuple[bool, int, str]:
    """The 63-list first, provinces before districts before communes."""
    return row[0] != "63", len(row[1]), row[1]


def main() -> None:
    """Writes the table."""
    mapping = json.loads((package("underthesea") / "address/data/mapping.json").read_text("utf-8"))
    base = sqlite3.connect(package("vietnamadminunits") / "data/dataset.db")
    old, new = base.execute(OLD).fetchall(), base.execute(NEW).fetchall()
    new_code = {(plain(province), plain(ward)): code for province, ward, _, code in new}
    province_34 = {plain(province): code for province, _, code, _ in new}

    successors = defaultdict[tuple[str, str, str], set[str]](set)
    for row in mapping["ward_mapping"]:
        code = new_code.get((row["new_province_key"], row["new_ward_key"]))
        if code:
            successors[row["old_province_key"], row["old_district_key"], row["old_ward_key"]].add(code)

    rows: set[tuple[str, ...]] = set()
    for province, district, ward, province_code, district_code, ward_code in old:
        key = plain(province), plain(district)
        after = province_34[mapping["province_mapping"][key[0]]]
        rows.add(("63", province_code, *split(province), "", after))
        rows.add(("63", district_code, *split(district), province_code, ""))
        if ward:
            rows.add(
                (
                    "63",
                    ward_code,
                    *split(ward),
                    district_code,
                    " ".join(sorted(successors[key[0], key[1], plain(ward)])),
                )
            )
    for province, ward, province_code, ward_code in new:
        rows.add(("34", province_code, *split(province), "", ""))
        rows.add(("34", ward_code, *split(ward), province_code, ""))

    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        ordered: list[tuple[str, ...]] = sorted(rows, key=order)
        writer.writerows(ordered)


if __name__ == "__main__":
    main()
