import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BROWSER_FLAGS, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();
const times = { testTimeout: 180_000, hookTimeout: 180_000 };

/** The core's tests that need nothing of Node run in Chromium too, as they stand. */
const CORE = [
  'test/bad-input',
  'src/functions/bias',
  'src/functions/gelu',
  'src/activations/registry',
  'src/activations/gelu/inlined',
  'src/kernels/bias',
  'src/kernels/float64/run',
  'src/kernels/lookup',
  'src/kernels/gelu/run',
  'src/functions/family',
  'src/functions/gelu-gradients',
  'src/functions/own',
  'src/functions/prelu',
  'src/functions/gated/gated',
  'src/jax/index',
  'src/kernels/family/kernel',
  'src/numerics/dd',
  'src/numerics/small-floats',
].map((name) => `packages/gelu/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts', 'packages/*/{src,test}/**/*.test.ts'],
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
