PYTHON = python3
VENV = .venv
MONTH = 2025-06
JOBS = auto
MINUTES = 10
EXTRAS = dev
BIN = $(VENV)/bin
FLOORS = build/venv-floors
PLAIN = build/venv-plain
AUDIT = build/venv-audit
MUTANTS = build/venv-mutation
SAMPLE = 200
PIP = -m pip --disable-pip-version-check --quiet

.PHONY: help report test test-floors slow bench growth validity fuzz docs datasets sbom audit coverage mutation clean

help:
	@echo "make report [MONTH=2025-07]  write reports/MONTH/index.html and what goes with it"
	@echo "make test                    lint, types, tests and doctests"
	@echo "make test-floors             the tests with the oldest supported dependencies"
	@echo "make slow                    the tests that take longer than a minute"
	@echo "make bench                   measure ours and the peers: benchmarks/results, README, docs"
	@echo "make growth                  measure how cost grows: docs/images/growth.png"
	@echo "make validity                simulate the error rates that are promised: docs/validity.md"
	@echo "make fuzz [MINUTES=30]       hostile inputs to every reader: build/fuzz/summary.json"
	@echo "make docs                    the documentation: build/docs/index.html"
	@echo "make datasets                make datasets/ anew from ../shared/data"
	@echo "make sbom                    what an installation consists of: build/sbom.cdx.json (CycloneDX)"
	@echo "make audit                   known weaknesses of what an installation consists of"
	@echo "make coverage                which lines and branches the tests reach"
	@echo "make mutation [SAMPLE=200]   whether the tests notice a changed line: build/mutation.json"
	@echo "make clean                   remove everything that make made"
	@echo "With another interpreter:    make test PYTHON=python3.13"

report: $(VENV)/.installed
	$(BIN)/trends report $(MONTH) --out reports/$(MONTH)

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict trends
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

test-floors: $(FLOORS)/.installed-dev
	@# Old releases use what newer ones of their own dependencies deprecate.
	$(FLOORS)/bin/python -m pytest -W ignore::DeprecationWarning

slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow

bench: $(VENV)/.installed-dev
	@# Less than 15 minutes on two quiet cores; the peers go into build/venv-peers.
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/tables.py

growth: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/growth.py

validity: $(VENV)/.installed-dev
	@# Less than 20 minutes on two quiet cores.
	$(BIN)/python benchmarks/validity/run.py

fuzz: $(VENV)/.installed-dev
	@$(BIN)/python $(PIP) install -e '.[fuzz]' -c constraints.txt
	$(BIN)/python tests/fuzz/fuzzing.py --minutes $(MINUTES)

docs: $(VENV)/.installed-dev
	@rm -rf docs/reference/generated  # pages of names that are gone
	$(BIN)/python -m sphinx -W --keep-going docs build/docs

datasets: $(VENV)/.installed-dev
	$(BIN)/python tests/make_datasets.py ../shared/data datasets

sbom: $(PLAIN)/.installed $(AUDIT)/.installed
	$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --of JSON -o build/sbom.cdx.json $(PLAIN)/bin/python

audit: $(PLAIN)/.installed $(AUDIT)/.installed
	@# asks the advisory databases, so it needs the network
	$(AUDIT)/bin/pip-audit --path $$($(PLAIN)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

coverage: $(VENV)/.installed-dev
	@rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/python -m coverage run -m pytest -n $(JOBS) --dist worksteal
	@$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

mutation: $(MUTANTS)/.installed
	@# a few seconds for each mutant, after five minutes for the tests as they are
	$(MUTANTS)/bin/python benchmarks/mutation.py --sample $(SAMPLE)

clean:
	rm -rf $(VENV) build dist reports docs/reference/generated .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find trends tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# venv installs pip last: a venv without it was broken off.
define make_venv
	@command -v $(PYTHON) >/dev/null || \
	  { echo "No $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=python3.12"; exit 1; } >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is $$($(PYTHON) --version 2>&1), but Python 3.11 or newer is needed. Name one: make PYTHON=python3.12"; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv. Install it (on Debian and Ubuntu: apt install python3-venv)."; exit 1; } >&2
	@echo "Installing into $(@D), which can take a few minutes ..."
	@test -x $(@D)/bin/pip || $(PYTHON) -m venv --clear $(@D)
endef

$(VENV)/.installed: pyproject.toml constraints.txt
	$(make_venv)
	@$(BIN)/python $(PIP) install -e . -c constraints.txt
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	$(make_venv)
	@$(BIN)/python $(PIP) install -e '.[$(EXTRAS)]' -c constraints.txt
	@touch $(VENV)/.installed $@

$(PLAIN)/.installed: pyproject.toml constraints.txt
	$(make_venv)
	@$(PLAIN)/bin/python $(PIP) install . -c constraints.txt
	@touch $@

$(AUDIT)/.installed:
	$(make_venv)
	@$(AUDIT)/bin/python $(PIP) install "cyclonedx-bom>=7" "pip-audit>=2.7"
	@touch $@

$(MUTANTS)/.installed: pyproject.toml constraints.txt
	$(make_venv)
	@$(MUTANTS)/bin/python $(PIP) install -e '.[$(EXTRAS)]' "cosmic-ray>=8.7" -c constraints.txt
	@touch $@

$(FLOORS)/.installed-dev: pyproject.toml
	$(make_venv)
	@$(FLOORS)/bin/python -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	  print("\n".join(project["dependencies"]).replace(">=", "=="))' > $(FLOORS)/floors.txt
	@$(FLOORS)/bin/python $(PIP) install -e '.[dev]' -r $(FLOORS)/floors.txt
	@touch $@
