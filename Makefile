# Hai lệnh: `make run` (dựng và chạy trạm) và `make test` (cài phần kiểm thử và chạy toàn bộ kiểm thử).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
AXE := tests/web/axe/node_modules

.PHONY: run test lint suite bench lock screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/broadcaster run $(ARGS)

# Two steps at a time: lint beside the first tests, axe-core fetched beside Python's packages.
ifeq ($(MAKECMDGOALS),test)
MAKEFLAGS += -j2
endif
test: lint suite

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What is measured on a real sound server runs alone, what merely keeps pace with time two at a time; both tell their
# figures. Only files that name the mark are read for it. (5: ARGS name no test of that kind.)
marked = $(or $(ARGS),$(shell grep -rl 'mark\.$(1)' tests --include='*.py'))

suite: $(VENV)/test.stamp $(AXE)
	scripts/system-packages test
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not alone and not paced" $(ARGS) || [ $$? -eq 5 ]
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -rP -m paced $(call marked,paced) || [ $$? -eq 5 ]
	$(BIN)/pytest -rP -m alone $(call marked,alone) || [ $$? -eq 5 ]

# All benchmarks, with figures and targets; ARGS="onair" for one of them.
bench: $(VENV)/test.stamp
	scripts/system-packages test
	$(BIN)/python -m benchmarks $(ARGS)

# Every page, on a phone and on an old PC, in light and dark, into docs/anh.
screenshots: $(VENV)/test.stamp $(AXE)
	scripts/system-packages test
	BROADCASTER_SCREENSHOTS=$(CURDIR)/docs/anh $(BIN)/pytest tests/web/test_axe.py tests/web/test_browser.py tests/web/test_browser_desk.py tests/web/test_browser_alert.py tests/web/test_browser_air.py tests/web/test_browser_week.py $(ARGS)

$(VENV)/run.stamp: requirements.lock pyproject.toml
	scripts/system-packages run
	scripts/make-venv $(PYTHON) $(VENV) requirements.lock
	touch $@

# Every package of requirements.lock stands in requirements-test.lock in the same version.
$(VENV)/test.stamp: requirements-test.lock pyproject.toml
	scripts/make-venv $(PYTHON) $(VENV) requirements-test.lock
	touch $@ $(VENV)/run.stamp

# axe-core, at the version and with the hash of package-lock.json.
$(AXE): tests/web/axe/package-lock.json
	scripts/system-packages test
	cd tests/web/axe && npm ci
	touch $@

# Needs `uv`; run it after changing dependencies in pyproject.toml.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
