import type { Activation } from '../activations/model/activation.js';
import type { MakeKernel } from '../kernels/family/kept.js';
import { type ActivationFunction, elementwise } from './elementwise.js';
import { type OptionsOf, resolver } from './resolver.js';

/** The functions of an activation; its parameters are their options. */
export type FunctionOf<A> = ActivationFunction<OptionsOf<A>>;

/** The functions of an activation from its definition, and from what makes the float32 kernels of its shape. */
/* @__NO_SIDE_EFFECTS__ */
export function functionOf<A extends Activation>(definition: A, make: MakeKernel): FunctionOf<A> {
  return elementwise(definition.name, resolver(definition, make));
}
