# The Capacity Exchange. `make` alone prints what there is.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
DOCUMENTS ?= 100000
VENV := .venv/bin
TEMPLATES := site learning directory mentoring search frontend/components
export PORT DATA_DIR

.DEFAULT_GOAL := help
.PHONY: help start test test-fast security-test fault-test check lint types format translations messages drawings frontend bench bench-search setup setup-dev shell

help: ## Print every target with a line of help
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: ## Set everything up and serve the site with demo content (PORT=8100 DATA_DIR=folder are honoured)
	@$(PYTHON) site/start.py

test: ## Set up what the tests need and run them all, with every check
	@$(PYTHON) site/start.py --setup-only --dev
	@$(VENV)/python -m tests.run

test-fast: setup-dev ## Run the tests that need neither browser nor a second database
	@$(VENV)/python -m tests.run unit

security-test: setup-dev ## Attack every address as every role by every method (half an hour)
	@$(VENV)/python -m tests.run security

fault-test: setup-dev ## Kill, fill and slow each part of a site on many machines, and write the table (half an hour)
	@$(VENV)/python -m tests.run faults

check: setup-dev ## Lint, types, templates, migrations, deployment check, import contracts
	@$(VENV)/python -m tests.run check

lint: setup-dev ## Ruff, djlint and djhtml only
	@$(VENV)/ruff check . && $(VENV)/ruff format --check . && $(VENV)/djlint --quiet --lint $(TEMPLATES) && $(VENV)/djhtml --tabwidth 2 --check $(TEMPLATES)

types: setup-dev ## mypy only
	@$(VENV)/mypy site/exchange site/foundation learning directory mentoring search

format: setup-dev ## Put code into its standard form (styles and scripts where Node is)
	@$(VENV)/ruff check --fix . ; $(VENV)/ruff format .
	@$(VENV)/djhtml --tabwidth 2 $(TEMPLATES)
	@! command -v npm >/dev/null || (cd frontend && npm ci --no-audit --no-fund --silent && npm run --silent format)

messages: setup-dev ## Collect the sentences to be translated (needs gettext)
	@$(VENV)/python manage.py collect_messages

translations: setup ## Compile the translations of the interface
	@$(VENV)/python manage.py compile_translations

frontend: ## Build styles, scripts and icons into frontend/static (needs Node)
	@cd frontend && npm ci --no-audit --no-fund && npm run build

drawings: setup-dev ## Draw flows, data model and roles into docs/
	@$(VENV)/python manage.py draw_docs

bench: setup-dev ## Measure each page kind against an empty view
	@$(VENV)/python -m tests.bench.pages

bench-search: setup-dev ## Measure the search engines on a made-up directory (DOCUMENTS=100000)
	@$(VENV)/python -m tests.bench.search --documents $(DOCUMENTS)

setup: ## Make the environment and install the packages
	@$(PYTHON) site/start.py --setup-only

setup-dev: ## The same, with what development needs
	@$(PYTHON) site/start.py --setup-only --dev --quiet

shell: setup ## A Python shell with the site's models
	@$(VENV)/python manage.py shell
