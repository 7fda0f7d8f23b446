import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as library from '../src/index.js';
import { GeluRangeError, GeluStateError, GeluTypeError } from '../src/index.js';
import * as numerics from '../src/numerics.js';
import { inspectOnnx, OnnxFormatError, OnnxRewriteError, rewriteOnnx } from '../src/onnx/index.js';
import { argument, contents, memory } from './support/odd.js';

// All functions that `gelu`, `gelu/numerics` and `gelu/onnx` export, on odd inputs: a result, or an error of the library, and nothing written before an error. Seeded;
// GELU_FUZZ_CALLS calls, 10,000 if it is not set.
const CALLS = Number(process.env.GELU_FUZZ_CALLS ?? 10_000);

/** Functions by name: what is exported, and the members of functions. Classes are made, and their objects called. */
const exported = { ...library, ...numerics, inspectOnnx, rewriteOnnx };
const functions = Object.entries(exported as unknown as { [name: string]: unknown }).flatMap(([name, value]) => {
  if (typeof value !== 'function' || /Error$/.test(name)) return [];
  // `resolve` is what back ends call.
  const members = Object.entries(value).filter(([key, member]) => typeof member === 'function' && key !== 'resolve');
  return [[name, value] as const, ...members.map(([member, f]) => [`${name}.${member}`, f] as const)];
}) as (readonly [string, (...args: unknown[]) => unknown])[];

function call(f: (...args: unknown[]) => unknown, args: unknown[]): void {
  if (!/^class\b/.test(Function.prototype.toString.call(f))) {
    f(...args);
    return;
  }
  const [made, ...rest] = args;
  const layer = new (f as unknown as new (options: unknown) => Record<string, (...args: unknown[]) => unknown>)(made);
  layer.forward(...rest);
  layer.backward(...rest);
}

test(`${CALLS} calls of ${functions.length} functions: no other errors than the library's, nothing written before one`, () => {
  fc.assert(
    fc.property(fc.nat(functions.length - 1), fc.array(argument, { maxLength: 4 }), (which, makers) => {
      const [name, f] = functions[which];
      const args = makers.map((make) => make());
      memory.fill(7);
      const before = contents(args);
      try {
        call(f, args);
      } catch (error) {
        const ours =
          error instanceof GeluTypeError ||
          error instanceof GeluRangeError ||
          error instanceof GeluStateError ||
          error instanceof OnnxFormatError ||
          error instanceof OnnxRewriteError;
        if (!ours) throw new Error(`${name}: ${error}`, { cause: error });
        // A layer's forward may have written before its backward is refused.
        if (!/^[A-Z]/.test(name)) expect(contents(args)).toEqual(before);
      }
    }),
    { seed: 12, numRuns: CALLS },
  );
});
