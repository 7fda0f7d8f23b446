import { DTYPES, FLOAT32, INT64 } from '../read/tensor.js';
import { integerAttribute, stringAttribute } from '../write/emitter.js';
import { elementwise, gemm, prelu } from './before-7.js';
import type { Draft } from './draft.js';
import { resizeFrom10, scalesToInput, upsampleToResize } from './resize.js';

/** Changes a node as the next version of its operator wants it; gives the reason where that cannot be done. */
export type Conversion = (draft: Draft) => string | undefined;

const REDUCTIONS =
  'ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSumSquare';

/** By operator the versions in which it changed, the lowest first, and how a node follows. */
export const CONVERSIONS: ReadonlyMap<string, readonly (readonly [version: number, conversion: Conversion])[]> =
  new Map(
    Object.entries({
      ...same('Add Sub Mul Div Pow And Or Xor Equal Greater Less', [7, elementwise]),
      ...same(REDUCTIONS, [18, (draft) => listToInput(draft, 'axes', 1)]),
      ...same('ReduceSum Squeeze Unsqueeze', [13, (draft) => listToInput(draft, 'axes', 1)]),
      ...same('Softmax LogSoftmax Hardmax', [13, alongOneAxis]),
      Gemm: [[7, gemm]],
      PRelu: [[7, prelu]],
      Dropout: [
        [7, inference],
        [10, noMask],
        [12, ratioToInput],
      ],
      BatchNormalization: [
        [7, inference],
        [9, spatial],
        [14, oneOutput],
      ],
      Clip: [[11, boundsToInputs]],
      Pad: [[11, padsToInputs]],
      Slice: [[10, rangesToInputs]],
      TopK: [[10, countToInput]],
      Split: [
        [13, (draft) => listToInput(draft, 'split', 1)],
        [18, numberOfOutputs],
      ],
      Scatter: [[11, scatter]],
      Scan: [[9, () => 'its inputs changed with opset 9']],
      Upsample: [
        [9, scalesToInput],
        [10, upsampleToResize],
      ],
      Resize: [[11, resizeFrom10]],
      RoiAlign: [[16, corners]],
      GridSample: [[20, interpolation]],
      DFT: [[20, axisToInput]],
      LayerNormalization: [[17, oneType]],
      GroupNormalization: [[21, () => 'its scale and bias have a value for each channel from opset 21 on']],
      ...same('LSTM GRU RNN', [
        7,
        (draft) => (draft.has('output_sequence') ? 'its attribute output_sequence is gone' : undefined),
      ]),
    } satisfies Record<string, readonly (readonly [number, (draft: Draft) => string | undefined])[]>) as [
      string,
      (readonly [number, Conversion])[],
    ][],
  );

function same(ops: string, step: readonly [number, Conversion]): Record<string, (readonly [number, Conversion])[]> {
  return Object.fromEntries(ops.split(' ').map((op) => [op, [step]]));
}

const reference = (name: string): string => `its attribute ${name} is that of the function around it`;

/** An attribute that is a list of whole numbers becomes an input. */
function listToInput(draft: Draft, name: string, input: number): string | undefined {
  const given = draft.attribute(name);
  if (given === undefined) return undefined;
  if (given.reference !== undefined) return reference(name);
  const values = given.integers ?? [];
  draft.drop(name);
  // Without axes all are meant, as with an empty list.
  if (values.length > 0) draft.setInput(input, draft.constant(INT64, [values.length], values));
  return undefined;
}

/** Before opset 13 the input was taken for a matrix: the axes before `axis` in one, `axis` and those after it in the other. */
function alongOneAxis(draft: Draft): string | undefined {
  const given = draft.attribute('axis');
  if (given?.reference !== undefined) return reference('axis');
  const axis = given?.integer ?? (given === undefined ? 1 : 0);
  const rank = draft.type(0)?.rank;
  if (axis === -1) return undefined;
  draft.set('axis', integerAttribute('axis', -1));
  if (rank !== undefined && (axis === rank - 1 || rank === 0)) return undefined;
  const [x] = draft.inputs;
  const [y] = draft.outputs;
  const shape = draft.before('Shape', [x]);
  draft.setInput(0, draft.before('Flatten', [x], { attributes: [integerAttribute('axis', axis)] }));
  draft.outputs = [draft.newName('matrix')];
  // A dimension of 0 is one, not that of the matrix.
  draft.after('Reshape', [draft.outputs[0], shape], { attributes: [integerAttribute('allowzero', 1)], output: y });
  return undefined;
}

