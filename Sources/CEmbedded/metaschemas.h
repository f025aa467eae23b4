#ifndef CEMBEDDED_METASCHEMAS_H
#define CEMBEDDED_METASCHEMAS_H

/* The metaschemas of JSON Schema and their rows of the file table; included by embedded.c alone. */

static const unsigned char metaschema_draft_04_schema[] = {
#embed "metaschemas/draft-04/schema.json"
};
static const unsigned char metaschema_draft_06_schema[] = {
#embed "metaschemas/draft-06/schema.json"
};
static const unsigned char metaschema_draft_07_schema[] = {
#embed "metaschemas/draft-07/schema.json"
};
static const unsigned char metaschema_draft2019_09_meta_applicator[] = {
#embed "metaschemas/draft2019-09/meta/applicator.json"
};
static const unsigned char metaschema_draft2019_09_meta_content[] = {
#embed "metaschemas/draft2019-09/meta/content.json"
};
static const unsigned char metaschema_draft2019_09_meta_core[] = {
#embed "metaschemas/draft2019-09/meta/core.json"
};
static const unsigned char metaschema_draft2019_09_meta_format[] = {
#embed "metaschemas/draft2019-09/meta/format.json"
};
static const unsigned char metaschema_draft2019_09_meta_meta_data[] = {
#embed "metaschemas/draft2019-09/meta/meta-data.json"
};
static const unsigned char metaschema_draft2019_09_meta_validation[] = {
#embed "metaschemas/draft2019-09/meta/validation.json"
};
static const unsigned char metaschema_draft2019_09_schema[] = {
#embed "metaschemas/draft2019-09/schema.json"
};
static const unsigned char metaschema_draft2020_12_meta_applicator[] = {
#embed "metaschemas/draft2020-12/meta/applicator.json"
};
static const unsigned char metaschema_draft2020_12_meta_content[] = {
#embed "metaschemas/draft2020-12/meta/content.json"
};
static const unsigned char metaschema_draft2020_12_meta_core[] = {
#embed "metaschemas/draft2020-12/meta/core.json"
};
static const unsigned char metaschema_draft2020_12_meta_format_annotation[] = {
#embed "metaschemas/draft2020-12/meta/format-annotation.json"
};
static const unsigned char metaschema_draft2020_12_meta_format_assertion[] = {
#embed "metaschemas/draft2020-12/meta/format-assertion.json"
};
static const unsigned char metaschema_draft2020_12_meta_meta_data[] = {
#embed "metaschemas/draft2020-12/meta/meta-data.json"
};
static const unsigned char metaschema_draft2020_12_meta_unevaluated[] = {
#embed "metaschemas/draft2020-12/meta/unevaluated.json"
};
static const unsigned char metaschema_draft2020_12_meta_validation[] = {
#embed "metaschemas/draft2020-12/meta/validation.json"
};
static const unsigned char metaschema_draft2020_12_schema[] = {
#embed "metaschemas/draft2020-12/schema.json"
};

#define METASCHEMA_FILES \
    {"Sources/CEmbedded/metaschemas/draft-04/schema.json", metaschema_draft_04_schema, \
     sizeof metaschema_draft_04_schema}, \
    {"Sources/CEmbedded/metaschemas/draft-06/schema.json", metaschema_draft_06_schema, \
     sizeof metaschema_draft_06_schema}, \
    {"Sources/CEmbedded/metaschemas/draft-07/schema.json", metaschema_draft_07_schema, \
     sizeof metaschema_draft_07_schema}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/meta/applicator.json", metaschema_draft2019_09_meta_applicator, \
     sizeof metaschema_draft2019_09_meta_applicator}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/meta/content.json", metaschema_draft2019_09_meta_content, \
     sizeof metaschema_draft2019_09_meta_content}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/meta/core.json", metaschema_draft2019_09_meta_core, \
     sizeof metaschema_draft2019_09_meta_core}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/meta/format.json", metaschema_draft2019_09_meta_format, \
     sizeof metaschema_draft2019_09_meta_format}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/meta/meta-data.json", metaschema_draft2019_09_meta_meta_data, \
     sizeof metaschema_draft2019_09_meta_meta_data}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/meta/validation.json", metaschema_draft2019_09_meta_validation, \
     sizeof metaschema_draft2019_09_meta_validation}, \
    {"Sources/CEmbedded/metaschemas/draft2019-09/schema.json", metaschema_draft2019_09_schema, \
     sizeof metaschema_draft2019_09_schema}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/applicator.json", metaschema_draft2020_12_meta_applicator, \
     sizeof metaschema_draft2020_12_meta_applicator}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/content.json", metaschema_draft2020_12_meta_content, \
     sizeof metaschema_draft2020_12_meta_content}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/core.json", metaschema_draft2020_12_meta_core, \
     sizeof metaschema_draft2020_12_meta_core}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/format-annotation.json", metaschema_draft2020_12_meta_format_annotation, \
     sizeof metaschema_draft2020_12_meta_format_annotation}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/format-assertion.json", metaschema_draft2020_12_meta_format_assertion, \
     sizeof metaschema_draft2020_12_meta_format_assertion}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/meta-data.json", metaschema_draft2020_12_meta_meta_data, \
     sizeof metaschema_draft2020_12_meta_meta_data}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/unevaluated.json", metaschema_draft2020_12_meta_unevaluated, \
     sizeof metaschema_draft2020_12_meta_unevaluated}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/meta/validation.json", metaschema_draft2020_12_meta_validation, \
     sizeof metaschema_draft2020_12_meta_validation}, \
    {"Sources/CEmbedded/metaschemas/draft2020-12/schema.json", metaschema_draft2020_12_schema, \
     sizeof metaschema_draft2020_12_schema}

#endif
