import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LabError } from '../../console/errors.js';
import { reasonOf } from '../../implementations/sources.js';
import type { Implementation, Run } from '../../implementations/types.js';

type Call = (...args: unknown[]) => unknown;
type Vector = (x: Float32Array, out: Float32Array) => Float32Array | Promise<Float32Array>;

/** Where the gradient of a function `name` is looked for. */
const GRADIENT_NAMES = (name: string): string[] => [`${name}Derivative`, `${name}Gradient`, `${name}Grad`];

/**
 * A function of a JavaScript module: of a number; of a Float32Array, giving an array of as many; of an input and an output
 * array; or in place. `gradient` is the name of the export with its derivative, which is also looked for.
 */
export async function jsTarget(
  file: string,
  name: string,
  gradient: string | undefined,
  approximate: Implementation['approximate'],
): Promise<Implementation> {
  const module = await load(file);
  const f = functionOf(module, name);
  if (f === undefined)
    throw new LabError(`${file} exports no function '${name}'; it has ${Object.keys(module).join(', ')}`);
  if (gradient !== undefined && functionOf(module, gradient) === undefined)
    throw new LabError(`${file} exports no function '${gradient}'`);
  const names = gradient === undefined ? GRADIENT_NAMES(name) : [gradient];
  const g = names.map((other) => functionOf(module, other)).find((found) => found !== undefined);
  const { vector, kind } = await vectorized(f, name);
  return {
    implementation: `${file}#${name}`,
    version: kind,
    form: approximate,
    approximate,
    value: async (x) => vector(x, new Float32Array(x.length)),
    ...(g && { gradient: await gradientOf(g) }),
    prepare: async (x) => repeated(vector, x),
  };
}

async function gradientOf(g: Call): Promise<(x: Float32Array) => Promise<Float32Array>> {
  const { vector } = await vectorized(g, 'the gradient');
  return async (x) => vector(x, new Float32Array(x.length));
}

export function repeated(vector: Vector, x: Float32Array): Run {
  const out = new Float32Array(x.length);
  return {
    run: () => {
      const result = vector(x, out);
      if (result instanceof Promise) return result.then(() => {});
    },
    dispose: () => {},
  };
}

async function load(file: string): Promise<Record<string, unknown>> {
  const isPath = /^[./]|\.[cm]?[jt]s$/.test(file);
  try {
    const path = isPath ? resolve(file) : createRequire(join(process.cwd(), 'audit.js')).resolve(file);
    return await import(pathToFileURL(path).href);
  } catch (error) {
    throw new LabError(`${file} cannot be loaded: ${(error as Error).message.split('\n')[0]}`);
  }
}

function functionOf(module: Record<string, unknown>, name: string): Call | undefined {
  const common = module.default as Record<string, unknown> | undefined;
  const found = module[name] ?? (typeof common === 'object' ? common?.[name] : undefined);
  return typeof found === 'function' ? (found as Call) : undefined;
}

/** Finds out how a function wants to be called: the first way in which it gives results. */
async function vectorized(f: Call, name: string): Promise<{ vector: Vector; kind: string }> {
  const input = Float32Array.of(1, -1);
  const out = new Float32Array(2);
  if (isVector(await attempt(f, input)))
    return { vector: async (x) => Float32Array.from(await asVector(f(x))), kind: 'array' };
  if (input[0] !== 1 || input[1] !== -1) return { vector: intoCopy(f), kind: 'in place' };
  await attempt(f, input, out);
  if (out.some((value) => value !== 0)) return { vector: intoOutput(f), kind: 'input and output' };
  const number = await attempt(f, 1);
  if (typeof number === 'number') return { vector: eachBy(f), kind: 'number' };
  const reason = number instanceof Failure ? `: ${number.message}` : '';
  throw new LabError(`${name} gives neither an array for a Float32Array nor a number for a number${reason}`);
}

class Failure {
  readonly message: string;
  constructor(error: unknown) {
    this.message = reasonOf(error);
  }
}

async function attempt(f: Call, ...args: unknown[]): Promise<unknown> {
  try {
    return await f(...args);
  } catch (error) {
    return new Failure(error);
  }
}

function isVector(value: unknown): value is ArrayLike<number> & Iterable<number> {
  const list = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  return list && (value as unknown as ArrayLike<number>).length === 2;
}

async function asVector(result: unknown): Promise<Iterable<number>> {
  return (await result) as Iterable<number>;
}

function intoCopy(f: Call): Vector {
  return async (x, y) => {
    y.set(x);
    await f(y);
    return y;
  };
}

function intoOutput(f: Call): Vector {
  return async (x, y) => {
    await f(x, y);
    return y;
  };
}

function eachBy(f: Call): Vector {
  return (x, y) => {
    for (let i = 0; i < x.length; i++) y[i] = f(x[i]) as number;
    return y;
  };
}
