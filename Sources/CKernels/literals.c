#include "ck_literals.h"

#include <stdlib.h>
#include <string.h>

/* The literals whose windows have one length. */
typedef struct {
  uint32_t used;             /* 0 where there are none */
  uint32_t mask;             /* the bytes of a word that the window takes */
  uint64_t map[1024];        /* 64 Ki bits, by hash */
  uint32_t starts[4096 + 1]; /* by the upper 12 bits of the hash: the first of the literals that have it */
} level;

struct ck_literal_tables {
  /* By place in the window and half of the buckets: which buckets a low and a high nibble may belong to. */
  uint8_t low[4][2][16], high[4][2][16];
  level levels[3]; /* windows of 2, 3 and 4 bytes */
  ck_literal *literals;
  size_t count;
  uint16_t *next;
  uint32_t row, first_end;
  uint8_t classes[256];
};

/* Of the four bytes of a word those that the mask keeps, letters in lower case (and some other bytes changed, too). */
static inline uint32_t window_hash(uint32_t word, uint32_t mask) {
  return ((word | 0x20202020u) & mask) * 0x9E3779B1u >> 16;
}

ck_literal_tables *ck_literal_tables_new(const ck_literal *literals, size_t count) {
  ck_literal_tables *tables = calloc(1, sizeof *tables);
  if (!tables) return NULL;
  tables->count = count;
  tables->literals = calloc(count ? count : 1, sizeof *literals);
  if (!tables->literals) {
    free(tables);
    return NULL;
  }
  uint32_t placed = 0;
  for (uint32_t length = 2; length <= 4; length++) {
    level *level = &tables->levels[length - 2];
    level->mask = length == 4 ? 0xFFFFFFFFu : (1u << (8 * length)) - 1;
    for (size_t index = 0; index < count; index++) {
      if (literals[index].window_length != length) continue;
      const uint32_t hash = window_hash(literals[index].window, level->mask);
      level->used = 1;
      level->map[hash >> 6] |= 1ull << (hash & 63);
      level->starts[(hash >> 4) + 1]++;
    }
    level->starts[0] = placed;
    for (int bucket = 0; bucket < 4096; bucket++) level->starts[bucket + 1] += level->starts[bucket];
    placed = level->starts[4096];
    for (size_t index = 0; index < count; index++) {
      if (literals[index].window_length != length) continue;
      const uint32_t bucket = window_hash(literals[index].window, level->mask) >> 4;
      uint32_t place = level->starts[bucket];
      while (tables->literals[place].window_length) place++;
      tables->literals[place] = literals[index];
    }
  }
  return tables;
}

void ck_literal_tables_free(ck_literal_tables *tables) {
  if (!tables) return;
  free(tables->literals);
  free(tables->next);
  free(tables);
}

void ck_literal_tables_nibbles(ck_literal_tables *tables, int bucket, int place, uint16_t low, uint16_t high) {
  for (int nibble = 0; nibble < 16; nibble++) {
    if (low >> nibble & 1) tables->low[place][bucket >> 3][nibble] |= (uint8_t)(1 << (bucket & 7));
    if (high >> nibble & 1) tables->high[place][bucket >> 3][nibble] |= (uint8_t)(1 << (bucket & 7));
  }
}

int ck_literal_tables_automaton(ck_literal_tables *tables, const uint16_t *next, size_t cells, uint32_t row,
                                uint32_t first_end, const uint8_t *classes) {
  uint16_t *copy = malloc(cells * sizeof *next);
  if (!copy) return 0;
  memcpy(copy, next, cells * sizeof *next);
  free(tables->next);
  tables->next = copy;
  tables->row = row;
  tables->first_end = first_end;
  memcpy(tables->classes, classes, sizeof tables->classes);
  return 1;
}

