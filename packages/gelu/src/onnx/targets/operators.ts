import { MICROSOFT } from '../find/reading.js';
import { GELU_OPSET } from '../opset/opset.js';
import { floatAttribute, stringAttribute } from '../write/emitter.js';
import type { OnnxTarget, Wanted } from './wanted.js';

/** An operator that is a whole activation. */
export interface Operator {
  op: string;
  domain: string;
  /** The version of its domain in which it came. */
  version: number;
  attributes: readonly Uint8Array[];
}

const SWISH_OPSET = 24;

/** The operator of a target that has one for an activation. */
export function operatorOf(
  target: OnnxTarget,
  wanted: Pick<Wanted, 'activation' | 'variant' | 'alpha'>,
): Operator | undefined {
  if (target === 'gelu' || target === 'standard') return standardOperator(wanted);
  return target === 'microsoft' ? microsoft(wanted) : undefined;
}

/** The operator that the standard has for an activation. */
function standardOperator({ activation, variant, alpha }: Pick<Wanted, 'activation' | 'variant' | 'alpha'>): Operator {
  const one = (op: string, version: number, attributes: Uint8Array[] = []): Operator => ({
    op,
    domain: '',
    version,
    attributes,
  });
  if (activation === 'hardswish') return one('HardSwish', 14);
  if (activation === 'mish') return one('Mish', 18);
  if (variant === 'sigmoid') return one('Swish', SWISH_OPSET, [floatAttribute('alpha', alpha)]);
  return one('Gelu', GELU_OPSET, variant === 'tanh' ? [stringAttribute('approximate', 'tanh')] : []);
}

function microsoft({ variant, alpha }: Pick<Wanted, 'variant' | 'alpha'>): Operator | undefined {
  if (variant === undefined) return undefined;
  const op = { none: 'Gelu', tanh: 'FastGelu', sigmoid: 'QuickGelu' }[variant];
  return {
    op,
    domain: MICROSOFT,
    version: 1,
    attributes: variant === 'sigmoid' ? [floatAttribute('alpha', alpha)] : [],
  };
}
