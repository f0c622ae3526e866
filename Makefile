# What people and CI call. Each target sets up what it needs, says so, and does
# nothing the second time.

SHELL := /bin/sh
MODULE := mutable_tags_policy
WASM := target/wasm/wasm32-unknown-unknown/release/$(MODULE).wasm
BUILT := target/wasm/policy.wasm
# What every module is built from, besides its own sources.
BUILD_FILES := build.rs Cargo.toml Cargo.lock .cargo/config.toml scripts/wasm-cargo
SOURCES := $(shell find src -name '*.rs') $(BUILD_FILES)
CLI := target/cli/mutable-tags
# What another kwctl annotated is annotated anew. (Nothing where it is not installed.)
KWCTL := $(wildcard $(shell command -v kwctl 2>/dev/null))

# `make fuzz` runs these, each for so many seconds or, if given, so many inputs; or one of
# them on one input. `make load` takes TIME too, for all that it asks.
TARGETS ?= references settings payloads bytes
TIME ?= 60
RUNS ?=
INPUT ?=

# `make mutants` tries all of src/, or these FILES, or a part, SHARD=k/n.
FILES ?=
SHARD ?=

# `make measure-tags` measures the rules on this file (docs/evidence.md).
OBSERVED ?=

# `make run` shows the story of examples/upgrade, or judges these.
MANIFEST ?=
SETTINGS ?=

.DEFAULT_GOAL := help
# Two targets can need the same set-up; cargo uses all cores anyway.
.NOTPARALLEL:
# For the scripts that call make.
export MAKE
.DELETE_ON_ERROR:

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9.\/-]+:.*## / { printf "  %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make run MANIFEST=deployment.yaml SETTINGS=settings.yaml judges your own files."

.PHONY: cargo
cargo:
	@command -v cargo >/dev/null 2>&1 || { \
	    echo "There is no cargo. Install Rust: https://rustup.rs, or on Debian as root:"; \
	    echo "  apt-get install rustc-web cargo-web rust-web-src lld-19"; \
	    exit 1; } >&2
	@command -v cc >/dev/null 2>&1 || { \
	    echo "There is no C compiler, which Rust links with (Debian: apt-get install gcc libc6-dev)."; \
	    exit 1; } >&2

# The module alone: of a library that is a module and more, cargo makes what can be linked
# again, and leaves out `lto`.
BUILD_POLICY := scripts/wasm-cargo rustc -p mutable-tags-policy --lib --crate-type cdylib \
    --release --locked

$(BUILT): $(SOURCES) | cargo
	@echo "Building policy.wasm"
	@$(BUILD_POLICY) --target-dir target/wasm
	@cp $(WASM) $@
	@scripts/wasm-cargo --describe >target/wasm/toolchain

# Kubewarden's workflows put a module of another target here and go on with make: what
# is tested and released has to be the one above, so it is compared every time.
policy.wasm: $(BUILT) always ## Build the policy
	@cmp -s $(BUILT) $@ || cp $(BUILT) $@

.PHONY: always
always:

# The least that a policy can cost, to compare with.
NO_OP := target/wasm/no-op.wasm
$(NO_OP): e2e-tests/no-op/src/lib.rs e2e-tests/no-op/Cargo.toml $(BUILD_FILES) | cargo
	@echo "Building the no-op policy"
	@scripts/wasm-cargo build -p no-op-policy --lib --release --locked --target-dir target/wasm
	@cp target/wasm/wasm32-unknown-unknown/release/no_op_policy.wasm $@

annotated-policy.wasm: policy.wasm metadata.yml README.md $(KWCTL) ## Build the policy with its metadata, where kwctl is installed
	@command -v kwctl >/dev/null 2>&1 || { \
	    echo "kwctl is not installed: it writes the metadata into the module (https://docs.kubewarden.io)." >&2; \
	    exit 1; }
	kwctl annotate policy.wasm --metadata-path metadata.yml --usage-path README.md --output-path $@

artifacthub-pkg.yml: metadata.yml questions-ui.yml ## Write the package for Artifact Hub, where kwctl is installed
	@command -v kwctl >/dev/null 2>&1 || { \
	    echo "kwctl is not installed: it writes the package from the metadata (https://docs.kubewarden.io)." >&2; \
	    exit 1; }
	kwctl scaffold artifacthub --metadata-path metadata.yml --questions-path questions-ui.yml --output $@

charts/mutable-tags/questions.yaml: questions-ui.yml
	cp questions-ui.yml $@

.PHONY: cli
cli: | cargo ## Build the program that checks manifests, target/cli/mutable-tags
	@test -x $(CLI) || echo "Building mutable-tags (about a minute, once)"
	@cargo build -q -p mutable-tags-cli --profile cli --locked --target-dir target

.PHONY: run
run: policy.wasm cli ## Check examples/upgrade with policy.wasm, or MANIFEST with SETTINGS
ifeq ($(MANIFEST)$(SETTINGS),)
	@scripts/show-upgrade $(CLI)
else ifeq ($(MANIFEST),)
	@echo "SETTINGS needs a MANIFEST to judge: make run MANIFEST=... SETTINGS=..." >&2; exit 2
else
	@$(CLI) check "$(MANIFEST)" $(if $(SETTINGS),--settings-path "$(SETTINGS)") --module policy.wasm
endif

.PHONY: fmt
fmt: | cargo ## Format the code
	cargo fmt --all
	cargo fmt --manifest-path fuzz/Cargo.toml

