import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putTinyBert, tinyBert } from './support/tiny-bert.js';

// In processes of their own, in a folder from which the packages are found; nothing is fetched.
const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(ROOT, 'dist', 'transformers-'));
beforeAll(() => putTinyBert(join(folder, 'models', 'tiny-bert')));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string): string {
  writeFileSync(join(folder, 'program.mjs'), program);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['program.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

test('the page: its snippets run and print what they promise', () => {
  const page = readFileSync(join(ROOT, '..', '..', 'docs', 'transformers-js.md'), 'utf8');
  const snippets = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(snippets).toHaveLength(2);
  for (const snippet of snippets) {
    const printed = run(snippet);
    const promised = [...snippet.matchAll(/console\.log\(.*\); +\/\/ (.+)$/gm)].map(([, line]) => line);
    expect(promised.length).toBeGreaterThan(0);
    for (const line of promised) expect(printed).toContain(line);
  }
});

/** The encoder's numbers for two sentences of different length, by the file that holds them. */
function outputsOf(names: readonly string[]): Record<string, { dims: number[]; data: number[] }> {
  return JSON.parse(
    run(`
      import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
      env.allowRemoteModels = false;
      env.localModelPath = 'models/';
      const tokenizer = await AutoTokenizer.from_pretrained('tiny-bert');
      const tokens = await tokenizer(['We trained on the two tasks.', 'a b c'], { padding: true });
      const outputs = {};
      for (const model_file_name of ${JSON.stringify(names)}) {
        const model = await AutoModel.from_pretrained('tiny-bert', { dtype: 'fp32', model_file_name });
        const { dims, data } = (await model(tokens)).last_hidden_state;
        outputs[model_file_name] = { dims, data: [...data] };
        await model.dispose();
      }
      console.log(JSON.stringify(outputs));`),
  );
}

test('Transformers.js loads rewritten models from disk, and their outputs are the same', () => {
  const targets: OnnxTarget[] = ['gelu', 'microsoft', 'accurate', 'decomposed'];
  const model = tinyBert();
  const onnx = (name: string): string => join(folder, 'models', 'tiny-bert', 'onnx', `${name}.onnx`);
  for (const to of targets) {
    const { rewritten, kept, bytes } = rewriteOnnx(model, { to });
    // One is the exact form, as 'decomposed' would write it.
    expect(rewritten.length + kept.length).toBe(2);
    expect(kept.map(({ reason }) => reason)).toEqual(kept.map(() => 'it is written so already'));
    writeFileSync(onnx(`model_${to}`), bytes());
  }
  // It can fail: another function gives other outputs.
  writeFileSync(onnx('model_other'), rewriteOnnx(model, { to: 'microsoft', variant: 'sigmoid' }).bytes());
  const outputs = outputsOf(['model', 'model_other', ...targets.map((to) => `model_${to}`)]);
  const { dims, data } = outputs.model;
  expect(dims).toEqual([2, 9, 16]);
  expect(data.every(Number.isFinite)).toBe(true);
  const distance = (name: string): number => Math.max(...data.map((v, i) => Math.abs(v - outputs[name].data[i])));
  for (const to of targets) expect(distance(`model_${to}`), to).toBeLessThan(1e-5);
  expect(distance('model_other')).toBeGreaterThan(1e-3);
});
