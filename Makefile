# Thin: each target makes .venv once from the lock, then calls the invoke task of the same name (tasks.py).
# Nothing here needs an activated environment. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INV := $(PY) -m invoke
# Wheels only and by hash: installing runs nobody's code. A lock is complete, and pip is not to look for more: of
# "coverage[toml]", wanted by another package, it would take the newest, which no lock has a hash of.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: --no-deps

# A stamp is named by the content of its lock, so a changed lock, and only that, installs again.
key = $(shell cksum < $(1) | cut -d' ' -f1)
RUNTIME := $(VENV)/installed-$(call key,requirements.lock)
DEV := $(VENV)/installed-dev-$(call key,requirements-dev.lock)

.DEFAULT_GOAL := help
.PHONY: help html check serve regenerate publish rollback init cite changes clean test lint sweep audit rehearse edits faults fuzz bench fonts lock devserver github

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

html: $(RUNTIME) ## build the site into output/
	@$(INV) html

check: $(RUNTIME) ## build as for publishing, strictly, and keep nothing
	@$(INV) check $(if $(OUTPUT),--output $(OUTPUT))

serve: $(RUNTIME) ## build, serve on localhost and rebuild on every save (PORT=8000)
	@$(INV) serve $(if $(PORT),--port $(PORT))

regenerate: $(RUNTIME) ## rebuild on every save, without serving
	@$(INV) regenerate

publish: $(RUNTIME) ## build strictly and push to the gh-pages branch (ARGS="--dry-run")
	@$(INV) publish $(ARGS)

rollback: $(RUNTIME) ## publish an earlier site again (N=1, ARGS="--list")
	@$(INV) rollback $(N) $(ARGS)

init: $(RUNTIME) ## make this clone a site of your own (ARGS="--name … --address …")
	@$(INV) init $(ARGS)

cite: $(RUNTIME) ## list the works to cite, or add one (ARGS="scott state", ARGS="add 10.1000/182")
	@$(INV) cite $(ARGS)

changes: $(RUNTIME) ## list the pages that differ from an earlier commit's (SINCE=HEAD^)
	@$(INV) changes $(if $(SINCE),--since $(SINCE))

clean: $(RUNTIME) ## remove output/, if Broadside wrote it, and the cache
	@$(INV) clean

test: $(DEV) ## check everything: style, types, tests
	@$(INV) test

lint: $(DEV) ## check style and types only
	@$(INV) lint

audit: $(DEV) ## look up known vulnerabilities of what the lock files name
	@$(INV) audit

rehearse: $(DEV) ## run the workflows' steps and the README's commands in clean clones, and small benchmarks (minutes)
	@$(INV) rehearse

sweep: $(DEV) ## publish through fifty random histories, and kill it at every step (minutes)
	@$(INV) sweep

edits: $(DEV) ## edit a site a thousand times at random, and hold each build to a clean one (half an hour)
	@$(INV) edits

faults: $(DEV) ## kill builds, fill the disk, watch where a build reaches (minutes; small disks and strace need Linux)
	@$(INV) faults

fuzz: $(DEV) ## read 10,000 spoilt essays and bibliographies (minutes)
	@$(INV) fuzz

bench: $(RUNTIME) ## time builds beside plain Pelican, and edits (BENCH=citing or memory, BENCH_ESSAYS=folder of essays)
	@$(INV) bench $(if $(BENCH),--of $(BENCH)) $(ARGS)

fonts: $(DEV) ## cut the theme's fonts anew (needs npm)
	@$(INV) fonts

lock: $(DEV) ## write the lock files anew from pyproject.toml
	@$(INV) lock $(ARGS)

devserver: serve ## the same as serve
github: publish ## the same as publish

$(RUNTIME):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo 'Broadside needs Python 3.11 or later; "$(PYTHON)" is not. Name one: make PYTHON=python3.12 …' >&2; exit 1; }
	@echo 'Making $(VENV) from requirements.lock …'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) -r requirements.lock
	@touch $@

$(DEV): $(RUNTIME)
	@echo 'Installing what the checks need from requirements-dev.lock …'
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
