/** `make()` at the first call, its result from then on. Tables are made when a function first needs them. */
/* @__NO_SIDE_EFFECTS__ */
export function onFirstUse<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    if (value === undefined) value = make();
    return value;
  };
}

/** What `make` makes of an object, made once for each. */
/* @__NO_SIDE_EFFECTS__ */
export function keptFor<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const kept = new WeakMap<K, V>();
  return (key) => {
    let value = kept.get(key);
    if (value === undefined) {
      value = make(key);
      kept.set(key, value);
    }
    return value;
  };
}

/** A store that makes what it is asked for and keeps the `limit` things that were used last. */
/* @__NO_SIDE_EFFECTS__ */
export function recent<T>(limit: number): (key: string, make: () => T) => T {
  const kept = new Map<string, T>();
  let last: { readonly key: string; readonly value: T } | undefined;
  return (key, make) => {
    if (last?.key === key) return last.value;
    let value = kept.get(key);
    if (value === undefined) value = make();
    else kept.delete(key);
    kept.set(key, value);
    last = { key, value };
    if (kept.size > limit) kept.delete(kept.keys().next().value as string);
    return value;
  };
}
