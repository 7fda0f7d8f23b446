/** What a thread does with subnormal numbers. */
export type FloatingPointMode = 'gradual' | 'flush';

/**
 * What the thread that asks does now with subnormal numbers (float32 below 2⁻¹²⁶, float64 below 2⁻¹⁰²²): 'gradual', underflow as
 * IEEE 754 has it, or 'flush': inputs or results that are subnormal count as 0.
 *
 * JavaScript cannot set this, but native code in the process can (flush-to-zero, denormals-are-zero): ONNX Runtime does with
 * `session.set_denormal_as_zero`, for the thread that makes the first session, and threads that it starts inherit it. Then
 * `Number.MIN_VALUE > 0` is false. The functions of this library still have the results that they promise wherever parameters, inputs and
 * exact result are not subnormal, and their tables the same bits; what is subnormal is 0.
 *
 * @example
 * floatingPointMode(); // "gradual"
 */
export function floatingPointMode(): FloatingPointMode {
  // From memory, or a compiler, on another thread, would compute it: the least normal number, ½, the least subnormal one.
  const words = BigUint64Array.of(0x0010000000000000n, 0x3fe0000000000000n, 1n);
  const [least, half, subnormal] = new Float64Array(words.buffer);
  return least * half === 0 || subnormal * 2 ** 60 === 0 ? 'flush' : 'gradual';
}
