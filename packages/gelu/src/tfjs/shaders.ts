import { gelu } from '../activations/gelu/definition.js';
import { type Bound, bind } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import type { Target } from '../kernels/target.js';
import { renderFunction } from '../shaders/render.js';
import { recent } from '../shared/cache.js';

/** A function `activation(x)` as a shader's text. */
export interface Shader {
  readonly key: string;
  /** Undefined where there is none. */
  readonly text: string | undefined;
}

const texts = recent<Shader>(64);

/** The function, or a derivative of it, in a shader language. */
export function shader({ key, source }: Target, order: Order, language: 'wgsl' | 'glsl'): Shader {
  return texts(`${language} ${order} ${key}`, () => {
    const bound = 'definition' in source ? source : bind(gelu, { ...source });
    return {
      key: `gelu ${order} ${key}`,
      text: renderFunction(bound as Bound, order, { language, name: 'activation' }),
    };
  });
}
