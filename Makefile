# One list of commands; `make` alone prints it.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

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

lint: install  ## Style, types and architecture walls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

test: install  ## Everything that is proved, on real parts
	$(BIN)/pytest -n 2 --dist loadfile

test-kafka: install  ## What is proved on a real Apache Kafka (needs Java 17 and Maven)
	$(BIN)/pytest -m kafka

test-networks: install  ## The connectors on real servers (Bluesky, Mastodon); installs them first
	$(BIN)/python -m tests.networks.servers install
	$(BIN)/pytest -m networks

generate: install  ## Bring schemas, catalogue and API documents up to date
	$(BIN)/python -m deploy.catalogue

run: install  ## Everything on this machine: http://127.0.0.1:8700
	@$(BIN)/python -m deploy.local

run-kafka: install  ## The same on a local Apache Kafka (needs Java 17 and Maven)
	@$(BIN)/python -m deploy.local --bus kafka

lock:  ## Resolve the dependencies anew (needs uv)
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal -o requirements.lock
	uv pip compile -q pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --universal -o requirements-dev.lock

.PHONY: help install lint test test-kafka test-networks generate run run-kafka lock
