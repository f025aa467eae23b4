# Benchmarks against named programs: `make bench` runs and records all, `make bench-NAME` one (docs/benchmarks.md).
BENCH_WORKLOADS ?= ../shared/bench
BENCHMARKS := start yaml jsonl dod hash schema gates gates-members scan-small scan-large scan-real scan-builtin scan-builtin-large diff rescan sweep ledger

.PHONY: bench $(BENCHMARKS:%=bench-%)

bench: build
	@python3 bench/run.py --workloads "$(BENCH_WORKLOADS)" --record

$(BENCHMARKS:%=bench-%): bench-%: build
	@python3 bench/run.py --workloads "$(BENCH_WORKLOADS)" $*
