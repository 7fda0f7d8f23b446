import { type CommandDef, defineCommand } from 'citty';
import { UsageError } from '../../console/errors.js';
import { wordsOption } from '../../console/options.js';
import { progress } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { FUNCTION_NAMES } from '../../landscape/functions.js';
import { TARGET_NAMES } from '../../landscape/targets/index.js';
import { toJson } from '../../run/json.js';

type Text = { type: 'string'; description: string; valueHint: string; default?: string };
type Flag = { type: 'boolean'; default: boolean; description: string };
type Args = Record<'targets' | 'activations' | 'port' | 'resume' | 'docs', Text> & {
  quick: Flag;
  out: Text & { default: string };
  json: Flag;
};

const args: Args = {
  targets: { type: 'string', valueHint: 'a,b,…', description: `some of ${TARGET_NAMES.join(', ')} (all)` },
  activations: { type: 'string', valueHint: 'a,b,…', description: `some of ${FUNCTION_NAMES.join(', ')} (all)` },
  quick: { type: 'boolean', default: false, description: 'fewer inputs, all targets in less than 5 minutes' },
  port: { type: 'string', valueHint: 'from,to', description: 'two targets: print what changes between them' },
  resume: { type: 'string', valueHint: 'folder', description: 'go on with a run that was stopped' },
  docs: {
    type: 'string',
    valueHint: 'folder',
    description: 'also put the cells into folder/landscape and write folder/landscape.md from all that are there',
  },
  out: { type: 'string', valueHint: 'folder', default: 'runs', description: 'where the run gets its folder' },
  json: { type: 'boolean', default: false, description: 'print the cells as JSON' },
};

/** `gelu-lab landscape`. */
export const landscapeCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'landscape',
    description: 'what every runtime makes of GELU and its family: errors, losses, derivatives, speed',
    examples: [
      ['landscape --quick', 'every target that is installed here, in less than 5 minutes'],
      ['landscape --targets tfjs-wasm,onnx-node --activations gelu,silu', 'two activations in two runtimes'],
      ['landscape --quick --port tfjs-wasm,onnx-web', 'what changes when a model moves'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const { resume, docs } = given;
    const port = given.port === undefined ? undefined : wordsOption('port', given.port, TARGET_NAMES);
    if (port !== undefined && port.length !== 2)
      throw new UsageError(`--port must be two targets, from,to, got '${given.port}'`);
    if (resume !== undefined && (given.targets ?? given.activations ?? given.port) !== undefined)
      throw new UsageError(
        '--targets, --activations and --port are settled when a run starts; --resume takes them from its config.json',
      );
    const targets =
      given.targets === undefined ? (port ?? TARGET_NAMES) : wordsOption('targets', given.targets, TARGET_NAMES);
    const functions =
      given.activations === undefined
        ? [...FUNCTION_NAMES]
        : wordsOption('activations', given.activations, FUNCTION_NAMES);
    const [{ startLandscape, resumeLandscape }, { landscapeText }, { QUICK, WHOLE }] = await Promise.all([
      import('./run.js'),
      import('./text.js'),
      import('../../landscape/cell.js'),
    ]);
    const bar = progress('landscape');
    try {
      const config = { targets: [...targets], functions, depth: given.quick ? QUICK : WHOLE };
      const results = await (resume === undefined
        ? startLandscape(config, given.out, bar)
        : resumeLandscape(resume, bar));
      bar.stop();
      if (docs !== undefined) (await import('./docs.js')).updateDocs(docs, results.cells);
      if (given.json) process.stdout.write(`${toJson(results, 2)}\n`);
      else if (port !== undefined)
        show((await import('./porting-markdown.js')).routeMarkdown(results.cells, port[0], port[1]).join('\n'));
      else show(landscapeText(results));
    } finally {
      bar.stop();
    }
  },
});
