const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs `load`, and then undoes what wasm loaders of frameworks leave behind in a Node process: a global Worker, from
 * which jax-js concludes that memory is shared, and handlers of uncaught errors that throw them again as their own.
 */
export async function withoutTraces<T>(load: () => Promise<T>): Promise<T> {
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const handlers = EVENTS.map((event) => [event, process.rawListeners(event)] as const);
  try {
    return await load();
  } finally {
    if (worker === undefined) Reflect.deleteProperty(globalThis, 'Worker');
    else Object.defineProperty(globalThis, 'Worker', worker);
    for (const [event, before] of handlers)
      for (const handler of process.rawListeners(event))
        if (!before.includes(handler)) process.removeListener(event, handler as () => void);
  }
}
