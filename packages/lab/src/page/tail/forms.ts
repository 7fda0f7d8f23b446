import { gelu } from 'gelu';
import { type FloatType, preciseGelu, ulpError } from 'gelu/numerics';

/** A way to compute GELU in a floating-point format. */
export interface TailForm {
  name: string;
  /** The result as the format gives it, each step rounded. */
  compute(x: number): number;
}

/** Φ(x) = gelu(x)/x for x < 0. */
const phi = (x: number): number => gelu(x) / x;

/** How GELU is often written, at its best: erf and erfc themselves are without error, only the format rounds. */
export function tailForms(type: FloatType): TailForm[] {
  const round = type === 'float32' ? Math.fround : (x: number): number => x;
  const ours = type === 'float32' ? (x: number) => gelu(Float32Array.of(x))[0] : (x: number) => gelu(x);
  const erf = (x: number): number => round(2 * phi(x) - 1);
  return [
    { name: 'this library', compute: ours },
    { name: '½·x·(1 + erf(x/√2))', compute: (x) => round(round(0.5 * x) * round(1 + erf(x))) },
    // Only float32: float64 has no erfc here that is better than what it would be measured with.
    ...(type === 'float32'
      ? [{ name: '½·x·erfc(−x/√2)', compute: (x: number) => round(round(0.5 * x) * round(erfcOfRounded(x))) }]
      : []),
  ];
}

/** erfc at −x/√2 as float32 holds it: √½·x is rounded before it is squared. */
function erfcOfRounded(x: number): number {
  return 2 * phi(Math.fround(-x * Math.SQRT1_2) * -Math.SQRT2);
}

const exact = new Float64Array(2);

/** The error of a form at x, in units in the last place of the exact value. */
export function tailError({ compute }: TailForm, x: number, type: FloatType): number {
  preciseGelu('none', 0, x, exact);
  return ulpError(compute(x), exact[0], exact[1], type);
}
