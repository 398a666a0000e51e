# One door. Targets hold no logic: they call the tools and the commands of this project.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data

.DEFAULT_GOAL := help
.PHONY: help install run stop test check format lint types layers unit real laws bench bench-policy bench-intake bench-leaks bench-model bench-decision fuzz kills swaps bench-gate lock clean bench-monitoring bench-serving soak outages learning audit coverage

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

install: $(BIN)/.installed ## make the environment in .venv from the locked versions

$(BIN)/.installed: constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: install ## set the demo company up, train, serve on loopback, and print a request to try
	@$(BIN)/qualifox demo --policy examples/demo_company/policy.yaml

stop: install ## stop the service that run started
	@$(BIN)/qualifox stop

test: install lint types layers unit ## everything CI runs: lint, types, layers and all tests

check: test ## the same as test

format: install ## write the code the way the formatter wants it
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

lint: install ## style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## mypy, strict
	$(BIN)/mypy

layers: install ## which room may know which
	$(BIN)/lint-imports

unit: install ## all tests
	$(BIN)/python -m pytest -n 2 --dist loadscope

coverage: install ## all tests again, with the gate on branch coverage (a third slower)
	$(BIN)/python -m pytest -n 2 --dist loadscope --cov --cov-report=term --cov-fail-under=95

real: install ## the main job on the two public data sets (DATA=folder; see docs/data.md)
	QUALIFOX_DATA=$(abspath $(DATA)) $(BIN)/python -m pytest tests/e2e/test_real_data.py

laws: install ## the property tests on thousands of generated cases each (minutes)
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest tests/property

bench: install ## side-by-side ratios of what costs time
	$(BIN)/python -m benchmarks

bench-policy: install ## rules over a million deals beside numpy by hand, and one deal
	$(BIN)/python -m benchmarks.policy

bench-intake: install ## a million deals of 40 columns beside pyarrow reading the same file
	$(BIN)/python -m benchmarks intake 1000000

bench-leaks: install ## what the leak alarm catches of 200 planted leaks, and cries at 50 clean companies
	$(BIN)/python -m benchmarks.leaks

bench-model: install ## the win probability beside others, on real and simulated deals (DATA=folder)
	$(BIN)/python -m benchmarks.model --data $(abspath $(DATA)) --json build/model_benchmark.json

bench-monitoring: install ## how often monitoring cries wolf in still markets, and how soon it sees odds move
	$(BIN)/python -m benchmarks.monitoring

bench-decision: install ## replay, plan, questions and exploration, each beside its bar
	$(BIN)/python -m benchmarks.decision --json build/decision_benchmark.json

bench-serving: install ## one answer under load, a start and a batch, beside mlflow, BentoML, FastAPI and LightGBM
	$(BIN)/python -m benchmarks.serving --json build/serving_benchmark.json

fuzz: install ## 100,000 hostile requests in process, and as many over real sockets
	QUALIFOX_FUZZ=100000 $(BIN)/python -m pytest tests/integration/test_fuzz.py -s
	$(BIN)/python -m benchmarks.hostile fuzz --requests 100000

kills: install ## a hundred kills of the log's writers, then of workers and services under load
	QUALIFOX_KILLS=100 $(BIN)/python -m pytest tests/integration/test_log_killed.py \
		tests/integration/test_log_postgresql.py tests/integration/test_batch_killed.py tests/integration/test_batch_postgresql.py
	$(BIN)/python -m benchmarks.hostile kills --rounds 100
	$(BIN)/python -m benchmarks.hostile kills --rounds 100 --database postgresql

soak: install ## ten minutes at 80 % of the peak: memory stays flat
	$(BIN)/python -m benchmarks.hostile soak --minutes 10 --share 0.8

outages: install ## what the service does while something is away, full or held (root, PostgreSQL)
	$(BIN)/python -m benchmarks.hostile degraded

learning: install ## from a decision log to a champion, by night
	QUALIFOX_LEARNING=1 $(BIN)/python -m pytest tests/integration/test_log_learning.py

audit: install ## the pinned versions beside the advisories that are known
	$(BIN)/python -m tests.dependency_audit

swaps: install ## 200 champion swaps under load, damaged ones among them
	$(BIN)/python -m benchmarks.swaps --swaps 200

bench-gate: install ## how often the promotion gate lets equal, worse, better and permuted models in
	$(BIN)/python -m benchmarks.gate

lock: install ## resolve constraints.txt again from pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet --output-file constraints.txt --upgrade

clean: ## remove the environment and what the tools keep
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage
