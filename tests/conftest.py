"""What many tests need: the patterns, an article's view, and the reference articles where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.patterns import Patterns, load_patterns

collect_ignore = ["fuzz.py"]  # `make fuzz` runs it, with the fuzzer it needs
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def patterns() -> Patterns:
    return load_patterns()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference articles; tests that need it skip where it is not."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder of reference articles here")
    return SHARED
