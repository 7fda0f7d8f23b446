import { FLOAT32 } from '../read/tensor.js';
import { stringAttribute } from '../write/emitter.js';
import type { Draft } from './draft.js';

/** Upsample of opset 9 has its scales as an input. */
export function scalesToInput(draft: Draft): string | undefined {
  const scales = draft.attribute('scales')?.floats;
  if (scales === undefined) return 'its scales are not given';
  draft.drop('scales');
  draft.setInput(1, draft.constant(FLOAT32, [scales.length], scales));
  draft.scales = scales;
  return undefined;
}

export function upsampleToResize(draft: Draft): undefined {
  draft.rename('Resize');
}

/** What Resize of opset 10 always did is one of many ways from opset 11 on: pixels by their corners, the nearest rounded down. */
export function resizeFrom10(draft: Draft): string | undefined {
  const mode = draft.attribute('mode');
  if (mode?.reference !== undefined) return 'its attribute mode is that of the function around it';
  if (!draft.inputs[1]) return 'its scales are not given';
  const scales = draft.scales ?? draft.around.numbers(draft.inputs[1] ?? '');
  if (mode === undefined || mode.text === 'nearest') {
    // ONNX Runtime rounds up where it makes smaller.
    const rounding = scales?.every((s) => s >= 1) ? 'floor' : scales?.every((s) => s <= 1) ? 'ceil' : undefined;
    if (rounding === undefined) return 'its scales are not known to enlarge, or to reduce, along all axes';
    draft.set('nearest_mode', stringAttribute('nearest_mode', rounding));
  }
  const corners = 'coordinate_transformation_mode';
  draft.set(corners, stringAttribute(corners, 'asymmetric'));
  draft.inputs = [draft.inputs[0], '', draft.inputs[1]];
  return undefined;
}
