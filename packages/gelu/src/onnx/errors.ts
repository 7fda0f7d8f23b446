/**
 * Bytes that are no ONNX model, or one that is damaged. `offset` is where in the file it shows.
 *
 * @example
 * try {
 *   inspectOnnx(new Uint8Array([1, 2, 3]));
 * } catch (error) {
 *   error instanceof OnnxFormatError; // true
 * }
 */
export class OnnxFormatError extends Error {
  override readonly name: string = 'OnnxFormatError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(`${message} (byte ${offset})`);
    this.offset = offset;
  }
}

/**
 * A rewrite that the model does not allow. Nothing was changed.
 *
 * @example
 * new OnnxRewriteError('Gelu needs opset 20') instanceof Error; // true
 */
export class OnnxRewriteError extends Error {
  override readonly name: string = 'OnnxRewriteError';
}
