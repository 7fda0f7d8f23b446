// Measures WGSL's built-in functions on the adapter that Vulkan offers first (VK_DRIVER_FILES or VK_ICD_FILENAMES says
// which): the largest error in ULP on 2²² float32 numbers of the range that is named, and what it makes of subnormal numbers.
//
//   node scripts/builtins-webgpu.mjs
//
// Prints lines of JSON. WGSL allows exp and exp2 3 + 2·|x| ULP, tanh an absolute error of 2^-10.987, a division 2.5 ULP.
import { ulp } from '../dist/numerics.js';
import { nodeAdapter } from './webgpu.mjs';

const adapter = await nodeAdapter();
const device = await adapter.requestDevice();
const { vendor, architecture, description } = adapter.info;
console.log(JSON.stringify({ adapter: [vendor, architecture, description].filter((word) => word).join(' ') }));

const N = 2 ** 22;
const STORAGE_COPY = 0x8c; // GPUBufferUsage: STORAGE, COPY_SRC, COPY_DST
const READ = 0x9; // MAP_READ, COPY_DST
const buffer = (usage) => device.createBuffer({ size: 4 * N, usage });
const [input, output, back] = [buffer(STORAGE_COPY), buffer(STORAGE_COPY), buffer(READ)];

/** `expression` of x, on the device. */
async function run(expression, x) {
  const code = `
@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) { let x = input[id.x]; output[id.x] = ${expression}; }`;
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }) },
  });
  const entries = [input, output].map((b, binding) => ({ binding, resource: { buffer: b } }));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(N / 256);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, back, 0, 4 * N);
  device.queue.writeBuffer(input, 0, x);
  device.queue.submit([encoder.finish()]);
  await back.mapAsync(1);
  const y = new Float32Array(back.getMappedRange().slice(0));
  back.unmap();
  return y;
}

const spread = (from, to) => Float32Array.from({ length: N }, (_, i) => from + ((i + Math.random()) / N) * (to - from));
const CASES = [
  ['exp(x)', Math.exp, -87, 88],
  ['exp(x)', Math.exp, -1, 1],
  ['exp2(x)', (x) => 2 ** x, -126, 127],
  ['tanh(x)', Math.tanh, -9, 9],
  ['tanh(x)', Math.tanh, -0.01, 0.01],
  ['log(x)', Math.log, 0.5, 2],
  ['log(x)', Math.log, 2, 1e30],
  ['atan(x)', Math.atan, -10, 10],
  ['sqrt(x)', Math.sqrt, 0, 1e30],
  ['inverseSqrt(x)', (x) => 1 / Math.sqrt(x), 1e-3, 1e30],
  ['1.0 / x', (x) => 1 / x, 1, 1e30],
  ['x / 3.0', (x) => x / 3, 1, 1e30],
  // GELU as it is often written for WebGPU.
  [
    '0.5 * x * (1.0 + tanh(0.7978845608 * (x + 0.044715 * x * x * x)))',
    (x) => x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
    -6,
    6,
  ],
];
for (const [expression, exact, from, to] of CASES) {
  const x = spread(from, to);
  const y = await run(expression, x);
  let [worst, at] = [0, 0];
  for (let i = 0; i < N; i++) {
    const error = Math.abs(y[i] - exact(x[i])) / ulp(exact(x[i]), 'float32');
    if (!(error <= worst)) [worst, at] = [error, x[i]];
  }
  console.log(JSON.stringify({ expression, from, to, worst, at }));
}

const SUBNORMAL = 2 ** -130;
const FLUSH = [
  ['x', SUBNORMAL, SUBNORMAL],
  ['x * 1.5', SUBNORMAL, 1.5 * SUBNORMAL],
  ['x + 1.1754943508222875e-38', SUBNORMAL, 2 ** -126 + SUBNORMAL],
  ['x * 0.5', 2 ** -126, 2 ** -127],
  ['x - 1.1754943508222875e-38', 1.5 * 2 ** -126, 2 ** -127],
  ['max(x, 0.0)', SUBNORMAL, SUBNORMAL],
  ['abs(x)', SUBNORMAL, SUBNORMAL],
  ['-x', SUBNORMAL, -SUBNORMAL],
  ['select(1.0, 0.0, x > 0.0)', SUBNORMAL, 0],
  ['exp(x)', -90, Math.fround(Math.exp(-90))],
  ['fma(x, 0.5, 0.0)', 2 ** -126, 2 ** -127],
];
for (const [expression, x, right] of FLUSH) {
  const [y] = await run(expression, new Float32Array(N).fill(x));
  console.log(JSON.stringify({ expression, x, right, result: Object.is(y, -0) ? '-0' : y }));
}
process.exit(0); // an adapter keeps the process alive
