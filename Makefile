# Ask CLARA. `make help` lists the commands; nothing but Python with pip, make and git is needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 5005
export PORT
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

UV_VERSION := 0.13.9
UV := .tools/uv-$(UV_VERSION)/bin/uv
PYTHON := .venv/bin/python

.PHONY: help install run shell train check channels report purge forget test test-faults evaluate benchmark soak benchmark-baseline audit clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/installed ## Set the environment up (every command below does it by itself)

run: install ## Train if needed, and serve on 127.0.0.1 (PORT=5005); Ctrl-C stops it
	@$(PYTHON) -m clara train
	@exec $(PYTHON) -m clara serve

shell: install ## Train if needed, and talk to the assistant in this console (DEBUG=1: see what it understood)
	@exec $(PYTHON) -m clara shell $(if $(filter 1,$(DEBUG)),--debug)

train: install ## Train the model, unless nothing it depends on has changed
	@$(PYTHON) -m clara train

check: install ## Check the knowledge, the code's style and types, and Rasa's data
	@$(PYTHON) -m clara check
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	@$(PYTHON) -W ignore -m rasa data validate  # warnings don't fail it: a follow-up rightly means several things

channels: install ## List the messaging services, on or off, with the address that each is to call
	@$(PYTHON) -m clara channels

DAYS ?= 30
report: install ## Write what people asked, and what without getting an answer, into reports/ (DAYS=30)
	@$(PYTHON) -m clara report --days $(DAYS)

purge: install ## Delete the conversations in which nothing was said for RETENTION_DAYS (30)
	@$(PYTHON) -m clara purge

forget: install ## Delete one conversation (CONVERSATION=its id, its visitor's session, or SERVICE:IDS)
	@$(PYTHON) -m clara forget "$(CONVERSATION)"

test: install ## Run all tests but those that do damage
	.venv/bin/python -m pytest --ignore tests/faults

test-faults: install ## Break things while people are talking: databases, Redis, the process, the clock (ten minutes)
	@$(PYTHON) -m clara train
	.venv/bin/python -m pytest tests/faults

SET ?= test
evaluate: install ## Train if needed, measure understanding beside the accepted run (SET=dev shows misses, ACCEPT=1 accepts this run)
	@$(PYTHON) -m clara train
	@$(PYTHON) -m benchmarks.understanding --set $(SET) $(if $(filter 1,$(ACCEPT)),--accept)

benchmark: install ## Measure speed and weight beside the baseline, and write docs/speed/ (ten minutes)
	@$(PYTHON) -m clara train
	@UV=$(UV) $(PYTHON) -W ignore -m benchmarks.speed

MINUTES ?= 10
soak: install ## Put fifty visitors, and a burst of five hundred, on the assistant, and write docs/soak.md (MINUTES=10)
	@$(PYTHON) -m clara train
	@UV=$(UV) $(PYTHON) -W ignore -m benchmarks.soak --minutes $(MINUTES)

EPOCHS ?= 100
benchmark-baseline: install ## Set the baseline up and train it, and ours, from scratch (hours; EPOCHS=2 trains it less)
	@$(UV) sync --quiet --frozen --project benchmarks/baseline
	@$(PYTHON) -m benchmarks.baseline --epochs $(EPOCHS)

audit: install ## Look for known vulnerabilities (asks PyPI or OSV), licences that don't fit, and secrets in git
	@UV=$(UV) $(PYTHON) -m audit

clean: ## Delete what the commands above made, but for conversations.db
	rm -rf .venv .tools .rasa .pytest_cache .mypy_cache .ruff_cache models/*.tar.gz results
	rm -rf benchmarks/baseline/.venv benchmarks/baseline/models

$(UV):
	@PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 \
		python3 -m pip install --quiet --target .tools/uv-$(UV_VERSION) uv==$(UV_VERSION) \
		|| { echo "uv can't be installed: python3 with pip is needed, and a way to PyPI."; exit 1; }

.venv/installed: $(UV) pyproject.toml uv.lock .python-version $(wildcard standins/*/*.toml standins/*/*/*.py)
	@$(UV) python find --quiet >/dev/null 2>&1 || $(UV) python install --quiet \
		|| { echo "Python 3.10 is missing and can't be fetched: install it (pyenv install 3.10, say) and run this again."; exit 1; }
	@echo "Setting up the environment in .venv; this takes a minute or two the first time."
	@$(UV) sync --quiet --frozen --compile-bytecode --reinstall-package tensorflow-standin
	@touch $@
