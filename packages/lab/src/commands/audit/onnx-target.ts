import { readFileSync } from 'node:fs';
import { inspectOnnx } from 'gelu/onnx';
import { LabError } from '../../console/errors.js';
import { loadRuntime, modelImplementation } from '../../implementations/onnx.js';
import { withoutTraces } from '../../implementations/traces.js';
import type { Implementation } from '../../implementations/types.js';
import { withModel } from '../../onnx-models/model-file.js';

/** An ONNX model of one float32 input and one output, run in onnxruntime-node. Its form is that of the GELU in it. */
export async function onnxTarget(
  file: string,
  approximate: Implementation['approximate'] | undefined,
): Promise<Implementation> {
  const { gelus } = await withModel(file, inspectOnnx);
  const form = approximate ?? (gelus.length === 1 ? gelus[0].variant : undefined) ?? 'none';
  const runtime = await withoutTraces(() => loadRuntime('node'));
  try {
    const subject = await modelImplementation(runtime, 'node', readFileSync(file), form, form);
    return { ...subject, implementation: `${file} in ${subject.implementation}` };
  } catch (error) {
    throw new LabError(`${file} cannot be run: ${(error as Error).message.split('\n')[0]}`);
  }
}
