import { existsSync } from 'node:fs';
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

/** What takes long is begun first, so that it ends before the last of the others; who watches waits for it last. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const length = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((part) => moduleId.includes(part));
      return place < 0 ? 0 : LONG.length - place;
    };
    const sign = this.ctx.config.watch ? 1 : -1;
    return (await super.sort(files)).sort((a, b) => sign * (length(a) - length(b)));
  }
}

/** `x.test.ts` runs in Node, `x.browser.test.ts` in Chromium, `x.both.test.ts` in both. */
export default defineConfig({
  test: {
    // Vitest leaves a processor to itself; of two it needs little.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
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
