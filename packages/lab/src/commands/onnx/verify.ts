import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  inspectOnnx,
  type OnnxFile,
  type OnnxRewrite,
  type OnnxVerification,
  type OutputDifference,
  verifyOnnx,
} from 'gelu/onnx';
import { LabError } from '../../console/errors.js';
import { namedNumbersOption, numberOption } from '../../console/options.js';
import { withoutTraces } from '../../implementations/traces.js';
import { writeWhole } from '../../run/write.js';

interface Options {
  dims: Record<string, number>;
  tolerance: number | undefined;
}

/** What --dims and --tolerance say. Where another function was asked for, any difference passes. */
export function verifyOptions(dims: string | undefined, tolerance: string | undefined, other: boolean): Options {
  return {
    dims: dims === undefined ? {} : namedNumbersOption('dims', dims, 0, 2 ** 20, true),
    tolerance:
      tolerance === undefined ? (other ? Infinity : undefined) : numberOption('tolerance', tolerance, 0, 1e9, false),
  };
}

/**
 * Runs the model and what was made of it, as files: weights may lie beside them.
 * @throws LabError if they differ by more than is allowed, or cannot be run.
 */
export async function verifyFiles(
  model: string,
  file: OnnxFile,
  rewrite: Pick<OnnxRewrite, 'chunks'>,
  { dims, tolerance }: Options,
): Promise<OnnxVerification> {
  const runtime = await withoutTraces(() => import('onnxruntime-node'));
  const external = inspectOnnx(file).external.length > 0;
  const folder = external ? dirname(model) : mkdtempSync(join(tmpdir(), 'gelu-verify-'));
  const result = join(folder, external ? `.${basename(model)}.${process.pid}.verify` : 'result.onnx');
  try {
    writeWhole(result, rewrite.chunks({ reuse: true }));
    const verified = await verifyOnnx(model, result, { runtime, dims, tolerance, structure: file });
    if (!verified.passed) throw new LabError(`${model}: not verified, and so not written: ${verified.reason}`);
    return verified;
  } finally {
    rmSync(external ? result : folder, { recursive: true, force: true });
  }
}

/** A line on an output. */
export function differenceText({ name, absolute, relative, elements }: OutputDifference): string {
  const digits = (value: number): string => value.toPrecision(2);
  return absolute === 0
    ? `✔ verified: '${name}' is the same in ${elements} elements`
    : `✔ verified: '${name}' differs by at most ${digits(absolute)}, ${digits(relative)} of its largest magnitude`;
}
