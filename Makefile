# One door. `make help` lists it.
PYTHON ?= python3
# Hundreds of processes start in a test run; each would compile our sources again.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PACKAGES := services/kit services/catalogus-api services/fonds-api services/abonnement-api gateway deploy/local
INSTALLED := .venv/.installed
# Three processes keep two cores busy, since tests also wait; raise it on a larger machine.
TEST_PROCESSES ?= 3

.DEFAULT_GOAL := help
.PHONY: help install wheels demo start stop test check fmt bench bench-abonnement bench-api bench-catalogus bench-fonds bench-gateway bench-txlog openapi lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(INSTALLED) ## make .venv with everything in it, from requirements.lock

$(INSTALLED): requirements.lock $(PACKAGES:%=%/pyproject.toml) services/kit/gemeengoed_kit/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Gemeengoed needs Python 3.11 or later; set PYTHON=")'
	@echo "Installing into .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(PACKAGES:%=-e %)
	@touch $@

wheels: install ## build the wheel of every package in dist/
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist $(PACKAGES:%=./%)

demo: install ## run the main job, the facturatieronde 2018, and the catalogue's journey, from start to finish
	@$(BIN)/python -m gemeengoed_lokaal demo

start: install ## start the whole suite in the background; var/stack.json says where everything is
	@$(BIN)/python -m gemeengoed_lokaal start

stop: install ## stop what `make start` started
	@$(BIN)/python -m gemeengoed_lokaal stop

test: install ## run all tests
	@$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist loadgroup --durations=30 $(TESTS)

check: install ## format, lint, types, layering, committed specifications
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -p no:xdist -q tests/architecture

fmt: install ## format, and put imports in order
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

bench: install ## all benchmarks, one after the other (about an hour, alone on the machine)
	@missed=0; for what in abonnement api catalogus fonds gateway txlog; do $(BIN)/python -m tests.bench.$$what || missed=1; done; exit $$missed

bench-abonnement: install ## the round of 342 gemeenten through the gateway, and 1.000 to 50.000 subscriptions (some 10 minutes, alone on the machine)
	@$(BIN)/python -m tests.bench.abonnement

bench-api: install ## what the edge of the sources costs against bare FastAPI, 1 to 400 connections (10 minutes, alone on the machine)
	@$(BIN)/python -m tests.bench.api

bench-catalogus: install ## lists, search, facets and coverage over 5000 voorzieningen against bare routes with the same SQL (9 minutes, alone on the machine)
	@$(BIN)/python -m tests.bench.catalogus

bench-fonds: install ## balances, statements, bookings and bulk up to 5 million lines (6 minutes, alone on the machine; 6 GB of disk)
	@$(BIN)/python -m tests.bench.fonds

bench-gateway: install ## what the gateway costs against a bare nginx chain, 1 to 500 peers (20 minutes, alone on the machine)
	@$(BIN)/python -m tests.bench.gateway

bench-txlog: install ## query plans of the transaction log at 5 million rows (minutes; needs 2 GB of disk)
	@$(BIN)/python -m tests.bench.txlog

openapi: install ## write openapi/*.json from the code
	@$(BIN)/python -m catalogus_api openapi > openapi/catalogus-v1.json.new && mv openapi/catalogus-v1.json.new openapi/catalogus-v1.json
	@$(BIN)/python -m fonds_api openapi > openapi/fonds-v1.json.new && mv openapi/fonds-v1.json.new openapi/fonds-v1.json
	@$(BIN)/python -m abonnement_api openapi > openapi/abonnement-v1.json.new && mv openapi/abonnement-v1.json.new openapi/abonnement-v1.json
	@$(BIN)/python -m gateway openapi > openapi/gateway-beheer-v1.json.new && mv openapi/gateway-beheer-v1.json.new openapi/gateway-beheer-v1.json

lock: ## renew requirements.lock from requirements.in
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --quiet \
		--custom-compile-command "make lock" requirements.in -o requirements.lock

clean: ## remove .venv and everything that was made here
	@rm -rf .venv var
