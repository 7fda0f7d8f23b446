import type { Activation } from '../activations/model/activation.js';
import { type ActivationFunction, elementwise } from './elementwise.js';
import { type OptionsOf, resolver } from './resolver.js';

/** The functions of an activation; its parameters are their options. */
export type FunctionOf<A> = ActivationFunction<OptionsOf<A>>;

/** The functions of an activation from its definition. */
/* @__NO_SIDE_EFFECTS__ */
export function functionOf<A extends Activation>(definition: A): FunctionOf<A> {
  return elementwise(definition.name, resolver(definition));
}
