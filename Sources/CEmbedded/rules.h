#ifndef CEMBEDDED_RULES_H
#define CEMBEDDED_RULES_H

/* The shipped rule packs, the page of each family, and the schema of packs; included by embedded.c alone. */

static const unsigned char rule_pack_schema[] = {
#embed "../../reports/schema/rule_pack.schema.json"
};
static const unsigned char rules_core_yaml[] = {
#embed "../../rules/core.yaml"
};
static const unsigned char rules_proof_yaml[] = {
#embed "../../rules/proof.yaml"
};
static const unsigned char rules_repository_yaml[] = {
#embed "../../rules/repository.yaml"
};
static const unsigned char rules_baseline_md[] = {
#embed "../../rules/baseline.md"
};
static const unsigned char rules_contracts_md[] = {
#embed "../../rules/contracts.md"
};
static const unsigned char rules_coverage_md[] = {
#embed "../../rules/coverage.md"
};
static const unsigned char rules_dod_md[] = {
#embed "../../rules/dod.md"
};
static const unsigned char rules_forensics_md[] = {
#embed "../../rules/forensics.md"
};
static const unsigned char rules_gates_md[] = {
#embed "../../rules/gates.md"
};
static const unsigned char rules_hard_path_md[] = {
#embed "../../rules/hard-path.md"
};
static const unsigned char rules_hardcoded_id_md[] = {
#embed "../../rules/hardcoded-id.md"
};
static const unsigned char rules_mock_in_reality_md[] = {
#embed "../../rules/mock-in-reality.md"
};
static const unsigned char rules_optimism_claim_md[] = {
#embed "../../rules/optimism-claim.md"
};
static const unsigned char rules_repository_md[] = {
#embed "../../rules/repository.md"
};
static const unsigned char rules_secret_md[] = {
#embed "../../rules/secret.md"
};
static const unsigned char rules_suppression_md[] = {
#embed "../../rules/suppression.md"
};
static const unsigned char rules_synthetic_verdict_md[] = {
#embed "../../rules/synthetic-verdict.md"
};
static const unsigned char rules_test_bypass_md[] = {
#embed "../../rules/test-bypass.md"
};
static const unsigned char rules_todo_critical_md[] = {
#embed "../../rules/todo-critical.md"
};
static const unsigned char rules_waiver_md[] = {
#embed "../../rules/waiver.md"
};
static const unsigned char rules_wallclock_decision_md[] = {
#embed "../../rules/wallclock-decision.md"
};

#define RULE_FILES \
    {"reports/schema/rule_pack.schema.json", rule_pack_schema, sizeof rule_pack_schema}, \
    {"rules/core.yaml", rules_core_yaml, sizeof rules_core_yaml}, \
    {"rules/proof.yaml", rules_proof_yaml, sizeof rules_proof_yaml}, \
    {"rules/repository.yaml", rules_repository_yaml, sizeof rules_repository_yaml}, \
    {"rules/baseline.md", rules_baseline_md, sizeof rules_baseline_md}, \
    {"rules/contracts.md", rules_contracts_md, sizeof rules_contracts_md}, \
    {"rules/coverage.md", rules_coverage_md, sizeof rules_coverage_md}, \
    {"rules/dod.md", rules_dod_md, sizeof rules_dod_md}, \
    {"rules/forensics.md", rules_forensics_md, sizeof rules_forensics_md}, \
    {"rules/gates.md", rules_gates_md, sizeof rules_gates_md}, \
    {"rules/hard-path.md", rules_hard_path_md, sizeof rules_hard_path_md}, \
    {"rules/hardcoded-id.md", rules_hardcoded_id_md, sizeof rules_hardcoded_id_md}, \
    {"rules/mock-in-reality.md", rules_mock_in_reality_md, sizeof rules_mock_in_reality_md}, \
    {"rules/optimism-claim.md", rules_optimism_claim_md, sizeof rules_optimism_claim_md}, \
    {"rules/repository.md", rules_repository_md, sizeof rules_repository_md}, \
    {"rules/secret.md", rules_secret_md, sizeof rules_secret_md}, \
    {"rules/suppression.md", rules_suppression_md, sizeof rules_suppression_md}, \
    {"rules/synthetic-verdict.md", rules_synthetic_verdict_md, sizeof rules_synthetic_verdict_md}, \
    {"rules/test-bypass.md", rules_test_bypass_md, sizeof rules_test_bypass_md}, \
    {"rules/todo-critical.md", rules_todo_critical_md, sizeof rules_todo_critical_md}, \
    {"rules/waiver.md", rules_waiver_md, sizeof rules_waiver_md}, \
    {"rules/wallclock-decision.md", rules_wallclock_decision_md, sizeof rules_wallclock_decision_md}

#endif
