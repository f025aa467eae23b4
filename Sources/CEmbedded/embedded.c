#include "cembedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "metaschemas.h"

static const unsigned char rules_core[] = {
#embed "../../rules/core.yaml"
};

static const cembedded_file files[] = {
    {"rules/core.yaml", rules_core, sizeof rules_core},
    METASCHEMA_FILES,
};

size_t cembedded_count(void) { return sizeof files / sizeof files[0]; }

cembedded_file cembedded_at(size_t index) { return files[index]; }
