/** `make()` at the first call, its result from then on. Tables are made when a function first needs them. */
export function onFirstUse<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    if (value === undefined) value = make();
    return value;
  };
}
