import { type ConstantStyle, FLOAT32, GraphBuilder, value } from './graph-builder.js';
import type { Pattern } from './patterns.js';
import { encodeModel } from './schema.js';

/** How a model around a GELU is made. */
export interface ModelStyle extends Partial<ConstantStyle> {
  opset?: number;
  /** Of its input and output. */
  dtype?: number;
  rank?: number;
}

/** The bytes of a model y = GELU(x), x a vector, with the GELU written as `pattern` says. */
export function patternModel(pattern: Pick<Pattern, 'build'>, style: ModelStyle = {}): Uint8Array {
  const { opset = 17, dtype = FLOAT32, rank = 1 } = style;
  const g = new GraphBuilder({ ...style, dtype });
  const result = pattern.build(g, 'x');
  g.op('Identity', [result], [], '', 'y');
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'gelu',
      node: g.node,
      initializer: g.initializer,
      input: [value('x', dtype, rank)],
      output: [value('y', dtype, rank)],
    },
  });
}
