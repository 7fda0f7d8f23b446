/* Which instruction sets this processor and its system offer, and the floating-point mode in which kernels work. */
#include "cpu.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <cpuid.h>
#include <xmmintrin.h>

static uint64_t extended_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t)high << 32) | low;
}

size_t gelu_kernels(const Kernels **list) {
  size_t n = 0;
  uint32_t a, b, c, d, b7 = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const uint32_t features = c;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) b7 = b;
  /* What a system does not save for a thread must not be used: YMM (2, 1), opmasks and ZMM (7 … 5). */
  const uint64_t state = features & bit_OSXSAVE ? extended_state() : 0;
  const int ymm = (state & 6) == 6, zmm = (state & 0xe6) == 0xe6;
  const uint32_t wide = bit_AVX512F | bit_AVX512DQ | bit_AVX512BW | bit_AVX512VL;
  const int fma = ymm && (features & bit_AVX) && (features & bit_FMA) && (b7 & bit_AVX2) && (b7 & bit_BMI2);
  if (zmm && fma && (b7 & wide) == wide) list[n++] = &gelu_avx512;
  if (fma) list[n++] = &gelu_avx2;
  if (features & bit_SSE4_1) list[n++] = &gelu_sse4;
  return n;
}

/* Round to nearest, no exceptions, subnormal numbers kept. */
#define USUAL 0x1f80
uint64_t gelu_enter(void) {
  const uint32_t mode = _mm_getcsr();
  if (mode != USUAL) _mm_setcsr(USUAL);
  return mode;
}

void gelu_leave(uint64_t mode) {
  if (mode != USUAL) _mm_setcsr((uint32_t)mode);
}

#elif defined(__aarch64__) || defined(_M_ARM64)

size_t gelu_kernels(const Kernels **list) {
  list[0] = &gelu_neon;
  return 1;
}

uint64_t gelu_enter(void) {
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  if (mode != 0) __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)0));
  return mode;
}

void gelu_leave(uint64_t mode) {
  if (mode != 0) __asm__ volatile("msr fpcr, %0" : : "r"(mode));
}

#else

size_t gelu_kernels(const Kernels **list) {
  (void)list;
  return 0;
}
uint64_t gelu_enter(void) { return 0; }
void gelu_leave(uint64_t mode) { (void)mode; }

#endif
