// Times the WebGPU kernels beside a kernel that only copies, on the adapter that Vulkan offers first (VK_DRIVER_FILES or
// VK_ICD_FILENAMES says which), and prints a table of JSON lines.
//
//   node scripts/bandwidth-webgpu.mjs [--elements 134217728] [--rounds 9] [--name gelu,silu,…] [--log FILE]
//
// `GB/s` counts each byte that must be read or written once; `ofCopy` is the ratio to the copy of the same dtype in the same
// run (of the medians), for backward passes to a kernel that adds two arrays. A time is the difference between a submission of
// many passes and one of few, so that starting it does not count. Inputs are normally distributed with standard deviation 2.
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { activations } from '../dist/activations/index.js';
import { createGeluGPU } from '../dist/webgpu/index.js';
import { nodeAdapter } from './webgpu.mjs';

const { values } = parseArgs({
  options: {
    elements: { type: 'string', default: String(2 ** 27) },
    rounds: { type: 'string', default: '9' },
    name: { type: 'string' },
    log: { type: 'string' },
  },
});
const ELEMENTS = Number(values.elements); // a multiple of 2^20
const MILLISECONDS = 10; // of the shorter of the two submissions
const STORAGE_COPY = 0x8c; // GPUBufferUsage: STORAGE, COPY_SRC, COPY_DST

const adapter = await nodeAdapter();
const { limits, info } = adapter;
const device = await adapter.requestDevice({
  requiredLimits: {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
  },
});
device.addEventListener('uncapturederror', ({ error }) => {
  console.error(error.message);
  process.exit(1);
});
const gpu = await createGeluGPU(device);
const buffer = () => device.createBuffer({ size: 4 * ELEMENTS, usage: STORAGE_COPY });
const [input, gradOutput, output] = [buffer(), buffer(), buffer()];

const say = (line) => {
  const text = JSON.stringify(line);
  console.log(text);
  if (values.log !== undefined) appendFileSync(values.log, `${text}\n`);
};
say({ adapter: [info.vendor, info.architecture, info.description].join(' '), elements: ELEMENTS });

function fill(dtype) {
  const n = 2 ** 20;
  const numbers = Float32Array.from({ length: n }, () => {
    return 2 * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  });
  const half = (v) => {
    const bits = new Uint32Array(Float32Array.of(v).buffer)[0];
    return ((bits >>> 16) & 0x8000) | Math.max(0, ((bits & 0x7fffffff) >>> 13) - 0x1c000);
  };
  const data = dtype === 'float32' ? numbers : Uint16Array.from(numbers, half);
  for (const target of [input, gradOutput])
    for (let at = 0; at < target.size; at += data.byteLength) device.queue.writeBuffer(target, at, data);
}

/** A kernel that copies words, four at a time, or adds two arrays of them. */
async function words(bytes, adds) {
  const source = `
${adds ? '@group(0) @binding(2) var<storage, read> other: array<vec4u>;' : ''}
@group(0) @binding(0) var<storage, read> input: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> output: array<vec4u>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.y * groups.x + group.x) * 256u + lane;
  output[i] = input[i]${adds ? ' + other[i]' : ''};
}`;
  const module = device.createShaderModule({ code: source });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const size = bytes * ELEMENTS;
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [input, output, ...(adds ? [gradOutput] : [])].map((b, binding) => ({
      binding,
      resource: { buffer: b, size },
    })),
  });
  const groups = size / 16 / 256;
  const rows = Math.ceil(groups / 65535 / 2) * 2;
  return (encoder) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(groups / rows), rows);
    pass.end();
  };
}

async function submit(encode, passes) {
  const encoder = device.createCommandEncoder();
  for (let k = 0; k < passes; k++) encode(encoder);
  const commands = encoder.finish();
  const start = performance.now();
  device.queue.submit([commands]);
  await device.queue.onSubmittedWorkDone();
  return performance.now() - start;
}

const median = (v) => [...v].sort((a, b) => a - b)[v.length >> 1];

/** Seconds of one pass of each, taking turns. */
async function race(candidates) {
  for (const c of candidates) {
    await submit(c.encode, 2);
    const few = await submit(c.encode, 4);
    c.passes = Math.max(1, Math.ceil((4 * MILLISECONDS) / few));
    c.times = [];
  }
  for (let round = 0; round < Number(values.rounds); round++)
    for (const c of candidates) {
      const few = await submit(c.encode, c.passes);
      const many = await submit(c.encode, 3 * c.passes);
      c.times.push((many - few) / (2 * c.passes) / 1000);
    }
}

const FORMS = ['none', 'tanh', 'sigmoid'].map((approximate) => ['gelu', { approximate }]);
const others = activations.filter(({ name }) => name !== 'gelu').map(({ name }) => [name, {}]);
const wanted = values.name?.split(',');
const chosen = [...FORMS, ...others].filter(([name]) => wanted === undefined || wanted.includes(name));
for (const dtype of ['float32', 'float16']) {
  const bytes = dtype === 'float32' ? 4 : 2;
  fill(dtype);
  const part = (b) => ({ buffer: b, size: bytes * ELEMENTS });
  const [x, g, y] = [part(input), part(gradOutput), part(output)];
  const candidates = [
    { kernel: 'copy', arrays: 2, encode: await words(bytes, false) },
    { kernel: 'add', arrays: 3, encode: await words(bytes, true) },
    {
      kernel: 'copyBufferToBuffer',
      arrays: 2,
      encode: (encoder) => encoder.copyBufferToBuffer(input, 0, output, 0, bytes * ELEMENTS),
    },
  ];
  for (const [name, parameters] of chosen) {
    let f;
    try {
      f = await gpu.activation(name, parameters, { dtype });
    } catch {
      continue; // one that has a weight
    }
    const kernel = parameters.approximate === undefined ? name : `${name} ${parameters.approximate}`;
    candidates.push({
      kernel,
      arrays: 2,
      encode: (encoder) => f.encodeForward(encoder, { input: x, output: y }),
    });
    if (name === 'gelu')
      candidates.push({
        kernel: `${kernel}, backward`,
        arrays: 3,
        encode: (encoder) => f.encodeBackward(encoder, { gradOutput: g, input: x, gradInput: y }),
      });
  }
  await race(candidates);
  const speeds = candidates.map((c) => (c.arrays * bytes * ELEMENTS) / median(c.times) / 1e9);
  candidates.forEach((c, k) => {
    const ofCopy = speeds[k] / speeds[c.arrays - 2];
    say({
      dtype,
      kernel: c.kernel,
      'GB/s': Number(speeds[k].toFixed(1)),
      ofCopy: Number(ofCopy.toFixed(3)),
    });
  });
}
process.exit(0); // an adapter keeps the process alive
