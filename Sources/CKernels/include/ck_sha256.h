#ifndef CK_SHA256_H
#define CK_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* FIPS 180-4 compression: folds `blocks` whole 64-byte blocks of `data` into the eight words of `state`. */
void ck_sha256_portable(uint32_t *state, const uint8_t *data, size_t blocks);

/* The same with the SHA extensions. Call only where ck_has_sha_extensions() answers 1. */
void ck_sha256_hardware(uint32_t *state, const uint8_t *data, size_t blocks);

/* Two independent streams at once on one core: the rounds of one fill the latency of the other's. `first_data` and
   `second_data` may be the same bytes; the states must be different. Only where ck_has_sha_extensions() answers 1. */
void ck_sha256_hardware_pair(uint32_t *first_state, const uint8_t *first_data, uint32_t *second_state,
                             const uint8_t *second_data, size_t blocks);

#endif
