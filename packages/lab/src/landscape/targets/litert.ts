import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { packageFolder, requirePackages } from '../../run/packages.js';
import { packageVersion } from '../../run/versions.js';
import type { Loader } from '../target.js';
import { LITERT_FUNCTIONS, litertModel } from './litert-functions.js';

/** What of `@litertjs/core` is used; its types are not needed to build this. */
interface LiteRt {
  loadLiteRt(path: string): Promise<unknown>;
  loadAndCompile(model: Uint8Array, options: { accelerator: 'wasm' }): Promise<Compiled>;
  Tensor: { fromTypedArray(data: Float32Array, shape: number[]): Tensor };
}
interface Compiled {
  run(input: Tensor): Promise<Tensor[]>;
  delete(): void;
}
interface Tensor {
  data(): Promise<Float32Array>;
  delete(): void;
}

/** LiteRT.js on WebAssembly, in Node. It gives no gradients. */
export const load: Loader = async () => {
  const name = '@litertjs/core';
  requirePackages('landscape', [name]);
  const folder = packageFolder(name)!;
  const { loadAndCompile, Tensor } = await withWorkerGlobals(folder, async () => {
    const module = (await import(/* optional */ join(folder, 'dist', 'index.js'))) as LiteRt;
    await module.loadLiteRt(join(folder, 'wasm'));
    return module;
  });
  const compiled = new Map<string, Compiled>();
  return {
    title: 'LiteRT.js, wasm',
    versions: { [name]: packageVersion(name) },
    format: 'float32',
    orders: 0,
    calls: Object.fromEntries(Object.entries(LITERT_FUNCTIONS).map(([function_, [call]]) => [function_, call])),
    evaluate: async (function_, x) => {
      const key = `${function_} ${x.length}`;
      const model =
        compiled.get(key) ?? (await loadAndCompile(litertModel(function_, x.length), { accelerator: 'wasm' }));
      compiled.set(key, model);
      const input = Tensor.fromTypedArray(x as Float32Array, [x.length]);
      const [output] = await model.run(input);
      const y = (await output.data()).slice();
      input.delete();
      output.delete();
      return y;
    },
    close: async () => {
      for (const model of compiled.values()) model.delete();
    },
  };
};

/** It loads a script as in a worker of a browser, by `importScripts`; the script takes itself to be a module of CommonJS. */
async function withWorkerGlobals<T>(folder: string, load: () => Promise<T>): Promise<T> {
  const path = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : url);
  const shims: Record<string, unknown> = {
    self: globalThis,
    require: createRequire(join(folder, 'package.json')),
    __dirname: join(folder, 'wasm'),
    __filename: join(folder, 'wasm', 'index.js'),
    importScripts: (url: string) => runInThisContext(readFileSync(path(url), 'utf8'), { filename: path(url) }),
    fetch: async (url: string | URL) =>
      new Response(readFileSync(path(String(url))), { headers: { 'Content-Type': 'application/wasm' } }),
  };
  const before = Object.keys(shims).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)] as const);
  Object.assign(globalThis, shims);
  // What it says of each model it says by the functions that the console has while it starts.
  const { log, info, warn, error } = console;
  const nothing = (): void => {};
  Object.assign(console, { log: nothing, info: nothing, warn: nothing, error: nothing });
  try {
    return await load();
  } finally {
    Object.assign(console, { log, info, warn, error });
    for (const [key, descriptor] of before)
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, key);
      else Object.defineProperty(globalThis, key, descriptor);
  }
}
