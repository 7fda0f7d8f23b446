import { APPROXIMATE, type Approximate } from '../activations/gelu/approximate.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { type Found, findAll } from './find/find.js';
import { describeGelu, type OnnxGelu } from './inspect.js';
import { type Graph, type Node, withInner } from './read/graph.js';
import { type OnnxInput, requireInput } from './read/input.js';
import { type Model, readModel } from './read/model.js';
import { emit, imports, type OnnxTarget, obstacle, TARGETS, type Wanted } from './targets/targets.js';
import { analyse } from './types/analyse.js';
import { typeOf } from './types/scope.js';
import { applyEdits, type Edit, type Piece } from './write/edit.js';
import { Emitter, integerAttribute } from './write/emitter.js';
import { importEdits } from './write/imports.js';
import { RewrittenFile } from './write/output.js';
import { removals } from './write/remove.js';

/** What to rewrite, and to what. */
export interface RewriteOptions {
  to: OnnxTarget;
  /** The function that shall be computed; default: the one that is. */
  variant?: Approximate | undefined;
  /** Which GELUs; default: all. */
  filter?: ((gelu: OnnxGelu) => boolean) | undefined;
}

/** A rewritten model. Nothing of the old one was loaded but its structure; `chunks` and `bytes` read the rest. */
export interface OnnxRewrite {
  /** The new file, as new bytes and parts of the old file. */
  pieces: Piece[];
  /** In bytes. */
  size: number;
  /** The new file, some MiB at a time. */
  chunks(): Iterable<Uint8Array>;
  /** The new file, whole. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** What was rewritten, as it was. */
  rewritten: OnnxGelu[];
  /** What was left as it is, and why. */
  kept: { gelu: OnnxGelu; reason: string }[];
  /** The version of an operator set that had to be raised or added (from 0). */
  opset: { domain: string; from: number; to: number } | undefined;
}

/**
 * Rewrites the GELUs of an ONNX model. All else stays byte for byte, weights and external data where they are. Nodes,
 * constants and shape notes that only the old form used go with it.
 *
 * - 'gelu': the standard operator of opset 20. A lower version is raised if all other operators keep their meaning.
 * - 'microsoft': ONNX Runtime's com.microsoft.Gelu, FastGelu or QuickGelu.
 * - 'accurate': standard operators (opset 9) with a relative error of a few float32 ULP everywhere, the tail included; in
 *   ONNX Runtime at most 8 ULP. float16 and bfloat16 are computed in float32.
 * - 'decomposed': the usual formula in standard operators.
 *
 * @throws GeluTypeError, GeluRangeError for bad arguments.
 * @throws OnnxFormatError if `model` is no ONNX model or damaged.
 * @throws OnnxRewriteError if the opset cannot be raised.
 */
export function rewriteOnnx(model: OnnxInput, options: RewriteOptions): OnnxRewrite {
  const file = requireInput(model);
  const { to, variant, filter } = checked(options);
  const read = readModel(file);
  const chosen: Choice[] = [];
  const result: Pick<OnnxRewrite, 'rewritten' | 'kept'> = { rewritten: [], kept: [] };
  for (const places of byPlace(findAll(read))) {
    const gelus = places.map(describeGelu);
    const reason = gelus.some((gelu) => filter?.(gelu) === false) ? 'not chosen' : undefined;
    const choice = reason ?? choose(places, to, variant);
    if (typeof choice === 'string') result.kept.push(...gelus.map((gelu) => ({ gelu, reason: choice })));
    else {
      chosen.push(choice);
      result.rewritten.push(...gelus);
    }
  }
  const founds = chosen.map(({ found }) => found);
  const names = namesOf(read);
  const changes = [...replacements(names, chosen, to), ...removals(founds)];
  const needed = chosen.length === 0 ? undefined : imports(to);
  const edited = new Set(changes.map(({ start }) => start));
  const { edits: raised, change } = importEdits(read, needed, founds, { file, scopes: analyse(read), edited, names });
  const edits = [...changes, ...raised];
  const output = new RewrittenFile(file, applyEdits(file.size, edits));
  return {
    ...result,
    pieces: output.pieces,
    size: output.size,
    chunks: () => output.chunks(),
    bytes: () => output.bytes(),
    opset: change,
  };
}

function checked(options: RewriteOptions): RewriteOptions {
  requireOptions(options, ['to', 'variant', 'filter']);
  const { to, variant, filter } = options;
  const oneOf = (names: readonly string[]): string => `one of ${names.map((name) => `'${name}'`).join(', ')}`;
  if (!TARGETS.includes(to)) throw new GeluRangeError('to', oneOf(TARGETS), describe(to));
  if (variant !== undefined && !APPROXIMATE.includes(variant))
    throw new GeluRangeError('variant', oneOf(APPROXIMATE), describe(variant));
  if (filter !== undefined && typeof filter !== 'function')
    throw new GeluTypeError('filter', 'a function', describe(filter));
  return options;
}

