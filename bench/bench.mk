# Benchmarks against named programs: `make bench` runs and records all, `make bench-NAME` one (docs/benchmarks.md).
BENCH_WORKLOADS ?= ../shared/bench
BENCHMARKS := start yaml jsonl dod hash schema gates scan scan-builtin

.PHONY: bench $(BENCHMARKS:%=bench-%)

bench: build
	@python3 bench/run.py --workloads "$(BENCH_WORKLOADS)" --record

$(BENCHMARKS:%=bench-%): bench-%: build
	@python3 bench/run.py --workloads "$(BENCH_WORKLOADS)" $*
