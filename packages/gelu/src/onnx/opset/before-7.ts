import { INT64 } from '../read/tensor.js';
import type { Draft } from './draft.js';

// Before opset 7 shapes were fitted to each other only where an attribute said so.

/** B of A op B broadcast along `axis` of A. */
export function elementwise(draft: Draft): string | undefined {
  const broadcast = draft.attribute('broadcast');
  const axis = draft.attribute('axis');
  if (broadcast?.reference !== undefined || axis?.reference !== undefined)
    return 'it broadcasts according to an attribute of its function';
  draft.drop('broadcast', 'axis', 'consumed_inputs');
  if (broadcast?.integer !== 1 || axis?.integer === undefined) return undefined;
  const [a, b] = [draft.type(0)?.rank, draft.type(1)?.rank];
  if (a === undefined || b === undefined) return 'it broadcasts along an axis, and its shapes are not known';
  const missing = a - (axis.integer < 0 ? axis.integer + a : axis.integer) - b;
  if (missing < 0) return 'it broadcasts along an axis that does not fit its shapes';
  if (missing === 0) return undefined;
  const axes = Array.from({ length: missing }, (_, i) => b + i);
  draft.setInput(1, draft.before('Unsqueeze', [draft.inputs[1], draft.constant(INT64, [missing], axes)]));
  return undefined;
}

export function gemm(draft: Draft): undefined {
  draft.drop('broadcast');
}

/** The slope was one number, or one for each channel (axis 1). */
export function prelu(draft: Draft): string | undefined {
  draft.drop('consumed_inputs');
  const dims = draft.type(1)?.dims;
  if (dims?.length === 0 || (dims?.length === 1 && dims[0] === 1)) return undefined;
  const rank = draft.type(0)?.rank;
  if (dims?.length !== 1 || rank === undefined) return 'its shapes are not known';
  const missing = rank - 2;
  if (missing <= 0) return undefined;
  const axes = Array.from({ length: missing }, (_, i) => 1 + i);
  draft.setInput(1, draft.before('Unsqueeze', [draft.inputs[1], draft.constant(INT64, [missing], axes)]));
  return undefined;
}
