#ifndef CK_TEXT_H
#define CK_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Kernels that work on a few bytes at a time: they stand in the header so that they melt into the loops that call them,
   where a call would cost more than the work. SSE2 is part of x86-64 itself, so nothing is chosen at run time. */

/* The index of the first byte from `from` on that is not a plain character of a JSON string: a quote, a backslash, a
   control character or a byte that is not ASCII; `count` where there is none. */
static inline size_t ck_plain_end_portable(const uint8_t *bytes, size_t from, size_t count) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
  while (count - from >= 8) {
    uint64_t word;
    memcpy(&word, bytes + from, 8);
    uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
    /* A borrow runs upwards only, so the lowest mark is right, and no other is asked for. */
    uint64_t marks = (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | ((word - ones * 0x20) & ~word) | word) & highs;
    if (marks) return from + (size_t)__builtin_ctzll(marks) / 8;
    from += 8;
  }
#endif
  while (from < count && bytes[from] != '"' && bytes[from] != '\\' && bytes[from] >= 0x20 && bytes[from] < 0x80) from++;
  return from;
}

/* The same, 16 bytes at a time where the processor can. */
static inline size_t ck_plain_end(const uint8_t *bytes, size_t from, size_t count) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(0x20);
  while (count - from >= 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + from));
    /* Signed, so that bytes above 127 are below the blank too. */
    __m128i unusual = _mm_or_si128(_mm_cmplt_epi8(block, blank), _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
    int marks = _mm_movemask_epi8(unusual);
    if (marks) return from + (size_t)__builtin_ctz((unsigned)marks);
    from += 16;
  }
#endif
  return ck_plain_end_portable(bytes, from, count);
}

/* Up to eight bytes at `from` as one number, the first lowest, zeros where `length` ends; `count` bytes may be read. */
static inline uint64_t ck_short_word(const uint8_t *bytes, size_t from, size_t length, size_t count) {
  uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (count - from >= 8) {
    memcpy(&word, bytes + from, 8);
    return length >= 8 ? word : word & ((1ull << (8 * length)) - 1);
  }
#endif
  for (size_t index = 0; index < length && index < 8; index++) word |= (uint64_t)bytes[from + index] << (8 * index);
  return word;
}

/* The index of the first '\n' or '\r' from `from` on; `count` where there is none. */
static inline size_t ck_line_end(const uint8_t *bytes, size_t from, size_t count) {
#if defined(__SSE2__)
  const __m128i feed = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r');
  while (count - from >= 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + from));
    int marks = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, feed), _mm_cmpeq_epi8(block, carriage)));
    if (marks) return from + (size_t)__builtin_ctz((unsigned)marks);
    from += 16;
  }
#endif
  while (from < count && bytes[from] != '\n' && bytes[from] != '\r') from++;
  return from;
}

/* Writes where lines begin that follow a line end at `*from` or later: '\n', '\r' or both in this order. Ends with the text or
   where there may be no more room, moves `*from` there, and answers how many it wrote. */
static inline size_t ck_line_starts(const uint8_t *bytes, size_t count, size_t *from, uint32_t *starts, size_t room) {
  size_t found = 0, index = *from;
#if defined(__SSE2__)
  const __m128i feed = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r');
  /* Lines are longer than 16 bytes: four blocks at once, where no '\r' asks for a second look. */
  for (; count - index >= 64 && room - found >= 64; index += 64) {
    uint64_t feeds = 0;
    __m128i carriages = _mm_setzero_si128();
#pragma clang loop unroll(full)
    for (int block = 0; block < 4; block++) {
      __m128i bytes_16 = _mm_loadu_si128((const __m128i *)(bytes + index + 16 * block));
      feeds |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes_16, feed)) << (16 * block);
      carriages = _mm_or_si128(carriages, _mm_cmpeq_epi8(bytes_16, carriage));
    }
    if (_mm_movemask_epi8(carriages)) break;
    for (; feeds; feeds &= feeds - 1) starts[found++] = (uint32_t)(index + (size_t)__builtin_ctzll(feeds) + 1);
  }
  /* A byte more than the block, since it says whether a last '\r' ends a line. */
  for (; count - index >= 17 && room - found >= 16; index += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + index));
    unsigned feeds = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, feed));
    unsigned carriages = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, carriage));
    if (carriages) carriages &= ~((feeds >> 1) | ((unsigned)(bytes[index + 16] == '\n') << 15));
    for (unsigned marks = feeds | carriages; marks; marks &= marks - 1)
      starts[found++] = (uint32_t)(index + (size_t)__builtin_ctz(marks) + 1);
  }
#endif
  for (; index < count && found < room; index++) {
    if (bytes[index] == '\n' || (bytes[index] == '\r' && (index + 1 == count || bytes[index + 1] != '\n')))
      starts[found++] = (uint32_t)(index + 1);
  }
  *from = index;
  return found;
}

/* The index of the first `byte` from `from` on; `count` where there is none. */
static inline size_t ck_find_byte(const uint8_t *bytes, uint8_t byte, size_t from, size_t count) {
  const uint8_t *found = memchr(bytes + from, byte, count - from);
  return found ? (size_t)(found - bytes) : count;
}

#endif