/** The alpha of QuickGELU. */
const QUICK = 1.702;

/** A GELU to be rewritten, and to what. */
interface Choice {
  found: Found;
  wanted: Wanted;
}

/** What was found at one place: in a function once for each kind of call. */
function byPlace(all: readonly Found[]): Found[][] {
  const places = new Map<Node, Found[]>();
  for (const found of all) {
    const last = found.nodes[found.nodes.length - 1];
    const here = places.get(last);
    if (here) here.push(found);
    else places.set(last, [found]);
  }
  return [...places.values()];
}

/** What becomes of a place, if the same is right for all that was found there; else why nothing does. */
function choose(places: readonly Found[], to: OnnxTarget, variant: Approximate | undefined): Choice | string {
  const choices: Choice[] = [];
  for (const found of places) {
    if (found.problem !== undefined) return found.problem;
    const wanted = wantedOf(found, variant);
    if (wanted === undefined) return 'it is not known what it computes';
    const reason = whyNot(found, to, wanted);
    if (reason !== undefined) return reason;
    choices.push({ found, wanted });
  }
  const [first, ...others] = choices;
  const key = ({ found, wanted }: Choice): string =>
    JSON.stringify([
      wanted.variant,
      wanted.alpha,
      found.x,
      found.y,
      found.bias,
      found.nodes.map(({ outputs }) => outputs),
    ]);
  if (others.some((other) => key(other) !== key(first))) return 'it is another function in different calls';
  const sameType = others.every(({ wanted }) => wanted.dtype === first.wanted.dtype);
  const reason = sameType ? undefined : obstacle(to, { ...first.wanted, dtype: undefined });
  return reason ?? (sameType ? first : { ...first, wanted: { ...first.wanted, dtype: undefined } });
}

function wantedOf(found: Found, variant: Approximate | undefined = found.variant): Wanted | undefined {
  const { scope, x, y, composite } = found;
  if (variant === undefined) return undefined;
  // What float32 makes of 1.702 stands for 1.702.
  const alpha = Math.fround(found.alpha ?? QUICK) === Math.fround(QUICK) ? QUICK : (found.alpha ?? QUICK);
  const dtype = typeOf(scope, x)?.dtype ?? (composite?.cast === undefined ? found.dtype : undefined);
  return { variant, alpha, x, y, dtype, opset: scope.graph.opsets.get('')?.version ?? 0 };
}

function whyNot(found: Found, to: OnnxTarget, wanted: Wanted): string | undefined {
  const { composite, shared, nodes, variant } = found;
  if (shared.length > 0) return `intermediate values are used elsewhere: ${shared.join(', ')}`;
  if (composite !== undefined) {
    const rank = typeOf(found.scope, found.x)?.rank;
    if (composite.rank > (rank ?? 1)) return 'its constants have more dimensions than its input may have';
  } else if (variant === wanted.variant && found.bias === undefined) {
    const [{ domain, op }] = nodes;
    if ((to === 'gelu' && domain === '' && op === 'Gelu') || (to === 'microsoft' && domain !== ''))
      return 'it is written so already';
  }
  if (composite !== undefined && variant === wanted.variant) {
    if (to === (composite.heart === 'Accurate' ? 'accurate' : 'decomposed')) return 'it is written so already';
  }
  return obstacle(to, wanted);
}

function replacements(names: Set<string>, chosen: readonly Choice[], to: OnnxTarget): Edit[] {
  return chosen.map(({ found, wanted }): Edit => {
    const last = found.nodes[found.nodes.length - 1];
    const { place } = last;
    const e = new Emitter(names, last.name || found.y, place.number);
    const x = found.bias === undefined ? found.x : e.op('Add', [found.x, found.bias]);
    const cast = found.composite?.cast;
    if (cast === undefined || cast === wanted.dtype) emit(e, to, { ...wanted, x });
    else {
      // y has another dtype than x by a Cast on the way.
      const inner = e.op('Cast', [x], { attributes: [integerAttribute('to', cast)] });
      emit(e, to, { ...wanted, x: inner, dtype: cast });
    }
    return { start: place.begin, end: place.end, bytes: e.bytes, within: place.within };
  });
}

/** All names of a model: of values and of nodes. */
function namesOf({ graph, functions }: Model): Set<string> {
  const names = new Set<string>();
  const add = ({ inputs, initializers, nodes }: Graph): void => {
    for (const name of [...inputs, ...initializers.keys()]) names.add(name);
    for (const node of nodes) for (const name of [node.name, ...node.inputs, ...node.outputs]) names.add(name);
  };
  for (const top of [graph, ...functions]) withInner(top).forEach(add);
  return names;
}
