import { type Bound, bind } from '../activations/model/activation.js';
import { expm1 } from '../numerics/expm1.js';
import { floatBelow } from '../numerics/float32.js';
import { constant } from './constant.js';
import { np } from './peer.js';

type Unary = (x: np.Array) => np.Array;

/** Whether it is xIELU with `eps` below 0, as Hugging Face has it: it jumps at 0, which no row of a table does. */
export function hasGap({ definition, parameters }: Bound): boolean {
  return definition.name === 'xielu' && (parameters.eps as number) < 0;
}

/** Such a function: alphaN·(exp(eps) − 1 − x) + beta·x between eps and 0, elsewhere that with eps 0, which `make` makes. */
export function withGap({ definition, parameters }: Bound, make: (bound: Bound) => Unary): Unary {
  const { alphaN, beta, eps } = parameters as { readonly [name: string]: number };
  const outside = make(bind(definition, { ...parameters, eps: 0 }));
  const depth = expm1(eps, 0, true);
  const high = Math.fround(depth);
  const edge = floatBelow(eps);
  return (x) => {
    const line = np
      .array(high)
      .sub(x.ref)
      .add(depth - high)
      .mul(constant(alphaN, x))
      .add(x.ref.mul(constant(beta, x)));
    const above = x.ref.greater(0);
    const inside = x.ref.greater(edge);
    const y = outside(x);
    return np.where(above, y.ref, np.where(inside, line, y));
  };
}
