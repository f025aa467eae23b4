# Fuzzing, to be included by the Makefile: `make fuzz TIME=600` gives every target that many seconds, one after the other;
# `make fuzz-json TIME=60` one of them; `make fuzz-seeds` builds and tries all seeds once.

TIME ?= 60
FUZZ_TARGETS := json jsonlines yaml markdown jsonschema regex patternset gitignore junit xml glob rulepack suppression classifier \
	time ulid base64 sha256 xsd sweepplan policy gitdiff findinglines

.PHONY: fuzz fuzz-seeds $(addprefix fuzz-,$(FUZZ_TARGETS))

fuzz:
	@for target in $(FUZZ_TARGETS); do fuzz/run.sh $$target $(TIME) || exit $$?; done

fuzz-seeds:
	@for target in $(FUZZ_TARGETS); do fuzz/run.sh $$target 0 || exit $$?; done

$(addprefix fuzz-,$(FUZZ_TARGETS)): fuzz-%:
	fuzz/run.sh $* $(TIME)
