/* AVX2 and FMA: eight floats, twice four doubles. */
#include <immintrin.h>

#include "kernels.h"

#define W 8
typedef __m256 F;
typedef __m256i I;
typedef __m256d D;
typedef __m256 M;
typedef __m256d MD;
#define OP static inline __attribute__((always_inline))

OP F loadf(const float *p) { return _mm256_loadu_ps(p); }
OP void storef(float *p, F v) { _mm256_storeu_ps(p, v); }
OP void storei(uint32_t *q, I offsets) { _mm256_store_si256((I *)q, offsets); }
OP F setf(float v) { return _mm256_set1_ps(v); }
OP I seti(int32_t v) { return _mm256_set1_epi32(v); }
OP D setd(double v) { return _mm256_set1_pd(v); }
OP F addf(F a, F b) { return _mm256_add_ps(a, b); }
OP F subf(F a, F b) { return _mm256_sub_ps(a, b); }
OP F mulf(F a, F b) { return _mm256_mul_ps(a, b); }
OP F fmaf_(F a, F b, F c) { return _mm256_fmadd_ps(a, b, c); }
OP F minf(F a, F b) { return _mm256_min_ps(a, b); }
OP F maxf(F a, F b) { return _mm256_max_ps(a, b); }
OP F ceilf_(F a) { return _mm256_ceil_ps(a); }
OP D addd(D a, D b) { return _mm256_add_pd(a, b); }
OP D subd(D a, D b) { return _mm256_sub_pd(a, b); }
OP D muld(D a, D b) { return _mm256_mul_pd(a, b); }
OP D mind(D a, D b) { return _mm256_min_pd(a, b); }
OP D maxd(D a, D b) { return _mm256_max_pd(a, b); }
OP D loadd(const double *p) { return _mm256_loadu_pd(p); }
OP void stored(double *p, D v) { _mm256_storeu_pd(p, v); }
OP D divd(D a, D b) { return _mm256_div_pd(a, b); }
OP D restd(D a, D b, D p) { return _mm256_fmsub_pd(a, b, p); }
OP D absd(D a) { return _mm256_andnot_pd(setd(-0.0), a); }
OP D negd(D a) { return _mm256_xor_pd(a, setd(-0.0)); }
OP D ceild(D a) { return _mm256_ceil_pd(a); }
OP D floord(D a) { return _mm256_floor_pd(a); }
OP MD ltd(D a, D b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
OP MD led(D a, D b) { return _mm256_cmp_pd(a, b, _CMP_LE_OQ); }
OP int anyd(MD m) { return _mm256_movemask_pd(m) != 0; }
OP void offsetsd(uint32_t *q, D k) { _mm_store_si128((__m128i *)q, _mm256_cvtpd_epi32(k)); }
OP D powerd(D k, int64_t bias) {
  const I bits = _mm256_castpd_si256(addd(k, setd(6755399441055744)));
  return _mm256_castsi256_pd(_mm256_add_epi64(_mm256_slli_epi64(bits, 52), _mm256_set1_epi64x(bias << 52)));
}
OP I addi(I a, I b) { return _mm256_add_epi32(a, b); }
OP I andi(I a, I b) { return _mm256_and_si256(a, b); }
#define shli(a, k) _mm256_slli_epi32(a, k)
OP I shri(I a, int k) { return _mm256_srl_epi32(a, _mm_cvtsi32_si128(k)); }
OP I bitsf(F a) { return _mm256_castps_si256(a); }
OP F floati(I a) { return _mm256_castsi256_ps(a); }
OP F orf(F a, F b) { return _mm256_or_ps(a, b); }
OP F andf(F a, F b) { return _mm256_and_ps(a, b); }
OP M ltf(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
OP M lef(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_LE_OQ); }
OP M eqf(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_EQ_OQ); }
OP M nef(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_NEQ_UQ); }
OP F keepf(M m, F a) { return _mm256_and_ps(m, a); }
OP I keepi(M m, I a) { return _mm256_and_si256(_mm256_castps_si256(m), a); }
OP F choosef(M m, F a, F b) { return _mm256_blendv_ps(b, a, m); }
OP D choosed(MD m, D a, D b) { return _mm256_blendv_pd(b, a, m); }
OP MD lowm(M m) {
  return _mm256_castsi256_pd(_mm256_cvtepi32_epi64(_mm256_castsi256_si128(_mm256_castps_si256(m))));
}
OP MD highm(M m) {
  return _mm256_castsi256_pd(_mm256_cvtepi32_epi64(_mm256_extracti128_si256(_mm256_castps_si256(m), 1)));
}
OP D lowd(F a) { return _mm256_cvtps_pd(_mm256_castps256_ps128(a)); }
OP D highd(F a) { return _mm256_cvtps_pd(_mm256_extractf128_ps(a, 1)); }
OP F roundd(D low, D high) {
  return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high), 1);
}
OP float leastf(F a) {
  const __m128 h = _mm_min_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
  const __m128 q = _mm_min_ps(h, _mm_movehl_ps(h, h));
  return _mm_cvtss_f32(_mm_min_ss(q, _mm_movehdup_ps(q)));
}
OP float largestf(F a) {
  const __m128 h = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
  const __m128 q = _mm_max_ps(h, _mm_movehl_ps(h, h));
  return _mm_cvtss_f32(_mm_max_ss(q, _mm_movehdup_ps(q)));
}

