// Checks GELU's WebGPU kernels on all 2³² inputs and writes a log of JSON lines, one for each part of 2²⁸ inputs, by which
// it takes up where it was stopped.
//
//   node scripts/exhaustive-webgpu.mjs [--function none,none',tanh,…] [--jobs N] [--log FILE | --from 0xc0000000 --to 0xc1800000]
//
// With --from and --to (multiples of 2²²) it checks the inputs with those bits only.
//
// The adapter is the first that Vulkan offers; VK_DRIVER_FILES or VK_ICD_FILENAMES says which, default the software adapter of
// Debian's Chromium. On a software adapter most of the time is the adapter's, some 4 to 6 minutes of one core for a function; on a GPU
// most is the comparison's, and --jobs (processes, default 1) shortens it.
import { fork } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    function: { type: 'string', default: "none,none',tanh,tanh',sigmoid,sigmoid'" },
    jobs: { type: 'string', default: '1' },
    log: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
});

const PART = 2 ** 28;
const JOB = fileURLToPath(new URL('./exhaustive-webgpu-job.mjs', import.meta.url));
const names = values.function.split(',');
/** The parts in which |x| is from 2^-31 to 2^33 come first: there is what can go wrong. */
const inner = [11, 12, 3, 4];
const order = [...inner, ...Array.from({ length: 16 }, (_, i) => i).filter((i) => !inner.includes(i))];
const tasks =
  values.from === undefined
    ? order.flatMap((part) => names.map((name) => ({ name, from: part * PART, to: (part + 1) * PART })))
    : names.map((name) => ({ name, from: Number(values.from), to: Number(values.to) }));

const done = new Map();
const key = (name, adapter, from) => `${name} ${adapter} ${from}`;
if (values.log !== undefined && existsSync(values.log))
  for (const line of readFileSync(values.log, 'utf8').split('\n'))
    if (line !== '') {
      const entry = JSON.parse(line);
      if (entry.inputs === PART) done.set(key(entry.function, entry.adapter, entry.from), entry);
    }

let adapter;

/** A process that takes one task after the other. */
function work() {
  return new Promise((resolve, reject) => {
    const job = fork(JOB);
    const next = () => {
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift())
        if (!done.has(key(task.name, adapter, task.from))) return job.send(task);
      job.disconnect();
    };
    job.on('message', (message) => {
      if (message.adapter !== undefined) adapter = message.adapter;
      else {
        const entry = { function: message.name, adapter, from: message.from, ...message.found };
        done.set(key(message.name, adapter, message.from), entry);
        const line = JSON.stringify(entry);
        if (values.log !== undefined) appendFileSync(values.log, `${line}\n`);
        if (values.from !== undefined) console.log(line);
      }
      next();
    });
    job.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a job ended with ${code}`))));
  });
}
await Promise.all(Array.from({ length: Math.min(Number(values.jobs), tasks.length) }, work));

if (values.from === undefined)
  for (const name of names) {
    const parts = order.map((part) => done.get(key(name, adapter, part * PART)));
    const total = (count) => parts.reduce((sum, entry) => sum + entry[count], 0);
    const largest = (error) => Math.max(...parts.map((entry) => entry[error]));
    console.log(
      `${name} on ${adapter}: at most ${Math.max(1.5, largest('worst')).toFixed(3)} ULP on ${total('inputs')} inputs, ${total('above1_5')} above 1.5, ${total('misrounded')} not correctly rounded; at the root ${largest('worstAtRoot').toFixed(3)} of the larger addend; ${total('special')} wrong at infinities and NaN or of the wrong sign; ${total('flushed')} subnormal results are 0`,
    );
  }
