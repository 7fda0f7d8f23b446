import type { Bound } from '../activations/model/activation.js';
import { HELPERS } from '../shaders/helpers.js';
import { renderFunction } from '../shaders/render.js';

/** The types of number on the GPU. */
export type GPUDType = 'float32' | 'float16';

/** Elements, or pairs of float16, that a workgroup computes; its size is 256. */
export const PER_GROUP = 1024;
export const BYTES: { readonly [dtype in GPUDType]: number } = { float32: 4, float16: 2 };

/** A compute shader and the numbers that its text leaves open. */
export interface Shader {
  readonly code: string;
  readonly constants: readonly number[];
}

/** The operands that a pass reads; it writes one more. */
export const READS = {
  forward: ['input'],
  backward: ['gradOutput', 'input'],
  gated: ['gate', 'value'],
  gatedValue: ['gradOutput', 'gate'],
  gatedGate: ['gradOutput', 'gate', 'value'],
  halves: ['input'],
  halvesBackward: ['gradOutput', 'input'],
} as const;
export type Pass = keyof typeof READS;

/** An element of the output from those of the operands, f the activation, d its derivative. act(gate) is rounded, then the product. */
const ELEMENTS: { readonly [pass in Pass]?: (a: string, b: string, c: string) => string } = {
  forward: (x) => `f(${x})`,
  backward: (g, x) => `${g} * d(${x})`,
  gated: (gate, value) => `${value} * rounded(f(${gate}))`,
  gatedValue: (g, gate) => `${g} * rounded(f(${gate}))`,
  gatedGate: (g, gate, value) => `rounded(${g} * ${value}) * d(${gate})`,
};

/** Element i where the halves of a row, `call.columns` elements each, are in one array. */
const HALVES: { readonly [pass in Pass]?: string } = {
  halves: `let first = i + i / call.columns * call.columns;
  let second = first + call.columns;
  let gateFirst = call.gateFirst != 0u;
  return load0(select(first, second, gateFirst)) * rounded(f(load0(select(second, first, gateFirst))));`,
  halvesBackward: `let half = i / call.columns;
  let isSecond = (half & 1u) != 0u;
  let g = load0(i - (half + 1u) / 2u * call.columns);
  let other = load1(select(i + call.columns, i - call.columns, isSecond));
  if (isSecond == (call.gateFirst != 0u)) { return g * rounded(f(other)); }
  return rounded(g * other) * d(load1(i));`,
};

// float16 is converted by its bits, correctly rounded, on every device, with or without the feature shader-f16: what the
// kernels wait for is memory.
const FLOAT16 = `
fn from_half(h: u32) -> f32 {
  let special: u32 = ((h & 0x8000u) << 16u) | 0x7f800000u | ((h & 0x3ffu) << 13u);
  return select(unpack2x16float(h).x, bitcast<f32>(special), (h & 0x7c00u) == 0x7c00u);
}
fn to_half(y: f32) -> u32 {
  let a: u32 = bitcast<u32>(y) & 0x7fffffffu;
  let sign: u32 = (bitcast<u32>(y) >> 16u) & 0x8000u;
  let normal: u32 = min((a + 0xfffu + ((a >> 13u) & 1u) - 0x38000000u) >> 13u, 0x7c00u);
  let small: u32 = bitcast<u32>(bitcast<f32>(min(a, 0x38800000u)) + 0.5) - 0x3f000000u;
  return sign | select(select(normal, small, a < 0x38800000u), 0x7e00u, a > 0x7f800000u);
}`;

/**
 * The shader of a pass. `inOutput` says of each operand that is read whether it is bound together with the output, since it is in
 * the same buffer. An operand begins `call.shifts` elements after its binding, which must start at a multiple of 256 bytes.
 * `aligned` says that the shifts and the count are multiples of 16 bytes.
 */
