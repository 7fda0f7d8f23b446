/* SSE4.1: four floats, twice two doubles. */
#include <smmintrin.h>

#include "kernels.h"

#define W 4
typedef __m128 F;
typedef __m128i I;
typedef __m128d D;
typedef __m128 M;
typedef __m128d MD;
#define OP static inline __attribute__((always_inline))

OP F loadf(const float *p) { return _mm_loadu_ps(p); }
OP void storef(float *p, F v) { _mm_storeu_ps(p, v); }
OP void storei(uint32_t *q, I offsets) { _mm_store_si128((I *)q, offsets); }
OP F setf(float v) { return _mm_set1_ps(v); }
OP I seti(int32_t v) { return _mm_set1_epi32(v); }
OP D setd(double v) { return _mm_set1_pd(v); }
OP F addf(F a, F b) { return _mm_add_ps(a, b); }
OP F subf(F a, F b) { return _mm_sub_ps(a, b); }
OP F mulf(F a, F b) { return _mm_mul_ps(a, b); }
OP F fmaf_(F a, F b, F c) { return addf(mulf(a, b), c); }
OP F minf(F a, F b) { return _mm_min_ps(a, b); }
OP F maxf(F a, F b) { return _mm_max_ps(a, b); }
OP F ceilf_(F a) { return _mm_ceil_ps(a); }
OP D addd(D a, D b) { return _mm_add_pd(a, b); }
OP D subd(D a, D b) { return _mm_sub_pd(a, b); }
OP D muld(D a, D b) { return _mm_mul_pd(a, b); }
OP D mind(D a, D b) { return _mm_min_pd(a, b); }
OP D maxd(D a, D b) { return _mm_max_pd(a, b); }
OP D loadd(const double *p) { return _mm_loadu_pd(p); }
OP void stored(double *p, D v) { _mm_storeu_pd(p, v); }
OP D divd(D a, D b) { return _mm_div_pd(a, b); }
OP D upper(D a) {
  const D s = muld(setd(134217729), a);
  return subd(s, subd(s, a));
}
/* Products of halves are exact. */
OP D restd(D a, D b, D p) {
  const D ah = upper(a), bh = upper(b), al = subd(a, ah), bl = subd(b, bh);
  return addd(addd(addd(subd(muld(ah, bh), p), muld(ah, bl)), muld(al, bh)), muld(al, bl));
}
OP D absd(D a) { return _mm_andnot_pd(setd(-0.0), a); }
OP D negd(D a) { return _mm_xor_pd(a, setd(-0.0)); }
OP D ceild(D a) { return _mm_ceil_pd(a); }
OP D floord(D a) { return _mm_floor_pd(a); }
OP MD ltd(D a, D b) { return _mm_cmplt_pd(a, b); }
OP MD led(D a, D b) { return _mm_cmple_pd(a, b); }
OP int anyd(MD m) { return _mm_movemask_pd(m) != 0; }
OP void offsetsd(uint32_t *q, D k) { _mm_storel_epi64((I *)q, _mm_cvtpd_epi32(k)); }
OP D powerd(D k, int64_t bias) {
  const I bits = _mm_castpd_si128(addd(k, setd(6755399441055744)));
  return _mm_castsi128_pd(_mm_add_epi64(_mm_slli_epi64(bits, 52), _mm_set1_epi64x(bias << 52)));
}
OP I addi(I a, I b) { return _mm_add_epi32(a, b); }
OP I andi(I a, I b) { return _mm_and_si128(a, b); }
#define shli(a, k) _mm_slli_epi32(a, k)
OP I shri(I a, int k) { return _mm_srl_epi32(a, _mm_cvtsi32_si128(k)); }
OP I bitsf(F a) { return _mm_castps_si128(a); }
OP F floati(I a) { return _mm_castsi128_ps(a); }
OP F orf(F a, F b) { return _mm_or_ps(a, b); }
OP F andf(F a, F b) { return _mm_and_ps(a, b); }
OP M ltf(F a, F b) { return _mm_cmplt_ps(a, b); }
OP M lef(F a, F b) { return _mm_cmple_ps(a, b); }
OP M eqf(F a, F b) { return _mm_cmpeq_ps(a, b); }
OP M nef(F a, F b) { return _mm_cmpneq_ps(a, b); }
OP F keepf(M m, F a) { return _mm_and_ps(m, a); }
OP I keepi(M m, I a) { return _mm_and_si128(_mm_castps_si128(m), a); }
OP F choosef(M m, F a, F b) { return _mm_blendv_ps(b, a, m); }
OP D choosed(MD m, D a, D b) { return _mm_blendv_pd(b, a, m); }
OP MD lowm(M m) { return _mm_castps_pd(_mm_unpacklo_ps(m, m)); }
OP MD highm(M m) { return _mm_castps_pd(_mm_unpackhi_ps(m, m)); }
OP D lowd(F a) { return _mm_cvtps_pd(a); }
OP D highd(F a) { return _mm_cvtps_pd(_mm_movehl_ps(a, a)); }
OP F roundd(D low, D high) { return _mm_movelh_ps(_mm_cvtpd_ps(low), _mm_cvtpd_ps(high)); }
OP float leastf(F a) {
  const F h = _mm_min_ps(a, _mm_movehl_ps(a, a));
  return _mm_cvtss_f32(_mm_min_ss(h, _mm_shuffle_ps(h, h, 1)));
}
OP float largestf(F a) {
  const F h = _mm_max_ps(a, _mm_movehl_ps(a, a));
  return _mm_cvtss_f32(_mm_max_ss(h, _mm_shuffle_ps(h, h, 1)));
}

