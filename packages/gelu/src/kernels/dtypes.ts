import type { SmallFloat } from '../numerics/small-floats.js';
import { BFLOAT16, FLOAT16 } from '../numerics/small-floats.js';

/** What `Float16Array` has in common with the other typed arrays; engines and TypeScript's libraries may lack it. */
export interface Float16ArrayLike {
  readonly [Symbol.toStringTag]: 'Float16Array';
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly length: number;
  [index: number]: number;
}

/** The typed arrays that the functions take, and return in kind. */
export type TensorData = Float64Array | Float32Array | Float16ArrayLike | Uint16Array | Int8Array | Uint8Array;

/** The types of number that those arrays hold. */
export type DType = 'float64' | 'float32' | 'float16' | 'bfloat16' | 'int8' | 'uint8';

/** The formats of 16 bits by name. */
export const SMALL_FLOATS: { readonly [name in 'float16' | 'bfloat16']: SmallFloat } & {
  readonly [name in DType]?: SmallFloat;
} = {
  float16: FLOAT16,
  bfloat16: BFLOAT16,
};

/** What all typed arrays inherit from: its getters tell the truth of arrays of any class and realm. */
const TYPED: object = /* @__PURE__ */ Object.getPrototypeOf(Int8Array.prototype);
const tagOf = /* @__PURE__ */ (() =>
  Object.getOwnPropertyDescriptor(TYPED, Symbol.toStringTag)?.get as (this: unknown) => string | undefined)();

/** `value`'s class, if it is a typed array that the functions take (of whatever realm), else undefined. */
export function arrayClass(value: unknown): string | undefined {
  const tag = tagOf.call(value);
  return tag !== undefined && tag in DTYPES ? tag : undefined;
}

/** The array itself, or, if it is of a class of the user's or of another realm, one of the language's own on its memory. */
export function plain<T extends TensorData>(array: T): T {
  const own = (globalThis as unknown as { [name: string]: Float32ArrayConstructor })[tagOf.call(array) as string];
  if (Object.getPrototypeOf(array) === own.prototype) return array;
  const get = (name: string) => Reflect.get(TYPED, name, array);
  return new own(get('buffer'), get('byteOffset'), get('length')) as TensorData as T;
}

/** The types that each class of array may hold: where there are several, the caller says which. */
export const DTYPES: { readonly [className: string]: readonly DType[] } = {
  Float64Array: ['float64'],
  Float32Array: ['float32'],
  Float16Array: ['float16'],
  Uint16Array: ['float16', 'bfloat16'],
  Int8Array: ['int8'],
  Uint8Array: ['uint8'],
};

/** The bits of an array of 16-bit numbers, on the same memory. */
export function bitsOf(array: TensorData): Uint16Array {
  return array instanceof Uint16Array ? array : new Uint16Array(array.buffer, array.byteOffset, array.length);
}
