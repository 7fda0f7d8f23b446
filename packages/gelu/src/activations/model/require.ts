import { describe, GeluTypeError } from '../../shared/errors.js';
import type { Activation, Bound } from './activation.js';

/** The definition, if it is one. @throws GeluTypeError else. */
export function requireDefinition<A extends Activation>(value: A): A {
  if (!isDefinition(value)) throw wrong(value);
  return value;
}

/** The definition, or one with its parameters, if it is that. @throws GeluTypeError else. */
export function requireActivation<A extends Activation | Bound>(value: A): A {
  try {
    const { definition, key, parameters } = value as Partial<Bound>;
    if (isDefinition(definition) && typeof key === 'string' && typeof parameters === 'object') return value;
  } catch {
    // nothing to be read
  }
  if (!isDefinition(value)) throw wrong(value);
  return value;
}

const wrong = (value: unknown): GeluTypeError =>
  new GeluTypeError('activation', 'an activation or the name of one', describe(value));

function isDefinition(value: unknown): boolean {
  try {
    const { name, layer, aliases, parameters, evaluator, shape } = value as Activation;
    const named = typeof name === 'string' && typeof layer === 'string' && Array.isArray(aliases);
    const made = typeof evaluator === 'function' && typeof shape === 'function';
    return named && made && parameters !== null && typeof parameters === 'object';
  } catch {
    return false; // no object, or a proxy that throws
  }
}
