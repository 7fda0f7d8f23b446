import { APPROXIMATE, type Approximate } from '../activations/gelu/approximate.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import type { Bytes } from '../shared/globals.js';
import { attempt, type Choice, type Kept } from './attempt.js';
import { type ActivationChoice, CHOICES, choose, isChosen } from './choose.js';
import { type Found, findAll } from './find/find.js';
import { describeActivation, type OnnxActivation, type OnnxGelu } from './inspect.js';
import type { Node } from './read/graph.js';
import { type OnnxInput, requireInput } from './read/input.js';
import { readModel } from './read/model.js';
import { type OnnxVerification, type VerifyOptions, verifyOnnx } from './runtime/verify.js';
import { type OnnxTarget, TARGETS } from './targets/wanted.js';
import type { Piece } from './write/edit.js';

/** What to rewrite, and to what. */
export interface RewriteOptions<A extends OnnxActivation = OnnxGelu> {
  to: OnnxTarget;
  /** The form of GELU that shall be computed; default: the one that is. */
  variant?: Approximate | undefined;
  /**
   * Which activations, by their names in the registry, or 'geglu', 'swiglu' for those that gate such a unit; default: 'gelu'.
   */
  activation?: ActivationChoice | undefined;
  /** Which of them; default: all. */
  filter?: ((gelu: A) => boolean) | undefined;
}

/** A rewritten model. Nothing of the old one was loaded but its structure; `chunks` and `bytes` read the rest. */
export interface OnnxRewrite<A extends OnnxActivation = OnnxGelu> {
  /** The new file, as new bytes and parts of the old file. */
  pieces: Piece[];
  /** In bytes. */
  size: number;
  /** The new file, a MiB at a time. With `reuse` each part is gone when the next is asked for: nothing but one part is in memory. */
  chunks(options?: { reuse?: boolean }): Iterable<Uint8Array>;
  /**
   * The new file, part by part, each read while the one before is written: about as fast as copying the file. A part is good until the
   * next is asked for.
   */
  stream(): AsyncIterable<Uint8Array>;
  /** The new file, whole. */
  bytes(): Bytes;
  /**
   * Runs the old and the new file in an ONNX Runtime that is given and compares their outputs: see `verifyOnnx`, which also takes
   * models with weights in other files.
   */
  verify(options: VerifyOptions): Promise<OnnxVerification>;
  /** What was rewritten, as it was. */
  rewritten: A[];
  /** What was left as it is, and why. */
  kept: { gelu: A; reason: string }[];
  /** The version of an operator set that had to be raised or added (from 0). */
  opset: { domain: string; from: number; to: number } | undefined;
}

/**
 * Rewrites the GELUs of an ONNX model. All else stays byte for byte, weights and external data where they are. Nodes,
 * constants and shape notes that only the old form used go with it. The new file is read and checked before it is handed out: what would
 * have another dtype, an operator that its opset lacks or a name twice is kept as it was, with the reason.
 *
 * - 'gelu': the standard operator of opset 20. A lower version is raised, from 7 on, and nodes whose operators changed in between are
 *   converted to what they mean now.
 * - 'microsoft': ONNX Runtime's com.microsoft.Gelu, FastGelu or QuickGelu.
 * - 'accurate': standard operators (opset 9) with a relative error of a few float32 ULP everywhere, the tail included; in
 *   ONNX Runtime at most 8 ULP. float16 and bfloat16 are computed in float32.
 * - 'decomposed': the usual formula in standard operators.
 *
 * Where the opset cannot be raised as far as some activations need, those are kept and the others rewritten.
 *
 * @throws GeluTypeError, GeluRangeError for bad arguments.
 * @throws OnnxFormatError if `model` is no ONNX model or damaged.
 * @throws OnnxRewriteError if nothing can be rewritten since the opset cannot be raised; it names the nodes that cannot follow.
 *
 * @example
 * const { rewritten, kept, bytes } = rewriteOnnx(model, { to: 'gelu' });
 * rewritten.length; // 1
 * inspectOnnx(bytes()).gelus[0].written; // "Gelu"
 */
export function rewriteOnnx(
  model: OnnxInput,
  options: RewriteOptions & { activation?: 'gelu' | 'geglu' | undefined },
): OnnxRewrite;
export function rewriteOnnx(model: OnnxInput, options: RewriteOptions<OnnxActivation>): OnnxRewrite<OnnxActivation>;
export function rewriteOnnx(
  model: OnnxInput,
  options: RewriteOptions | RewriteOptions<OnnxActivation>,
): OnnxRewrite | OnnxRewrite<OnnxActivation> {
  const file = requireInput(model);
  const { to, variant, filter, activation = 'gelu' } = checked(options as RewriteOptions<OnnxActivation>);
  const read = readModel(file);
  const kept: Kept[] = [];
  const candidates: Choice[] = [];
  for (const places of byPlace(findAll(read).found.filter((found) => isChosen(found, activation)))) {
    const wanted = places.some((found) => filter?.(describeActivation(found)) === false)
      ? 'not chosen'
      : choose(places, to, variant);
    if (typeof wanted === 'string') kept.push({ places, reason: wanted });
    else candidates.push({ places, found: places[0], wanted });
  }
  const { chosen, output, change } = attempt({ file, model: read, to }, candidates, kept);
  return {
    rewritten: chosen.flatMap(({ places }) => places.map(describeActivation)),
    kept: kept.flatMap(({ places, reason }) => places.map((found) => ({ gelu: describeActivation(found), reason }))),
    pieces: output.pieces,
    size: output.size,
    chunks: (options) => output.chunks(options),
    stream: () => output.stream(),
    bytes: () => output.bytes(),
    verify: (options) => verifyOnnx(file.read(0, file.size), output.bytes(), options),
    opset: change,
  };
}

function checked(options: RewriteOptions<OnnxActivation>): RewriteOptions<OnnxActivation> {
  requireOptions(options, ['to', 'variant', 'filter', 'activation']);
  const { to, variant, filter, activation } = options;
  const oneOf = (names: readonly string[]): string => `one of ${names.map((name) => `'${name}'`).join(', ')}`;
  if (!TARGETS.includes(to)) throw new GeluRangeError('to', oneOf(TARGETS), describe(to));
  if (variant !== undefined && !APPROXIMATE.includes(variant))
    throw new GeluRangeError('variant', oneOf(APPROXIMATE), describe(variant));
  if (activation !== undefined && !CHOICES.includes(activation))
    throw new GeluRangeError('activation', oneOf(CHOICES), describe(activation));
  if (filter !== undefined && typeof filter !== 'function')
    throw new GeluTypeError('filter', 'a function', describe(filter));
  return options;
}

/** What was found at one place: in a function once for each kind of call. */
function byPlace(all: readonly Found[]): Found[][] {
  const places = new Map<string, Map<Node, Found[]>>();
  for (const found of all) {
    const last = found.nodes[found.nodes.length - 1];
    const named = places.get(found.y) ?? new Map<Node, Found[]>();
    places.set(found.y, named);
    const here = named.get(last);
    if (here) here.push(found);
    else named.set(last, [found]);
  }
  return [...places.values()].flatMap((named) => [...named.values()]);
}
