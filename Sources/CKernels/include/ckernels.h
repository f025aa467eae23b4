#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Whether this processor has the SHA extensions that the hardware path needs. */
int ck_has_sha_extensions(void);

#endif
