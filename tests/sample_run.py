"""Which run do the report's tests look at? A contradiction, a wrong percentage, a target, a hostile article."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from extract import batch

HOSTILE = "hostile"
ARTICLES = {
    "ha-giang/xa": "Hà Giang rà soát số xã\n\nNăm 2021, toàn tỉnh Hà Giang có 193 xã. Năm 2021, tỷ lệ hộ nghèo của "
    "tỉnh Hà Giang là 18,5%.\nToàn tỉnh Hà Giang có 3.471 cấp ủy viên cơ sở, trong đó 961 cấp ủy viên là nữ, "
    "chiếm 29,90%.",
    "ha-giang/xa-khac": "Số xã của Hà Giang\n\nNăm 2021, toàn tỉnh Hà Giang có 195 xã.",
    "tuyen-quang/xa": "Tuyên Quang sắp xếp lại xã\n\nNăm 2021, tỉnh Tuyên Quang có 138 xã. Năm 2021, tỷ lệ hộ nghèo "
    "của tỉnh Tuyên Quang là 9,5%; năm 2022 tỷ lệ hộ nghèo của tỉnh Tuyên Quang là 7,25%.",
    "son-la/muc-tieu": "Sơn La đặt mục tiêu\n\nTỉnh Sơn La phấn đấu đến năm 2025 có 60% số xã đạt chuẩn nông thôn mới. "
    "Năm 2021, tỷ lệ hộ nghèo của tỉnh Sơn La là 21,25%. Thu ngân sách năm 2021 của tỉnh Sơn La đạt 4.200,5 tỷ đồng.",
    "lai-chau/chu-roi": unicodedata.normalize(
        "NFD",
        "Cấp ủy viên ở Lai Châu\n\nToàn tỉnh Lai Châu có 1.200 cấp ủy viên, trong đó 300 cấp ủy viên là nữ, chiếm 26%.",
    ),
    HOSTILE: '<script>alert(1)</script> 🙂 </script><!-- "x" &amp;\n\n🙂🙂 Năm 2021, tỉnh Yên Bái có 150 xã '
    "<img src=x onerror=alert(2)> và 2.104 thôn\u2028theo Nghị quyết số 22-NQ/TW.",
}


def make_run(folder: Path, articles: dict[str, str] = ARTICLES) -> Path:
    """An output folder with the tables and texts of some articles and of a file that cannot be read."""
    corpus, out = folder / "corpus", folder / "out"
    corpus.mkdir()
    for name, text in articles.items():
        path = corpus / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (corpus / "trống.txt").write_bytes(b"")
    batch.run(corpus, out)
    return out
