import { packageVersion } from '../../run/versions.js';
import { openPage } from '../browser/host.js';
import { floats, packed } from '../browser/page.js';
import type { FunctionName } from '../functions.js';
import type { Loader } from '../target.js';

/** What is run in Chromium, and what it needs. */
interface Framework {
  readonly title: string;
  readonly packages: readonly string[];
  readonly orders: 0 | 2;
  /** Models that the page is given, with how each is called. */
  models?(): Promise<{ calls: Record<string, string>; models: Record<string, string> }>;
}

const FRAMEWORKS: Readonly<Record<'tfjs' | 'jax' | 'onnx', Framework>> = {
  tfjs: {
    title: 'TensorFlow.js',
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'],
    orders: 2,
  },
  jax: { title: 'jax-js', packages: ['@jax-js/jax'], orders: 2 },
  onnx: {
    title: 'ONNX Runtime web',
    packages: ['onnxruntime-web'],
    orders: 0,
    models: async () => {
      const { functionModel, ONNX_FUNCTIONS } = await import('./onnx-functions.js');
      const names = Object.keys(ONNX_FUNCTIONS) as FunctionName[];
      const encoded = (name: FunctionName): string => Buffer.from(functionModel(name, 1, 20)).toString('base64');
      return {
        calls: Object.fromEntries(names.map((name) => [name, ONNX_FUNCTIONS[name]![0]])),
        models: Object.fromEntries(names.map((name) => [name, encoded(name)])),
      };
    },
  },
};

/** A framework in Chromium, on one of its devices. */
export const load =
  (framework: keyof typeof FRAMEWORKS, device: 'webgl' | 'webgpu'): Loader =>
  async () => {
    const { title, packages, orders, models } = FRAMEWORKS[framework];
    const backend = framework === 'tfjs' ? [`@tensorflow/tfjs-backend-${device}`] : [];
    const host = await openPage(framework, [...packages, ...backend]);
    try {
      const given = await models?.();
      const loaded = await host.call<{ calls: Record<string, string>; adapter: string }>(
        'load',
        device,
        given?.models ?? {},
      );
      const names = [...packages.slice(0, 1), ...backend];
      return {
        title: `${title}, ${device} in Chromium`,
        versions: {
          ...Object.fromEntries(names.map((name) => [name, packageVersion(name)])),
          chromium: host.chromium,
          adapter: loaded.adapter,
        },
        format: 'float32',
        orders,
        calls: given?.calls ?? loaded.calls,
        timed: false,
        evaluate: async (name, x, order) =>
          floats(await host.call<string>('evaluate', name, packed(x as Float32Array), order)),
        close: host.close,
      };
    } catch (error) {
      await host.close();
      throw error;
    }
  };
