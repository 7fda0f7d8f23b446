/** A float32 as WGSL and GLSL read it. */
export function literal(value: number): string {
  const near = Math.fround(Math.min(Math.max(value, -3.4028234663852886e38), 3.4028234663852886e38));
  const text = Object.is(near, -0) ? '-0' : String(near);
  const digits = /[.e]/.test(text) ? text : `${text}.0`;
  return near < 0 || Object.is(near, -0) ? `(${digits})` : digits;
}

/** c[0] + c[1]·x + c[2]·x² + … by Horner's rule. */
export function polynomial(x: string, c: readonly number[]): string {
  return c
    .slice(0, -1)
    .reduceRight((inner, coefficient) => `(${literal(coefficient)} + ${x} * ${inner})`, literal(c.at(-1)!));
}
