import { gelu } from '../activations/gelu/definition.js';
import { type Bound, bind } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import type { Target } from '../kernels/target.js';
import { renderFunction } from '../shaders/render.js';
import { recent } from '../shared/cache.js';

/** A function `activation(x)` as a shader's text, and the numbers that its text leaves open: parameters are uniforms. */
export interface Shader {
  readonly text: string;
  /** Equal numbers, equal texts. */
  readonly id: number;
  readonly constants: readonly number[];
}

/** The name of the uniforms, in WGSL with their number. */
export const UNIFORM = 'geluConstants';

const CONSTANT = {
  glsl: (i: number): string => `${UNIFORM}[${i}]`,
  wgsl: (i: number): string => `uniforms.${UNIFORM}${i >> 2}.${'xyzw'[i & 3]}`,
} as const;

const shaders = recent<{ readonly shader: Shader | undefined }>(64);
const ids = new Map<string, number>();

/** The function, or a derivative of it, in a shader language; undefined where there is none. */
export function shader({ key, source }: Target, order: Order, language: 'wgsl' | 'glsl'): Shader | undefined {
  const made = shaders(`${language} ${order} ${key}`, () => {
    const bound = 'definition' in source ? source : bind(gelu, { ...source });
    const constants: number[] = [];
    const constant = (value: number): string => {
      // A new one for each place, also of equal numbers: the text is to depend on nothing but the activation.
      const near = Math.fround(Math.min(Math.max(value, -LARGEST), LARGEST));
      return CONSTANT[language](constants.push(near) - 1);
    };
    const text = renderFunction(bound as Bound, order, { language, name: 'activation', constant });
    return { shader: text === undefined ? undefined : { text, id: idOf(text), constants } };
  });
  return made.shader;
}

const LARGEST = 3.4028234663852886e38;

function idOf(text: string): number {
  const id = ids.get(text) ?? ids.size;
  ids.set(text, id);
  return id;
}
