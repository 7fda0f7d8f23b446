import { BFLOAT16, encode, FLOAT16 } from '../../numerics/small-floats.js';
import type { Model } from '../read/model.js';
import { analyse } from '../types/analyse.js';
import { attributeOf } from '../types/scope.js';

/** An input of a session, as `inputMetadata` tells it. */
export interface InputMetadata {
  name: string;
  isTensor: boolean;
  type?: string;
  shape?: readonly (number | string)[];
}

/** Values for an input: what a Tensor is made of. */
export interface InputValues {
  type: string;
  data: ArrayBufferView | boolean[];
  dims: number[];
}

/** Lengths of dimensions that have a name, by parts of the name; others have 4. */
const LENGTHS: readonly (readonly [RegExp, number])[] = [
  [/past/i, 2],
  [/batch|^n$|^b$/i, 2],
  [/seq|length|token|time|frame|^[tsl]$/i, 8],
  [/channel|^c$/i, 3],
  [/height|width|^[hw]$/i, 32],
];

/** The length of a dimension: its own, a given one, that of the sum that its name is ('past + 1'), or one by its name. */
function dimLength(dim: number | string | undefined, given: Readonly<Record<string, number>>): number {
  if (typeof dim === 'number' && dim >= 0) return dim;
  const name = String(dim ?? '');
  if (Object.hasOwn(given, name)) return given[name];
  if (/^\d+$/.test(name)) return Number(name);
  const parts = name.split(/\s*\+\s*/);
  if (parts.length > 1) return parts.reduce((sum, part) => sum + dimLength(part, given), 0);
  return LENGTHS.find(([pattern]) => pattern.test(name))?.[1] ?? 4;
}

/** A stream of numbers in (0, 1) that a seed decides. */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32 + 2 ** -33;
  };
}

/**
 * Random values for an input: standard normal floating-point numbers; whole ones below `limit`, if they are indices, and else 1
 * (masks), their place (positions), or any (8 bits). Undefined for what is no tensor of numbers.
 */
export function randomInput(
  { name, type = 'float32', shape = [] }: InputMetadata,
  dims: Readonly<Record<string, number>>,
  limit: number | undefined,
  random: () => number,
): InputValues | undefined {
  const lengths = shape.map((dim) => dimLength(dim, dims));
  const size = lengths.reduce((product, length) => product * length, 1);
  const make = MAKERS[type];
  if (make === undefined) return undefined;
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const last = lengths.at(-1) ?? 1;
  const whole = (_: unknown, i: number): number => {
    if (/position/i.test(name)) return i % last;
    if (limit === undefined && type.endsWith('int8')) return Math.floor(random() * 256) - (type === 'int8' ? 128 : 0);
    return limit === undefined ? 1 : Math.floor(random() * limit);
  };
  const isFloat = /float/.test(type);
  return { type, data: make(Array.from({ length: size }, isFloat ? normal : whole)), dims: lengths };
}

type Maker = (values: number[]) => ArrayBufferView | boolean[];
const MAKERS: Readonly<Record<string, Maker>> = {
  float32: (v) => Float32Array.from(v),
  float64: (v) => Float64Array.from(v),
  float16: (v) => Uint16Array.from(v, (x) => encode(x, FLOAT16)),
  bfloat16: (v) => Uint16Array.from(v, (x) => encode(x, BFLOAT16)),
  int64: (v) => BigInt64Array.from(v, BigInt),
  uint64: (v) => BigUint64Array.from(v, BigInt),
  int32: (v) => Int32Array.from(v),
  uint32: (v) => Uint32Array.from(v),
  int16: (v) => Int16Array.from(v),
  uint16: (v) => Uint16Array.from(v),
  int8: (v) => Int8Array.from(v),
  uint8: (v) => Uint8Array.from(v),
  bool: (v) => Uint8Array.from(v, (x) => Number(x > 0)),
};

/** Operators that hand indices on. */
const HANDING = new Set(['Cast', 'Reshape', 'Identity', 'Unsqueeze', 'Squeeze', 'Flatten', 'Transpose']);

/** What indices that an input holds must be below: the length of what Gather takes from. */
export function indexLimits(model: Model): Map<string, number> {
  const limits = new Map<string, number>();
  const [scope] = analyse(model);
  for (const input of scope.graph.inputs) {
    const names = [input];
    for (const name of names) {
      for (const node of scope.consumers.get(name) ?? []) {
        if (HANDING.has(node.op) && node.inputs[0] === name && names.length < 64) names.push(...node.outputs);
        if (node.op !== 'Gather' || node.inputs[1] !== name) continue;
        const axis = attributeOf(scope, node, 'axis')?.integer ?? 0;
        const length = scope.type(node.inputs[0])?.dims?.at(axis);
        if (typeof length === 'number') limits.set(input, Math.min(limits.get(input) ?? length, length));
      }
    }
  }
  return limits;
}