#define TWO(a, b, k) \
  _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd((const double *)(a) + k)), \
                       _mm_loadu_pd((const double *)(b) + k), 1)

typedef struct {
  D c0, c1, c2, c3, c4, c5;
} Six;
OP Six sixd(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2);
  Six s;
  D a = TWO(p0.a, p2.a, 0), b = TWO(p0.b, p2.b, 0);
  s.c0 = _mm256_unpacklo_pd(a, b);
  s.c1 = _mm256_unpackhi_pd(a, b);
  a = TWO(p0.a, p2.a, 2), b = TWO(p0.b, p2.b, 2);
  s.c2 = _mm256_unpacklo_pd(a, b);
  s.c3 = _mm256_unpackhi_pd(a, b);
  a = TWO(p0.a, p2.a, 4), b = TWO(p0.b, p2.b, 4);
  s.c4 = _mm256_unpacklo_pd(a, b);
  s.c5 = _mm256_unpackhi_pd(a, b);
  return s;
}

typedef struct {
  D c0, c1;
} Two;
OP Two twod(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2);
  const D a = TWO(p0.a, p2.a, 0), b = TWO(p0.b, p2.b, 0);
  return (Two){_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b)};
}

typedef struct {
  F c0, c1, c2, c3;
} Four;
OP Four fourf(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2), p4 = pair(rows, q + 4), p6 = pair(rows, q + 6);
  const F a = _mm256_castpd_ps(TWO(p0.a, p4.a, 0)), b = _mm256_castpd_ps(TWO(p0.b, p4.b, 0));
  const F c = _mm256_castpd_ps(TWO(p2.a, p6.a, 0)), d = _mm256_castpd_ps(TWO(p2.b, p6.b, 0));
  const D low01 = _mm256_castps_pd(_mm256_unpacklo_ps(a, b)), low23 = _mm256_castps_pd(_mm256_unpacklo_ps(c, d));
  const D high01 = _mm256_castps_pd(_mm256_unpackhi_ps(a, b)), high23 = _mm256_castps_pd(_mm256_unpackhi_ps(c, d));
  return (Four){_mm256_castpd_ps(_mm256_unpacklo_pd(low01, low23)), _mm256_castpd_ps(_mm256_unpackhi_pd(low01, low23)),
                _mm256_castpd_ps(_mm256_unpacklo_pd(high01, high23)),
                _mm256_castpd_ps(_mm256_unpackhi_pd(high01, high23))};
}

/* All but what needs most registers. */
#define EARLY(kind) (kind != CORRECT && kind != TABLE)
#define FUSED 1
#define NAME gelu_avx2
#define LABEL "avx2"
#include "kernels.inc"
