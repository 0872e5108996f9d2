# Callboard's commands. `make run` and `make test` are all that a fresh clone needs.
SWIFT ?= swift
# Colours are a flag of the compiler: with them on in a terminal only, each change between a terminal and a file or pipe
# would build everything anew.
PLAIN := --no-color-diagnostics
DEBUG := -debug-info-format none $(PLAIN)
# All tests at once would make each wait for the turns of hundreds of others, which is long for those that look at the clock.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 8
PROGRAM := .build/release/callboard
# The release program holds Swift's libraries, where the toolchain has them in that form, and so needs none beside it.
STATIC = $(if $(wildcard $(shell $(SWIFT) -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')_static),\
	--static-swift-stdlib)
RELEASE = -c release $(PLAIN) $(STATIC)

.PHONY: run dev test check format bench bench-replicas faults faults-short faults-tools cluster cluster-down contract golden set-up browser screenshot screenshots

# Builds the program and opens a portal on the example organisation.
run: set-up
	@echo "Building Callboard (the first time takes some minutes on two cores)"
	@$(SWIFT) build $(RELEASE) --product callboard
	@$(PROGRAM) serve

# A debug build that is started again whenever a source or the configuration changes.
dev: set-up
	@scripts/dev

# Runs every test.
test: set-up
	$(SWIFT) build --build-tests $(DEBUG)
	@SWIFT="$(SWIFT)" scripts/test-swift --skip-build $(DEBUG)
	@scripts/test-browser --optional
	@$(MAKE) --no-print-directory faults-short
	@scripts/test-contract --optional

# Pages in a real browser: the way through the catalog, accessibility, weight. Installs Debian's Chromium.
browser: set-up
	$(SWIFT) build --product callboard $(DEBUG)
	@scripts/test-browser

# Pictures of every page, in light, dark and mobile, to look at: Tests/Browser/screenshots.
screenshots: set-up
	$(SWIFT) build --product callboard $(DEBUG)
	@scripts/set-up-browser
	@Tests/Browser/.venv/bin/python Tests/Browser/screenshots.py

# The README's picture.
screenshot: set-up
	$(SWIFT) build --product callboard $(DEBUG)
	@scripts/set-up-browser
	@Tests/Browser/.venv/bin/python Tests/Browser/screenshots.py --readme

# What CI holds a change to: style, the tiers between modules, no warnings of our own.
check: set-up
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Plugins Package.swift
	$(SWIFT) build --build-tests $(DEBUG) --explicit-target-dependency-import-check error

# Measures the numbers of docs/performance.md in release mode; ENTITIES=500000 for more, some minutes either way.
ENTITIES ?= 100000
bench:
	@scripts/set-up wrk python3
	$(SWIFT) build $(RELEASE) --product callboard
	$(SWIFT) build $(RELEASE) --product callboard-bench
	python3 Benchmarks/run.py --entities $(ENTITIES)
	python3 Benchmarks/pages.py --entities $(ENTITIES)

# The same of three replicas on PostgreSQL.
bench-replicas:
	@scripts/set-up wrk python3 postgresql nginx-light
	$(SWIFT) build $(RELEASE) --product callboard
	python3 Benchmarks/replicas.py --entities $(ENTITIES)

# Lets everything go wrong that can, and says what was tried, survived and lost (docs/reliability.md). FACTOR=1 does all of
# it, the simulated worlds too, which takes about five hours; ONLY="R1 R9" some of the tests.
FACTOR ?= 0.05
ONLY ?=
faults: faults-tools
	$(SWIFT) build --build-tests $(DEBUG)
	python3 -m unittest discover --start-directory Tests/Faults
	python3 Tests/Faults/run.py --factor $(FACTOR) $(if $(ONLY),--only $(ONLY))
	$(if $(ONLY),,CALLBOARD_SEEDS=$$(python3 -c 'print(round(100_000 * $(FACTOR)))') $(SWIFT) test --skip-build $(DEBUG) \
		--filter SimulationTests/worlds)

# Those that take seconds.
faults-short: faults-tools
	$(SWIFT) build --product callboard $(DEBUG)
	python3 -m unittest discover --start-directory Tests/Faults
	python3 Tests/Faults/run.py --factor 0.02 --short

faults-tools:
	@scripts/set-up strace python3 postgresql nginx-light faketime slowhttptest e2fsprogs

# PostgreSQL, three replicas and nginx before them on this machine: deploy/local-cluster.
cluster: set-up
	@scripts/set-up postgresql nginx-light python3
	@echo "Building Callboard (the first time takes some minutes on two cores)"
	@$(SWIFT) build $(RELEASE) --product callboard
	@deploy/local-cluster/cluster.py up

cluster-down:
	@deploy/local-cluster/cluster.py down

# Holds the portal to the descriptions of its API: its own, and upstream's of the catalog (docs/compatibility.md).
# FACTOR=1 sends many requests, which takes some minutes; SEED=2 sends others.
contract: SEED ?= 20260101
contract: set-up
	$(SWIFT) build --product callboard $(DEBUG)
	@scripts/test-contract --factor $(FACTOR) --seed $(SEED)

# Rewrites Tests/Golden: what the program shows to the outside. Commit the result with the change that caused it.
golden: set-up
	$(SWIFT) build --build-tests $(DEBUG)
	CALLBOARD_GOLDEN=write $(SWIFT) test --skip-build $(DEBUG) --filter GoldenTests

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Plugins Package.swift

set-up:
	@scripts/set-up
