// Pieces of double-double arithmetic that return a low word as a number: small, so that engines inline them and no
// float64 needs an allocation. For loops written out by hand; dd.ts is the readable form.

/** The upper half of a's bits: products of halves are exact. */
export function head(a: number): number {
  const s = 134217729 * a;
  return s - (s - a);
}

/** a + b − s, where s = a + b. */
export function sumLow(a: number, b: number, s: number): number {
  const t = s - a;
  return a - (s - t) + (b - t);
}

/** (ah + al)/(bh + bl) − q, where q = ah/bh. */
export function quotientRest(q: number, ah: number, al: number, bh: number, bl: number): number {
  const qh = head(q);
  const ql = q - qh;
  const h = head(bh);
  const l = bh - h;
  const p = q * bh;
  return (ah - p - (qh * h - p + qh * l + ql * h + ql * l) + al - q * bl) / bh;
}
