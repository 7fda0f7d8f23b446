import { register } from 'node:module';

/**
 * Registers the gradients of tfjs-core's operations. Its bundle for Node leaves them out, and Node cannot import the
 * module that has them, since inside it file names lack their endings: two hooks, for that folder only, add them.
 */
export function registerGradients(): Promise<unknown> {
  registered ??= registerOnce();
  return registered;
}

let registered: Promise<unknown> | undefined;

function registerOnce(): Promise<unknown> {
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
  return import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
}

const HOOKS = `
const inside = (url) => url !== undefined && url.includes('/@tensorflow/tfjs-core/dist/') && !url.endsWith('.node.js');
export const resolve = (specifier, context, next) =>
  next(inside(context.parentURL) && specifier.startsWith('.') && !specifier.endsWith('.js')
    ? specifier + '.js' : specifier, context);
export const load = (url, context, next) => next(url, inside(url) ? { ...context, format: 'module' } : context);
`;
