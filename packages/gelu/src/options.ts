import { APPROXIMATE, type Approximate, type Form } from './activations/gelu/forms.js';
import { describe, GeluRangeError, GeluTypeError } from './errors.js';

/** Which GELU is meant. */
export interface GeluOptions {
  /**
   * 'none' (default): x·Φ(x). 'tanh': ½x·(1 + tanh(√(2/π)(x + 0.044715x³))), GPT-2's and BERT's `gelu_new`.
   * 'sigmoid': x·σ(1.702x), CLIP's QuickGELU.
   */
  readonly approximate?: Approximate | undefined;
  /** The general form x·P(X ≤ x), X ~ N(mean, std²); for 'none'. Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation of that X, above 0; for 'none'. Default 1; towards 0 the function becomes ReLU. */
  readonly std?: number | undefined;
}

const DEFAULT: Form = { approximate: 'none', mean: 0, std: 1 };
const GELU_KEYS: readonly string[] = ['approximate', 'mean', 'std'];

/**
 * The form that `options` describe, all values checked. `extra` names the options that the caller handles itself.
 */
export function resolveForm(options: GeluOptions | undefined, extra: readonly string[] = []): Form {
  if (options === undefined) return DEFAULT;
  if (options === null || typeof options !== 'object')
    throw new GeluTypeError('options', 'an object', describe(options));
  for (const key of Object.keys(options)) {
    if (!GELU_KEYS.includes(key) && !extra.includes(key))
      throw new GeluTypeError(
        `options.${key}`,
        `absent: the options are ${[...GELU_KEYS, ...extra].join(', ')}`,
        describe((options as Record<string, unknown>)[key]),
      );
  }
  const { approximate = 'none', mean = 0, std = 1 } = options;
  const allowed = `one of ${APPROXIMATE.map((name) => `'${name}'`).join(', ')}`;
  if (typeof approximate !== 'string') throw new GeluTypeError('approximate', allowed, describe(approximate));
  if (!APPROXIMATE.includes(approximate)) throw new GeluRangeError('approximate', allowed, `'${approximate}'`);
  if (typeof mean !== 'number') throw new GeluTypeError('mean', 'a number', describe(mean));
  if (typeof std !== 'number') throw new GeluTypeError('std', 'a number', describe(std));
  if (!Number.isFinite(mean)) throw new GeluRangeError('mean', 'finite', String(mean));
  if (!(std > 0 && std < Infinity)) throw new GeluRangeError('std', 'finite and greater than 0', String(std));
  if (approximate !== 'none' && (mean !== 0 || std !== 1))
    throw new GeluRangeError(
      mean !== 0 ? 'mean' : 'std',
      `${mean !== 0 ? 0 : 1} with approximate '${approximate}': only 'none' has a general form`,
      String(mean !== 0 ? mean : std),
    );
  return { approximate, mean, std };
}
