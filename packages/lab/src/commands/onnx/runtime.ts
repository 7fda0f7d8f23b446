import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectOnnx, type OnnxReport } from 'gelu/onnx';
import { withoutTraces } from '../../implementations/traces.js';
import { withModel } from '../../onnx-models/model-file.js';

/** Why ONNX Runtime does not load a model, in a line. */
export class Refusal {
  readonly why: string;
  constructor(error: unknown) {
    const [line] = String((error as Error)?.message ?? error).split('\n');
    this.why = line.trim().replace(/\s+/g, ' ');
  }
}

/**
 * What the optimizer of onnxruntime-node makes of the model in a file (or bytes): what is in the model that it runs. A
 * Refusal if it does not load it.
 */
export async function optimized(model: string | Uint8Array): Promise<OnnxReport | Refusal> {
  const { InferenceSession } = await withoutTraces(() => import('onnxruntime-node'));
  const folder = mkdtempSync(join(tmpdir(), 'gelu-onnx-'));
  const path = join(folder, 'optimized.onnx');
  try {
    const session = await InferenceSession.create(model as string, {
      optimizedModelFilePath: path,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
    });
    await session.release();
  } catch (error) {
    rmSync(folder, { recursive: true });
    return new Refusal(error);
  }
  try {
    return await withModel(path, inspectOnnx);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * How each GELU of a model is written after the optimizer; undefined where it is not found. Values that fed an operator
 * which was removed have new names: then the order counts, if no GELU is lost.
 */
export function writtenAs(before: OnnxReport, after: OnnxReport | Refusal): (string | undefined)[] {
  if (after instanceof Refusal) return before.gelus.map(() => undefined);
  const sameCount = before.gelus.length === after.gelus.length;
  return before.gelus.map(({ output }, i) => {
    const same = after.gelus.find((gelu) => gelu.output === output) ?? (sameCount ? after.gelus[i] : undefined);
    return same?.written;
  });
}
