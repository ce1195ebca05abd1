# Everything that is done with this repository. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# "Today" for the reference handbook, so that it is as good next year as it is now.
TODAY := 2026-11-22

VENV := .venv
PY := $(VENV)/bin/python
ROLEBOOK := $(PY) -m rolebook
# What the browser tests need: a browser, fonts for it to draw with, and a library of the driver that Playwright brings;
# and the libraries with which WeasyPrint makes PDF.
DEBIAN_PACKAGES := chromium fonts-dejavu-core fonts-liberation libatomic1
DEBIAN_PACKAGES += libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# What validates pages: installed again when the versions in its lock file have changed.
VALIDATOR := tests/html/node_modules/.package-lock.json

.PHONY: help handbook serve test test-full lint bench clean

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

handbook: $(VENV)/.installed ## Check the reference handbook and build its site into site/
	$(ROLEBOOK) check --today $(TODAY)
	$(ROLEBOOK) build --today $(TODAY)
	@echo "The handbook is in site/: open $(CURDIR)/site/index.html in a browser."

serve: $(VENV)/.installed ## Show the reference handbook in a browser, and again after each edit
	$(ROLEBOOK) serve --today $(TODAY)

test: $(VENV)/.installed-dev ## Run every check and every test, the fast ones first
	@.ci/debian-packages $(DEBIAN_PACKAGES)
	@$(MAKE) $(VALIDATOR)
	@$(MAKE) lint
	@echo "pytest"
	@$(PY) -m pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder

test-full: export ROLEBOOK_FULL := 1
test-full: test ## The same, with the large sweeps that take long

lint: $(VENV)/.installed-dev ## Check style, types and layers
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.installed-dev ## Run the benchmarks
	@for script in check growth comparing planted site drawing releases packs; do echo "$$script"; $(PY) -m benchmarks.$$script; done

clean: ## Remove what was made, and keep what was written
	rm -rf site dist $(VENV) tests/html/node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find generator tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# An installation is editable: it is made again when what it consists of has changed, and not for a change of code.
$(VENV)/.installed: pyproject.toml | $(PY)
	@echo "Installing rolebook into $(VENV)"
	@$(PY) -m pip install -qq --disable-pip-version-check --editable .
	@$(PY) -m compileall -q generator
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(PY)
	@echo "Installing rolebook and what its tests need into $(VENV)"
	@$(PY) -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@$(PY) -m compileall -q generator
	@touch $(VENV)/.installed $@

$(VALIDATOR): tests/html/package-lock.json | $(VENV)/.installed-dev
	@echo "Installing html-validate into tests/html"
	@$(abspath $(VENV))/bin/npm ci --prefix tests/html --loglevel error >/dev/null
	@touch $@

$(PY):
	@set -- $$(for python in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$python"; break; fi; \
	done); \
	if [ $$# -eq 0 ]; then \
	    echo "Rolebook needs Python 3.11 or newer, and none was found. Install it, or name it: make PYTHON=/path/to/python3.11" >&2; \
	    exit 1; \
	fi; \
	"$$1" -c 'import ensurepip' 2>/dev/null || .ci/debian-packages python3-venv; \
	"$$1" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
