# Rukun. `make run` opens the room on Jembrana, `make test` checks everything.
# Needs python3 (3.11 or newer, with its venv module) and make; nothing else.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
LOCKED := --only-binary :all: --require-hashes -r
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --only-binary :all: pyproject.toml

.PHONY: help run install test check bench format lock clean

help:
	@echo "make run     open the room on Jembrana at http://127.0.0.1:$(PORT)/ (PORT=… for another)"
	@echo "make install put the rukun command into $(VENV)/bin/"
	@echo "make test    run every test"
	@echo "make check   lint, formatting and types"
	@echo "make bench   measure speed at national size (docs/benchmarks.md)"
	@echo "make format  put the code into the house's format"
	@echo "make lock    renew the constraints files (needs uv)"
	@echo "make clean   remove the virtual environment and caches; var/ is kept"

run: $(VENV)/site.stamp
	@$(PY) -m rukun.cli site run --port $(PORT)

install: $(VENV)/site.stamp
	@echo "$(VENV)/bin/rukun is ready: $(VENV)/bin/rukun --help"

test: $(VENV)/dev.stamp
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadscope $(ARGS)

check: $(VENV)/dev.stamp
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

format: $(VENV)/dev.stamp
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: $(VENV)/dev.stamp
	@$(PY) -m tests.bench $(ARGS)

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv"; exit 1; }
	$(LOCK) --upgrade --extra site --extra build -o constraints.txt
	$(LOCK) --upgrade --extra dev -c constraints.txt -o constraints-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "var/ (the room's database and the prepared example) is kept; remove it to start anew."

# A broken link to a Python that has gone counts as missing: the environment is then made anew.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Rukun needs Python 3.11 or newer; this is: $$($(PYTHON) --version 2>&1)."; \
	  echo "Install one, or name it: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python lacks its venv module. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/site.stamp: constraints.txt pyproject.toml | $(PY)
	@echo "Installing what the room needs (about a minute the first time) …"
	@$(PIP) install $(LOCKED) constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: constraints-dev.txt $(VENV)/site.stamp
	@echo "Installing what the tests need …"
	@$(PIP) install $(LOCKED) constraints-dev.txt
	@touch $@
