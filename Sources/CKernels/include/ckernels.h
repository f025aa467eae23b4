#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Whether this processor has the SHA extensions that the hardware path needs. */
int ck_has_sha_extensions(void);

/* Whether this processor shuffles bytes (SSSE3). */
int ck_has_ssse3(void);

/* Whether this processor has AVX2 and the system saves its registers. */
int ck_has_avx2(void);

#endif
