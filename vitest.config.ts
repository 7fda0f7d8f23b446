import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BROWSER_FLAGS, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();
const times = { testTimeout: 180_000, hookTimeout: 180_000 };

/** The core's tests that need nothing of Node run in Chromium too, as they stand. */
const CORE = [
  'bad-input',
  'bias',
  'functions',
  'activations/registry',
  'activations/gelu/quick',
  'backends/bias',
  'backends/float64',
  'backends/lookup',
  'backends/wasm',
  'family/*',
  'gated/gated',
  'jax/index',
  'kernels/family',
  'numerics/dd',
  'numerics/small-floats',
].map((name) => `packages/gelu/src/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          ...times,
        },
      },
      // `scripts/chromium.mjs` has told what is missing, and failed in CI.
      ...(executablePath
        ? [
            {
              // Shared memory, and with it threads, need these two.
              server: {
                headers: {
                  'Cross-Origin-Opener-Policy': 'same-origin',
                  'Cross-Origin-Embedder-Policy': 'require-corp',
                },
              },
              test: {
                name: 'chromium',
                include: [...CORE, 'packages/*/{src,test}/**/*.browser.test.ts'],
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
                ...times,
              },
            },
          ]
        : []),
    ],
  },
});
