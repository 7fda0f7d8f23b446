/** The hooks of a thread of its own, where Node has no others; see `resolveFurther`. */
import type { InitializeHook, ResolveHook } from 'node:module';

let names: readonly string[] = [];
let places: readonly string[] = [];

export const initialize: InitializeHook<{ names: string[]; places: string[] }> = (data) => {
  ({ names, places } = data);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!names.some((name) => specifier === name || specifier.startsWith(`${name}/`))) throw error;
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
