import type { Bound } from '../../activations/model/activation.js';
import type { Program } from '../memory/program.js';
import { run } from '../memory/stage.js';
import type { Kernel } from '../target.js';
import { linesKernel } from './lines.js';
import { piecesProgram } from './pieces.js';

/** The kernel of a function of polynomials in pieces; undefined where the definition does as well. */
export function piecesKernel({ shape }: Bound, order: 0 | 1): Kernel<Float32Array> | undefined {
  if (shape.kind !== 'piecewise') return undefined;
  const program = piecesProgram(shape, order);
  return program?.module().module ? new PiecesKernel(program) : linesKernel(shape, order);
}

class PiecesKernel implements Kernel<Float32Array> {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  forward(x: Float32Array, out: Float32Array): void {
    run(this.#program, x, out);
  }

  backward(gradOutput: Float32Array, x: Float32Array, out: Float32Array): void {
    run(this.#program, x, out, gradOutput);
  }

  program(): Program {
    return this.#program;
  }
}
