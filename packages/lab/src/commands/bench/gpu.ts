import { createGeluGPU } from 'gelu/webgpu';
import { textTable } from '../../console/text-table.js';
import { FORMS } from '../../implementations/forms.js';
import { reasonOf } from '../../implementations/sources.js';
import type { OnProgress } from '../../implementations/types.js';
import { adapterName, isSoftware, openAdapter } from '../../implementations/webgpu.js';
import { median } from '../../numbers/statistics.js';

/** A kernel's bandwidth on a GPU: GB/s of what it reads and writes, in the fastest and the median round. */
export interface GPUResult {
  kernel: string;
  best: number;
  median: number;
  /** best relative to the copy kernel's. */
  ratioToCopy: number;
}

/** The kernels of one adapter. */
export interface GPUTable {
  adapter: string;
  /** Whether the adapter is the processor. */
  software: boolean;
  elements: number;
  results: GPUResult[];
}

const ELEMENTS = 1 << 24;
const SOFTWARE_ELEMENTS = 1 << 20; // on the processor all is slow
/** A submission takes at least this long, by several passes, so that starting it does not count. */
const SHORTEST_SECONDS = 0.02;
const STORAGE_COPY_DST = 0x88; // GPUBufferUsage, which Node has not as a global

const COPY = `
@group(0) @binding(0) var<storage, read> input: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> output: array<vec4u>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) { output[id.x] = input[id.x]; }`;

interface Candidate {
  readonly kernel: string;
  /** Moved for each element. */
  readonly bytes: number;
  readonly encode: (encoder: GPUCommandEncoder) => void;
  readonly seconds: number[];
  passes: number;
}

/** Times GELU's kernels and a copy kernel, which take turns, on the first adapter; or says why it cannot. */
export async function timeGPU(repeats: number, onProgress: OnProgress): Promise<GPUTable | { reason: string }> {
  let adapter: GPUAdapter;
  try {
    adapter = await openAdapter();
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  const software = isSoftware(adapter);
  const elements = software ? SOFTWARE_ELEMENTS : ELEMENTS;
  const device = await adapter.requestDevice();
  const candidates = await prepare(device, elements);
  for (let round = -1; round < repeats; round++) {
    onProgress((round + 1) / (repeats + 1), 'WebGPU');
    const first = Math.max(round, 0) % candidates.length;
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) {
      const encoder = device.createCommandEncoder();
      for (let pass = 0; pass < candidate.passes; pass++) candidate.encode(encoder);
      const start = performance.now();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
      const seconds = (performance.now() - start) / 1000 / candidate.passes;
      if (round >= 0) candidate.seconds.push(seconds);
      else candidate.passes = Math.min(64, Math.ceil(SHORTEST_SECONDS / seconds)); // warming up
    }
  }
  device.destroy();
  const speeds = candidates.map(({ kernel, bytes, seconds }) => ({
    kernel,
    best: (elements * bytes) / Math.min(...seconds) / 1e9,
    median: (elements * bytes) / median(seconds) / 1e9,
  }));
  return {
    adapter: adapterName(adapter),
    software,
    elements,
    results: speeds.map((speed) => ({ ...speed, ratioToCopy: speed.best / speeds[0].best })),
  };
}

/** The section of docs/performance.md. */
export function gpuSection(gpu: GPUTable | { reason: string }): string[] {
  if ('reason' in gpu) return ['## WebGPU', '', `Not measured: ${gpu.reason}`, ''];
  const rows = gpu.results.map((r) => [r.kernel, r.best.toFixed(2), r.median.toFixed(2), r.ratioToCopy.toFixed(3)]);
  return [
    `## WebGPU: ${gpu.elements} elements on ${gpu.adapter}`,
    '',
    'GB/s of what a kernel reads and writes; "of copy" is the ratio to a kernel that copies, on the same adapter in the same run.',
    ...(gpu.software
      ? [
          'This adapter is software: the processor computes, and what bounds a kernel on a GPU, its memory, does not show.',
        ]
      : []),
    '',
    '```',
    textTable([['kernel', 'GB/s', 'median', 'of copy'], ...rows], 1, Infinity),
    '```',
    '',
  ];
}

async function prepare(device: GPUDevice, elements: number): Promise<Candidate[]> {
  const buffer = (): GPUBuffer => device.createBuffer({ size: 4 * elements, usage: STORAGE_COPY_DST });
  const [input, gradOutput, output] = [buffer(), buffer(), buffer()];
  const values = Float32Array.from({ length: elements }, (_, i) => ((i * 0.6180339887) % 1) * 16 - 8);
  for (const target of [input, gradOutput]) device.queue.writeBuffer(target, 0, values);
  const gpu = await createGeluGPU(device);
  const forms = await Promise.all(FORMS.map((approximate) => gpu.activation('gelu', { approximate })));
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: COPY }) },
  });
  const bound = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [input, output].map((b, binding) => ({ binding, resource: { buffer: b } })),
  });
  const copy = (encoder: GPUCommandEncoder): void => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bound);
    pass.dispatchWorkgroups(elements / 4 / 256);
    pass.end();
  };
  return [
    { kernel: 'copy', bytes: 8, encode: copy, seconds: [], passes: 1 },
    ...forms.flatMap((form) => [
      {
        kernel: `${form.parameters.approximate}`,
        bytes: 8,
        encode: (encoder: GPUCommandEncoder) => form.encodeForward(encoder, { input, output }),
        seconds: [],
        passes: 1,
      },
      {
        kernel: `${form.parameters.approximate}, backward`,
        bytes: 12,
        encode: (encoder: GPUCommandEncoder) => form.encodeBackward(encoder, { gradOutput, input, gradInput: output }),
        seconds: [],
        passes: 1,
      },
    ]),
  ];
}
