#ifndef CLIBXML2_SHIM_H
#define CLIBXML2_SHIM_H

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlerror.h>

static inline void clibxml2_drop_message(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

// libxml2 prints what has no context of its own (a failed decoding, say) to standard error. The handler that
// stops it takes variable arguments, which Swift cannot write. The setting belongs to the calling thread.
static inline void clibxml2_silence_thread(void) { xmlSetGenericErrorFunc(NULL, clibxml2_drop_message); }

#endif
