import { activationNamed } from '../console/activation-spec.js';
import type { Arm, Settings } from './arm.js';

/** Every combination of the values of each setting: { rate: [1, 2], keep: [3] } gives { rate: 1, keep: 3 } and { rate: 2, keep: 3 }. */
export function combinations(values: Readonly<Record<string, readonly (string | number)[]>>): Settings[] {
  return Object.entries(values).reduce<Settings[]>(
    (all, [key, of]) => all.flatMap((settings) => of.map((value) => ({ ...settings, [key]: value }))),
    [{}],
  );
}

/** One arm an activation, each with the same grid; the first choice is the usual one. */
export function activationArms(
  activations: readonly string[],
  values: Readonly<Record<string, readonly (string | number)[]>>,
  group = '',
): Arm[] {
  return activations.map((activation) => ({
    name: labelOf(activation),
    group,
    grid: combinations({ activation: [activation], ...values }),
    usual: 0,
  }));
}

/** How an activation is written: 'GELU' of 'gelu'; the name of a gated unit as it is. */
function labelOf(activation: string): string {
  try {
    return activationNamed(activation).label;
  } catch {
    return activation;
  }
}
