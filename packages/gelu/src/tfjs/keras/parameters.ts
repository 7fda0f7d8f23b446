import type { Activation } from '../../activations/model/activation.js';
import type { ParameterValues } from '../../activations/model/parameters.js';
import { describe, GeluTypeError } from '../../shared/errors.js';

/** Keras's names of parameters, where they are others. */
const RENAMED: { readonly [activation: string]: { readonly [parameter: string]: string } } = {
  leakyRelu: { alpha: 'negativeSlope' },
  prelu: { alpha: 'weight' },
  silu: { alpha: 'beta' },
  hardshrink: { threshold: 'lambd' },
  softshrink: { threshold: 'lambd' },
  threshold: { defaultValue: 'value' },
};

/** What every layer's configuration holds, and what TensorFlow.js adds to it. */
const IGNORED = new Set(['name', 'trainable', 'dtype', 'batchInputShape', 'batchShape', 'customObjects']);

/** The entries of a configuration from a model's JSON that say something about the function. */
export function ownEntries(config: object): [string, unknown][] {
  return Object.entries(config).filter(([key, value]) => !IGNORED.has(key) && value !== undefined);
}

/**
 * The parameters in a configuration from a model's JSON, its keys in camelCase, for a definition. None is dropped.
 *
 * @throws GeluTypeError for an entry that is no parameter of it.
 */
export function readParameters({ name, parameters }: Activation, config: object): ParameterValues {
  return Object.fromEntries(
    ownEntries(config).flatMap(([key, value]) => {
      const renamed = RENAMED[name]?.[key];
      const own = !Object.hasOwn(parameters, key) && renamed !== undefined ? renamed : key;
      const among = Object.keys(parameters).join(', ') || 'none';
      if (!Object.hasOwn(parameters, own))
        throw new GeluTypeError(
          `activation.config.${key}`,
          `absent: the parameters of ${name} are ${among}`,
          describe(value),
        );
      if (value === null) return []; // Keras's None: the default
      return [[own, value]];
    }),
  ) as ParameterValues;
}
