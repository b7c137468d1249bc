# What a developer of the portal types. Needed: python3 >= 3.11 and make; the rest is installed
# into .venv from lock files with hashes.

JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
PYTHON := .venv/bin/python
RUNTIME := .venv/runtime-installed
DEV := .venv/dev-installed
UV := .venv/uv-tool/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate

# The settings of a real installation, for the checks that look at them.
PRODUCTION = PORTAL_MODE=production SITE_URL=https://portal.example ALLOWED_HOSTS=portal.example \
	SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')"

.PHONY: run install test test-postgres lint format bench lock messages clean
.DEFAULT_GOAL := run

run: $(RUNTIME) ## the portal with demonstration data at http://127.0.0.1:8000/
	@exec $(PYTHON) -m portal.serve

install: $(DEV) ## everything for work on the code

$(RUNTIME): requirements.lock requirements-uv.lock
	@sh tools/install.sh requirements.lock
	@touch $@

$(DEV): requirements-dev.lock requirements-uv.lock
	@sh tools/install.sh requirements-dev.lock
	@touch $(RUNTIME) $@

test: $(DEV) ## all tests on SQLite, those in the browser too
	@chromium=$$(sh tools/chromium.sh) && \
		CHROMIUM="$$chromium" DATABASE_URL= $(PYTHON) -m pytest -n $(JOBS) $(ARGS)

test-postgres: $(DEV) ## the same on PostgreSQL: DATABASE_URL, or a cluster thrown away afterwards
	@chromium=$$(sh tools/chromium.sh) && \
		CHROMIUM="$$chromium" $(PYTHON) tools/postgres.py $(PYTHON) -m pytest -n $(JOBS) $(ARGS)

lint: $(DEV) ## style, direction of imports, migrations, Django's checks for production
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && export DATA_DIR="$$data" && \
		echo "manage.py makemigrations --check" && \
		$(PYTHON) manage.py makemigrations --check --dry-run && \
		echo "manage.py check --deploy" && \
		$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

format: $(DEV) ## write the code in the house's style
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

bench: $(DEV) ## measure the promises of docs/performance.md
	$(PYTHON) -m benchmarks $(ARGS)

lock: ## choose the versions anew; UPGRADE=--upgrade takes the newest
	@sh tools/install.sh requirements-uv.lock
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	echo uv | $(COMPILE) $(UPGRADE) - -o requirements-uv.lock

messages: $(DEV) ## collect the texts of the interface into locale/
	$(PYTHON) -m tools.catalogue update

clean: ## everything that was built; not the data of var/
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
