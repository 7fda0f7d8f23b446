import { requireOptions } from '../../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { type OnnxInput, requireInput } from '../read/input.js';
import { type Model, readModel } from '../read/model.js';
import { compared, type OutputDifference } from './compare.js';
import { type InputMetadata, type InputValues, indexLimits, randomInput, randomStream } from './random-inputs.js';

/** What is used of a session of ONNX Runtime. */
export interface RuntimeSession {
  readonly inputMetadata: readonly unknown[];
  run(feeds: never): Promise<Readonly<Record<string, unknown>>>;
  release(): Promise<void>;
}

/** What is used of the modules onnxruntime-node and onnxruntime-web. */
export interface OnnxRuntime {
  InferenceSession: { create(model: never, options?: never): Promise<RuntimeSession> };
  Tensor: new (type: never, data: never, dims: never) => unknown;
}

export interface VerifyOptions {
  /** The module onnxruntime-node or onnxruntime-web. */
  runtime: OnnxRuntime;
  /** Options of the sessions, such as `executionProviders`; default: the runtime's own. */
  session?: object | undefined;
  /** Lengths of dimensions that have a name: { sequence_length: 16 }. */
  dims?: Readonly<Record<string, number>> | undefined;
  /** Inputs to be used in place of random ones, as tensors of the runtime, by name. */
  inputs?: Readonly<Record<string, unknown>> | undefined;
  /** The first model, to read what indices go into, where it is given as a path. */
  structure?: OnnxInput | undefined;
  /** Decides the random inputs, a whole number; default 0. */
  seed?: number | undefined;
  /**
   * The largest difference that passes, as a part of the largest magnitude of an output; default: 1e-4, and 1e-2 where float16
   * is in the model.
   */
  tolerance?: number | undefined;
}

/** How far apart two models are. */
export interface OnnxVerification {
  /** Whether both were run and no output differs by more than `tolerance` allows. */
  passed: boolean;
  /** What prevented that, in a line. */
  reason?: string;
  tolerance: number;
  outputs: OutputDifference[];
}

const FLOAT16_TOLERANCE = 1e-2;
const TOLERANCE = 1e-4;

/**
 * Runs two models in ONNX Runtime on the same random inputs and compares their outputs. Floating-point inputs are standard normal, indices
 * within the table that they go into, masks 1; dimensions without a length get one by their names (2 for batches, 8 for
 * sequences).
 *
 * `before` and `after` are bytes, or paths where weights lie in files beside them; then `structure` tells what they need.
 *
 * @throws GeluTypeError, GeluRangeError for bad arguments; OnnxFormatError if the first is no ONNX model. What the runtime refuses is no error but the `reason`.
 *
 * @example
 * const { passed } = await verifyOnnx(model, rewriteOnnx(model, { to: 'accurate' }).bytes(), { runtime }); // onnxruntime-node
 * passed; // true
 */
export async function verifyOnnx(
  before: Uint8Array | string,
  after: Uint8Array | string,
  options: VerifyOptions,
): Promise<OnnxVerification> {
  requireModel('before', before);
  requireModel('after', after);
  const { runtime, session = {}, seed = 0, tolerance, structure = before } = checked(options);
  const model = typeof structure === 'string' ? undefined : readModel(requireInput(structure));
  const result: OnnxVerification = { passed: false, tolerance: tolerance ?? TOLERANCE, outputs: [] };
  const failed = (what: string, error: unknown): OnnxVerification => ({ ...result, reason: `${what}: ${line(error)}` });
  const load = (bytes: Uint8Array | string): Promise<RuntimeSession> =>
    runtime.InferenceSession.create(bytes as never, { logSeverityLevel: 4, ...session } as never);
  let outputs: Readonly<Record<string, unknown>>;
  let feeds: Record<string, unknown> = {};
  let first: RuntimeSession;
  try {
    first = await load(before);
  } catch (error) {
    return failed('the runtime refuses the original', error);
  }
  try {
    feeds = feedsFor(first, model, options, seed);
    outputs = await first.run(feeds as never);
  } catch (error) {
    return failed('the original does not run on such inputs', error);
  } finally {
    await first.release();
  }
  let second: RuntimeSession;
  try {
    second = await load(after);
  } catch (error) {
    return failed('the runtime refuses the result', error);
  }
  try {
    const others = await second.run(feeds as never);
    result.outputs = Object.entries(outputs).map(([name, output]) => compared(name, output, others[name]));
  } catch (error) {
    return failed('the result does not run', error);
  } finally {
    await second.release();
  }
  return judged(result, tolerance ?? (hasFloat16(model, result.outputs) ? FLOAT16_TOLERANCE : TOLERANCE));
}

