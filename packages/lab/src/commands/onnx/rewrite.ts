import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import type { Approximate } from 'gelu';
import { inspectOnnx, type OnnxActivation, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { UsageError } from '../../console/errors.js';
import { wordOption } from '../../console/options.js';
import { fit } from '../../console/screen.js';
import { FORMS } from '../../implementations/forms.js';
import { withModel } from '../../onnx-models/model-file.js';
import { toJson } from '../../run/json.js';
import { say, writeStream } from '../../run/write.js';
import { ACTIVATIONS } from './activations.js';
import { differenceText, verifyFiles, verifyOptions } from './verify.js';

type Text = { type: 'string'; description: string; valueHint: string };
type Needed = Text & { required: true };
type Flag = { type: 'boolean'; default: boolean; description: string };
type Args = {
  model: { type: 'positional'; required: true; description: string; valueHint: string };
  to: Needed;
  out: Needed;
  variant: Text;
  from: Text;
  verify: Flag;
  dims: Text;
  tolerance: Text;
  activation: Text & { default: string };
  overwrite: Flag;
  json: Flag;
};

const TARGETS: readonly OnnxTarget[] = ['gelu', 'microsoft', 'accurate', 'decomposed', 'standard'];

const args: Args = {
  model: { type: 'positional', required: true, valueHint: 'model.onnx', description: 'the model' },
  to: { type: 'string', required: true, valueHint: TARGETS.join('|'), description: 'what to replace the GELUs with' },
  out: { type: 'string', required: true, valueHint: 'file', description: 'the new model; - is standard output' },
  variant: { type: 'string', valueHint: FORMS.join('|'), description: 'compute this function instead' },
  from: { type: 'string', valueHint: FORMS.join('|'), description: 'only GELUs of this variant' },
  activation: {
    type: 'string',
    default: 'gelu',
    valueHint: ACTIVATIONS.join('|'),
    description: 'which activations',
  },
  verify: {
    type: 'boolean',
    default: false,
    description: 'first run both in onnxruntime-node on random inputs; write nothing if they differ too much',
  },
  dims: { type: 'string', valueHint: 'name=n,…', description: 'lengths of named dimensions for --verify' },
  tolerance: {
    type: 'string',
    valueHint: 'x',
    description: 'for --verify, as a part of the largest output (default 1e-4; 1e-2 with float16)',
  },
  overwrite: { type: 'boolean', default: false, description: '--out may be the model itself' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

function isOf(each: OnnxActivation, variant: Approximate | undefined): boolean {
  return variant === undefined || each.parameters.approximate === variant;
}

/** Constants that a caller could override before. */
function overridden({ graph, output, overridable }: OnnxActivation): string[] {
  if (overridable === undefined) return [];
  return [`${graph}: ${output}: other values for its inputs ${overridable.join(', ')} are not heeded any more`];
}

/** `gelu-lab onnx rewrite`. The exit code is 1 if there was nothing to rewrite. */
export const rewriteCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'rewrite',
    description: 'rewrite the GELUs of a model',
    examples: [
      ['onnx rewrite model.onnx --to gelu --out new.onnx', 'each of them as one standard operator'],
      [
        'onnx rewrite model.onnx --to accurate --from none --out new.onnx',
        'the exact ones in a form that keeps the tail',
      ],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const { model, out, json } = given;
    const to = wordOption('to', given.to, TARGETS);
    const variant = given.variant === undefined ? undefined : wordOption('variant', given.variant, FORMS);
    const from = given.from === undefined ? undefined : wordOption('from', given.from, FORMS);
    const activation = wordOption('activation', given.activation, ACTIVATIONS);
    if (!given.overwrite && existsSync(out) && existsSync(model) && realpathSync(out) === realpathSync(model))
      throw new UsageError('--out is the model itself; if that is meant, add --overwrite');
    const verification = verifyOptions(given.dims, given.tolerance, variant !== undefined);
    await withModel(model, async (file) => {
      const rewrite = rewriteOnnx(file, { to, variant, activation, filter: (each) => isOf(each, from) });
      const { rewritten, kept, opset, size } = rewrite;
      const verified =
        given.verify && rewritten.length > 0 ? await verifyFiles(model, file, rewrite, verification) : undefined;
      if (rewritten.length > 0) await writeStream(out, rewrite.stream());
      else process.exitCode = 1;
      const { external, notUnderstood } = inspectOnnx(file);
      const what = activation === 'gelu' ? 'GELUs' : 'activations';
      const moved = rewritten.length > 0 && external.length > 0 && resolve(dirname(model)) !== resolve(dirname(out));
      if (json) say(out, `${toJson({ rewritten, kept, opset, size, external, notUnderstood, verified }, 2)}\n`);
      else
        say(
          out,
          fit(
            [
              rewritten.length > 0
                ? `${out}: ${rewritten.length} of ${rewritten.length + kept.length} ${what} rewritten to ${to}`
                : 'Nothing to rewrite; no file was written.',
              ...(opset ? [`${opset.domain || 'opset'} ${opset.from || 'absent'} → ${opset.to}`] : []),
              ...(verified ? verified.outputs.map(differenceText) : []),
              ...kept.map(({ gelu, reason }) => `kept ${gelu.graph}: ${gelu.input} → ${gelu.output} (${reason})`),
              ...rewritten.flatMap(overridden),
              ...(notUnderstood.length > 0
                ? [`not understood: ${notUnderstood.length} nodes, see gelu-lab onnx inspect`]
                : []),
              ...(moved
                ? [`Its weights stay in ${dirname(model)}: ${external.join(', ')}. Keep them in the same folder.`]
                : []),
              '',
            ].join('\n'),
          ),
        );
    });
  },
});
