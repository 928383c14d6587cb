# One list of commands; `make` alone prints it.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than the cores, because tests also wait; each has a platform and a broker of its own.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(os.cpu_count() + 1, 6))')

.DEFAULT_GOAL := help

help:  ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.ready: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] == (3, 11) else "Parley needs Python 3.11; set PYTHON=/path/to/python3.11")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the locked dependencies; the first time this takes some minutes."
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.lock \
		| awk '/^ *Downloading |^ *Using cached /{printf "\r  %d files", ++n; fflush()} END{print ""}' \
		|| { echo "They could not be installed: see above, check network and disk, and run this again." >&2; exit 1; }
	@touch $@

install: $(VENV)/.ready  ## Install the locked dependencies into .venv

# What the web app is built from, and what it is built into.
WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/vite.config.ts
WEB_READY := web/node_modules/.package-lock.json

$(WEB_READY): web/package-lock.json
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null \
		|| { echo "The web app needs Node.js 20.19 or newer with npm: install it, or put it into PATH." >&2; exit 1; }
	@echo "Installing what the web app is built with; the first time this takes a minute."
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: $(WEB_READY) $(WEB_SOURCES)
	@echo "Building the web app ..."
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@

web: web/dist/index.html  ## Build the web app (needs Node.js)

lint: install $(WEB_READY)  ## Style, types and architecture walls
	cd web && npm run --silent lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

test-web: $(WEB_READY)  ## What is proved of the web app without a browser
	cd web && npm run --silent test

test: install web test-web  ## Everything that is proved, on real parts
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-kafka: install  ## What is proved on a real Apache Kafka (needs Java 17 and Maven)
	$(BIN)/pytest -m kafka

test-faults: install  ## Kill, halt, cut off and fill everything under load (root, Java 17, Maven)
	$(BIN)/pytest -m faults

test-networks: install  ## The connectors on real servers (Bluesky, Mastodon); installs them first
	$(BIN)/python -m tests.networks.servers install
	$(BIN)/pytest -m networks

# What it is measured with makes gigabytes of data once, in .parley/bench; SIZE is how many rows.
bench: install  ## Measure against bare programs; ONLY=gateway for one, SIZE=5000000 rows
	$(BIN)/python -m benchmarks "$(ONLY)" --size $(or $(SIZE),500000)

generate: install $(WEB_READY)  ## Bring schemas, catalogue, API documents and client up to date
	$(BIN)/python -m deploy.catalogue
	cd web && npm run --silent generate

# Without Node.js the API is served all the same, and a plain page that says what is missing.
run: install  ## Everything on this machine: http://127.0.0.1:8700
	@$(MAKE) --no-print-directory web || echo "Parley starts without it; only the API and a plain page are served."
	@$(BIN)/python -m deploy.local

run-kafka: install  ## The same on a local Apache Kafka (needs Java 17 and Maven)
	@$(MAKE) --no-print-directory web || echo "Parley starts without it; only the API and a plain page are served."
	@$(BIN)/python -m deploy.local --bus kafka

lock:  ## Resolve the dependencies anew (needs uv)
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal -o requirements.lock
	uv pip compile -q pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --universal -o requirements-dev.lock

.PHONY: help install bench web lint test-web test test-kafka test-faults test-networks generate run run-kafka lock
