import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { BROWSER_FLAGS, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();
const common = { testTimeout: 180_000, hookTimeout: 180_000, setupFiles: ['test/support/equality.ts'] };

/**
 * The lab's tests see the library's sources, so that a change of them needs no build; threads need the built files, since
 * they run without this resolution.
 */
const sources = (main: string) => ({
  name: 'sources-of-gelu',
  enforce: 'pre' as const,
  resolveId(name: string, importer?: string): string | undefined {
    if (!/^gelu(\/(?!threads$|package\.json$)|$)/.test(name) || !importer?.includes('/packages/lab/')) return undefined;
    const entry = join(import.meta.dirname, 'packages', 'gelu', 'src', name === 'gelu' ? main : name.slice(5));
    return [`${entry}.ts`, join(entry, 'index.ts')].find((file) => existsSync(file));
  },
});

/** Files that take long, the longest first. */
const LONG = [
  'test/check',
  'recipe',
  'train/run',
  'tour/run',
  'jax/index',
  'study/run',
  'lab/test/readme',
  'webgpu/accuracy',
  'family/kernel',
  'lab/test/packed',
  'threads/faults',
  'conv-models',
  'functions/family',
  'lab/test/disk',
  'train/kill',
];

const length = ({ moduleId }: TestSpecification): number => {
  const place = LONG.findIndex((part) => moduleId.includes(part));
  return place < 0 ? 0 : LONG.length - place;
};

/** When a test, or the file that it stands beside, was last changed. */
const changed = ({ moduleId }: TestSpecification): number =>
  Math.max(
    ...[moduleId, moduleId.replace(/(\.both|\.browser)?\.test\.ts$/, '.ts')].map(
      (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    ),
  );

/**
 * What takes long is begun first, so that it ends before the last of the others. Who watches waits for it last, and sees
 * the test of the file that was just saved at once.
 */
class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    if (!this.ctx.config.watch) return sorted.sort((a, b) => length(b) - length(a));
    const saved = (spec: TestSpecification): number => (Date.now() - changed(spec) < 60_000 ? changed(spec) : 0);
    return sorted.sort((a, b) => saved(b) - saved(a) || length(a) - length(b));
  }
}

/** `x.test.ts` runs in Node, `x.browser.test.ts` in Chromium, `x.both.test.ts` in both. */
export default defineConfig({
  test: {
    // One more than there are processors, since some tests wait: for a browser, a queue's locks, a process.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: Order },
    projects: [
      {
        plugins: [sources('complete')],
        test: {
          name: 'node',
          include: ['test/**/*.test.ts', 'packages/*/{src,test}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          ...common,
        },
      },
      // `scripts/chromium.mjs` has told what is missing, and failed in CI.
      ...(executablePath
        ? [
            {
              plugins: [sources('index')],
              // Shared memory, and with it threads, need these two.
              server: {
                headers: {
                  'Cross-Origin-Opener-Policy': 'same-origin',
                  'Cross-Origin-Embedder-Policy': 'require-corp',
                },
              },
              test: {
                name: 'chromium',
                include: ['packages/*/{src,test}/**/*.{both,browser}.test.ts'],
                browser: {
                  enabled: true,
                  headless: true,
                  screenshotFailures: false,
                  provider: playwright({
                    launchOptions: {
                      executablePath,
                      args: BROWSER_FLAGS,
                    },
                  }),
                  instances: [{ browser: 'chromium' as const }],
                },
                ...common,
              },
            },
          ]
        : []),
    ],
  },
});
