#ifndef CEMBEDDED_H
#define CEMBEDDED_H

#include <stddef.h>

/* Files compiled into the binary. A name is the file's path in the repository. */
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t size;
} cembedded_file;

size_t cembedded_count(void);
cembedded_file cembedded_at(size_t index);

#endif
