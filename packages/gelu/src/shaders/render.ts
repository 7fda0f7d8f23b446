import type { Bound } from '../activations/model/activation.js';
import { type Constant, NEGATIVE_ZERO } from './body.js';
import { bodyOf } from './functions.js';
import { toGlsl } from './glsl.js';
import { HELPERS } from './helpers.js';
import { literal } from './polynomial.js';

/** How a function's text is wanted. */
export interface RenderOptions {
  /** Default 'wgsl'; 'glsl' is GLSL ES 3.00 with highp floats and ints. */
  readonly language?: 'wgsl' | 'glsl';
  /** The name of the function. Default 'activation', or 'derivative' for order 1. */
  readonly name?: string;
  /** How the numbers that depend on parameters are written. Default: as literals. */
  readonly constant?: Constant;
}

/**
 * The text of `fn name(x: f32) -> f32`, an activation (order 0) or a derivative (order 1 or 2), with the helpers that it calls.
 * It reads nothing but its argument, works for every x, infinities and NaN included, and is 0 or within the bounds that
 * the README states. Undefined where `bodyOf` is.
 */
export function renderFunction(bound: Bound, order: 0 | 1 | 2, options: RenderOptions = {}): string | undefined {
  const { language = 'wgsl', name = order === 0 ? 'activation' : 'derivative', constant = literal } = options;
  const body = bodyOf(bound, order);
  if (body === undefined) return undefined;
  const end = (x: number): string => {
    const limit = bound.evaluate(order, x);
    if (Object.is(limit, -0)) return NEGATIVE_ZERO[x < 0 ? 'below' : 'above'];
    return Number.isFinite(limit) ? constant(limit) : limit === x ? 'x' : '-x';
  };
  const finite = `fn ${name}_finite(x: f32) -> f32 {${body(constant)}\n}`;
  // Compilers may assume that there are neither infinities nor NaN: they are told by their bits, and not computed with.
  const whole = `
fn ${name}(x: f32) -> f32 {
  let magnitude: u32 = bitcast<u32>(x) & 0x7fffffffu;
  let y: f32 = select(${name}_finite(x), select(${end(Infinity)}, ${end(-Infinity)}, bitcast<u32>(x) > 0x7fffffffu), magnitude == 0x7f800000u);
  return select(y, x, magnitude > 0x7f800000u);
}`;
  const text = withHelpers(`${finite}${whole}`);
  return language === 'glsl' ? toGlsl(text) : text;
}

/** `text` after the helpers that it, or they, call. */
function withHelpers(text: string): string {
  return HELPERS.reduceRight(
    (joined, { name, text: helper }) => (joined.includes(`${name}(`) ? `${helper.trim()}\n${joined}` : joined),
    text,
  );
}
