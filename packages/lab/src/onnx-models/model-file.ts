import { readdirSync, statSync } from 'node:fs';
import { type OnnxFile, OnnxFormatError, OnnxRewriteError, openOnnxFile } from 'gelu/onnx';
import { LabError } from '../console/errors.js';

/** Calls `use` with the model at `path`. What is wrong with the file becomes a LabError that names it. */
export async function withModel<T>(path: string, use: (file: OnnxFile) => T | Promise<T>): Promise<T> {
  let file: Awaited<ReturnType<typeof openOnnxFile>>;
  refuseDirectory(path);
  try {
    file = await openOnnxFile(path);
  } catch (error) {
    throw new LabError(`${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    return await use(file);
  } catch (error) {
    if (error instanceof OnnxFormatError || error instanceof OnnxRewriteError)
      throw new LabError(`${path}: ${error.message}`);
    // The disk's own errors.
    if (error instanceof Error && 'syscall' in error) throw new LabError(`${path} cannot be read: ${error.message}`);
    throw error;
  } finally {
    file.close();
  }
}

/** @throws LabError that names the models in a directory. */
function refuseDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const models = readdirSync(path).filter((name) => name.endsWith('.onnx'));
  const which = models.length > 0 ? `in it: ${models.slice(0, 10).join(', ')}` : 'with no .onnx file in it';
  throw new LabError(`${path} is a directory, ${which}`);
}
