import type { Activation } from './activation.js';

/** What functions and layers that belong to no activation are called: no activation may take these names. */
export const OTHER_NAMES: readonly string[] = ['glu', 'biasGelu', 'stochasticGelu', 'stochasticRrelu'];

/** A name as it is looked up: 'leaky_relu', 'LeakyReLU' and 'leakyRelu' are one. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, '');
}

/** Names of gated units, which are no functions of one number, and what they are here. */
const GATED: readonly (readonly [RegExp, string])[] = [
  [/^gatedgelu|^t?geglu/, "`geglu`, a gated unit (T5's 'gated-gelu' has approximate 'tanh')"],
  [/^gated(silu|swish)|^(fast)?swiglu|^siluandmul|^siglu/, '`swiglu`, a gated unit'],
  [/^gatedrelu|^reglu/, '`reglu`, a gated unit'],
  [/^bilinear/, '`bilinear`, a gated unit'],
  [/^gated|glu$/, '`glu`, a gated unit, with the activation of its gate'],
];
const OF_ROWS = /^(log)?soft(max|min)\d*d?$|^sparsemax$|^maxout$/;

/**
 * What to say of a name that nobody has: which gated unit is meant, or which names are near. Those that contain the name
 * of the same function come first ('gelu_nwe' is a GELU, not a CELU); what is far from all names gets no suggestion.
 */
export function advice(wanted: string, registry: readonly Activation[]): string {
  const gated = GATED.find(([pattern]) => pattern.test(wanted));
  if (gated) return `: use ${gated[1]}`;
  if (OF_ROWS.test(wanted)) return ', a function of one number: this one is of whole rows';
  const near = nearest(wanted, registry).map((name) => `'${name}'`);
  return near.length > 0 ? `, such as ${near.join(', ')}` : ': `activations` lists them with their aliases';
}

/** The up to three known names that are nearest to `wanted`; none that would take more than a third of its letters. */
function nearest(wanted: string, registry: readonly Activation[]): string[] {
  const all = registry.flatMap((a) => [a.name, a.layer, ...a.aliases.map(({ name }) => name)]);
  const names = [...new Map(all.reverse().map((name) => [plain(name), name])).entries()].reverse();
  const family = stem(wanted, registry);
  const ranked = names.map(([key, name]) => {
    const same = family !== '' && key.includes(family) ? 0 : 1;
    return { name, same, distance: distance(wanted, key) };
  });
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return ranked
    .filter(({ same, distance }) => distance <= most || (same === 0 && distance <= wanted.length))
    .sort((a, b) => a.same - b.same || a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The longest name of an activation that `wanted` contains: 'gelu' of 'gelu_nwe'. */
function stem(wanted: string, registry: readonly Activation[]): string {
  const contained = registry.map(({ name }) => plain(name)).filter((name) => wanted.includes(name));
  return contained.reduce((best, name) => (name.length > best.length ? name : best), '');
}

/** Damerau and Levenshtein's distance: letters to insert, leave out, change, or to swap with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
