#include "cembedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "metaschemas.h"
#include "rules.h"

static const cembedded_file files[] = {
    RULE_FILES,
    METASCHEMA_FILES,
};

size_t cembedded_count(void) { return sizeof files / sizeof files[0]; }

cembedded_file cembedded_at(size_t index) { return files[index]; }
