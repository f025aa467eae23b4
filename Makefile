# The two commands of the README, and what they are made of. Each installs what is missing.
SWIFT ?= swift
# The binary that is shipped, and that everything below looks at.
BINARY = "$$(scripts/release-build.sh --show-bin-path)/auditor"

.PHONY: demo test deps build lint check selfaudit bundle-stress ledger-kills page-check sweep-check formats-check first-run-check hostile-long clean fault-long sbom reproduce sanitize

demo: deps
	@scripts/demo.sh

test: deps
	@scripts/test.sh

deps:
	@scripts/install-dependencies.sh

build: deps
	@scripts/release-build.sh

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

selfaudit:
	.build/debug/auditor audit .

# Up to sixty calls of each name fail in each way, instead of one (docs/faults.md).
fault-long:
	AUDITOR_FAULT_POINTS=60 $(SWIFT) test --filter FaultTests

# What the release binary links, as CycloneDX.
sbom: build
	@scripts/sbom.sh $(BINARY)

# The release binary, built twice in two folders: the same bytes?
reproduce: deps
	@scripts/reproduce.sh

# The suite under the address sanitizer, and what is parallel under the thread sanitizer (docs/sanitizers.md).
sanitize: deps
	@scripts/sanitize.sh

# Two writers and ten readers on one bundle root, for a minute.
bundle-stress:
	AUDITOR_BUNDLE_SECONDS=60 $(SWIFT) test --filter BundleConcurrencyTests

# 300 runs that are killed while a ledger records them.
ledger-kills:
	AUDITOR_LEDGER_KILLS=300 $(SWIFT) test --filter LedgerKillTests

# The page of the example workspace, as people will see it; needs Chromium.
page-check:
	@scripts/page-check.sh

# Sweeps over 300 repositories through plain processes, GNU parallel and Slurm; CI files by their schemas; the real pre-commit.
sweep-check: build
	AUDITOR=$(BINARY) scripts/sweep-check.sh

# A million findings in each format: number, form and peak memory; needs Python and xmllint.
formats-check: build
	AUDITOR=$(BINARY) scripts/formats-check.sh

# docs/getting-started.md, followed on a Debian in which nothing is but git and the binary.
first-run-check: build
	AUDITOR=$(BINARY) scripts/first-run-check.sh

# The hostile suite at full size: a million files in a folder, lines of a gigabyte, a million boxes. Takes long.
hostile-long:
	rm -f .build/hostile-long.tsv
	AUDITOR_HOSTILE_LONG=1 AUDITOR_HOSTILE_TALLY="$(CURDIR)/.build/hostile-long.tsv" $(SWIFT) test --filter HostileTests
	scripts/hostile-tally.sh .build/hostile-long.tsv

clean:
	$(SWIFT) package clean

-include fuzz/fuzz.mk bench/bench.mk
