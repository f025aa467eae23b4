# The two commands of the README, and what they are made of. Each installs what is missing.
SWIFT ?= swift
CONFIGURATION ?= release

.PHONY: demo test deps build lint check selfaudit clean

demo: deps
	@scripts/demo.sh

test: deps
	@scripts/test.sh

deps:
	@scripts/install-dependencies.sh

build: deps
	$(SWIFT) build -c $(CONFIGURATION) --static-swift-stdlib --product auditor

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

selfaudit:
	.build/debug/auditor audit .

clean:
	$(SWIFT) package clean

-include fuzz/fuzz.mk bench/bench.mk