typedef struct {
  D c0, c1, c2, c3, c4, c5;
} Six;
OP Six sixd(const unsigned char *rows, const uint32_t *q) {
  const Pair p = pair(rows, q);
  const double *r0 = (const double *)p.a, *r1 = (const double *)p.b;
  const D a = _mm_loadu_pd(r0), b = _mm_loadu_pd(r1), c = _mm_loadu_pd(r0 + 2), d = _mm_loadu_pd(r1 + 2),
          e = _mm_loadu_pd(r0 + 4), f = _mm_loadu_pd(r1 + 4);
  return (Six){_mm_unpacklo_pd(a, b), _mm_unpackhi_pd(a, b), _mm_unpacklo_pd(c, d),
               _mm_unpackhi_pd(c, d), _mm_unpacklo_pd(e, f), _mm_unpackhi_pd(e, f)};
}

typedef struct {
  D c0, c1;
} Two;
OP Two twod(const unsigned char *rows, const uint32_t *q) {
  const Pair p = pair(rows, q);
  const D a = _mm_loadu_pd((const double *)p.a), b = _mm_loadu_pd((const double *)p.b);
  return (Two){_mm_unpacklo_pd(a, b), _mm_unpackhi_pd(a, b)};
}

typedef struct {
  F c0, c1, c2, c3;
} Four;
OP F row(const unsigned char *q) { return _mm_loadu_ps((const float *)q); }
OP Four fourf(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2);
  const F a = row(p0.a), b = row(p0.b), c = row(p2.a), d = row(p2.b);
  const F low01 = _mm_unpacklo_ps(a, b), low23 = _mm_unpacklo_ps(c, d);
  const F high01 = _mm_unpackhi_ps(a, b), high23 = _mm_unpackhi_ps(c, d);
  return (Four){_mm_movelh_ps(low01, low23), _mm_movehl_ps(low23, low01), _mm_movelh_ps(high01, high23),
                _mm_movehl_ps(high23, high01)};
}

#define EARLY(kind) 0
#define FUSED 0
#define NAME gelu_sse4
#define LABEL "sse4"
#include "kernels.inc"
