// Which operators ONNX Runtime runs on the CPU, by dtype and opset, and where their values change from one opset to another.
import * as node from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { arrayOf, oneNode } from './model.mjs';

/** Lower ones are not supported by it. */
export const FIRST = 7;
const LAST = 24;
export const DTYPES = ['float32', 'float16', 'float64', 'int32', 'int64', 'bool'];
web.env.wasm.numThreads = 1;
web.env.logLevel = 'fatal';
export const ENGINES = { node: [node, 'cpu'], web: [web, 'wasm'] };

/** What goes in: for elementwise operators all of float16, else numbers of every size. */
function inputOf(dtype, dims, elementwise) {
  if (!elementwise || !dtype.startsWith('float')) {
    const size = dims.reduce((a, b) => a * b, 1);
    return {
      dims,
      data: arrayOf(
        dtype,
        Array.from({ length: size }, (_, i) => 3 * Math.sin(i * i + 1)).map((v) =>
          dtype.startsWith('float') ? v : dtype === 'bool' ? +(v > 0) : Math.round(v),
        ),
      ),
    };
  }
  const special = [0, -0, Infinity, -Infinity, Number.NaN];
  const scaled = Array.from({ length: 2000 }, (_, i) => (i % 2 ? 1 : -1) * 2 ** ((i - 1000) / 30));
  const linear = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100);
  const data =
    dtype === 'float16'
      ? Uint16Array.from({ length: 65536 }, (_, i) => i)
      : arrayOf(dtype, [...special, ...scaled, ...linear]);
  return { dims: [data.length], data };
}

/** What the runtime makes of a model, one NaN being as good as another; undefined where it refuses. */
async function resultOf([{ InferenceSession, Tensor }, provider], model, dtype, { dims, data }) {
  try {
    const session = await InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 4 });
    const { y } = await session.run({ x: new Tensor(dtype, data, dims) });
    await session.release();
    if (y.type !== 'float16') return y.data;
    // Bits, not a Float16Array.
    const bits = new Uint16Array(y.data.buffer, y.data.byteOffset, y.data.length);
    return bits.map((b) => ((b & 0x7fff) > 0x7c00 ? 0x7e00 : b));
  } catch {
    return undefined;
  }
}

const same = (a, b) => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** Ranges of opsets, those with other values than before marked by letters: '7-17a 18b 19-24a'; those in none are refused. */
function rangesOf(results) {
  const values = [];
  const ranges = [];
  for (const [opset, data] of results) {
    if (data === undefined) continue;
    let group = values.findIndex((known) => same(known, data));
    if (group < 0) group = values.push(data) - 1;
    const last = ranges.at(-1);
    if (last?.group === group && last.to === opset - 1) last.to = opset;
    else ranges.push({ from: opset, to: opset, group });
  }
  const letter = (group) => (values.length > 1 ? String.fromCharCode(97 + group) : '');
  return {
    text: ranges.map(({ from, to, group }) => `${from === to ? from : `${from}-${to}`}${letter(group)}`).join(' '),
    values,
  };
}

/** A model of a case, and its input. */
function modelOf(op, what, opset, dtype) {
  const given = typeof what === 'function' ? what(opset) : what;
  if (given === undefined) return undefined;
  const { x = [4, 96], attributes = {}, constants = {}, outputs = 1, elementwise } = given;
  const { inputs = ['x', ...Object.keys(constants)], y = dtype } = given;
  const input = inputOf(dtype, x, elementwise);
  const typed = Object.entries(constants).map(([name, c]) => [
    name,
    { ...c, dtype: c.dtype === 'T' ? dtype : c.dtype },
  ]);
  const described = { op, opset, inputs, attributes, constants: Object.fromEntries(typed), outputs, y };
  return { model: oneNode({ ...described, x: { dtype, dims: input.dims } }), input };
}

/**
 * The ranges of opsets of a case in a dtype ('7-17a 18b 19-24a': letters stand for values), and how far the values of the
 * others are from those of the first, in ULP.
 */
export async function measure([op, since, what], dtype, engine) {
  const results = [];
  for (let opset = Math.max(FIRST, since); opset <= LAST; opset++) {
    const made = modelOf(op, what, opset, dtype);
    if (made !== undefined) results.push([opset, await resultOf(ENGINES[engine], made.model, dtype, made.input)]);
  }
  const { text, values } = rangesOf(results);
  return { ranges: text, ulps: values.slice(1).map((other) => largest(values[0], other, dtype)) };
}

/** What `measure` gives where nothing is special. */
export const usual = (since) => (since < LAST ? `${Math.max(FIRST, since)}-${LAST}` : `${LAST}`);

export const nameOf = ([op, , what]) => (typeof what === 'object' && what.name) || op;

/** In ULP of the dtype, for values that are not tiny. */
function largest(a, b, dtype) {
  const read =
    dtype === 'float16'
      ? (bits) => {
          const e = (bits >> 10) & 31;
          const m = e === 0 ? (bits & 1023) * 2 ** -24 : e === 31 ? Number.NaN : (1024 + (bits & 1023)) * 2 ** (e - 25);
          return bits & 0x8000 ? -m : m;
        }
      : Number;
  const digits = { float16: 11, float32: 24, float64: 53 }[dtype];
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [read(a[i]), read(b[i])];
    const ulp = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(p), 1e-3))) + 1 - digits);
    if (Number.isFinite(p) && Number.isFinite(q)) worst = Math.max(worst, Math.abs(p - q) / ulp);
  }
  return worst;
}
