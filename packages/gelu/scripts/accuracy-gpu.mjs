// Measures every activation and its derivative on GPUs, with its defaults and with parameters drawn from all that shaders take,
// and prints a line of JSON for each: the largest errors in ULP, and how many results are wrong otherwise.
//
//   node scripts/accuracy-gpu.mjs [--on webgpu,browser-webgl,browser-webgpu] [--draws 40] [--name silu,…] [--log FILE] [--table]
//
// 'webgpu' is gelu/webgpu in Node, on the adapter that Vulkan offers first (VK_DRIVER_FILES or VK_ICD_FILENAMES says which);
// 'browser-webgl' and 'browser-webgpu' are gelu/tfjs in Chromium. --log adds to a file; --table prints what
// reference/gpu-accuracy.jsonl holds as the table of the README.
import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createGeluGPU } from '../dist/webgpu/index.js';
import { inChromium } from './accuracy-gpu-chromium.mjs';
import { measure } from './gpu-judge.mjs';
import { nodeAdapter } from './webgpu.mjs';

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'webgpu,browser-webgl,browser-webgpu' },
    draws: { type: 'string', default: '40' },
    name: { type: 'string' },
    log: { type: 'string' },
    adapter: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
});
if (values.table) {
  console.log(table(readFileSync(new URL('../reference/gpu-accuracy.jsonl', import.meta.url), 'utf8')));
  process.exit(0);
}
const wanted = values.name?.split(',');

for (const api of values.on.split(',')) {
  let adapter;
  const say = (line) => {
    const text = JSON.stringify({ api, adapter, ...line });
    console.log(text);
    if (values.log !== undefined) appendFileSync(values.log, `${text}\n`);
  };
  if (api === 'webgpu') {
    const found = await nodeAdapter();
    const { vendor, architecture, description } = found.info;
    adapter = values.adapter ?? [vendor, architecture, description].filter((word) => word).join(' ');
    const gpu = await createGeluGPU(await found.requestDevice());
    const run = async (bound, order, x) => {
      const f = await gpu.activation(bound);
      return order === 0 ? f.forward(x) : f.backward(new Float32Array(x.length).fill(1), x);
    };
    await measure(Number(values.draws), run, say, wanted);
  } else {
    const { name, lines } = await inChromium(api.replace('browser-', ''), Number(values.draws), wanted);
    adapter = name;
    for (const line of lines) say(line);
  }
}
process.exit(0); // an adapter keeps the process alive

/** Rows by function, columns by API and adapter. */
function table(text) {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const places = [...new Set(lines.map(({ api, adapter }) => `${api}, ${adapter}`))];
  const rows = new Map();
  for (const line of lines) {
    const row = rows.get(line.function) ?? {};
    row[`${line.api}, ${line.adapter}`] = line;
    rows.set(line.function, row);
  }
  const cell = (line) => (line ? `${line.value.toFixed(1)} / ${line.derivative.toFixed(1)}` : '–');
  return [
    `| function | parameters tried | ${places.join(' | ')} |`,
    `|---|---|${places.map(() => '---|').join('')}`,
    ...[...rows].map(
      ([name, row]) =>
        `| ${name} | ${Math.max(...Object.values(row).map(({ cases }) => cases))} | ${places.map((p) => cell(row[p])).join(' | ')} |`,
    ),
  ].join('\n');
}
