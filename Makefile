# Python 3.11 or newer and make: nothing else is needed. PIP_* settings are honoured.
PYTHON ?= python3
VENV ?= .venv
ARGS ?=
FUZZ_SECONDS ?= 60

bin = $(VENV)/bin
python = $(bin)/python
# What the tests must not see; without .pyc files each process would compile the package.
clean_env = env -u PYTHONDONTWRITEBYTECODE $(patsubst %,-u %,$(filter TICKLER_%,$(.VARIABLES)))
pip = $(python) -m pip --disable-pip-version-check
paths = tickler tests bench docs

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check format bench bench-baseline mutate breaks faults fuzz audit year picture \
	build clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile
	@echo 'ARGS="…" is passed on: make run ARGS="today", make test ARGS="-k slots"'

run: $(VENV)/.run ## install into .venv if need be, then open the binder
	@$(python) -m tickler $(ARGS)

test: $(VENV)/.dev ## run the tests
	$(clean_env) $(python) -m pytest $(ARGS)

check: $(VENV)/.dev ## lint, format, types, and the walls of the house
	$(python) -m ruff check $(paths)
	$(python) -m ruff format --check $(paths)
	$(python) -m mypy
	$(bin)/lint-imports

format: $(VENV)/.dev ## put the code into shape
	$(python) -m ruff check --fix $(paths)
	$(python) -m ruff format $(paths)

bench: $(VENV)/.dev ## measure it all with up to 100,000 dossiers, into docs/performance.md; ARGS=--quick
	@$(clean_env) $(python) -m bench $(ARGS)

mutate: $(VENV)-mutate/.installed ## change the code a little and see whether a test notices; ARGS="core/dates --of 30"
	@COSMIC_RAY=$(VENV)-mutate/bin $(python) bench/mutate.py $(ARGS)

breaks: $(VENV)/.dev ## break one promise at a time, and see that a test notices; ARGS="pile index"
	$(clean_env) $(python) bench/breaks.py $(ARGS)

faults: $(VENV)/.dev ## kill, fill the disk, damage files, write from sixteen programs: the long form
	LONG=1 $(clean_env) $(python) -m pytest -m 'slow or not slow' -n 0 -s tests/faults $(ARGS)

fuzz: $(VENV)/.fuzz ## try inputs that nobody typed, a minute on each parser; ARGS="dates csv", FUZZ_SECONDS=3600
	$(clean_env) $(python) -m tests.fuzz --seconds $(FUZZ_SECONDS) $(ARGS)

audit: $(VENV)-audit/.installed ## ask the Python Packaging Advisory Database about the pinned packages
	$(VENV)-audit/bin/pip-audit --strict --disable-pip --no-deps -r constraints.txt $(ARGS)

bench-baseline: $(VENV)/.dev ## count again what each verb costs; CI holds them to that; ARGS=--quick
	@$(clean_env) $(python) -m bench.counts --baseline $(ARGS)

year: $(VENV)/.dev ## live a rep's year twice, with and without spread, and recount it all
	@$(python) bench/year.py $(ARGS)

words: $(VENV)/.dev ## write again what is answered before Typer is loaded: verbs and their lines
	@$(python) docs/quick_words.py
	@$(VENV)/bin/ruff format -q tickler/quick_words.py

picture: $(VENV)/.dev ## draw the pictures in docs/ from the sample binder
	$(python) docs/picture.py $(ARGS)

build: $(VENV)/.dev ## sdist and wheel into dist/
	$(python) -m build --no-isolation

clean: ## remove what make made
	rm -rf $(VENV) $(VENV)-mutate $(VENV)-audit .bench .fuzz dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(paths) -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp stands only where all of its recipe went well, so an interrupted install is done again.
$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "tickler needs Python 3.11 or newer, and $(PYTHON) is not." \
			"Name another one: make run PYTHON=python3.12" >&2; exit 1; }
	@echo "tickler: installing into $(VENV), once" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# An editable install is not compiled by pip; without .pyc files every start would be slow.
$(VENV)/.run: $(VENV)/.venv pyproject.toml constraints.txt
	@$(pip) install --quiet -c constraints.txt -e .
	@$(python) -m compileall -q tickler
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(pip) install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev
	@$(pip) install --quiet -c constraints.txt -e '.[fuzz]'
	@touch $@

$(VENV)-audit/.installed: $(VENV)/.dev
	@$(PYTHON) -m venv --clear $(VENV)-audit
	@$(VENV)-audit/bin/python -m pip --disable-pip-version-check install --quiet pip-audit
	@touch $@

# Apart, so that what Cosmic Ray needs is not among what the tests run with.
$(VENV)-mutate/.installed: $(VENV)/.dev
	@$(PYTHON) -m venv --clear $(VENV)-mutate
	@$(VENV)-mutate/bin/python -m pip --disable-pip-version-check install --quiet cosmic-ray
	@touch $@
