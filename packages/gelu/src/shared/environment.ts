interface NodeModules {
  fs: typeof import('node:fs');
  os: typeof import('node:os');
  path: typeof import('node:path');
  worker_threads: typeof import('node:worker_threads');
}

export function isNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}

/**
 * A module of Node, or undefined in a runtime that has only a part of them. Nothing that a bundler could follow: it would
 * look for the module in a browser's program, or refuse a name that is made at run time.
 */
export async function nodeModule<Name extends keyof NodeModules>(name: Name): Promise<NodeModules[Name] | undefined> {
  const specifier = `node:${name}`;
  if (typeof process.getBuiltinModule === 'function')
    return process.getBuiltinModule(specifier) as NodeModules[Name] | undefined;
  // Node before 20.16.
  const load = new Function('specifier', 'return import(specifier)') as (from: string) => Promise<NodeModules[Name]>;
  return load(specifier);
}
