# Everything a person needs, on a fresh Debian with python3 and make. Stamp files skip what is done already.
#
#   KASKA_STATE=DIR   where this installation keeps everything it makes (default: .state)
#   KASKA_PYTHON=FILE the Python to make the environment of (default: /usr/bin/python3, else python3)
#   KASKA_WEB_PORT, KASKA_SIP_PORT, KASKA_POSTGRES_PORT, KASKA_ASTERISK_HTTP_PORT   ports

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

STATE := $(or $(KASKA_STATE),.state)
VENV := .venv
STAMPS := $(STATE)/stamps
LOGS := $(STATE)/log
export KASKA_STATE := $(abspath $(STATE))

step = @python3 tools/setup/step.py $(1) $(LOGS)/setup-$(2).log
packages = python3 tools/setup/packages.py
npm = $(VENV)/bin/python tools/setup/web.py $(VENV) $(STATE)
run = $(VENV)/bin

WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) $(wildcard web/*.html web/*.ts web/*.json)
PROMPT_SOURCES := $(addprefix src/kaska/core/scenarios/,speech.py vocabulary.py) $(shell find src/kaska/asterisk -name '*prompt*' -type f 2>/dev/null)
PYTHON_ALL := src tests tools benchmarks

##@ Use

.PHONY: demo
demo: setup ## set up, start everything and let virtual customers call; Ctrl-C ends it
	@$(run)/kaska demo $(ARGS)

.PHONY: up
up: setup ## set up and start: PostgreSQL, Asterisk, the application; returns when all is ready
	@$(run)/kaska up

.PHONY: down
down: ## stop what "make up" started; calls may end first
	@if [ -x $(run)/kaska ]; then $(run)/kaska down; else echo "nothing was set up here"; fi

.PHONY: status
status: ## show what runs and how it is
	@if [ -x $(run)/kaska ]; then $(run)/kaska status; else echo "nothing was set up here"; fi

.PHONY: setup
setup: ## install and build what is missing, without starting anything
	@if $(MAKE) --no-print-directory --question installed 2>/dev/null; then :; else \
	  echo "Setting up (details in $(LOGS)/setup-*.log)"; \
	  $(MAKE) --no-print-directory -j4 installed || exit 1; \
	fi

##@ Develop

.PHONY: check check-python check-types check-web
check: check-python check-types check-web ## everything that CI checks before the tests
check-python: $(VENV)/.dev
	$(run)/ruff check $(wildcard $(PYTHON_ALL))
	$(run)/ruff format --check $(wildcard $(PYTHON_ALL))
	$(run)/lint-imports
	$(run)/python tools/setup/api_drift.py
check-types: $(VENV)/.dev
	$(run)/mypy
check-web: web
	$(npm) run --silent check

.PHONY: test
test: setup packages-test packages-traffic $(VENV)/.dev ## run every test, on real Asterisk, PostgreSQL, SIP peers and Chromium
	@$(run)/pytest -n 3 --dist loadscope $(ARGS)

.PHONY: bench
bench: setup packages-test packages-traffic $(VENV)/.dev ## measure speed; prints tables, writes STATE/bench/*.json
	@for suite in $(sort $(wildcard benchmarks/bench_*.py)); do $(run)/python $$suite || exit 1; done

.PHONY: screenshots
screenshots: web $(VENV)/.dev packages-test ## take a picture of every screen into STATE/screenshots
	@PYTHONPATH=tools $(run)/python -m screens $(ARGS)

.PHONY: native
native: $(VENV)/.dev ## compile the core and the simulator into STATE/native, for long simulations
	@$(run)/python tools/setup/native.py

.PHONY: web
web: web/dist/index.html ## build the web page into web/dist

.PHONY: api
api: $(VENV)/.dev web/node_modules/.installed ## write the API description anew, and the web page's client from it
	$(run)/python tools/setup/api_drift.py --write
	$(npm) run --silent api

.PHONY: clean
clean: down ## stop, and delete everything that was made here: data, recordings, secrets, environment
	@if [ -L $(STATE)/postgres ]; then rm -rf "$$(readlink $(STATE)/postgres)"; fi
	rm -rf $(VENV) $(STATE) web/node_modules web/dist

.PHONY: help
help: ## show this
	@awk 'BEGIN { FS = ":.*## "; print "make TARGET" } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@awk '/^#   /{ sub(/^#   /, ""); print }' $(firstword $(MAKEFILE_LIST))

# What is installed, and by which stamp it is known ------------------------------------------------------------------

.PHONY: installed
installed: $(STAMPS)/packages $(VENV)/.run $(STAMPS)/asterisk $(STAMPS)/prompts web/dist/index.html

$(STAMPS)/packages-first: tools/setup/packages.txt
	$(call step,"system packages needed first",packages-first) $(packages) first
	@mkdir -p $(@D) && touch $@

$(STAMPS)/packages-speech: $(STAMPS)/packages-first
	$(call step,"system packages for speech",packages-speech) $(packages) speech
	@touch $@

# apt works for one at a time; speech comes first, as making the prompts takes longest afterwards
$(STAMPS)/packages: $(STAMPS)/packages-speech
	$(call step,"system packages",packages) $(packages) run
	@touch $@

.PHONY: packages-traffic packages-test
packages-traffic: $(STAMPS)/packages-traffic
packages-test: $(STAMPS)/packages-test
$(STAMPS)/packages-traffic $(STAMPS)/packages-test: $(STAMPS)/packages-%: tools/setup/packages.txt
	$(call step,"system packages for $*",packages-$*) $(packages) $*
	@mkdir -p $(@D) && touch $@

$(VENV)/.run: requirements.txt tools/setup/uv.txt tools/setup/environment.py | $(STAMPS)/packages-first
	$(call step,"Python environment",python) python3 tools/setup/environment.py $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(call step,"Python environment for developers",python-dev) python3 tools/setup/environment.py $(VENV) requirements-dev.txt
	@touch $@

$(STAMPS)/asterisk: tools/setup/asterisk.py | $(STAMPS)/packages-first
	$(call step,"Asterisk",asterisk) python3 tools/setup/asterisk.py $(STATE)
	@touch $@

$(STAMPS)/prompts: $(PROMPT_SOURCES) | $(VENV)/.run $(STAMPS)/packages-speech
	$(call step,"spoken prompts",prompts) $(run)/python -m kaska.asterisk.prompts
	@touch $@

web/node_modules/.installed: web/package-lock.json | $(VENV)/.run
	$(call step,"web packages",web-packages) $(npm) ci --no-audit --no-fund
	@touch $@

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.installed
	$(call step,"web page",web) $(npm) run build
	@touch $@
