#include "cembedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "metaschemas.h"
#include "rules.h"

/* The script that checks a capsule. */
static const unsigned char capsule_verify_sh[] = {
#embed "capsule/verify.sh"
};

static const cembedded_file files[] = {
    RULE_FILES,
    METASCHEMA_FILES,
    {"capsule/verify.sh", capsule_verify_sh, sizeof capsule_verify_sh},
};

size_t cembedded_count(void) { return sizeof files / sizeof files[0]; }

cembedded_file cembedded_at(size_t index) { return files[index]; }
