import { type OnnxFile, OnnxFormatError, OnnxRewriteError, openOnnxFile } from 'gelu/onnx';
import { LabError } from '../console/errors.js';

/** Calls `use` with the model at `path`. What is wrong with the file becomes a LabError that names it. */
export async function withModel<T>(path: string, use: (file: OnnxFile) => T | Promise<T>): Promise<T> {
  let file: Awaited<ReturnType<typeof openOnnxFile>>;
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
    throw error;
  } finally {
    file.close();
  }
}