/* Up to eight bytes at `at`, zeros where the text ends. */
static inline uint64_t word_at(const uint8_t *text, size_t at, size_t count) {
  uint64_t word = 0;
  if (count - at >= 8) {
    memcpy(&word, text + at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
  }
  for (size_t index = 0; at + index < count; index++) word |= (uint64_t)text[at + index] << (8 * index);
  return word;
}

/* The literals of one level whose window stands at a place. */
static inline size_t confirm_level(const ck_literal_tables *tables, const level *level, uint32_t word,
                                   const uint8_t *text, size_t count, size_t at, ck_hit *hits) {
  const uint32_t hash = window_hash(word, level->mask);
  if (!(level->map[hash >> 6] >> (hash & 63) & 1)) return 0;
  size_t found = 0;
  const uint32_t bucket = hash >> 4;
  for (uint32_t index = level->starts[bucket]; index < level->starts[bucket + 1]; index++) {
    const ck_literal *literal = &tables->literals[index];
    if (literal->before > at || count - (at - literal->before) < literal->length) continue;
    const uint64_t compared = word_at(text, at - literal->compared, count);
    if (((compared | literal->fold) & literal->mask) != literal->value) continue;
    hits[found].start = (uint32_t)(at - literal->before);
    hits[found].id = literal->id;
    found++;
  }
  return found;
}

static inline size_t confirm(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t at,
                             ck_hit *hits) {
  uint32_t word;
  if (count - at >= 4) {
    memcpy(&word, text + at, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
  } else {
    word = (uint32_t)word_at(text, at, count);
  }
  size_t found = 0;
  for (int level = 0; level < 3; level++) {
    if (!tables->levels[level].used) continue;
    found += confirm_level(tables, &tables->levels[level], word, text, count, at, hits + found);
  }
  return found;
}

// `*from` is the next byte at which windows may end.
size_t ck_find_literals_portable(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t *from,
                                 ck_hit *hits, size_t capacity) {
  size_t found = 0;
  uint32_t state = 0;
  // No window is longer than four bytes, so three in front of the next one tell the state.
  for (size_t index = *from > 3 ? *from - 3 : 0; index < count; index++) {
    state = tables->next[state * tables->row + tables->classes[text[index]]];
    if (state < tables->first_end || index < *from) continue;
    if (found + tables->count > capacity) {
      *from = index;
      return found;
    }
    for (size_t level = 0; level < 3; level++) {
      if (!tables->levels[level].used || index < level + 1) continue;
      const size_t at = index - level - 1;
      found += confirm_level(tables, &tables->levels[level], (uint32_t)word_at(text, at, count), text, count, at,
                             hits + found);
    }
  }
  *from = count;
  return found;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define SSSE3 __attribute__((target("ssse3")))
#define AVX2 __attribute__((target("avx2")))

typedef struct {
  __m128i low[4][2], high[4][2];
} tables_16;

typedef struct {
  __m256i low[4][2], high[4][2];
} tables_32;

// A bit for each of the 16 places from `text` on: whether some bucket may have a window there. Reads 19 bytes.
SSSE3 static inline __attribute__((always_inline)) uint32_t places_16(const tables_16 *t, const uint8_t *text) {
  const __m128i nibble = _mm_set1_epi8(0x0F);
  __m128i first = _mm_set1_epi8(-1), second = first;
#pragma clang loop unroll(full)
  for (int place = 0; place < 4; place++) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(text + place));
    const __m128i low = _mm_and_si128(bytes, nibble), high = _mm_and_si128(_mm_srli_epi16(bytes, 4), nibble);
    first = _mm_and_si128(first, _mm_and_si128(_mm_shuffle_epi8(t->low[place][0], low), _mm_shuffle_epi8(t->high[place][0], high)));
    second = _mm_and_si128(second, _mm_and_si128(_mm_shuffle_epi8(t->low[place][1], low), _mm_shuffle_epi8(t->high[place][1], high)));
  }
  return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(first, second), _mm_setzero_si128())) & 0xFFFF;
}

// The same for 32 places. Reads 35 bytes.
AVX2 static inline __attribute__((always_inline)) uint32_t places_32(const tables_32 *t, const uint8_t *text) {
  const __m256i nibble = _mm256_set1_epi8(0x0F);
  __m256i first = _mm256_set1_epi8(-1), second = first;
#pragma clang loop unroll(full)
  for (int place = 0; place < 4; place++) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + place));
    const __m256i low = _mm256_and_si256(bytes, nibble), high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    first = _mm256_and_si256(first, _mm256_and_si256(_mm256_shuffle_epi8(t->low[place][0], low), _mm256_shuffle_epi8(t->high[place][0], high)));
    second = _mm256_and_si256(second, _mm256_and_si256(_mm256_shuffle_epi8(t->low[place][1], low), _mm256_shuffle_epi8(t->high[place][1], high)));
  }
  return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_or_si256(first, second), _mm256_setzero_si256()));
}

// `*from` is the next place at which windows may begin.
#define FIND(target, suffix, width, tables_type, places, load)                                                        \
  target size_t ck_find_literals_##suffix(const ck_literal_tables *tables, const uint8_t *text, size_t count,         \
                                          size_t *from, ck_hit *hits, size_t capacity) {        \
    tables_type t;                                                                                                    \
    for (int place = 0; place < 4; place++) {                                                                         \
      for (int half = 0; half < 2; half++) {                                                                          \
        t.low[place][half] = load(tables->low[place][half]);                                                          \
        t.high[place][half] = load(tables->high[place][half]);                                                        \
      }                                                                                                               \
    }                                                                                                                 \
    size_t found = 0, at = *from;                                                                                     \
    uint8_t rest[2 * width + 3];                                                                                      \
    while (at < count) {                                                                                              \
      uint32_t marks;                                                                                                 \
      if (count - at >= width + 3) {                                                                                  \
        marks = places(&t, text + at);                                                                                \
      } else {                                                                                                        \
        memset(rest, 0, sizeof rest);                                                                                 \
        memcpy(rest, text + at, count - at);                                                                          \
        marks = places(&t, rest);                                                                                     \
        if (count - at < width) marks &= (1u << (count - at)) - 1;                                                    \
      }                                                                                                               \
      for (; marks; marks &= marks - 1) {                                                                             \
        const size_t place = at + (size_t)__builtin_ctz(marks);                                                       \
        if (found + tables->count > capacity) {                                                                       \
          *from = place;                                                                                              \
          return found;                                                                                               \
        }                                                                                                             \
        found += confirm(tables, text, count, place, hits + found);                                                   \
      }                                                                                                               \
      at += width;                                                                                                    \
    }                                                                                                                 \
    *from = count;                                                                                                    \
    return found;                                                                                                     \
  }

#define LOAD_16(bytes) _mm_loadu_si128((const __m128i *)(bytes))
#define LOAD_32(bytes) _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(bytes)))

FIND(SSSE3, ssse3, 16, tables_16, places_16, LOAD_16)
FIND(AVX2, avx2, 32, tables_32, places_32, LOAD_32)

#else

size_t ck_find_literals_ssse3(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t *from,
                              ck_hit *hits, size_t capacity) {
  return ck_find_literals_portable(tables, text, count, from, hits, capacity);
}

size_t ck_find_literals_avx2(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t *from,
                             ck_hit *hits, size_t capacity) {
  return ck_find_literals_portable(tables, text, count, from, hits, capacity);
}

#endif
