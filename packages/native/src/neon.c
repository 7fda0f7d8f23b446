/* NEON of arm64: four floats, twice two doubles. */
#include <arm_neon.h>

#include "kernels.h"

#define W 4
typedef float32x4_t F;
typedef int32x4_t I;
typedef float64x2_t D;
typedef uint32x4_t M;
typedef uint64x2_t MD;
#define OP static inline __attribute__((always_inline))

OP I bitsf(F a) { return vreinterpretq_s32_f32(a); }
OP F floati(I a) { return vreinterpretq_f32_s32(a); }
OP F loadf(const float *p) { return vld1q_f32(p); }
OP void storef(float *p, F v) { vst1q_f32(p, v); }
OP void storei(uint32_t *q, I offsets) { vst1q_u32(q, vreinterpretq_u32_s32(offsets)); }
OP F setf(float v) { return vdupq_n_f32(v); }
OP I seti(int32_t v) { return vdupq_n_s32(v); }
OP D setd(double v) { return vdupq_n_f64(v); }
OP F addf(F a, F b) { return vaddq_f32(a, b); }
OP F subf(F a, F b) { return vsubq_f32(a, b); }
OP F mulf(F a, F b) { return vmulq_f32(a, b); }
OP F fmaf_(F a, F b, F c) { return vfmaq_f32(c, a, b); }
/* a where it is less, else b, also for NaN: not vminq, which gives NaN for either. */
OP F minf(F a, F b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
OP F maxf(F a, F b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
OP F ceilf_(F a) { return vrndpq_f32(a); }
OP D addd(D a, D b) { return vaddq_f64(a, b); }
OP D subd(D a, D b) { return vsubq_f64(a, b); }
OP D muld(D a, D b) { return vmulq_f64(a, b); }
OP D mind(D a, D b) { return vbslq_f64(vcltq_f64(a, b), a, b); }
OP D maxd(D a, D b) { return vbslq_f64(vcgtq_f64(a, b), a, b); }
OP D loadd(const double *p) { return vld1q_f64(p); }
OP void stored(double *p, D v) { vst1q_f64(p, v); }
OP D divd(D a, D b) { return vdivq_f64(a, b); }
OP D negd(D a) { return vnegq_f64(a); }
OP D restd(D a, D b, D p) { return vfmaq_f64(negd(p), a, b); }
OP D absd(D a) { return vabsq_f64(a); }
OP D ceild(D a) { return vrndpq_f64(a); }
OP D floord(D a) { return vrndmq_f64(a); }
OP MD ltd(D a, D b) { return vcltq_f64(a, b); }
OP MD led(D a, D b) { return vcleq_f64(a, b); }
OP int anyd(MD m) { return vmaxvq_u32(vreinterpretq_u32_u64(m)) != 0; }
OP void offsetsd(uint32_t *q, D k) { vst1_u32(q, vreinterpret_u32_s32(vmovn_s64(vcvtq_s64_f64(k)))); }
OP D powerd(D k, int64_t bias) {
  return vreinterpretq_f64_s64(vaddq_s64(vshlq_n_s64(vcvtq_s64_f64(k), 52), vdupq_n_s64(bias << 52)));
}
OP I addi(I a, I b) { return vaddq_s32(a, b); }
OP I andi(I a, I b) { return vandq_s32(a, b); }
#define shli(a, k) vshlq_n_s32(a, k)
OP I shri(I a, int k) { return vreinterpretq_s32_u32(vshlq_u32(vreinterpretq_u32_s32(a), vdupq_n_s32(-k))); }
OP F orf(F a, F b) { return floati(vorrq_s32(bitsf(a), bitsf(b))); }
OP F andf(F a, F b) { return floati(vandq_s32(bitsf(a), bitsf(b))); }
OP M ltf(F a, F b) { return vcltq_f32(a, b); }
OP M lef(F a, F b) { return vcleq_f32(a, b); }
OP M eqf(F a, F b) { return vceqq_f32(a, b); }
OP M nef(F a, F b) { return vmvnq_u32(vceqq_f32(a, b)); }
OP I keepi(M m, I a) { return vandq_s32(vreinterpretq_s32_u32(m), a); }
OP F keepf(M m, F a) { return floati(keepi(m, bitsf(a))); }
OP F choosef(M m, F a, F b) { return vbslq_f32(m, a, b); }
OP D choosed(MD m, D a, D b) { return vbslq_f64(m, a, b); }
OP MD lowm(M m) { return vreinterpretq_u64_u32(vzip1q_u32(m, m)); }
OP MD highm(M m) { return vreinterpretq_u64_u32(vzip2q_u32(m, m)); }
OP D lowd(F a) { return vcvt_f64_f32(vget_low_f32(a)); }
OP D highd(F a) { return vcvt_high_f64_f32(a); }
OP F roundd(D low, D high) { return vcvt_high_f32_f64(vcvt_f32_f64(low), high); }
OP float leastf(F a) { return vminvq_f32(a); }
OP float largestf(F a) { return vmaxvq_f32(a); }

typedef struct {
  D c0, c1, c2, c3, c4, c5;
} Six;
OP Six sixd(const unsigned char *rows, const uint32_t *q) {
  const Pair p = pair(rows, q);
  const double *r0 = (const double *)p.a, *r1 = (const double *)p.b;
  const D a = vld1q_f64(r0), b = vld1q_f64(r1), c = vld1q_f64(r0 + 2), d = vld1q_f64(r1 + 2), e = vld1q_f64(r0 + 4),
          f = vld1q_f64(r1 + 4);
  return (Six){vzip1q_f64(a, b), vzip2q_f64(a, b), vzip1q_f64(c, d),
               vzip2q_f64(c, d), vzip1q_f64(e, f), vzip2q_f64(e, f)};
}

typedef struct {
  D c0, c1;
} Two;
OP Two twod(const unsigned char *rows, const uint32_t *q) {
  const Pair p = pair(rows, q);
  const D a = vld1q_f64((const double *)p.a), b = vld1q_f64((const double *)p.b);
  return (Two){vzip1q_f64(a, b), vzip2q_f64(a, b)};
}

typedef struct {
  F c0, c1, c2, c3;
} Four;
OP D zipped(F a, F b, int high) {
  return vreinterpretq_f64_f32(high ? vzip2q_f32(a, b) : vzip1q_f32(a, b));
}
OP F row(const unsigned char *q) { return vld1q_f32((const float *)q); }
OP Four fourf(const unsigned char *rows, const uint32_t *q) {
  const Pair p0 = pair(rows, q), p2 = pair(rows, q + 2);
  const F a = row(p0.a), b = row(p0.b), c = row(p2.a), d = row(p2.b);
  const D low01 = zipped(a, b, 0), low23 = zipped(c, d, 0), high01 = zipped(a, b, 1), high23 = zipped(c, d, 1);
  return (Four){vreinterpretq_f32_f64(vzip1q_f64(low01, low23)), vreinterpretq_f32_f64(vzip2q_f64(low01, low23)),
                vreinterpretq_f32_f64(vzip1q_f64(high01, high23)), vreinterpretq_f32_f64(vzip2q_f64(high01, high23))};
}

#define EARLY(kind) 0
#define FUSED 1
#define NAME gelu_neon
#define LABEL "neon"
#include "kernels.inc"