/** Training and inference were told apart by an attribute that says training where it is left out. */
function inference(draft: Draft): string | undefined {
  const given = draft.attribute('is_test');
  if (given?.reference !== undefined) return reference('is_test');
  draft.drop('is_test', 'consumed_inputs');
  return given?.integer === 1 ? undefined : 'it is written for training (is_test is not 1)';
}

function noMask({ outputs, node }: Draft): string | undefined {
  return outputs[1] ? `its mask ${node.outputs[1]} has another dtype from opset 10 on` : undefined;
}

function ratioToInput(draft: Draft): string | undefined {
  const given = draft.attribute('ratio');
  if (given?.reference !== undefined) return reference('ratio');
  draft.drop('ratio');
  if (given?.float !== undefined) draft.setInput(1, draft.constant(FLOAT32, [], [given.float]));
  return undefined;
}

function spatial(draft: Draft): string | undefined {
  const given = draft.attribute('spatial');
  draft.drop('spatial');
  return given === undefined || given.integer === 1 ? undefined : 'its attribute spatial is not 1';
}

function oneOutput(draft: Draft): string | undefined {
  if (draft.outputs.slice(1).some((name) => name !== ''))
    return 'it has outputs for training, which changed with opset 14';
  draft.outputs = draft.outputs.slice(0, 1);
  return undefined;
}

function boundsToInputs(draft: Draft): string | undefined {
  for (const [i, name] of ['min', 'max'].entries()) {
    const given = draft.attribute(name);
    if (given?.reference !== undefined) return reference(name);
    draft.drop(name);
    if (given !== undefined) draft.setInput(i + 1, likeInput(draft, given.float ?? 0));
  }
  return undefined;
}

/** A constant of the dtype of the first input. */
function likeInput(draft: Draft, value: number): string {
  const dtype = draft.type(0)?.dtype;
  if (dtype !== undefined && ['float32', 'float16', 'float64', 'bfloat16'].includes(DTYPES[dtype]))
    return draft.constant(dtype, [], [value]);
  return draft.before('CastLike', [draft.constant(FLOAT32, [], [value]), draft.inputs[0]]);
}

function padsToInputs(draft: Draft): string | undefined {
  const value = draft.attribute('value');
  if (value?.reference !== undefined) return reference('value');
  draft.drop('value');
  const reason = listToInput(draft, 'pads', 1);
  if (reason !== undefined) return reason;
  if (draft.inputs[1] === undefined) return 'it has no pads';
  if (value?.float) draft.setInput(2, likeInput(draft, value.float));
  return undefined;
}

function rangesToInputs(draft: Draft): string | undefined {
  for (const [i, name] of ['starts', 'ends', 'axes'].entries()) {
    const reason = listToInput(draft, name, i + 1);
    if (reason !== undefined) return reason;
  }
  return draft.inputs[1] && draft.inputs[2] ? undefined : 'it has no starts or no ends';
}

function countToInput(draft: Draft): string | undefined {
  const given = draft.attribute('k');
  if (given?.integer === undefined) return 'its number of elements k is not given';
  draft.drop('k');
  draft.setInput(1, draft.constant(INT64, [1], [given.integer]));
  return undefined;
}

function scatter(draft: Draft): undefined {
  draft.rename('ScatterElements');
}

function corners(draft: Draft): undefined {
  const name = 'coordinate_transformation_mode';
  draft.set(name, stringAttribute(name, 'output_half_pixel'));
}

/** Equal parts are asked for by their number from opset 18 on. */
function numberOfOutputs(draft: Draft): string | undefined {
  if (draft.inputs[1] || draft.has('num_outputs')) return undefined;
  draft.inputs = draft.inputs.slice(0, 1);
  draft.set('num_outputs', integerAttribute('num_outputs', draft.outputs.length));
  return undefined;
}

function interpolation(draft: Draft): string | undefined {
  const given = draft.attribute('mode');
  if (given?.reference !== undefined) return reference('mode');
  const name = given?.text === 'bicubic' ? 'cubic' : given?.text === 'bilinear' ? 'linear' : undefined;
  if (name !== undefined) draft.set('mode', stringAttribute('mode', name));
  return undefined;
}

function axisToInput(draft: Draft): string | undefined {
  const given = draft.attribute('axis');
  if (given?.reference !== undefined) return reference('axis');
  draft.drop('axis');
  draft.setInput(2, draft.constant(INT64, [], [given?.integer ?? 1]));
  return undefined;
}

/** Below opset 17 it is ONNX Runtime's own, whose scale may have another dtype. */
function oneType(draft: Draft): string | undefined {
  const [x, ...others] = draft.inputs.map((name) => draft.around.type(name)?.dtype);
  return x !== undefined && others.every((dtype) => dtype === x) ? undefined : 'its inputs may have different dtypes';
}
