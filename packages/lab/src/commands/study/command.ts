import { type CommandDef, defineCommand } from 'citty';
import { activationNamed, SPEC_HINT } from '../../console/activation-spec.js';
import { UsageError } from '../../console/errors.js';
import { listOption, numberOption } from '../../console/options.js';
import { loading } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { type ShowArgs, showArgs, showing } from '../../console/serve.js';
import { type QueueAddress, queueAddress } from '../../queue/address.js';
import { QUEUE_ARGS, type QueueArgs } from '../../queue/options.js';
import { toJson } from '../../run/json.js';
import { requirePackages } from '../../run/packages.js';
import { STUDIES, studyNamed } from '../../studies/index.js';
import type { Study } from '../../studies/types.js';
import { parseBudget } from './budget.js';
import type { Queued } from './queued.js';

type Text = { type: 'string'; description: string; valueHint: string; default?: string };
type Args = {
  name: { type: 'positional'; required: false; description: string };
} & Record<'budget' | 'activations' | 'data' | 'resume' | 'jobs', Text> &
  Record<'out', Text & { default: string }> &
  ShowArgs &
  QueueArgs & { json: { type: 'boolean'; default: boolean; description: string } };

const args: Args = {
  name: {
    type: 'positional',
    required: false,
    description: `which experiment: ${STUDIES.map(({ name }) => name).join(', ')}`,
  },
  budget: {
    type: 'string',
    valueHint: 'time',
    description: "how long it may take, as 1m, 30m, 4h, or 'full' for the whole experiment (10m)",
  },
  activations: {
    type: 'string',
    valueHint: 'a,b,…',
    description: `what is compared, the first with each of the others; each ${SPEC_HINT}`,
  },
  jobs: {
    type: 'string',
    valueHint: 'n',
    description: 'trials at once, each in its own process (one per core; with --queue, as many as the workers take)',
  },
  data: { type: 'string', valueHint: 'folder', description: "the folder with the study's data" },
  resume: { type: 'string', valueHint: 'folder', description: 'resume a study, possibly with a larger --budget' },
  out: { type: 'string', valueHint: 'folder', default: 'runs', description: 'where the study gets its folder' },
  ...QUEUE_ARGS,
  json: { type: 'boolean', default: false, description: 'print the results as JSON' },
  ...showArgs,
};

/** `gelu-lab study`. The exit code is 1 if a trial failed. */
export const studyCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'study',
    description: 'an experiment over activations, learning rates and seeds, with a report',
    examples: [
      ['study mnist --budget 30m', 'the MNIST experiment of the paper, as much of it as half an hour allows'],
      ['study gpt --activations gelu,relu --jobs 1', 'two activations, one trial at a time'],
      ['study mnist --queue redis://10.0.0.5', 'by the workers of a queue: gelu-lab worker --queue … on any machine'],
      ['study --resume runs/20260101-120000-study-mnist --budget full', 'go on, up to the whole experiment'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const { resume, name } = given;
    if ((resume === undefined) === (name === undefined)) {
      throw new UsageError(`Which study? ${STUDIES.map((study) => study.name).join(', ')}; or --resume FOLDER`);
    }
    for (const option of ['activations', 'data'] as const) {
      if (resume !== undefined && given[option] !== undefined)
        throw new UsageError(`--${option} is settled when a study starts; --resume takes it from config.json`);
    }
    const options = {
      jobs: given.jobs === undefined ? null : numberOption('jobs', given.jobs, 1, 100_000, true),
      print: given.json ? () => {} : show,
    };
    const budget = given.budget === undefined ? null : parseBudget(given.budget);
    const study = name === undefined ? null : studyNamed(name);
    const activations = given.activations === undefined ? null : await activationsOf(given.activations, study);
    const address = queueAddress(given);
    requirePackages('study', ['@jax-js/jax']);
    const showReport = showing(given);
    const { resumeStudy, startStudy } = await loading('study', () => import('./run.js'));
    const { data = null, out } = given;
    const queue = address === null ? undefined : await joined(address, options.print);
    const all = queue === undefined ? options : { ...options, queue };
    const { folder, report, results } = await (study === null
      ? resumeStudy(resume!, budget, all)
      : startStudy({ study, activations, data, budget: budget ?? DEFAULT_BUDGET, out }, all)
    ).finally(() => queue?.connection.close());
    if (given.json) process.stdout.write(`${toJson({ folder, report, ...results }, 2)}\n`);
    if (results.failures.length > 0) process.exitCode = 1;
    await showReport(report);
  },
});

const DEFAULT_BUDGET = 600;

async function joined(address: QueueAddress, print: (text: string) => void): Promise<Queued> {
  const [{ connect }, { selfTest }] = await Promise.all([
    import('../../queue/connect.js'),
    import('../../queue/self-test.js'),
  ]);
  const connection = await connect(address, 'study --queue', print);
  print(`Queue: ${address.text}${connection.remark && `; ${connection.remark}`}`);
  return { connection, me: await selfTest(), hint: `gelu-lab worker --queue ${address.text}` };
}

/** The names of what is compared, checked as the study asks. */
async function activationsOf(given: string, study: Study | null): Promise<string[]> {
  const names = listOption('activations', given);
  for (const name of names) study?.check ? await study.check(name) : activationNamed(name);
  return names;
}
