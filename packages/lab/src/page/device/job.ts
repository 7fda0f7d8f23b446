import 'gelu/fast';
import { type Approximate, gelu } from 'gelu';
import { createPool } from 'gelu/threads';
import { createGeluGPU } from 'gelu/webgpu';
import { valueErrors } from '../../implementations/errors.js';
import { testPoints } from '../../implementations/points.js';
import type { Port } from '../work/types.js';

/** One way to compute GELU of float32 here. */
export interface DeviceRow {
  name: string;
  form: Approximate;
  /** Why it cannot be measured here; '' where it was. */
  missing: string;
  /** The worst error in ULP over the points, and where; the largest x below 0 at which 0 comes out too early. */
  worstUlp: number;
  worstUlpAt: number;
  firstZero: number | null;
  /** Million elements a second: the median call on 2²⁰ elements. */
  speed: number;
}

export interface DeviceOutput {
  /** So many of all rows are done; the next one's name. */
  rows: DeviceRow[];
  of: number;
  next: string;
  /** Million elements a second that are copied. */
  copy: number;
  points: number;
  adapter: string;
}

interface Way {
  name: string;
  form: Approximate;
  /** Opens it, or says why it is not there. */
  open(): Promise<Compute | string>;
}

interface Compute {
  (x: Float32Array): Float32Array | Promise<Float32Array>;
  close?(): void | Promise<void>;
}

const ELEMENTS = 1 << 20;
const POINTS = 40_000;
/** Milliseconds in which a way is called again and again. */
const MEASURED = 250;
const CALLS = 3;

/** The usual formula of frameworks, a number at a time. */
const usual = (x: Float32Array): Float32Array =>
  x.map((v) => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))));

const here = globalThis as { crossOriginIsolated?: boolean; navigator?: { gpu?: GPU } };

/** How good and how fast GELU is on this device, one way after the other. */
export async function deviceJob(_: unknown, { post }: Port): Promise<void> {
  let adapter = '';
  const ways: readonly Way[] = [
    { name: 'JavaScript, ½·x·(1 + Math.tanh(…))', form: 'tanh', open: async () => usual },
    {
      name: 'JavaScript, this library, a number at a time',
      form: 'none',
      open: async () => (x) => x.map((v) => gelu(v)),
    },
    { name: 'WebAssembly, correctly rounded', form: 'none', open: async () => (x) => gelu(x) },
    { name: 'WebAssembly, fast', form: 'none', open: async () => (x) => gelu(x, { precision: 'fast' }) },
    { name: 'threads', form: 'none', open: threads },
    {
      name: 'WebGPU',
      form: 'none',
      open: async () => {
        const found = await here.navigator?.gpu?.requestAdapter();
        if (!found) return here.navigator?.gpu ? 'there is no adapter' : 'this browser or page has none';
        adapter = [found.info.vendor, found.info.architecture, found.info.description].filter(Boolean).join(' ');
        const device = await found.requestDevice();
        const f = await (await createGeluGPU(device)).activation('gelu');
        return Object.assign((x: Float32Array) => f.forward(x) as Promise<Float32Array>, {
          close: () => device.destroy(),
        });
      },
    },
  ];
  const x = testPoints(POINTS, 1);
  const long = Float32Array.from({ length: ELEMENTS }, (_, i) => 8 * ((i * 0.618033988749895) % 1) - 5);
  const target = new Float32Array(ELEMENTS);
  const copy = await speedOf(() => target.set(long));
  const rows: DeviceRow[] = [];
  const tell = (): void =>
    post({
      rows,
      of: ways.length,
      next: ways[rows.length]?.name ?? '',
      copy,
      points: x.length,
      adapter,
    } satisfies DeviceOutput);
  for (const way of ways) {
    tell();
    rows.push(await measured(way, x, long));
  }
  tell();
}

async function threads(): Promise<Compute | string> {
  if (!here.crossOriginIsolated)
    return 'they need a page that is isolated (COOP, COEP): gelu-lab page --serve makes one';
  const pool = await createPool();
  return Object.assign((x: Float32Array) => pool.gelu(x) as Promise<Float32Array>, { close: () => pool.close() });
}

async function measured({ name, form, open }: Way, x: Float32Array, long: Float32Array): Promise<DeviceRow> {
  const nothing = { name, form, worstUlp: 0, worstUlpAt: 0, firstZero: null, speed: 0 };
  let compute: Compute | string;
  try {
    compute = await open();
    if (typeof compute === 'string') return { ...nothing, missing: compute };
    const { worstUlp, worstUlpAt, firstZero } = valueErrors(x, await compute(x), form);
    const speed = await speedOf(() => (compute as Compute)(long));
    return { name, form, missing: '', worstUlp, worstUlpAt, firstZero, speed };
  } catch (error) {
    return { ...nothing, missing: (error as Error).message };
  } finally {
    if (typeof compute! === 'function') await compute.close?.();
  }
}

/** Million elements a second, of the median call. */
async function speedOf(call: () => unknown): Promise<number> {
  await call();
  const times: number[] = [];
  for (const start = performance.now(); times.length < CALLS || performance.now() - start < MEASURED; ) {
    const before = performance.now();
    await call();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return ELEMENTS / Math.max(times[times.length >> 1], 1e-3) / 1000;
}
