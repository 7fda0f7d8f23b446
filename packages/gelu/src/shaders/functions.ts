import type { Form } from '../activations/gelu/forms.js';
import { BUILT_IN } from '../activations/index.js';
import type { Bound } from '../activations/model/activation.js';
import { SELU } from '../activations/selu.js';
import { caluBody, softsignBody, squareplusBody } from './algebraic.js';
import type { Body } from './body.js';
import { exponentialBody, laluBody, logsigmoidBody, mishBody, sigmoidBody, softplusBody, tanhBody } from './family.js';
import { geluBody, swish } from './gates.js';
import { piecewiseBody } from './pieces.js';
import { secondBody } from './second.js';

type Order = 0 | 1;
type Numbers = { readonly [name: string]: number };

/** The activations that are not made of polynomials, by name. */
const BODIES: { readonly [name: string]: (p: Numbers, order: Order) => Body } = {
  silu: ({ beta }, order) => swish(beta, order),
  mish: (_, order) => mishBody(order),
  softplus: ({ beta, threshold }, order) => softplusBody(beta, threshold, order),
  squareplus: ({ b }, order) => squareplusBody(b, order),
  sigmoid: (_, order) => sigmoidBody(order),
  logsigmoid: (_, order) => logsigmoidBody(order),
  tanh: (_, order) => tanhBody(order),
  softsign: (_, order) => softsignBody(order),
  elu: ({ alpha }, order) => exponentialBody({ scale: 1, alpha, width: 1 }, order),
  selu: (_, order) => exponentialBody(SELU, order),
  celu: ({ alpha }, order) => exponentialBody({ scale: 1, alpha, width: alpha }, order),
  lalu: ({ location, scale }, order) => laluBody(location, scale, order),
  calu: ({ location, scale }, order) => caluBody(location, scale, order),
};

/**
 * The body of an activation (order 0) or its first or second derivative; undefined for those that users define, unless they
 * are made of polynomials.
 */
export function bodyOf(bound: Bound, order: 0 | 1 | 2): Body | undefined {
  const { definition, parameters, shape } = bound;
  if (shape.kind === 'piecewise') return piecewiseBody(shape, order);
  if (!BUILT_IN.has(definition)) return undefined;
  if (order === 2) return secondBody(bound);
  if (definition.name === 'gelu') return geluBody(parameters as unknown as Form, bound.evaluate(1, 0), order);
  return BODIES[definition.name]?.(parameters as Numbers, order);
}
