# Hai lệnh: `make run` (dựng và chạy trạm) và `make test` (cài phần kiểm thử và chạy toàn bộ kiểm thử).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
AXE := tests/web/axe/node_modules

.PHONY: run test bench lock screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/broadcaster run $(ARGS)

# What needs the sound server runs alone: it is measured, and tells its figures. (5: ARGS name no test of that kind.)
test: $(VENV)/test.stamp $(AXE)
	scripts/system-packages test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not alone" $(ARGS) || [ $$? -eq 5 ]
	$(BIN)/pytest -rP -m alone $(ARGS) || [ $$? -eq 5 ]

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
