interface NodeModules {
  fs: typeof import('node:fs');
  os: typeof import('node:os');
  path: typeof import('node:path');
  worker_threads: typeof import('node:worker_threads');
}

export function isNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}

/** A module of Node. Not with a literal in import(), for which bundlers for browsers would look. */
export function nodeModule<Name extends keyof NodeModules>(name: Name): Promise<NodeModules[Name]> {
  const specifier = `node:${name}`;
  return import(/* @vite-ignore */ specifier);
}
