import { type CommandDef, defineCommand } from 'citty';
import { numberOption, wordOption } from '../../console/options.js';
import { loading, progress } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { type ShowArgs, showArgs, showing } from '../../console/serve.js';
import { FORMS } from '../../implementations/forms.js';
import { toJson } from '../../run/json.js';
import { LEVELS } from './levels.js';
import { TARGET_HINT } from './target.js';

type Text = { type: 'string'; description: string; valueHint: string; default?: string };
type Defaulted = Text & { default: string };
type Args = ShowArgs & {
  target: { type: 'positional'; required: true; description: string; valueHint: string };
  form: Text;
  gradient: Text;
  level: Defaulted;
  points: Defaulted;
  elements: Defaulted;
  seed: Defaulted;
  out: Defaulted;
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  target: { type: 'positional', required: true, valueHint: 'target', description: TARGET_HINT },
  form: {
    type: 'string',
    valueHint: FORMS.join('|'),
    description: 'the form it should compute (none; for a model, its own)',
  },
  gradient: {
    type: 'string',
    valueHint: 'name',
    description: "of a module: the export with the function's derivative (nameDerivative, nameGradient or nameGrad)",
  },
  level: { type: 'string', valueHint: LEVELS.join('|'), default: '1ulp', description: 'what is asked for' },
  points: { type: 'string', valueHint: 'n', default: '262144', description: 'float32 inputs' },
  elements: {
    type: 'string',
    valueHint: 'n',
    default: '1048576',
    description: 'length of the vector for the speed; 0: none',
  },
  seed: { type: 'string', valueHint: 'n', default: '1', description: 'seed of the inputs' },
  out: { type: 'string', valueHint: 'folder', default: 'runs', description: 'where the run gets its folder' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
  ...showArgs,
};

/** `gelu-lab audit`. The exit code is 1 if a check failed. */
export const auditCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'audit',
    description: "how good is someone's GELU: accuracy, special values, speed; pass or fail",
    examples: [
      ['audit ./my-gelu.mjs#gelu --level 1ulp', 'a function of your own; exit code 1 if it does not pass'],
      ['audit model.onnx --json', 'the GELU in an ONNX file, for CI'],
      ['audit tfjs:wasm --level framework', 'that of TensorFlow.js'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const config = {
      target: given.target,
      form: given.form === undefined ? undefined : wordOption('form', given.form, FORMS),
      gradient: given.gradient,
      level: wordOption('level', given.level, LEVELS),
      points: numberOption('points', given.points, 1000, 2 ** 26, true),
      seed: numberOption('seed', given.seed, 0, 2 ** 31, true),
      elements: numberOption('elements', given.elements, 0, 2 ** 28, true),
    };
    const showReport = showing(given);
    const [{ runAudit }, { auditText }] = await loading('audit', () =>
      Promise.all([import('./run.js'), import('./text.js')]),
    );
    const bar = progress('audit');
    try {
      const result = await runAudit(config, given.out, bar);
      bar.stop();
      if (given.json) process.stdout.write(`${toJson(result, 2)}\n`);
      else show(auditText(result));
      if (!result.passed) process.exitCode = 1;
      await showReport(result.report);
    } finally {
      bar.stop();
    }
  },
});
