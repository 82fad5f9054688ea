# Everything a reader, a maintainer or CI does. `make` alone lists the targets.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
RUN := $(BIN)/python -m
PORT ?= 8000
# A run of tests ends with the seconds of each file. What runs pages takes a second to import.
PYTEST := pytest -p no:nbval -p tools.seconds_by_file
# Two kernels at a time with one thread each use two cores best.
export OMP_NUM_THREADS ?= 1
# Hundreds of processes import the same files: compile each once, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
# Tools of the environment find each other, whatever else is on the PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help book test lint format unit pages pages-real pages-plain pages-colab site serve lab notebooks page demo pictures student data \
	bench requirements repo-url clean

# A line that begins with "## " opens a group; behind a target "## " says what it does.
help: ## list the targets
	@awk -F ':.*## ' '/^## / { print "\n" substr($$0, 4) } \
		/^[a-z-]+:.*## / { printf "  %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) tools/can_install.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Downloading PyTorch and the rest into .venv. This happens once, and takes minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	touch $@

## Read

book: $(READY) ## execute every page and render the website into _build/html
	$(RUN) tools.execute_pages --timings _build/timings.json
	@# A build that broke off early leaves the icon where the folder of static files belongs.
	@test -d _build/html/_static || rm -rf _build/html
	$(BIN)/jupyter-book build . -W --keep-going --quiet

serve: $(READY) ## show the website on localhost; PORT=… for another port than 8000
	@$(RUN) tools.serve --check $(PORT)
	$(MAKE) book
	@$(RUN) tools.serve $(PORT)

lab: $(READY) ## open the contents in JupyterLab, which lead to all pages in order
	@# From the root, or the pages' pictures in _static would be out of reach.
	$(BIN)/jupyter-lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/README.md \
		--LabApp.app_settings_dir="$(CURDIR)/tools/lab"

student: $(READY) ## copies of the pages without solutions, in _build/student
	$(RUN) tools.student_copies

data: $(READY) ## fetch and verify every real data set once
	$(RUN) utils.data

## Write

page: $(READY) ## NAME=chapter/slug: begin a page, with its exercises and their test
	$(RUN) tools.new_page $(NAME)

demo: $(READY) ## NAME=area_under_curve: begin a demo, with its tests
	$(RUN) tools.new_demo $(NAME)

pictures: $(READY) ## draw the demos for the landing page and README; NAME=… for one demo
	$(RUN) tools.demo_pictures $(NAME)

notebooks: $(READY) ## execute pages and their solutions in place; PAGE=… for one
	$(RUN) tools.store_pages $(PAGE)

format: $(READY) ## format code and normalise pages
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(RUN) tools.normalise_notebooks

## Check

test: $(READY) ## set up, then everything that CI runs
	$(MAKE) lint
	$(MAKE) pages
	@# The website is rendered from these runs, on one core; unit tests use what it leaves.
	$(MAKE) -j 2 unit book
	$(MAKE) --old-file=book site

lint: $(READY) ## style of code, anatomy of pages, one repository address
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(RUN) tools.notebook_lint
	$(RUN) tools.normalise_notebooks --check
	$(RUN) tools.repo_url --check

unit: $(READY) ## helpers, tools and papers
	$(RUN) $(PYTEST) tests/unit tests/pages --doctest-modules utils tools _ext -n 2 --dist worksteal

pages: $(READY) ## run every page and compare each output with the stored one
	$(RUN) tools.compare_pages $(PAGE)

site: book ## the rendered website, in Chromium
	$(RUN) tools.chromium
	$(RUN) $(PYTEST) tests/site -n 2

pages-real: $(READY) ## run every page on every data set it offers (BOOK_DATA=folder)
	$(RUN) tools.pages_real $(PAGE)

pages-plain: $(READY) ## run every page by the plain code paths that any x86 processor has
	ATEN_CPU_CAPABILITY=default MKL_CBWR=COMPATIBLE ONEDNN_MAX_CPU_ISA=SSE41 $(RUN) tools.compare_pages $(PAGE)

pages-colab: $(READY) ## run every page with Colab's versions and with the lower bounds
	$(RUN) tools.other_versions colab $(PAGE)
	$(RUN) tools.other_versions lowest $(PAGE)

## Maintain

bench: $(READY) ## measure against d2l; writes benchmarks/results.md; PART=… for one
	$(RUN) benchmarks $(PART)

requirements: ## compile requirements.in into exact versions
	$(BIN)/uv pip compile requirements.in --universal --python-version 3.11.4 \
		--custom-compile-command "make requirements" --quiet --output-file requirements.txt $(ARGS)

repo-url: $(READY) ## URL=…: change the repository address everywhere
	$(RUN) tools.repo_url $(URL)

clean: ## remove what the other targets made, but not the environment or the data
	rm -rf _build .pytest_cache .ruff_cache .hypothesis build dist
