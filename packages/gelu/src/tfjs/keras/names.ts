import { activation, activations } from '../../activations/index.js';
import type { Activation, Source } from '../../activations/model/activation.js';
import type { GivenParameters, ParameterValues } from '../../activations/model/parameters.js';
import { activationFunction } from '../../functions/activation-function.js';
import type { Target } from '../../kernels/target.js';
import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { hardSigmoid, kerasRelu, thresholdedRelu } from './definitions.js';
import { toCamelCase, toSnakeCase } from './spelling.js';

/** What a name stands for. */
export interface Meaning {
  readonly definition: Activation;
  readonly parameters: ParameterValues;
}

/** What the names of Keras's classes mean, in every spelling that they get when a model is saved and loaded. */
const CLASSES: { readonly [name: string]: Meaning } = Object.fromEntries(
  (
    [
      ['LeakyReLU', 'leakyRelu', { negativeSlope: 0.3 }],
      ['ReLU', kerasRelu, {}],
      ['PReLU', 'prelu', { weight: 0 }],
      ['ThresholdedReLU', thresholdedRelu, {}],
      ['hard_sigmoid', hardSigmoid, {}],
      ['HardSigmoid', hardSigmoid, {}],
      ['relu', kerasRelu, {}],
      ['gelu_approximate', 'gelu', { approximate: 'tanh' }],
    ] as const
  ).flatMap(([name, of, parameters]) => {
    const definition = (typeof of === 'string' ? activation(of).definition : of) as Activation;
    const snake = toSnakeCase(name);
    return [name, snake, toCamelCase(snake)].map((spelling) => [spelling, { definition, parameters }]);
  }),
);

/** Keras's own packages, before a '>': what others mean by a name, they alone know. */
const PACKAGE = /^keras_?(nlp|hub|cv)>/i;
const SOURCES: readonly (Source | undefined)[] = ['Keras', 'TensorFlow', undefined];
const known = new Map<string, Meaning>();

/**
 * What a name means here, in an operation as in a layer: what it means in TensorFlow.js and Keras if they have it (leaky_relu has
 * slope 0.2 there, the class LeakyReLU 0.3, hard_sigmoid is 0.2·x + 0.5), else what `activation` of `gelu` says.
 *
 * @throws GeluTypeError, GeluRangeError as that does.
 */
export function meaningOf(name: string): Meaning {
  if (typeof name !== 'string') throw new GeluTypeError('name', 'the name of an activation', describe(name));
  const plain = name.replace(PACKAGE, '');
  if (Object.hasOwn(CLASSES, plain)) return CLASSES[plain];
  const found = known.get(name) ?? lookUp(plain);
  known.set(name, found);
  return found;
}

function lookUp(name: string): Meaning {
  for (const source of SOURCES) {
    try {
      const { definition } = activation(name, {}, source);
      return { definition, parameters: presetOf(definition, name, source) };
    } catch (error) {
      if (source === undefined || !(error instanceof GeluRangeError)) throw error;
    }
  }
  throw new Error('unreachable');
}

/** What the name fixes: the parameters that are not the definition's defaults. */
function presetOf(definition: Activation, name: string, source: Source | undefined): ParameterValues {
  const entries = Object.entries(activation(name, {}, source).parameters);
  return Object.fromEntries(entries.filter(([key, value]) => value !== definition.parameters[key].default));
}

/** The function that a name means, with parameters over those that it stands for. */
export function namedTarget(name: string, parameters: GivenParameters = {}): Target {
  const meaning = meaningOf(name);
  return targetOf(meaning.definition, { ...meaning.parameters, ...parameters });
}

/** A definition with its parameters, as the back ends take it. */
export function targetOf(definition: Activation, parameters: GivenParameters): Target {
  return activationFunction(definition).resolve(parameters as object, []);
}

/** All names under which an activation may stand in a model: the registry's own and those of Keras, TensorFlow, Hugging Face. */
export function modelNames(): readonly string[] {
  const aliases = activations.flatMap(({ aliases }) =>
    aliases.filter(({ source }) => source !== 'JAX' && source !== 'ONNX').map(({ name }) => name),
  );
  const packaged = ['keras_nlp', 'keras_hub', 'keras_cv'].flatMap((place) =>
    ['gelu_approximate', 'quick_gelu'].map((name) => `${place}>${name}`),
  );
  return [...Object.keys(CLASSES), ...activations.map(({ name }) => name), ...aliases, ...packaged];
}
