/**
 * Double-double arithmetic: a value is the unevaluated sum hi + lo of two float64 with |lo| ≤ ½ ulp(hi), about 106 bits.
 *
 * A function returns hi and leaves lo in `lo[0]`: a typed array, because neither objects nor mutable module bindings
 * hold a float64 without an allocation in current engines. Read `lo[0]` before the next call.
 *
 * Sources: Dekker 1971, Knuth TAOCP 2 §4.2.2, Hida, Li and Bailey 2001 (accurate addition), Joldes, Muller and
 * Popescu 2017 (error bounds: add 3u², mul 5u², div 10u², u = 2⁻⁵³). JavaScript has no fused multiply-add, so the
 * product splits its factors (Veltkamp): |a|, |b| < 2⁹⁹⁶, and exact only while the low word does not underflow.
 */
export const lo: Float64Array = new Float64Array(1);

const SPLITTER = 134217729; // 2²⁷ + 1

/** a + b exactly. */
export function twoSum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  lo[0] = a - (s - t) + (b - t);
  return s;
}

/** a + b exactly, for |a| ≥ |b| or a = 0. */
export function fastTwoSum(a: number, b: number): number {
  const s = a + b;
  lo[0] = b - (s - a);
  return s;
}

/** a · b exactly. */
export function twoProduct(a: number, b: number): number {
  const p = a * b;
  const as = SPLITTER * a;
  const bs = SPLITTER * b;
  const ah = as - (as - a);
  const bh = bs - (bs - b);
  const al = a - ah;
  const bl = b - bh;
  lo[0] = ah * bh - p + ah * bl + al * bh + al * bl;
  return p;
}

/** (ah + al) + (bh + bl). */
export function add(ah: number, al: number, bh: number, bl: number): number {
  const s = twoSum(ah, bh);
  const sl = lo[0];
  const t = twoSum(al, bl);
  const tl = lo[0];
  const v = fastTwoSum(s, sl + t);
  return fastTwoSum(v, tl + lo[0]);
}

/** (ah + al) · (bh + bl). */
export function mul(ah: number, al: number, bh: number, bl: number): number {
  const p = twoProduct(ah, bh);
  return fastTwoSum(p, lo[0] + (ah * bl + al * bh));
}

/** (ah + al) / (bh + bl). */
export function div(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  const p = twoProduct(q, bh);
  const r = ah - p - lo[0] + al - q * bl;
  return fastTwoSum(q, r / bh);
}

/** √(ah + al), for positive arguments. */
export function sqrt(ah: number, al: number): number {
  const s = Math.sqrt(ah);
  const p = twoProduct(s, s);
  return fastTwoSum(s, (ah - p - lo[0] + al) / (2 * s));
}
