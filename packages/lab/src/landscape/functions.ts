import { activation, type Bound } from 'gelu';

type Given = readonly [name: string, parameters?: Readonly<Record<string, number | string>>];

/** A function of the landscape. */
export type FunctionName =
  | 'gelu'
  | 'gelu tanh'
  | 'gelu sigmoid'
  | 'silu'
  | 'mish'
  | 'softplus'
  | 'softsign'
  | 'squareplus'
  | 'sigmoid'
  | 'logsigmoid'
  | 'tanh'
  | 'tanhshrink'
  | 'exponential'
  | 'elu'
  | 'selu'
  | 'celu'
  | 'relu'
  | 'relu6'
  | 'reluSquared'
  | 'leakyRelu'
  | 'prelu'
  | 'hardtanh'
  | 'hardsigmoid'
  | 'hardswish'
  | 'hardshrink'
  | 'softshrink'
  | 'threshold'
  | 'sparsePlus'
  | 'sparseSigmoid';

/** What is looked for in every runtime: activations with the parameters that runtimes have in common. */
const FUNCTIONS: Readonly<Record<FunctionName, Given>> = {
  gelu: ['gelu'],
  'gelu tanh': ['gelu', { approximate: 'tanh' }],
  'gelu sigmoid': ['gelu', { approximate: 'sigmoid' }],
  silu: ['silu'],
  mish: ['mish'],
  softplus: ['softplus', { threshold: Infinity }],
  softsign: ['softsign'],
  squareplus: ['squareplus'],
  sigmoid: ['sigmoid'],
  logsigmoid: ['logsigmoid'],
  tanh: ['tanh'],
  tanhshrink: ['tanhshrink'],
  exponential: ['exponential'],
  elu: ['elu'],
  selu: ['selu'],
  celu: ['celu'],
  relu: ['relu'],
  relu6: ['relu6'],
  reluSquared: ['reluSquared'],
  leakyRelu: ['leakyRelu'],
  prelu: ['prelu'],
  hardtanh: ['hardtanh'],
  hardsigmoid: ['hardsigmoid'],
  hardswish: ['hardswish'],
  hardshrink: ['hardshrink'],
  softshrink: ['softshrink'],
  threshold: ['threshold'],
  sparsePlus: ['sparsePlus'],
  sparseSigmoid: ['sparseSigmoid'],
};

export const FUNCTION_NAMES: readonly FunctionName[] = Object.keys(FUNCTIONS) as FunctionName[];

/** Its definition here, with its parameters. */
export function boundOf(name: FunctionName): Bound {
  const [definition, parameters = {}] = FUNCTIONS[name];
  return activation(definition, parameters);
}
