// Declarations under several versions of TypeScript, every way of resolving, with and without the DOM, skipLibCheck false.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { peers, programFolder } from './folders.mjs';

const VERSIONS = ['5.0', '5.4', '5.9', '6.0', '7'];
const packages = () => [
  ...VERSIONS.map((version) => `ts${version}@npm:typescript@${version}`),
  '@tensorflow/tfjs-layers@4',
  '@tensorflow/tfjs-converter@4',
  ...peers(),
];

/** What needs no framework. */
const OWN = `
import { GELU, gelu, geluBackward } from 'gelu';
import 'gelu/fast';
import 'gelu/float64';
import * as numerics from 'gelu/numerics';
import { createPool } from 'gelu/threads';
import { inspectOnnx } from 'gelu/onnx';
import { createGeluGPU } from 'gelu/webgpu';
import { inspectGraphModel } from 'gelu/tfjs/graph';
const y: Float32Array = gelu(new Float32Array(4), { approximate: 'tanh' });
declare const any: number | Float32Array | number[];
export const same: number | Float32Array | number[] = gelu(any);
export const g: Float32Array = geluBackward(y, y);
// @ts-expect-error
gelu(y, { approximate: 'erf' });
// @ts-expect-error
[1, 2].map(gelu);
export const all = [new GELU(), numerics, createPool, inspectOnnx, createGeluGPU, inspectGraphModel];
`;
const ADAPTERS = `
import * as tfjs from 'gelu/tfjs';
import * as layers from 'gelu/tfjs/layers';
import * as converter from 'gelu/tfjs/converter';
import * as jax from 'gelu/jax';
export const all = [tfjs.gelu, layers.GELU, converter.loadGraphModel, jax.gelu];
`;

const RESOLUTIONS = { node10: 'commonjs', node16: 'node16', nodenext: 'nodenext', bundler: 'esnext' };

function check(folder, version, resolution, dom) {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: 'es2022',
    lib: ['es2022', ...(dom ? ['dom'] : [])],
    types: [],
    module: RESOLUTIONS[resolution],
    moduleResolution: resolution,
    ...(version === '6.0' && resolution === 'node10' && { ignoreDeprecations: '6.0' }),
  };
  const place = programFolder(folder, 'program', {
    'own.ts': OWN,
    'adapters.ts': ADAPTERS,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['own.ts', 'adapters.ts'] }),
  });
  const { stdout } = spawnSync(process.execPath, [join(folder, `node_modules/ts${version}/bin/tsc`), '-p', place], {
    cwd: place,
    encoding: 'utf8',
    timeout: 240_000,
  });
  const errors = stdout.split('\n').filter((line) => /error TS/.test(line));
  // TensorFlow.js's own declarations have errors of their own, also without this library.
  return errors.filter((line) => !/node_modules\/(@tensorflow|@jax-js|@typescript|@webgpu|ts[\d.]+)\//.test(line));
}

/** A row for each version: what is wrong by the way of resolving. */
export const TYPESCRIPT = VERSIONS.map((version) => ({
  name: `typescript${version}`,
  title: `TypeScript ${version}`,
  packages,
  as: 'typescript',
  tool: `ts${version}`,
  columns: Object.keys(RESOLUTIONS),
  run: async (folder) => {
    const found = {};
    for (const resolution of Object.keys(RESOLUTIONS)) {
      if (version === '7' && resolution === 'node10') {
        found[resolution] = '–';
        continue;
      }
      const errors = [true, false].flatMap((dom) => check(folder, version, resolution, dom));
      found[resolution] = errors.length === 0 ? '✓' : errors[0];
    }
    return found;
  },
}));
