/* What every instruction set gives: the kernels of packages/gelu/assembly on the same rows, with the same bits. */
#ifndef GELU_KERNELS_H
#define GELU_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* What stands before the rows of a table; see packages/gelu/assembly/header.ts. */
typedef struct {
  float low, high, centre, density;
  int32_t first;
  union {
    float top;
    int32_t shift;
  };
  union {
    int32_t lost;
    int32_t side;
  };
} Header;

/* The kernels by number, as src/native.ts of the library calls them. */
enum Kind {
  CORRECT,
  CORRECT_PRODUCT,
  FAST_IDENTITY,
  FAST_LIMITS,
  FAST_PRODUCT,
  TABLE,
  TABLE_PRODUCT,
  PIECES_SIMPLE,
  PIECES_MIXED,
  PIECES_SIMPLE_PRODUCT,
  PIECES_MIXED_PRODUCT,
  KINDS
};

typedef struct {
  const Header *header;
  const unsigned char *rows;
  const float *gradient; /* where the kernel is a product */
  const float *x;
  float *out; /* may be either input */
  size_t n;
} Call;

/* A float64 call: form 0 none, 1 tanh, 2 sigmoid; tables as in packages/gelu/assembly/float64.ts, of which no input leads out. */
enum { FORMS = 3, POWERS = 2 * 128, ROOT = 13, MILLS = 12 * 641 };
typedef struct {
  int form, derivative;
  const double *powers, *root, *mills;
  const double *gradient; /* or none */
  const double *x;
  double *out; /* may be either input */
  size_t n;
} WideCall;

typedef struct {
  const char *name;
  void (*run)(enum Kind kind, int fused, const Call *call);
  /* The least and the largest of n elements, not regarding NaN: ∞ and −∞ where there is none. */
  void (*extent)(const float *x, size_t n, float *least, float *largest);
  void (*wide)(const WideCall *call);
  /* Whether `fused` can be had. */
  int fma;
} Kernels;

/* The places of two rows, whose offsets stand one after the other: one load in place of two. */
typedef struct {
  const unsigned char *a, *b;
} Pair;
static inline __attribute__((always_inline)) Pair pair(const unsigned char *rows, const uint32_t *offsets) {
  uint64_t both;
  __builtin_memcpy(&both, offsets, 8);
  __asm__("" : "+r"(both)); /* or the compiler makes two loads of it */
  return (Pair){rows + (uint32_t)both, rows + (both >> 32)};
}

extern const Kernels gelu_avx512, gelu_avx2, gelu_sse4, gelu_neon;

#endif
