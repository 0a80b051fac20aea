# make help says what there is. Everything happens in .venv and var, and nowhere else.

PYTHON ?= python3
RUN := .venv/bin/python
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --no-warn-script-location -c constraints.txt

# The tools read the settings too. They get some of their own, whatever a .env says.
TOOLS := GUIDE_ENV_FILE= GUIDE_DEBUG=true GUIDE_VAR_DIR=var/tools DATABASE_URL= REDIS_URL=
PRODUCTION := GUIDE_ENV_FILE= GUIDE_DEBUG=false GUIDE_VAR_DIR=var/tools GUIDE_SECRET_KEY="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	GUIDE_ALLOWED_HOSTS=guide.example GUIDE_HTTPS=true GUIDE_HSTS_SECONDS=31536000 GUIDE_HSTS_INCLUDE_SUBDOMAINS=true GUIDE_HSTS_PRELOAD=true \
	GUIDE_BEHIND_TLS_PROXY=true DATABASE_URL=postgres://guide@database/guide REDIS_URL=redis://redis:6379/0
TEMPLATES := find guide -name '*.html' -print0 | xargs -0 -r

HTML := tests/html/node_modules/.package-lock.json

.PHONY: help run test test-sqlite test-long test-browser test-fuzz soak bench bench-matcher html-tools format lint types shell constraints clean
.DEFAULT_GOAL := help

help:
	@echo "make run          the site with worker and beat on http://127.0.0.1:8000 (PORT=8001 for another)"
	@echo "make test         every check, and the tests on PostgreSQL with Redis"
	@echo "make test-sqlite  the tests once more on SQLite, on which make run works"
	@echo "make test-long    all of it on both: every page of every country, the largest files, more examples"
	@echo "make test-browser every kind of page in Chromium, in five widths, light and dark; pictures in var/screenshots"
	@echo "make test-fuzz    the API asked at length what its own document allows and forbids, on PostgreSQL"
	@echo "make soak         a worker, and a Redis, killed fifty times in the middle of a refresh, on both databases"
	@echo "make bench        how long a refresh of 100,000 rights takes, and how much memory"
	@echo "make bench-matcher SAMPLES=folder   how well programmes of guides are matched to events"
	@echo "make format       put code and templates into shape"
	@echo "make lint         ruff, djade and the import contracts"
	@echo "make types        mypy"
	@echo "make shell        Django's shell on the local installation"
	@echo "make constraints  pin the newest versions that pyproject.toml allows"
	@echo "make clean        remove .venv, caches and what the tools wrote; the local data in var stay"

# Stamps: nothing is installed, and no network asked, until one of these two files changes.
.venv/.runs: pyproject.toml constraints.txt
	@echo "Making the environment ..."
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@$(INSTALL) -e .
	@touch $@

.venv/.develops: pyproject.toml constraints.txt
	@echo "Making the environment with the tools ..."
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@$(INSTALL) -e ".[dev]"
	@touch .venv/.runs $@

.venv/.browses: .venv/.develops
	@$(INSTALL) -e ".[browser]"
	@touch $@

# What checks the pages runs in the Node of the environment. Where npm's registry is out of reach, the tests that need it
# fail and say so; the others run.
$(HTML): tests/html/package.json tests/html/package-lock.json | .venv/.develops
	@echo "Fetching what checks the pages ..."
	@-.venv/bin/npm ci --prefix tests/html --loglevel=error && touch $@

html-tools: $(HTML)

run: .venv/.runs
	@$(RUN) -m guide.run

test: .venv/.develops $(HTML)
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(TEMPLATES) .venv/bin/djade --target-version 5.2 --check
	$(TOOLS) $(RUN) -m mypy
	.venv/bin/lint-imports --no-logo
	$(TOOLS) $(RUN) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(RUN) manage.py check --deploy --fail-level WARNING
	$(TOOLS) $(RUN) manage.py spectacular --validate --fail-on-warn --file /dev/null
	$(RUN) -m pytest --numprocesses=2 --db=postgres

test-sqlite: .venv/.develops $(HTML)
	$(RUN) -m pytest --numprocesses=2 --db=sqlite

test-long: .venv/.develops $(HTML)
	TEST_THOROUGH=1 $(RUN) -m pytest --numprocesses=2 --db=postgres -m "not browser"
	TEST_THOROUGH=1 $(RUN) -m pytest --numprocesses=2 --db=sqlite -m "not browser"

test-browser: .venv/.browses $(HTML)
	@rm -rf var/screenshots
	$(RUN) -m pytest -m browser --numprocesses=2

soak: .venv/.develops
	TEST_KILLS=50 $(RUN) -m pytest --db=postgres -n0 -o junit_family=xunit1 tests/feeds/test_kills.py --junit-xml=var/soak-postgres.xml
	TEST_KILLS=50 $(RUN) -m pytest --db=sqlite -n0 -o junit_family=xunit1 tests/feeds/test_kills.py --junit-xml=var/soak-sqlite.xml
	@grep -ho '[0-9]* kills[^"]*' var/soak-*.xml

bench: .venv/.develops
	$(RUN) -m benchmarks.refresh --db=sqlite
	$(RUN) -m benchmarks.refresh --db=postgres

# SAMPLES=folder: real guides, which nobody may pass on, so they are not here.
bench-matcher: .venv/.develops
	$(RUN) -m benchmarks.matcher $(SAMPLES)

test-fuzz: .venv/.develops
	TEST_FUZZ_EXAMPLES=200 $(RUN) -m pytest --db=postgres tests/api/test_fuzz_by_schema.py

format: .venv/.develops
	$(RUN) -m ruff check --fix --exit-zero --select I .
	$(RUN) -m ruff format .
	$(TEMPLATES) .venv/bin/djade --target-version 5.2

lint: .venv/.develops
	$(RUN) -m ruff check .
	$(TEMPLATES) .venv/bin/djade --target-version 5.2 --check
	.venv/bin/lint-imports --no-logo

types: .venv/.develops
	$(TOOLS) $(RUN) -m mypy

shell: .venv/.runs
	@$(RUN) manage.py shell

constraints:
	@rm -rf var/constraints && $(PYTHON) -m venv var/constraints
	@var/constraints/bin/python -m pip install --quiet --disable-pip-version-check -e ".[dev,browser]"
	@sed -n '/^#/p' constraints.txt > var/constraints/new
	@var/constraints/bin/python -m pip freeze --exclude-editable >> var/constraints/new
	@mv var/constraints/new constraints.txt && rm -rf var/constraints
	@git diff --stat constraints.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info tests/html/node_modules var/tools var/constraints
