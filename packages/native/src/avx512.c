/* AVX-512 (F, DQ, BW, VL): sixteen floats, twice eight doubles. */
#include <immintrin.h>

#include "kernels.h"

#define W 16
typedef __m512 F;
typedef __m512i I;
typedef __m512d D;
typedef __mmask16 M;
typedef __mmask8 MD;
#define OP static inline __attribute__((always_inline))

OP F loadf(const float *p) { return _mm512_loadu_ps(p); }
OP void storef(float *p, F v) { _mm512_storeu_ps(p, v); }
OP void storei(uint32_t *q, I offsets) { _mm512_store_si512(q, offsets); }
OP F setf(float v) { return _mm512_set1_ps(v); }
OP I seti(int32_t v) { return _mm512_set1_epi32(v); }
OP D setd(double v) { return _mm512_set1_pd(v); }
OP F addf(F a, F b) { return _mm512_add_ps(a, b); }
OP F subf(F a, F b) { return _mm512_sub_ps(a, b); }
OP F mulf(F a, F b) { return _mm512_mul_ps(a, b); }
OP F fmaf_(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
OP F minf(F a, F b) { return _mm512_min_ps(a, b); }
OP F maxf(F a, F b) { return _mm512_max_ps(a, b); }
OP F ceilf_(F a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC); }
OP D addd(D a, D b) { return _mm512_add_pd(a, b); }
OP D subd(D a, D b) { return _mm512_sub_pd(a, b); }
OP D muld(D a, D b) { return _mm512_mul_pd(a, b); }
OP D mind(D a, D b) { return _mm512_min_pd(a, b); }
OP D maxd(D a, D b) { return _mm512_max_pd(a, b); }
OP D loadd(const double *p) { return _mm512_loadu_pd(p); }
OP void stored(double *p, D v) { _mm512_storeu_pd(p, v); }
OP D divd(D a, D b) { return _mm512_div_pd(a, b); }
OP D restd(D a, D b, D p) { return _mm512_fmsub_pd(a, b, p); }
OP D absd(D a) { return _mm512_abs_pd(a); }
OP D negd(D a) { return _mm512_xor_pd(a, setd(-0.0)); }
OP D ceild(D a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC); }
OP D floord(D a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC); }
OP MD ltd(D a, D b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
OP MD led(D a, D b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
OP int anyd(MD m) { return m != 0; }
/* Whole numbers, as integers. */
OP void offsetsd(uint32_t *q, D k) { _mm256_store_si256((__m256i *)q, _mm512_cvtpd_epi32(k)); }
/* 2^k, to whose exponent the bias is still to be added. */
OP D powerd(D k, int64_t bias) {
  const I bits = _mm512_castpd_si512(addd(k, setd(6755399441055744)));
  return _mm512_castsi512_pd(_mm512_add_epi64(_mm512_slli_epi64(bits, 52), _mm512_set1_epi64(bias << 52)));
}
OP I addi(I a, I b) { return _mm512_add_epi32(a, b); }
OP I andi(I a, I b) { return _mm512_and_si512(a, b); }
#define shli(a, k) _mm512_slli_epi32(a, k)
OP I shri(I a, int k) { return _mm512_srl_epi32(a, _mm_cvtsi32_si128(k)); }
OP I bitsf(F a) { return _mm512_castps_si512(a); }
OP F floati(I a) { return _mm512_castsi512_ps(a); }
OP F orf(F a, F b) { return _mm512_or_ps(a, b); }
OP F andf(F a, F b) { return _mm512_and_ps(a, b); }
OP M ltf(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
OP M lef(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ); }
OP M eqf(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
OP M nef(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_NEQ_UQ); }
OP F keepf(M m, F a) { return _mm512_maskz_mov_ps(m, a); }
OP I keepi(M m, I a) { return _mm512_maskz_mov_epi32(m, a); }
OP F choosef(M m, F a, F b) { return _mm512_mask_blend_ps(m, b, a); }
OP D choosed(MD m, D a, D b) { return _mm512_mask_blend_pd(m, b, a); }
OP MD lowm(M m) { return (MD)m; }
OP MD highm(M m) { return (MD)(m >> 8); }
OP D lowd(F a) { return _mm512_cvtps_pd(_mm512_castps512_ps256(a)); }
OP D highd(F a) { return _mm512_cvtps_pd(_mm512_extractf32x8_ps(a, 1)); }
OP F roundd(D low, D high) {
  return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high), 1);
}
OP float leastf(F a) { return _mm512_reduce_min_ps(a); }
OP float largestf(F a) { return _mm512_reduce_max_ps(a); }

