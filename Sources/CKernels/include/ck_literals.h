#ifndef CK_LITERALS_H
#define CK_LITERALS_H

#include <stddef.h>
#include <stdint.h>

/* Looking for many short literals at once. Each literal is looked for by a window of two to four of its bytes:
   1. nibble tables tell, 16 or 32 places at a time, where some window of one of 16 buckets may stand (Teddy); where the
      processor cannot shuffle bytes, an Aho-Corasick automaton over the windows does;
   2. a bit map over a hash of the folded bytes there sorts most of these places out;
   3. a masked comparison of eight bytes finds the literals.
   Of a literal longer than eight bytes only eight are compared: the caller looks again. */

/* One literal. */
typedef struct {
  /* The eight bytes that are compared, the first lowest: equal after `| fold & mask`. */
  uint64_t mask, fold, value;
  /* The bytes of the window as they are hashed, the first lowest. */
  uint32_t window;
  uint32_t id;
  uint16_t length;       /* of the literal */
  uint8_t window_length; /* 2, 3 or 4 */
  uint8_t before;        /* bytes of the literal in front of the window */
  uint8_t compared;      /* bytes of the comparison in front of the window */
} ck_literal;

typedef struct {
  uint32_t start, id;
} ck_hit;

typedef struct ck_literal_tables ck_literal_tables;

/* Tables for some literals, at most 65,535; NULL where there is no memory. */
ck_literal_tables *ck_literal_tables_new(const ck_literal *literals, size_t count);
void ck_literal_tables_free(ck_literal_tables *tables);

/* Puts into bucket 0 to 15, for a place 0 to 3 of its windows, the bytes whose two nibbles are in these sets. */
void ck_literal_tables_nibbles(ck_literal_tables *tables, int bucket, int place, uint16_t low, uint16_t high);

/* The automaton over the windows, for the portable search: `next` has a row of `row` cells a state, `classes` the column
   of each of the 256 bytes. The end of a window leads to a state of `first_end` or above. 0 where there is no memory. */
int ck_literal_tables_automaton(ck_literal_tables *tables, const uint16_t *next, size_t cells, uint32_t row,
                                uint32_t first_end, const uint8_t *classes);

/* Adds the hits in `text` from `*from` (at first 0) on, until the end or until there might be no room for those of one
   more place; then `*from` says where to go on. `capacity` has to be at least the number of literals, `count` less than
   2^32. The order of hits is by window, which is almost that of their starts. All three find the same. */
size_t ck_find_literals_portable(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t *from,
                                 ck_hit *hits, size_t capacity);
/* Only where ck_has_ssse3() answers 1. */
size_t ck_find_literals_ssse3(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t *from,
                              ck_hit *hits, size_t capacity);
/* Only where ck_has_avx2() answers 1. */
size_t ck_find_literals_avx2(const ck_literal_tables *tables, const uint8_t *text, size_t count, size_t *from,
                             ck_hit *hits, size_t capacity);

#endif
