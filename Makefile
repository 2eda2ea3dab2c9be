# make run: set up and read corpus/ · make test: set up and test · make check: style and types · make bench: speed · make fuzz

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check bench fuzz score fix clean

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "solieu needs Python 3.11 or newer; call make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $(READY)

run: $(READY)
	$(BIN)/solieu run corpus --out output

test: check
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m tests.bench

# Ten minutes of random input for the readers and the pipeline.
fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[fuzz]"
	$(BIN)/python -m tests.fuzz

# Scores corpus/ against its annotations, and the reference articles where they are.
score: run
	$(BIN)/solieu evaluate output tests/gold/corpus.gold.jsonl --floors tests/gold/corpus.floors.json
	@if [ -d ../shared/articles ]; then \
	  $(BIN)/solieu run ../shared/articles --out output/shared --quiet --no-report && \
	  $(BIN)/solieu evaluate output/shared ../shared/gold/dev.gold.jsonl --floors tests/gold/shared.floors.json; \
	else echo "no ../shared folder of reference articles here: its score is skipped"; fi

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
