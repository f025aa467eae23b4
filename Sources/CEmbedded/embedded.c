#include "cembedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "metaschemas.h"
#include "rules.h"

/* The script that checks a capsule. */
static const unsigned char capsule_verify_sh[] = {
#embed "capsule/verify.sh"
};

/* Which commit the program was built from: scripts/release-build.sh says so, through Package.swift. Empty where nobody did. */
#ifndef AUDITOR_COMMIT
#define AUDITOR_COMMIT ""
#endif
static const unsigned char build_commit[] = AUDITOR_COMMIT;

static const cembedded_file files[] = {
    RULE_FILES,
    METASCHEMA_FILES,
    {"capsule/verify.sh", capsule_verify_sh, sizeof capsule_verify_sh},
    {"build/commit", build_commit, sizeof build_commit - 1},
};

size_t cembedded_count(void) { return sizeof files / sizeof files[0]; }

cembedded_file cembedded_at(size_t index) { return files[index]; }
