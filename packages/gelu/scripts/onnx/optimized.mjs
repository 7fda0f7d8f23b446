import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { requireInput } from '../../dist/onnx/read/input.js';
import { readModel } from '../../dist/onnx/read/model.js';

/**
 * The operators of the graph that ONNX Runtime's optimizer leaves of a model, in their order; undefined where it refuses it.
 * Identity is left out.
 *
 * @param {Uint8Array} model
 * @returns {Promise<string[] | undefined>}
 */
export async function optimizedOperators(model) {
  const folder = mkdtempSync(join(tmpdir(), 'gelu-optimized-'));
  const optimizedModelFilePath = join(folder, 'model.onnx');
  try {
    const options = { optimizedModelFilePath, graphOptimizationLevel: 'all', logSeverityLevel: 4 };
    await (await InferenceSession.create(model, options)).release();
    const { graph } = readModel(requireInput(new Uint8Array(readFileSync(optimizedModelFilePath))));
    return graph.nodes
      .filter(({ op }) => op !== 'Identity' && op !== 'Constant')
      .map(({ op, domain }) => (domain === '' ? op : `${domain}.${op}`));
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