function judged(result: OnnxVerification, tolerance: number): OnnxVerification {
  const worst = result.outputs.find(({ relative }) => !(relative <= tolerance));
  if (worst === undefined) return { ...result, tolerance, passed: true };
  const by = worst.relative.toPrecision(2);
  const reason = `'${worst.name}' differs by ${by} of its largest magnitude; ${tolerance} is allowed`;
  return { ...result, tolerance, reason };
}

function feedsFor(
  { inputMetadata }: RuntimeSession,
  model: Model | undefined,
  { runtime, dims = {}, inputs = {} }: VerifyOptions,
  seed: number,
): Record<string, unknown> {
  const limits = model === undefined ? new Map<string, number>() : indexLimits(model);
  const random = randomStream(seed);
  const feeds: Record<string, unknown> = {};
  for (const metadata of inputMetadata as readonly InputMetadata[]) {
    const { name, type } = metadata;
    const values: InputValues | undefined = Object.hasOwn(inputs, name)
      ? undefined
      : randomInput(metadata, dims, limits.get(name), random);
    if (values !== undefined)
      feeds[name] = new runtime.Tensor(values.type as never, values.data as never, values.dims as never);
    else if (Object.hasOwn(inputs, name)) feeds[name] = inputs[name];
    else throw new Error(`'${name}' is of type ${type ?? 'sequence'}: give it in 'inputs'`);
  }
  return feeds;
}

function hasFloat16(model: Model | undefined, outputs: readonly OutputDifference[]): boolean {
  if (outputs.some(({ dtype }) => dtype.endsWith('float16'))) return true;
  const tensors = [...(model?.graph.initializers.values() ?? [])];
  return tensors.some(({ tensor }) => tensor.dtype === 10 || tensor.dtype === 16);
}

function line(error: unknown): string {
  const [first] = String((error as Error | undefined)?.message ?? error).split('\n');
  return first.trim().replace(/\s+/g, ' ');
}

function requireModel(name: string, model: unknown): void {
  if (model instanceof Uint8Array || typeof model === 'string') return;
  throw new GeluTypeError(name, 'a Uint8Array or a path', describe(model));
}

function checked(options: VerifyOptions): VerifyOptions {
  requireOptions(options, ['runtime', 'session', 'dims', 'inputs', 'structure', 'seed', 'tolerance']);
  const { runtime, seed, tolerance, dims = {} } = options;
  if (typeof runtime?.InferenceSession?.create !== 'function' || typeof runtime.Tensor !== 'function')
    throw new GeluTypeError('runtime', 'the module onnxruntime-node or onnxruntime-web', describe(runtime));
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw new GeluRangeError('seed', 'a whole number', describe(seed));
  if (tolerance !== undefined && !(tolerance >= 0))
    throw new GeluRangeError('tolerance', 'a number, 0 or more', describe(tolerance));
  for (const [name, length] of Object.entries(dims))
    if (!Number.isSafeInteger(length) || length < 0)
      throw new GeluRangeError(`dims.${name}`, 'a whole number, 0 or more', describe(length));
  return options;
}
