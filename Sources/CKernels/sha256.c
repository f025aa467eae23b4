#include "ck_sha256.h"

#include "ckernels.h"

static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t rotated(uint32_t word, int by) { return (word >> by) | (word << (32 - by)); }

static inline uint32_t big_endian(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

void ck_sha256_portable(uint32_t *state, const uint8_t *data, size_t blocks) {
  for (; blocks > 0; blocks--, data += 64) {
    uint32_t w[64];
    for (int t = 0; t < 16; t++) w[t] = big_endian(data + 4 * t);
    for (int t = 16; t < 64; t++) {
      uint32_t s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ (w[t - 15] >> 3);
      uint32_t s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ (w[t - 2] >> 10);
      w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    // Eight rounds bring the words back to their names, so unrolled they cost no moves.
#pragma clang loop unroll_count(8)
    for (int t = 0; t < 64; t++) {
      uint32_t s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + round_constants[t] + w[t];
      uint32_t s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + t1;
      d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

#define HARDWARE __attribute__((target("sha,sse4.1,ssse3")))
#define INLINE_HARDWARE HARDWARE static inline __attribute__((always_inline))

// The instructions want the eight words as two registers, ABEF and CDGH.
typedef struct {
  __m128i abef, cdgh;
} lanes;

INLINE_HARDWARE lanes load_lanes(const uint32_t *state) {
  __m128i dcba = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  return (lanes){_mm_alignr_epi8(dcba, hgfe, 8), _mm_blend_epi16(hgfe, dcba, 0xF0)};
}

INLINE_HARDWARE void store_lanes(uint32_t *state, lanes l) {
  __m128i feba = _mm_shuffle_epi32(l.abef, 0x1B);
  __m128i dchg = _mm_shuffle_epi32(l.cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

// The four message words of step `i` (rounds 4i to 4i+3): read for the first four steps, then computed in place.
INLINE_HARDWARE __m128i message(__m128i *w, const uint8_t *data, int i) {
  if (i < 4) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(data + 16 * i)), swap);
  } else {
    __m128i sum = _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]);
    sum = _mm_add_epi32(sum, _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
    w[i & 3] = _mm_sha256msg2_epu32(sum, w[(i + 3) & 3]);
  }
  return _mm_add_epi32(w[i & 3], _mm_load_si128((const __m128i *)(round_constants + 4 * i)));
}

HARDWARE void ck_sha256_hardware(uint32_t *state, const uint8_t *data, size_t blocks) {
  lanes l = load_lanes(state);
  for (; blocks > 0; blocks--, data += 64) {
    const lanes before = l;
    __m128i w[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      __m128i k = message(w, data, i);
      l.cdgh = _mm_sha256rnds2_epu32(l.cdgh, l.abef, k);
      l.abef = _mm_sha256rnds2_epu32(l.abef, l.cdgh, _mm_shuffle_epi32(k, 0x0E));
    }
    l.abef = _mm_add_epi32(l.abef, before.abef);
    l.cdgh = _mm_add_epi32(l.cdgh, before.cdgh);
  }
  store_lanes(state, l);
}

HARDWARE void ck_sha256_hardware_pair(uint32_t *first_state, const uint8_t *first_data, uint32_t *second_state,
                                      const uint8_t *second_data, size_t blocks) {
  lanes x = load_lanes(first_state), y = load_lanes(second_state);
  for (; blocks > 0; blocks--, first_data += 64, second_data += 64) {
    const lanes x_before = x, y_before = y;
    __m128i xw[4], yw[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      __m128i xk = message(xw, first_data, i);
      x.cdgh = _mm_sha256rnds2_epu32(x.cdgh, x.abef, xk);
      __m128i yk = message(yw, second_data, i);
      y.cdgh = _mm_sha256rnds2_epu32(y.cdgh, y.abef, yk);
      x.abef = _mm_sha256rnds2_epu32(x.abef, x.cdgh, _mm_shuffle_epi32(xk, 0x0E));
      y.abef = _mm_sha256rnds2_epu32(y.abef, y.cdgh, _mm_shuffle_epi32(yk, 0x0E));
    }
    x.abef = _mm_add_epi32(x.abef, x_before.abef);
    x.cdgh = _mm_add_epi32(x.cdgh, x_before.cdgh);
    y.abef = _mm_add_epi32(y.abef, y_before.abef);
    y.cdgh = _mm_add_epi32(y.cdgh, y_before.cdgh);
  }
  store_lanes(first_state, x);
  store_lanes(second_state, y);
}

#else

void ck_sha256_hardware(uint32_t *state, const uint8_t *data, size_t blocks) {
  ck_sha256_portable(state, data, blocks);
}

void ck_sha256_hardware_pair(uint32_t *first_state, const uint8_t *first_data, uint32_t *second_state,
                             const uint8_t *second_data, size_t blocks) {
  ck_sha256_portable(first_state, first_data, blocks);
  ck_sha256_portable(second_state, second_data, blocks);
}

#endif
