# The commands of the project. `make run` and `make test` do all their own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test setup setup-dev lint format bench soak browser office clean

run: setup  ## The tracker with demonstration data on http://127.0.0.1:8000 (PORT overrides)
	@$(BIN)/python manage.py serve

test: setup-dev browser  ## The whole suite
	@$(BIN)/python -m pytest -q -n 2

setup: $(VENV)/.runtime  ## The virtual environment and what running needs

setup-dev: $(VENV)/.development  ## ... and what testing and checking need

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/python3.11 or later.")'
	@$(PYTHON) -m venv $(VENV) || { echo "The virtual environment could not be made. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $(VENV)/.runtime $@

browser: setup-dev  # Chromium for the browser tests
	@$(BIN)/python -m tests.browser

office: setup-dev  # LibreOffice for the soak tests
	@$(BIN)/python -m tests.office

lint: setup-dev  ## Everything that is checked without running the program
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	DATABASE_URL=postgres://check@localhost/check SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=tracker.example.org $(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup-dev  ## Put code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev  ## Timings in one run, to docs/benchmarks/; python -m tests.bench figures for a part
	$(BIN)/python -m tests.bench

soak: setup-dev browser office  ## The long and heavy tests
	$(BIN)/python -m pytest -q -m soak
	DRAWS=25 $(BIN)/python -m pytest -q -m drawn

clean:  ## Remove the demonstration's database and files (not the virtual environment)
	rm -rf var
