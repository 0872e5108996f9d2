# Callboard's commands. `make run` and `make test` are all that a fresh clone needs.
SWIFT ?= swift
DEBUG := -debug-info-format none

.PHONY: test check format set-up

# Runs every test.
test: set-up
	$(SWIFT) build --build-tests $(DEBUG)
	$(SWIFT) test --skip-build $(DEBUG)

# What CI holds a change to: style, the tiers between modules, no warnings of our own.
check: set-up
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Plugins Package.swift
	$(SWIFT) build --build-tests $(DEBUG) --explicit-target-dependency-import-check error

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Plugins Package.swift

set-up:
	@scripts/set-up
