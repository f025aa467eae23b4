#include "ckernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

int ck_has_sha_extensions(void) {
#if defined(__x86_64__)
  unsigned int a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  // The kernels also shuffle (SSSE3) and blend (SSE4.1). All are legacy-encoded SSE instructions, whose registers
  // every x86-64 system saves, so no XGETBV question arises as it would for AVX.
  if (!(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  return (b & bit_SHA) != 0;
#else
  return 0;
#endif
}

int ck_has_ssse3(void) {
#if defined(__x86_64__)
  unsigned int a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3);
#else
  return 0;
#endif
}

int ck_has_avx2(void) {
#if defined(__x86_64__)
  unsigned int a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 0;
  // The system has to save the wide registers, too: bits 1 and 2 of XCR0.
  unsigned int low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 6) != 6) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2);
#else
  return 0;
#endif
}
