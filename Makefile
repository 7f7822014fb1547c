# Everything runs in .venv, from uv.lock and its hashes. The first run sets it up; later runs only look at a stamp.
PYTHON ?= python3
UV := $(or $(shell command -v uv),.uv/bin/uv)
BIN := .venv/bin
# Trust what the system trusts, where it has a store: networks with a certificate of their own are common.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/*),true,false)

.PHONY: weekly test test-browser test-mail test-editing test-faults test-llamacpp lint check bench bench-endpoint bench-grounding bench-embedded \
	bench-library bench-questions train-embedded clean

weekly: .venv/run.stamp  ## the digest of the newest week in seeds/
	@$(BIN)/digest weekly seeds/

test: .venv/dev.stamp  ## all tests but the benchmarks
	@$(BIN)/pytest

test-faults: .venv/dev.stamp  ## every fault of an endpoint, and hundreds of kills; 8 minutes
	@$(BIN)/pytest -m slow --numprocesses=0 tests/faults/test_limits.py
	@$(BIN)/pytest -m slow --dist loadfile tests/faults/test_matrix.py tests/faults/test_kill.py

test-browser: .venv/dev.stamp  ## the pages in Chromium, with Node; two minutes, pictures in .ci/artifacts
	@$(BIN)/pytest -m slow --numprocesses=0 -rs tests/browser

test-mail: .venv/dev.stamp  ## what Gmail and Outlook show of the mail, by caniemail, with Node; a minute
	@npm ci --prefix tests/mail --no-audit --no-fund --silent
	@$(BIN)/pytest -m slow --numprocesses=0 tests/mail

test-editing: .venv/dev.stamp  ## a thousand random edits of a draft; three minutes
	@EDITS=1000 $(BIN)/pytest --numprocesses=0 tests/render/newsletter/test_editing.py

# Built for no machine in particular, as uv keeps what it built. In an environment of its own: it is a server of others.
test-llamacpp: export CMAKE_ARGS ?= -DLLAVA_BUILD=OFF -DGGML_NATIVE=OFF
test-llamacpp: .venv/dev.stamp  ## two papers, a second real server and a random model; built once, 10 minutes
	@if command -v $(CXX) >/dev/null; then UV_PROJECT_ENVIRONMENT=.venv/llamacpp $(UV) sync --frozen --only-group llamacpp; fi
	@$(BIN)/pytest -m slow -rs tests/llamacpp

lint: .venv/dev.stamp  ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test

bench: .venv/dev.stamp  ## speed and memory, over the seeds and 10,000 abstracts
	@$(BIN)/python -m compileall -q agent
	@$(BIN)/python tests/bench/speed.py

bench-endpoint: .venv/dev.stamp  ## rate, CPU and memory of asking an endpoint, against a plain loop; ten minutes
	@$(BIN)/python -m compileall -q agent
	@$(BIN)/python -m tests.bench.endpoint

bench-grounding: .venv/dev.stamp  ## what the checks catch and miss; DATA=folder of SciTLDR and CSAbstruct adds their abstracts
	@$(BIN)/python -m compileall -q agent
	@$(BIN)/python -m tests.bench.grounding $(if $(DATA),--data "$(DATA)")

bench-library: .venv/dev.stamp  ## time and memory of a library of 100,000 papers; two minutes
	@$(BIN)/python -m compileall -q agent
	@$(BIN)/python -m tests.bench.library

bench-questions: .venv/dev.stamp  ## how well questions are answered; QUESTIONS="files" asks others
	@$(BIN)/python -m compileall -q agent
	@$(BIN)/python -m tests.bench.questions $(QUESTIONS)

# In an environment of their own: what they need is large, and nothing that runs may come to need it.
bench-embedded train-embedded: export UV_PROJECT_ENVIRONMENT = .venv/bench
bench-embedded: .venv/dev.stamp  ## how good and fast the embedded model is; DATA=folder of SciTLDR and CSAbstruct adds theirs
	@$(UV) sync --frozen --group bench --compile-bytecode --quiet
	@.venv/bench/bin/python -m compileall -q agent
	@.venv/bench/bin/python -m tests.bench.embedded $(if $(DATA),--data "$(DATA)")

LABELS ?= tests/bench/labels/train.jsonl
train-embedded: .venv/dev.stamp  ## the weights, from DATA=folder of SciTLDR and CSAbstruct and LABELS=files; two minutes
	@$(UV) sync --frozen --group bench --compile-bytecode --quiet
	@.venv/bench/bin/python -m tests.bench.train.roles "$(DATA)"
	@.venv/bench/bin/python -m tests.bench.train.parts "$(DATA)" $(LABELS)
	@.venv/bench/bin/python -m tests.bench.train.tldr "$(DATA)" $(LABELS)

clean:
	rm -rf .venv .uv

.venv/run.stamp: uv.lock pyproject.toml | $(UV)
	@$(UV) sync --frozen --no-default-groups --group build --inexact --compile-bytecode --quiet
	@$(BIN)/python -m compileall -q agent
	@touch $@

.venv/dev.stamp: uv.lock pyproject.toml | $(UV)
	@$(UV) sync --frozen --compile-bytecode --quiet
	@$(BIN)/python -m compileall -q agent
	@touch $@ .venv/run.stamp

# Only where the machine has no uv: a private one, checked against its hashes.
.uv/bin/uv: .ci/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.txt
	@touch $@
