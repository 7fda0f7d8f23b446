import { fastModule } from '../wasm/fast-module.js';

// (func (export "f") (param f32 f32 f32) (result f32) …): relaxed_madd of the three, splat to vectors.
const MODULE =
  '0061736d0100000001080160037d7d7d017d0302010007050101660000' +
  '0a16011400' +
  '2000fd13' +
  '2001fd13' +
  '2002fd13' +
  'fd8502' +
  'fd1f000b';

let found: boolean | undefined;

/**
 * Whether the fast kernels in WebAssembly form products and sums at once here: engines with relaxed SIMD on processors with
 * such an instruction do. Native kernels do as they do, so that an element's bits do not depend on which of them works.
 */
export function fuses(): boolean {
  found ??= fastModule().module !== undefined && probe();
  return found;
}

function probe(): boolean {
  try {
    const bytes = Uint8Array.from(MODULE.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as {
      f(a: number, b: number, c: number): number;
    };
    return f(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)) !== 0;
  } catch {
    return false; // no relaxed SIMD
  }
}
