# Each target does its own set-up: into .venv, once, and again only when pins.txt or pyproject.toml has changed.
# Works with GNU make from 3.81 on, and with -j.

SHELL = /bin/sh
BIN   = .venv/bin
READY = .venv/.ready
HOST  = 127.0.0.1
PORT  = 8081
# Without side effects, hence held to 100 %.
PURE  = bot/dialogue/*,bot/followup/*,bot/conversation/*

.PHONY: help demo test pages check pins
.DELETE_ON_ERROR:

help:
	@echo 'make demo    try the whole coach in a browser, no token needed (PORT=$(PORT) HOST=$(HOST))'
	@echo 'make test    run every test; REQUIRE_ALL=1 fails where a test would be left out'
	@echo 'make pages   live every transcript on the chat page, in a browser (PICTURES=a folder keeps pictures)'
	@echo 'make check   lint, types, imports, the book and the pins'
	@echo 'make pins    bring pins.txt up to date with pyproject.toml'

demo: $(READY)
	@$(BIN)/repair-talk demo --host $(HOST) --port $(PORT)

# Installing Chromium and Graphviz is tried where that is usual; without them the tests say what they leave out.
test: $(READY)
	@missing=''; \
	if [ -z "$$CHROMIUM" ] && ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null \
	    && ! command -v google-chrome >/dev/null; then missing=' chromium'; fi; \
	command -v dot >/dev/null || missing="$$missing graphviz"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Missing, trying to install with apt-get:$$missing"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; } \
	    >/dev/null 2>&1 || echo "Could not be installed:$$missing"; \
	fi
	$(BIN)/pytest -n 3 --dist worksteal --cov --cov-report=term --cov-fail-under=92
	$(BIN)/coverage report --include='$(PURE)' --fail-under=100

# Some minutes: every dialogue to each of its endings, by typing and tapping.
pages: $(READY)
	REQUIRE_ALL=1 EVERY_TALK=1 $(BIN)/pytest -q -s tests/endtoend/test_every_talk_on_the_page.py

# All of them run, so that one go shows every finding.
check: $(READY)
	@failed=''; \
	run() { echo "$$*"; "$$@" || failed="$$failed '$$*'"; }; \
	no_address() { ! grep -n '://' pins.txt; }; \
	run $(BIN)/ruff check; \
	run $(BIN)/ruff format --check; \
	run $(BIN)/mypy; \
	run $(BIN)/lint-imports; \
	run $(BIN)/repair-talk check --strict --allow RT509 dialogues; \
	echo 'pins.txt holds no address'; no_address || failed="$$failed 'an address in pins.txt'"; \
	if [ -n "$$failed" ]; then echo "not in order:$$failed" >&2; exit 1; fi

# Keeps the versions that pins.txt has where they still fit; empty the file first to take the newest of everything.
pins: $(READY)
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group dev pyproject.toml --output-file pins.txt --quiet

# The stamp is touched last, so that an interrupted set-up is done again.
$(READY): pins.txt pyproject.toml
	@sound='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'; \
	for python in python3.11 python3.12 python3.13 python3.14 python3 none; do \
	  if [ $$python = none ]; then \
	    echo 'Repair Talk needs Python 3.11 or later with venv: on Debian, apt-get install python3 python3-venv' >&2; \
	    exit 1; \
	  fi; \
	  if $$python -c "$$sound" >/dev/null 2>&1; then break; fi; \
	done; \
	echo 'Setting up .venv: once, a minute or two'; \
	if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	  $$python -m venv --clear .venv || exit 1; \
	fi; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r pins.txt \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . \
	  && touch $@