.PHONY: lint
lint: | cargo ## Check format, lints, dependencies, workflows, scripts and the chart
	scripts/lint-workflows
	scripts/lint-chart
	cargo fmt --all --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	scripts/cargo-deny
	@cat target/tools/not-run/* 2>/dev/null || true

# All at once: cargo would build many dependencies twice, with other features, for one package
# after the other.
.PHONY: cargo-tests
cargo-tests: policy.wasm | cargo ## Test the decision natively, the program, and the built policy in the engine
	cargo test --workspace --locked

.PHONY: unit-tests
unit-tests: | cargo ## Test the decision natively, and the program
	cargo test -p mutable-tags-policy -p mutable-tags-cli --locked

.PHONY: bless
bless: | cargo ## Write tests/cases/words.txt anew: what the policy says to every case
	BLESS=1 cargo test -q -p mutable-tags-policy --locked --test decision -- words
	@git --no-pager diff --stat -- tests/cases/words.txt

.PHONY: docs/cli.md
docs/cli.md: | cargo ## Write docs/cli.md anew from the help of the program
	BLESS=1 cargo test -q -p mutable-tags-cli --locked --test documents
	@git --no-pager diff --stat -- $@

.PHONY: wasm-tests
wasm-tests: | cargo ## Test the decision in wasm32, under Node
	scripts/wasm-test

.PHONY: e2e-tests
e2e-tests: engine-tests bats-tests ## Test the built policy in the engine, and in kwctl and policy-server

.PHONY: engine-tests
engine-tests: policy.wasm ## Test the built policy in the embedded engine
	cargo test -p e2e-tests --locked

.PHONY: bats-tests
bats-tests: policy.wasm ## Test the built policy in kwctl and policy-server, where they are installed
	@scripts/bats-suites

# In this order: that a test in kwctl fails keeps no other test from running.
.PHONY: test
test: cargo-tests wasm-tests bats-tests ## Run every test
	@cat target/tools/not-run/* 2>/dev/null || true

# The policy with the names of its functions, for the benches to say whose they are.
NAMED := target/wasm-named/wasm32-unknown-unknown/release/$(MODULE).wasm
$(NAMED): $(SOURCES) | cargo
	@echo "Building the policy with its names"
	@CARGO_PROFILE_RELEASE_STRIP=none $(BUILD_POLICY) --target-dir target/wasm-named
	@touch $@

.PHONY: bench
bench: policy.wasm $(NO_OP) $(NAMED) ## Print what the built policy costs, beside one that does nothing
	@mkdir -p target/bench
	cargo bench -q -p e2e-tests --profile dev --bench cost --locked -- "$(CURDIR)/policy.wasm" \
	    "$(CURDIR)/$(NO_OP)" "$(CURDIR)/$(NAMED)" "$(CURDIR)/target/bench/cost.json" \
	    "$(CURDIR)/docs/cost.svg"

.PHONY: policy-server
policy-server:
	@command -v policy-server >/dev/null 2>&1 || { \
	    echo "policy-server is not installed: it is what would be asked (https://docs.kubewarden.io)." >&2; \
	    exit 1; }

.PHONY: measure-tags
measure-tags: | cargo ## Measure the rules for tags on OBSERVED, a file of tags that were watched
	@cargo run -q --release --example measure-tags -p mutable-tags-policy --no-default-features --locked \
	    --target-dir target/measure -- "$(OBSERVED)"

# How many ask at once.
CLIENTS ?= 4
.PHONY: load
load: policy-server policy.wasm $(NO_OP) ## Ask policy-server, where it is installed, for TIME seconds by CLIENTS at once
	@mkdir -p target/bench
	cargo bench -q -p e2e-tests --profile dev --bench load --locked -- "$(CURDIR)/policy.wasm" \
	    "$(CURDIR)/$(NO_OP)" "$(CURDIR)/target/bench/load.json" $(TIME) $(CLIENTS)

REQUESTS ?= 1000000
.PHONY: soak
soak: policy.wasm ## Judge a million requests (REQUESTS) on all cores, and compare every answer
	cargo bench -q -p e2e-tests --profile dev --bench soak --locked -- "$(CURDIR)/policy.wasm" $(REQUESTS)

# How many payloads are tried, by how many workers at once. Each SEED makes another search.
TRIES ?= 100000
WORKERS ?= 1
SEED ?= 1
.PHONY: search
search: policy.wasm ## Search for the costliest payload and settings, in TRIES by WORKERS from SEED
	CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo bench -q -p e2e-tests --profile dev --bench search --locked -- \
	    "$(CURDIR)/policy.wasm" "$(CURDIR)/target/search" $(TRIES) $(WORKERS) $(SEED)

.PHONY: reproducible
reproducible: | cargo ## Build what is committed twice, elsewhere, and compare
	@MAKE='$(MAKE)' scripts/wasm-reproducible

.PHONY: fuzz
fuzz: | cargo ## Fuzz the decision, each of TARGETS for TIME seconds or RUNS inputs
	@TIME="$(TIME)" RUNS="$(RUNS)" INPUT="$(INPUT)" scripts/fuzz $(TARGETS)

.PHONY: mutants
mutants: | cargo ## Change src/ (or FILES, or SHARD=k/n) in small ways, and say what no test notices
	@SHARD="$(SHARD)" scripts/mutants $(FILES)

.PHONY: clean
clean: ## Remove what was built
	rm -rf target policy.wasm annotated-policy.wasm
