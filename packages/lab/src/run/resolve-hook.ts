/** The hooks of a thread of its own, where Node has no others; see `resolveFurther`. */
import type { InitializeHook, ResolveHook } from 'node:module';
import { optionalIn, requireResolved } from './optional.js';

let places: readonly string[] = [];

export const initialize: InitializeHook<{ places: string[] }> = (data) => {
  ({ places } = data);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await resolved(specifier, context, next);
  requireResolved(specifier, found.url);
  return found;
};

const resolved: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (optionalIn(specifier) === undefined) throw error;
    for (const parentURL of places) {
      try {
        return await next(specifier, { ...context, parentURL });
      } catch {
        // the next place
      }
    }
    throw error;
  }
};
