import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import type { Form } from '../activations/gelu/forms.js';
import { BUILT_IN } from '../activations/index.js';
import { type Bound, bind } from '../activations/model/activation.js';
import type { Shape } from '../activations/model/shape.js';
import { SELU } from '../activations/selu.js';
import { floatBelow } from '../numerics/float32.js';
import { caluBody, softsignBody, squareplusBody } from './algebraic.js';
import type { Body } from './body.js';
import { exponentialBody, laluBody, logsigmoidBody, mishBody, sigmoidBody, softplusBody, tanhBody } from './family.js';
import { geluBody, swish } from './gates.js';
import {
  expBody,
  growingCelu,
  laplaceBody,
  mirrored,
  sparsePlusBody,
  tanhshrinkBody,
  wrapped,
  xieluBody,
} from './more.js';
import { piecewiseBody } from './pieces.js';
import { tooExtreme } from './range.js';
import { secondBody } from './second.js';
import { segmentsBody } from './segments-body.js';

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

/** Those whose second derivative stands beside them. */
const WITH_SECOND: { readonly [name: string]: (p: Numbers, order: 0 | 1 | 2, shape: Shape) => Body } = {
  exponential: () => expBody,
  laplace: ({ mu, sigma }, order) => laplaceBody(mu, sigma, order),
  sparsePlus: (_, order) => sparsePlusBody(order),
  tanhshrink: (_, order) => tanhshrinkBody(order),
  xielu: (p, order, shape) => xieluBody(p, order, 'zeros' in shape ? shape.zeros[0].find((x) => x < 0) : undefined),
};

/** GELU's body, and the clamp's: beyond the kinks the derivatives are 0. */
function clippedBody({ shape, parameters }: Bound, order: 0 | 1 | 2): Body | undefined {
  const gelu = bodyOf(bind(geluDefinition), order);
  const breaks = 'breaks' in shape ? (shape.breaks as readonly number[]) : [];
  const { minVal, maxVal } = parameters as Numbers;
  return (
    gelu &&
    wrapped(gelu, (y, constant) => {
      if (order === 0) return `clamp(${y}, ${constant(minVal)}, ${constant(maxVal)})`;
      const [left, right, top] = breaks.length === 1 ? [Infinity, Infinity, breaks[0]] : breaks;
      const valley =
        left === Infinity ? '' : ` || (x > ${constant(floatBelow(left))} && x <= ${constant(floatBelow(right))})`;
      return `select(${y}, 0.0, x > ${constant(floatBelow(top))}${valley})`;
    })
  );
}

/**
 * The body of an activation (order 0) or its first or second derivative: as written for it, else of polynomials that are fitted to
 * its definition. Undefined where too many of these would be needed, or where parameters are too extreme for float32.
 */
export function bodyOf(bound: Bound, order: 0 | 1 | 2): Body | undefined {
  const { definition, shape } = bound;
  if (tooExtreme(bound)) return undefined;
  if (shape.kind === 'piecewise') return piecewiseBody(shape, order);
  return (BUILT_IN.has(definition) && written(bound, order)) || segmentsBody(bound, order);
}

function written(bound: Bound, order: 0 | 1 | 2): Body | undefined {
  const { definition, parameters, shape } = bound;
  const p = parameters as Numbers;
  // −f(−x), f with the opposite beta.
  if ((definition.name === 'silu' || definition.name === 'softplus') && p.beta < 0) {
    const body = bodyOf(bind(definition, { ...parameters, beta: -p.beta }), order);
    return body && mirrored(body, order);
  }
  if (definition.name === 'celu' && p.alpha < 0) return growingCelu(p.alpha, order);
  if (definition.name === 'clippedGelu') return clippedBody(bound, order);
  if (definition.name in WITH_SECOND) return WITH_SECOND[definition.name](p, order, shape);
  if (order === 2) return secondBody(bound);
  if (definition.name === 'gelu') return geluBody(parameters as unknown as Form, bound.evaluate(1, 0), order);
  return BODIES[definition.name]?.(p, order);
}
