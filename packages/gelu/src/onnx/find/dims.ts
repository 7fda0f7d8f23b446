import type { Dim } from '../read/value.js';
import { constantTensor, type Scope, typeOf } from '../types/scope.js';

/** The dimensions of a value, as far as they are known. */
export function dimsOf(scope: Scope, name: string): readonly Dim[] | undefined {
  return typeOf(scope, name)?.dims ?? constantTensor(scope, name)?.dims;
}
