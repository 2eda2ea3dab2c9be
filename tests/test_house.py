"""The house: imports point one way, code holds no Vietnamese, no room is called after nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "extract").rglob("*.py"))
}
# What each room may import, besides itself; a room not named is a door, which may import all.
HALL = ["extract.records", "extract.patterns", "extract.errors", "extract.garbage"]
ROOMS = {
    "extract.errors": [],
    "extract.garbage": [],
    "extract.records": [],
    "extract.patterns": ["extract.errors"],
    "extract.reading": HALL,
    "extract.finding": [*HALL, "extract.reading"],
    "extract.linking": [*HALL, "extract.finding", "extract.reading"],
    "extract.data": HALL,
    "extract.pipeline": [*HALL, "extract.reading", "extract.finding", "extract.linking"],
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(
                {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)} & set(MODULES) or {node.module}
            )
    return {name for name in found if name == "extract" or name.startswith("extract.")}


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(f"{room}.")), None)


@pytest.mark.parametrize("module", MODULES)
def test_rooms_import_only_what_they_may(module: str) -> None:
    room = room_of(module)
    if room is None:
        pytest.skip("a door may import all rooms")
    allowed = [room, *ROOMS[room]]
    used = imports_of(MODULES[module])
    assert [name for name in used if not any(name == one or name.startswith(f"{one}.") for one in allowed)] == []


def test_no_import_cycle() -> None:
    graph = {module: imports_of(path) & set(MODULES) - {module} for module, path in MODULES.items()}
    done: set[str] = set()
    while ready := [module for module in graph if module not in done and graph[module] <= done]:
        done.update(ready)
    assert set(graph) - done == set()


def is_word(text: str) -> bool:
    """Two letters or more, not all of them English; a range of letters is none."""
    return len(text) > 1 and text.isalpha() and not text.isascii()


def docstrings(tree: ast.AST) -> set[ast.AST]:
    spoken: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                spoken.add(first.value)
    return spoken


@pytest.mark.parametrize("module", MODULES)
def test_code_holds_no_vietnamese(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    spoken = docstrings(tree)
    literals = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in spoken)
    words = [word for node in literals if isinstance(node.value, str) for word in node.value.split() if is_word(word)]
    assert words == [], "words belong in patterns/"


@pytest.mark.parametrize(
    "path", sorted({*MODULES.values(), *(ROOT / "tests").glob("*.py")}), ids=lambda path: path.name
)
def test_no_file_is_named_after_nothing(path: Path) -> None:
    assert path.stem not in NAMELESS


def test_the_data_wing_loads_neither_spacy_nor_underthesea() -> None:
    names = [module for module in MODULES if module.startswith("extract.data")]
    heavy = "[name for name in ('spacy', 'underthesea') if name in sys.modules]"
    code = f"import sys\nfor name in {names}: __import__(name)\nprint({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
