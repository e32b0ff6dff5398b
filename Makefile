# Everything runs in .venv, which is made on first use and again when the lock or pyproject.toml
# change. Needs GNU make 3.81 or newer, a POSIX shell, and Python 3.11 or newer.

BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check install

# `make PYTHON=/path/to/python3 …` names the Python to use; else the first that is new enough.
PYTHONS := $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3)
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

# The question is data: `value` keeps make, and "$$Q" keeps the shell, from reading $ or ` in it.
override Q := $(value Q)
export Q

.PHONY: help ask run demo test test-long lint bench bench-chat bench-quality lock

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

ask: .venv/ready ## Answer a question with quotes: make ask Q="…"
	@$(BIN)/quoth ask -- "$$Q"

run: .venv/ready ## Run the bot on Discord; DISCORD_TOKEN holds its token
	@$(BIN)/quoth run

demo: .venv/ready ## Play the conversation of the chat in the terminal
	@$(BIN)/quoth demo

test: .venv/ready ## Run the whole test suite
	@$(BIN)/python -m pytest -n auto --dist loadfile

test-long: .venv/ready ## Run it with twenty times as many drawn examples
	@$(BIN)/python -m pytest -n auto --dist loadfile --hypothesis-profile=long

lint: .venv/ready ## Check format, style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: .venv/ready ## Measure start-up, and the speed of answering and of adding (5 minutes)
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/answer_speed.py
	@$(BIN)/python benchmarks/ingest_speed.py

bench-chat: .venv/ready ## Measure the bot under load, and a sweep over 500 answers (4 minutes)
	@$(BIN)/python benchmarks/chat_load.py
	@$(BIN)/python benchmarks/sweep.py

bench-quality: .venv/ready ## Measure quality on the labelled data in ../shared (20 minutes)
	@$(BIN)/python benchmarks/quality.py

lock: ## Remake requirements.lock with uv; remove the file first to take the newest versions
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev \
	    --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

# Written last, so that a setup that was cut short is done again from the start. It holds the
# folder: a .venv that was moved, or whose Python was replaced or removed, is made anew as well.
.venv/ready: requirements.lock pyproject.toml
	@for python in $(PYTHONS); do \
	    if "$$python" -c '$(NEW_ENOUGH)' 2>/dev/null; then \
	        echo 'Setting up .venv (once)…' >&2; \
	        exec "$$python" -m venv --clear .venv; \
	    fi; \
	done; \
	echo 'Quoth needs Python 3.11 or newer with venv (on Debian: apt install python3-venv);' \
	    'none of these is:' $(PYTHONS)'. Another can be named with PYTHON=.' >&2; \
	exit 1
	@$(PIP) --require-hashes --requirement requirements.lock >&2
	@$(PIP) --no-deps --no-build-isolation --editable . >&2
	@pwd -P > $@

ifneq "$(shell $(BIN)/python -I -c 'import bot' 2>/dev/null && cat .venv/ready 2>/dev/null)" "$(CURDIR)"
.PHONY: .venv/ready
endif
