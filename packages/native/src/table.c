#include "table.h"

static uint32_t bitsof(float v) {
  uint32_t bits;
  __builtin_memcpy(&bits, &v, 4);
  return bits;
}

static int holds(int64_t row, size_t size, size_t bytes) { return row >= 0 && (uint64_t)(row + 1) * size <= bytes; }

/* The number of a row by (centre − x)²·density, as the kernels form it. */
static int64_t squared(const Header *h, float x) {
  const float u = h->centre - x;
  const float square = u * u;
  return (int64_t)bitsof(square * h->density + 8388608.0f) - h->first;
}

/* The fast kernels may take a number half-way between two rows for the other: by one either way. */
static int squared_holds(const Header *h, size_t size, size_t bytes, int64_t slack) {
  if (!(h->low <= h->high) || (h->low < h->centre && h->centre < h->high)) return 0;
  const int64_t a = squared(h, h->low), b = squared(h, h->high);
  return holds(a - slack, size, bytes) && holds(a + slack, size, bytes) && holds(b - slack, size, bytes) &&
         holds(b + slack, size, bytes);
}

static int64_t uniform(const Header *h, float t) {
  const float scaled = t * h->density;
  return (int64_t)bitsof(__builtin_ceilf(scaled) + 12582912.0f) - h->first;
}

static int64_t leading(const Header *h, float t) {
  const float size = __builtin_fabsf(t);
  const int64_t row = bitsof(size > h->density ? size : h->density) >> h->shift;
  return row + (t <= 0 ? h->side : 0) - h->first;
}

int gelu_table_holds(enum Kind kind, const Header *h, size_t bytes) {
  switch (kind) {
    case CORRECT:
    case CORRECT_PRODUCT:
      return squared_holds(h, 48, bytes, 0);
    case FAST_IDENTITY:
    case FAST_LIMITS:
    case FAST_PRODUCT:
      return squared_holds(h, 16, bytes, 1) && bytes <= 0x400000;
    case TABLE:
    case TABLE_PRODUCT:
      if (!(h->low <= h->high)) return 0;
      if (h->shift == 0) return holds(uniform(h, h->low), 48, bytes) && holds(uniform(h, h->high), 48, bytes);
      if (h->shift < 0 || h->shift > 31 || !(h->low <= 0 && h->high > 0)) return 0;
      return holds(leading(h, h->low), 48, bytes) && holds(leading(h, h->high), 48, bytes) &&
             holds(leading(h, 0), 48, bytes) && holds(leading(h, h->density), 48, bytes);
    default:
      return bytes >= 19 * 16;
  }
}
