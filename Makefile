# Everything a developer does. Each line with ## shows in `make help`.
.DEFAULT_GOAL := help
.PHONY: help run test e2e bench screenshots check fix messages addresses

PY := .venv/bin/python
MANAGE := TAFELRONDE_ENV=$${TAFELRONDE_ENV:-development} $(PY) manage.py
HERE := not e2e and not server and not bench
TYPED := intervisie/engine $(wildcard $(foreach f,actions.py actions queries.py rules.py,*/$f site/tafelronde/*/$f))

help: ## Show what can be done
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1 - \2/p' Makefile | awk -F' - ' '{ printf "%-16s %s\n", $$1, $$2 }'

run: .venv/run ## Install, migrate, load the demo, serve on PORT (8000) with data in VAR_DIR (var)
	@LOG_LEVEL=WARNING $(MANAGE) migrate --verbosity 0
	@LOG_LEVEL=WARNING $(MANAGE) demo
	@$(MANAGE) serve

test: .venv/dev ## Run the tests that need no browser and no server
	@$(PY) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder -m "$(HERE) and not commits" $(ARGS)
	@$(PY) -m pytest -m "$(HERE) and commits" $(ARGS) || [ $$? = 5 ] # 5: none among those that ARGS names

e2e: .venv/dev ## Run the browser journeys (needs Chromium)
	@$(PY) -m pytest -m e2e $(ARGS)

addresses: .venv/dev ## Write the tables of who gets which answer at which address (tests/addresses)
	@$(PY) -m pytest tests/test_addresses.py --write-addresses

bench: .venv/dev ## Measure against others, in one run; ROUNDS=3
	@$(PY) -m tests.benchmarks --rounds $(or $(ROUNDS),3) $(ARGS)

screenshots: .venv/dev ## Take every page in both widths, themes and languages (needs Chromium); ARGS=room for some
	@$(PY) -m tests.screenshots $(ARGS)

check: .venv/dev ## Check style, types, migrations, methods, static files and translations (needs gettext)
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check .
	@$(PY) -m mypy --no-error-summary $(TYPED)
	@TAFELRONDE_ENV=test $(PY) manage.py makemigrations --check --dry-run --verbosity 0
	@TAFELRONDE_ENV=test $(PY) manage.py methods --verbosity 0
	@VAR_DIR=var/check LOG_LEVEL=WARNING $(MANAGE) collectstatic --noinput --verbosity 0
	@$(PY) scripts/messages.py --check

fix: .venv/dev ## Bring the source into our format
	@$(PY) -m ruff check --quiet --fix .
	@$(PY) -m ruff format --quiet .

messages: .venv/dev ## Bring the Dutch catalogues up to date with the source (needs gettext)
	@$(PY) scripts/messages.py

.venv/run: requirements.txt constraints.txt
	@scripts/venv requirements.txt
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt constraints.txt
	@scripts/venv requirements-dev.txt
	@touch $@ .venv/run
