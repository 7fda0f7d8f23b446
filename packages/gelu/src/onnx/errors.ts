/** Bytes that are no ONNX model, or one that is damaged. `offset` is where in the file it shows. */
export class OnnxFormatError extends Error {
  override readonly name: string = 'OnnxFormatError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(`${message} (byte ${offset})`);
    this.offset = offset;
  }
}

/** A rewrite that the model does not allow. Nothing was changed. */
export class OnnxRewriteError extends Error {
  override readonly name: string = 'OnnxRewriteError';
}
