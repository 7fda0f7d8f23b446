import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import { OPERATION, rewriteGraphModel } from 'gelu/tfjs/graph';
import { UsageError } from '../../console/errors.js';
import { wordOption } from '../../console/options.js';
import { fit } from '../../console/screen.js';
import { toJson } from '../../run/json.js';
import { say, writeOutput } from '../../run/write.js';
import { nameOf } from './inspect.js';
import { withGraphModel } from './model-file.js';

type Text = { type: 'string'; description: string; valueHint: string };
type Flag = { type: 'boolean'; default: boolean; description: string };
type Args = {
  model: { type: 'positional'; required: true; description: string; valueHint: string };
  out: Text & { required: true };
  activation: Text;
  keep: Text;
  overwrite: Flag;
  json: Flag;
};

const ACTIVATIONS = ['gelu', 'silu', 'mish', 'hardswish'] as const;

const args: Args = {
  model: {
    type: 'positional',
    required: true,
    valueHint: 'model.json',
    description: 'the model.json, with its weights in the same folder',
  },
  out: { type: 'string', required: true, valueHint: 'file', description: 'the new model.json; - is standard output' },
  activation: { type: 'string', valueHint: ACTIVATIONS.join('|'), description: 'only this one' },
  keep: { type: 'string', valueHint: 'name,…', description: 'nodes to keep because programs request them by name' },
  overwrite: { type: 'boolean', default: false, description: '--out may be the model itself' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

/** `gelu-lab tfjs rewrite`. The exit code is 1 if there was nothing to rewrite. */
export const rewriteCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'rewrite',
    description: 'make each of them one operation, which gelu/tfjs/converter runs',
    examples: [
      ['tfjs rewrite model.json --out model.gelu.json', 'each of them as one operation of gelu/tfjs'],
      ['tfjs rewrite model.json --activation gelu --out model.gelu.json --json', 'only GELU; for a script'],
    ],
  },
  args,
  run: ({ args: given }) => {
    const { model, out, json } = given;
    const only = given.activation === undefined ? undefined : wordOption('activation', given.activation, ACTIVATIONS);
    const keep = given.keep?.split(',').map((name) => name.trim());
    if (!given.overwrite && existsSync(out) && existsSync(model) && realpathSync(out) === realpathSync(model))
      throw new UsageError('--out is the model itself; if that is meant, add --overwrite');
    withGraphModel(model, (file) => {
      const filter = ({ activation }: { readonly activation: string }): boolean =>
        only === undefined || activation === only;
      const { model: result, rewritten } = rewriteGraphModel(file.model, file.read, { keep, filter });
      if (rewritten.length > 0) writeOutput(out, JSON.stringify(result));
      else process.exitCode = 1;
      const moved =
        rewritten.length > 0 && file.weights.length > 0 && resolve(dirname(model)) !== resolve(dirname(out));
      if (json) say(out, `${toJson({ rewritten, weights: file.weights }, 2)}\n`);
      else
        say(
          out,
          fit(
            [
              ...(rewritten.length > 0
                ? [
                    `${out}: ${rewritten.length} rewritten to ${OPERATION}, which runs where gelu/tfjs/converter is imported`,
                    ...rewritten.map((one) => `${nameOf(one)} ${one.graph}: ${one.input} → ${one.output}`),
                  ]
                : ['Nothing to rewrite; no file was written.']),
              ...(moved
                ? [`Its weights stay in ${dirname(model)}: ${file.weights.join(', ')}. Keep them in the same folder.`]
                : []),
              '',
            ].join('\n'),
          ),
        );
    });
  },
});
