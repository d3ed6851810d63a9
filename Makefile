# Groundwave's few commands. Works with GNU make 3.81 (macOS) and newer.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Touched when what is installed matches the lock file.
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development

UNITS = $(BIN)/pytest -q -m "not journey"
JOURNEYS = $(BIN)/pytest -q -m journey

# What the tests are made with: encoders, ears, a browser, what checks pages and feeds, and
# the peer of the benchmarks. A Debian package of another name stands after a colon.
PROGRAMS := ffmpeg liquidsoap icecast2 chromium mpg123 nginx wrk java:default-jre-headless ruby

.PHONY: help run test check bench lock programs

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

run: $(RUNTIME)  ## Put the demo station on the air and serve until Ctrl-C
	@$(BIN)/groundwave up

# What was compiled once is kept: the tests start some hundred processes. A journey waits
# longer than it works: three at a time are what two cores can carry.
test: export PYTHONDONTWRITEBYTECODE =
test: $(DEVELOPMENT) programs  ## Run every test, journeys included
	@echo "Unit tests, on every core …"
	@$(UNITS) -n auto || { \
		echo "Some of them run against the clock. What failed is asked once more, alone; that answer counts …"; \
		$(UNITS) --last-failed --last-failed-no-failures none; }
	@echo "Journeys: real encoders, real browsers, real processes. This takes some minutes …"
	@$(JOURNEYS) -n 3 --dist worksteal || { \
		echo "Three at a time share the machine. What failed is asked once more, alone; that answer counts …"; \
		$(JOURNEYS) --last-failed --last-failed-no-failures none; }

check: $(DEVELOPMENT)  ## Format, lint, types, layers, templates, spelling
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet src/groundwave
	$(BIN)/codespell src tests docs changes *.md
	GROUNDWAVE_DATA=$$(mktemp -d) $(BIN)/groundwave manage makemigrations --check --dry-run

bench: $(DEVELOPMENT) programs  ## Measure the numbers we defend, beside Icecast and nginx
	@status=0; $(BIN)/groundwave bench fanout || status=1; \
	$(BIN)/groundwave bench storm || status=1; \
	$(BIN)/groundwave bench first-sound || status=1; \
	$(BIN)/groundwave bench story || status=1; exit $$status

lock:  ## Pin every dependency again, with hashes
	@test -x $(VENV)/lock/bin/uv || ($(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q uv)
	$(VENV)/lock/bin/uv $(PIN) --group build -o requirements/runtime.txt
	$(VENV)/lock/bin/uv $(PIN) --group build --group dev -o requirements/development.txt

PIN := pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url \
	--no-annotate --python-version 3.11 --custom-compile-command "make lock"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Groundwave needs Python 3.11 or newer; install it and run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian run: apt-get install python3-venv"; exit 1; }

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	@test -e $(DEVELOPMENT) || { echo "Installing what Groundwave needs into $(VENV); the first time takes a minute …"; \
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt && \
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; }
	@touch $@

$(DEVELOPMENT): requirements/development.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into $(VENV); the first time takes a minute …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

programs:
	@missing=""; for p in $(PROGRAMS); do \
		command -v $${p%:*} >/dev/null 2>&1 || test -x /usr/bin/$${p%:*} || missing="$$missing $${p#*:}"; done; \
	if test -n "$$missing"; then \
		if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
			echo "Installing the system programs that the tests need:$$missing …"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
		else \
			echo "The tests need these programs:$$missing. Install them with: sudo apt-get install --no-install-recommends$$missing"; exit 1; \
		fi; \
	fi