export function makeShader(
  bound: Bound,
  pass: Pass,
  dtype: GPUDType,
  inOutput: readonly boolean[],
  aligned = false,
): Shader | undefined {
  const constants: number[] = [];
  const constant = (value: number): string => {
    const known = constants.findIndex((v) => Object.is(v, value));
    const at = known >= 0 ? known : constants.push(value) - 1;
    return `call.constants[${at >> 2}].${'xyzw'[at & 3]}`;
  };
  const reads = READS[pass];
  const element = ELEMENTS[pass];
  const text =
    HALVES[pass] ?? `return ${(element as (...loads: string[]) => string)(...reads.map((_, k) => `load${k}(i)`))};`;
  const called = [0, 1].filter((order) => text.includes(`${NAMES[order]}(`)) as (0 | 1)[];
  const functions = called.map((order) => renderFunction(bound, order, { name: NAMES[order], constant }));
  if (!functions.every((known) => known !== undefined)) return undefined;
  const f = joined(functions);
  const arrays = reads.map((_, k) => (inOutput[k] ? 'output' : `read${k}`));
  const four = element !== undefined && aligned && f.length < LONGEST;
  const word = four ? 'vec4u' : 'u32';
  const bindings = arrays
    .map((name, k) => (inOutput[k] ? '' : `@group(0) @binding(${k + 1}) var<storage, read> ${name}: array<${word}>;\n`))
    .join('');
  const size = Math.max(1, Math.ceil(constants.length / 4));
  const code = `struct Call { count: u32, columns: u32, gateFirst: u32, shifts: vec4u, constants: array<vec4f, ${size}> }
@group(0) @binding(0) var<uniform> call: Call;
${bindings}@group(0) @binding(${reads.length + 1}) var<storage, read_write> output: array<${word}>;
${f}${dtype === 'float16' ? FLOAT16 : ''}
${text.includes('rounded(') ? `fn rounded(y: f32) -> f32 { return ${dtype === 'float16' ? 'from_half(to_half(y))' : 'y'}; }\n` : ''}${four ? fours(arrays, dtype, element) : ones(arrays, dtype, text)}`;
  return { code, constants };
}

/** Of a longer function the compiler would have too much to do, four times over. */
const LONGEST = 8000;

const MAIN = `@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {`;

/** Four words at a time, which is what memory is fast with. */
function fours(arrays: readonly string[], dtype: GPUDType, element: (...values: string[]) => string): string {
  const names = ['a', 'b', 'c'].slice(0, arrays.length);
  const value = (part: (name: string) => string): string => element(...names.map(part));
  const half = (part: string): string => `to_half(${value((name) => `from_half(${name}${part})`)})`;
  const word =
    dtype === 'float32'
      ? `bitcast<u32>(${value((name) => `bitcast<f32>(${name})`)})`
      : `${half(' & 0xffffu')} | (${half(' >> 16u')} << 16u)`;
  const shift = dtype === 'float32' ? 2 : 3;
  return `fn word(${names.map((name) => `${name}: u32`).join(', ')}) -> u32 { return ${word}; }
${MAIN}
  let i = (group.y * groups.x + group.x) * 256u + lane;
  if ((i << ${shift}u) >= call.count) { return; }
${arrays.map((array, k) => `  let ${names[k]} = ${array}[i + (call.shifts[${k}] >> ${shift}u)];`).join('\n')}
  output[i + (call.shifts.w >> ${shift}u)] = vec4u(${['x', 'y', 'z', 'w'].map((c) => `word(${names.map((name) => `${name}.${c}`).join(', ')})`).join(', ')});
}`;
}

/** A word at a time, wherever it lies. */
function ones(arrays: readonly string[], dtype: GPUDType, text: string): string {
  const values = arrays.map((array, k) => loader(array, k, dtype)).join('\n');
  return `${values}
fn result(i: u32) -> f32 {
  ${text}
}
${MAIN}
  let first = (group.y * groups.x + group.x) * ${PER_GROUP}u + lane;
  for (var k = 0u; k < 4u; k++) {
    store(first + 256u * k);
  }
}
${dtype === 'float16' ? STORE_PAIR : STORE}`;
}

/** The names of the functions of order 0 and 1. */
const NAMES = ['f', 'd'] as const;

/** The texts of functions, the helpers that they share once. */
const joined = (texts: readonly string[]): string =>
  texts.reduce((before, text) => {
    const known = HELPERS.map(({ text: helper }) => helper.trim()).filter((helper) => before.includes(helper));
    return `${before}\n${known.reduce((rest, helper) => rest.replace(helper, ''), text)}`;
  }, '');

function loader(array: string, k: number, dtype: GPUDType): string {
  const at = `let j = i + call.shifts[${k}];`;
  return dtype === 'float32'
    ? `fn load${k}(i: u32) -> f32 { ${at} return bitcast<f32>(${array}[j]); }`
    : `fn load${k}(i: u32) -> f32 { ${at} return from_half((${array}[j >> 1u] >> ((j & 1u) << 4u)) & 0xffffu); }`;
}

const STORE = `fn store(i: u32) {
  if (i < call.count) { output[i + call.shifts.w] = bitcast<u32>(result(i)); }
}`;

// A word holds two elements; at either end one of them may be somebody else's.
const STORE_PAIR = `fn store(word: u32) {
  let shift = call.shifts.w;
  let at = word + (shift >> 1u);
  if (2u * at >= shift + call.count) { return; }
  let own0 = 2u * at >= shift;
  let own1 = 2u * at + 1u < shift + call.count;
  var old = 0u;
  if (!own0 || !own1) { old = output[at]; }
  let low = select(old & 0xffffu, to_half(result(select(0u, 2u * at - shift, own0))), own0);
  let high = select(old >> 16u, to_half(result(select(0u, 2u * at + 1u - shift, own1))), own1);
  output[at] = low | (high << 16u);
}`;