/* A load into one of four lanes, without a shuffle. */
#define LANE(v, m, p) _mm512_mask_broadcast_f64x2(v, m, _mm_loadu_pd(p))
#define FOUR(a, b, c, d, k) \
  LANE(LANE(LANE(_mm512_castpd128_pd512(_mm_loadu_pd((const double *)(a) + k)), 0x0c, (const double *)(b) + k), 0x30, \
            (const double *)(c) + k), \
       0xc0, (const double *)(d) + k)

/* The six entries of eight rows. */
typedef struct {
  D c0, c1, c2, c3, c4, c5;
} Six;
/* The first four entries of two rows. */
OP D halves(const unsigned char *a, const unsigned char *b) {
  return _mm512_mask_broadcast_f64x4(_mm512_castpd256_pd512(_mm256_loadu_pd((const double *)a)), 0xf0,
                                     _mm256_loadu_pd((const double *)b));
}
OP Six sixd(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2), p4 = pair(rows, q + 4), p6 = pair(rows, q + 6);
  const D z0 = halves(p0.a, p2.a), z1 = halves(p0.b, p2.b), z2 = halves(p4.a, p6.a), z3 = halves(p4.b, p6.b);
  const D u = _mm512_unpacklo_pd(z0, z1), v = _mm512_unpacklo_pd(z2, z3);
  const D s = _mm512_unpackhi_pd(z0, z1), t = _mm512_unpackhi_pd(z2, z3);
  const D a = FOUR(p0.a, p2.a, p4.a, p6.a, 4), b = FOUR(p0.b, p2.b, p4.b, p6.b, 4);
  return (Six){_mm512_shuffle_f64x2(u, v, 0x88), _mm512_shuffle_f64x2(s, t, 0x88), _mm512_shuffle_f64x2(u, v, 0xdd),
               _mm512_shuffle_f64x2(s, t, 0xdd), _mm512_unpacklo_pd(a, b),         _mm512_unpackhi_pd(a, b)};
}

/* The two entries of eight rows. */
typedef struct {
  D c0, c1;
} Two;
OP Two twod(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2), p4 = pair(rows, q + 4), p6 = pair(rows, q + 6);
  const D a = FOUR(p0.a, p2.a, p4.a, p6.a, 0), b = FOUR(p0.b, p2.b, p4.b, p6.b, 0);
  return (Two){_mm512_unpacklo_pd(a, b), _mm512_unpackhi_pd(a, b)};
}

/* The four entries of sixteen rows. */
typedef struct {
  F c0, c1, c2, c3;
} Four;
OP Four fourf(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p4 = pair(rows, q + 4), p8 = pair(rows, q + 8), p12 = pair(rows, q + 12);
  const Pair p2 = pair(rows, q + 2), p6 = pair(rows, q + 6), p10 = pair(rows, q + 10), p14 = pair(rows, q + 14);
  const F a = _mm512_castpd_ps(FOUR(p0.a, p4.a, p8.a, p12.a, 0)), b = _mm512_castpd_ps(FOUR(p0.b, p4.b, p8.b, p12.b, 0));
  const F c = _mm512_castpd_ps(FOUR(p2.a, p6.a, p10.a, p14.a, 0)), d = _mm512_castpd_ps(FOUR(p2.b, p6.b, p10.b, p14.b, 0));
  const D low01 = _mm512_castps_pd(_mm512_unpacklo_ps(a, b)), low23 = _mm512_castps_pd(_mm512_unpacklo_ps(c, d));
  const D high01 = _mm512_castps_pd(_mm512_unpackhi_ps(a, b)), high23 = _mm512_castps_pd(_mm512_unpackhi_ps(c, d));
  return (Four){_mm512_castpd_ps(_mm512_unpacklo_pd(low01, low23)), _mm512_castpd_ps(_mm512_unpackhi_pd(low01, low23)),
                _mm512_castpd_ps(_mm512_unpacklo_pd(high01, high23)),
                _mm512_castpd_ps(_mm512_unpackhi_pd(high01, high23))};
}

/* Where registers do for more rows than those at work. */
#define EARLY(kind) (kind == CORRECT_PRODUCT || kind == TABLE_PRODUCT)
#define FUSED 1
#define NAME gelu_avx512
#define LABEL "avx512"
#include "kernels.inc"
