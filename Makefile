# DJDesk. A newcomer needs two commands: `make run` and `make test`; `make help` lists the rest.

SHELL := /bin/bash
CACHE := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/djdesk
# Outside the checkout, so that a new clone compiles only what is its own.
export CARGO_TARGET_DIR := $(CACHE)/target
export PIP_DISABLE_PIP_VERSION_CHECK := 1
CARGO_OUT := $(CARGO_TARGET_DIR)/release
PY := .venv/bin/python
DISPLAYED := $(if $(DISPLAY)$(WAYLAND_DISPLAY),yes,)
BUS := xvfb-run -a -s "-screen 0 1280x900x24" dbus-run-session --
# The sandbox's launcher starts and forks sooner without libraries to load.
STATIC := $(if $(filter Linux,$(shell uname -s)),-C target-feature=+crt-static)
# Processes and browsers on a busy machine: what fails is tried once more, and listed as rerun.
AGAIN := --reruns 1 -rR
# Two at a time, a file of tests by one of them.
BESIDE := -n 2 --dist loadfile --durations=10 $(AGAIN)
CODE := backend inspector_app tests bench freeze sidecar_build.py

.PHONY: help run test check build package bench docs clean \
	setup-python setup-pages setup-window setup-test jail host sidecar \
	check-python check-rust check-js test-rust test-python test-browser test-desktop \
	test-installed

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: setup-python setup-pages jail $(if $(DISPLAYED),host) ## open DJDesk (served to a browser where there is no display)
	@scripts/run.sh $(ARGS)

test: check build test-rust test-python test-browser test-desktop test-installed ## everything: lint, types, tests, the real window
	@echo "All parts of make test passed."

# --- set-up -----------------------------------------------------------------------------------------
setup-python:
	@scripts/apt.sh python
	@scripts/python.sh app

setup-pages:
	@scripts/apt.sh pages
	@scripts/node.sh pages

setup-rust:
	@scripts/apt.sh rust
	@scripts/rust.sh

setup-window: setup-rust
	@scripts/apt.sh window

setup-test: setup-python setup-window
	@scripts/apt.sh package test
	@scripts/python.sh docs build test
	@scripts/node.sh

setup-build: setup-python setup-window
	@scripts/apt.sh package
	@scripts/python.sh docs build
	@scripts/node.sh

# --- building ---------------------------------------------------------------------------------------
jail: setup-rust ## build/bin/djdesk-jail
	@cargo rustc --release --locked --quiet -p djdesk-jail --bin djdesk-jail -- $(STATIC)
	@mkdir -p build/bin && cp -u $(CARGO_OUT)/djdesk-jail build/bin/

host: setup-window ## build/bin/djdesk, the window
	@[ -e $(CARGO_OUT)/djdesk ] || echo "Compiling the window; the first time takes several minutes."
	@cargo build --release --locked -p djdesk
	@mkdir -p build/bin && cp -u $(CARGO_OUT)/djdesk build/bin/

docs: setup-python ## build/docs, as the app ships them
	@scripts/python.sh docs
	@$(PY) -m sphinx -b html -W --keep-going -q -d build/doctrees docs build/docs

sidecar: setup-python docs ## build/sidecar, the frozen engine
	@scripts/apt.sh package
	@scripts/python.sh build
	@scripts/node.sh
	@$(PY) sidecar_build.py

build: setup-build jail host sidecar ## build/bin, build/sidecar, build/static, build/docs

package: build ## build/dist/*.deb and *.rpm
	@scripts/package.sh

# --- checking ---------------------------------------------------------------------------------------
check: setup-test check-python check-rust check-js ## lint and types

check-python:
	@.venv/bin/ruff check $(CODE)
	@.venv/bin/ruff format --check $(CODE)
	@.venv/bin/mypy

check-rust:
	@cargo fmt --all --check
	@cargo clippy --release --locked --workspace --all-targets -- -D warnings

check-js:
	@npx biome ci --colors=off inspector_app/static

# --- testing ----------------------------------------------------------------------------------------
test-rust: setup-test
	@cargo test --release --locked --workspace

test-python: setup-test jail
	@$(PY) -m pytest -m "not browser and not desktop and not installed" $(BESIDE)

# By itself: what drives the browser leaves an event loop running, beside which Django refuses its
# database.
test-browser: setup-test jail docs
	@$(PY) -m pytest tests/browser -m browser --timeout=180 $(BESIDE)

test-desktop: setup-test build
	@$(BUS) $(PY) -m pytest tests/desktop -m desktop $(AGAIN)

test-installed: setup-test package
	@scripts/installed.sh $(BUS) $(PY) -m pytest tests/desktop tests/packaging -m "desktop or installed" --installed \
		$(AGAIN)

bench: setup-test package ## measure; prints a table and writes build/bench.json
	@cargo build --release --locked --quiet -p djdesk --example bare_window
	@$(BUS) $(PY) -m bench

clean: ## remove what was built in the checkout (caches outside stay)
	rm -rf build .venv node_modules .mypy_cache .ruff_cache .pytest_cache *.egg-info
