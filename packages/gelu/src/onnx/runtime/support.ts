import { DTYPES } from '../read/tensor.js';
import { EXCEPTIONS, TRIED } from './operators.js';

/** Opsets at which an operator runs; those with the same letter have the same values. */
interface Range {
  from: number;
  to: number;
  values: string;
}

/** The first opset of an operator, or 7 where it is older. */
const first = new Map<string, number>();
for (const [opset, names] of Object.entries(TRIED))
  for (const name of names.split(/\s+/)) first.set(name, Number(opset));

const exceptions = new Map<string, readonly Range[]>();
for (const [dtype, groups] of Object.entries(EXCEPTIONS))
  for (const [text, names] of Object.entries(groups))
    for (const name of names.split(/\s+/)) exceptions.set(`${dtype} ${name}`, rangesOf(text));

function rangesOf(text: string): Range[] {
  return [...text.matchAll(/(\d+)(?:-(\d+))?([a-z]?)/g)].map(([, from, to = from, values]) => ({
    from: Number(from),
    to: Number(to),
    values,
  }));
}

/** The first opset at which an operator was tried, from 7 on: for newer ones the one that brought them. */
export function firstOpset(op: string): number | undefined {
  return first.get(op);
}

const at = (ranges: readonly Range[], opset: number): Range | undefined =>
  ranges.find(({ from, to }) => from <= opset && opset <= to);

/**
 * Whether ONNX Runtime 1.30 runs a standard operator on the CPU, at an opset (from 7 on), on inputs of a dtype (its number
 * in ONNX). Undefined where it was not tried. Gelu with approximate=tanh is 'Gelu:tanh'.
 */
export function runs(op: string, dtype: number, opset: number): boolean | undefined {
  const name = DTYPES[dtype];
  const since = first.get(op);
  if (name === undefined || since === undefined || !(name in EXCEPTIONS)) return undefined;
  const ranges = exceptions.get(`${name} ${op}`);
  return ranges === undefined ? opset >= since : at(ranges, opset) !== undefined;
}

/**
 * Why a standard operator with inputs of a dtype may not be moved from one opset to a higher one: ONNX Runtime 1.30 would
 * refuse it there, or compute other values. Where the dtype is not known, that of any floating-point one counts.
 */
export function raiseObstacle(op: string, dtype: number | undefined, from: number, to: number): string | undefined {
  const names = dtype === undefined ? ['float32', 'float16', 'float64'] : [DTYPES[dtype]];
  for (const name of names) {
    const ranges = exceptions.get(`${name} ${op}`) ?? [];
    const before = at(ranges, from);
    if (before === undefined) continue; // nothing special, or not run before either
    const after = at(ranges, to);
    const what = `${op} ${dtype === undefined ? 'may be ' : 'of '}${name}`;
    if (after === undefined) return `${what}, which ONNX Runtime runs at opset ${list(ranges)} only`;
    if (after.values !== before.values) return `${what}, which has other values in ONNX Runtime at opset ${to}`;
  }
  return undefined;
}

function list(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
}
