/** Runs in another engine: answers lines of JSON, { name, x }, with what its `Math` makes of them; floats as bits. */
import { createInterface } from 'node:readline';
import { TEXTBOOK } from './textbook.js';

const versions = process.versions as Record<string, string | undefined>;
const own = versions.bun ? ['bun', 'webkit'] : versions.deno ? ['deno', 'v8'] : ['node', 'v8'];
const named = own.flatMap((name) => (versions[name] ? [[name, versions[name]]] : []));
console.log(JSON.stringify(Object.fromEntries(named)));
for await (const line of createInterface({ input: process.stdin })) {
  const { name, x } = JSON.parse(line) as { name: string; x: number[] };
  const input = new Float64Array(Uint32Array.from(x).buffer);
  console.log(JSON.stringify([...new Uint32Array(input.map((v) => TEXTBOOK[name][1](v)).buffer)]));
}
