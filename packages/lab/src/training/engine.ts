import { init } from '@jax-js/jax';
import { LabError } from '../console/errors.js';

/** By this module jax-js finds out whether the engine has relaxed SIMD: one function, `f32x4.relaxed_madd` of its arguments. */
export const RELAXED: string = '0061736d0100000001080160037b7b7b017b030201000a0d010b00200020012002fd85020b';

/**
 * Starts the engine. Where there is relaxed SIMD jax-js would multiply and add in one, or not, as the processor and the engine have
 * it: other bits on other machines. It is kept from that, so that the same seed trains the same network everywhere.
 * @throws LabError if it does not start.
 */
export async function startEngine(): Promise<void> {
  hideRelaxed();
  if (!(await init('wasm')).includes('wasm')) throw new LabError('jax-js: its WebAssembly back end does not start');
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
let hidden = false;

function hideRelaxed(): void {
  if (hidden) return;
  hidden = true;
  const { validate } = WebAssembly;
  WebAssembly.validate = (source) =>
    validate(source) &&
    !(source instanceof Uint8Array && source.length === RELAXED.length / 2 && hex(source) === RELAXED);
}
