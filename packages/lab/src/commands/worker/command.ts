import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type CommandDef, defineCommand } from 'citty';
import { listOption, numberOption, timeOption } from '../../console/options.js';
import { show } from '../../console/screen.js';
import { requireAddress } from '../../queue/address.js';
import { QUEUE_ARGS, type QueueArgs } from '../../queue/options.js';
import { toJson } from '../../run/json.js';
import { requirePackages } from '../../run/packages.js';

type Text = { type: 'string'; description: string; valueHint: string; default?: string };
type Args = QueueArgs &
  Record<'concurrency' | 'data' | 'folder' | 'idle', Text> &
  Record<'checkpoint' | 'lock', Text & { default: string }> & {
    json: { type: 'boolean'; default: boolean; description: string };
  };

const args: Args = {
  ...QUEUE_ARGS,
  concurrency: {
    type: 'string',
    valueHint: 'n',
    description: 'trials at once, each in a process of its own (as many as there are cores)',
  },
  data: {
    type: 'string',
    valueHint: 'folder,…',
    description: 'where data lie that no npm package brings; they are told apart by their content',
  },
  checkpoint: {
    type: 'string',
    valueHint: 'time',
    default: '60s',
    description: 'how often a trial is put into the queue as far as it is, to go on elsewhere',
  },
  lock: {
    type: 'string',
    valueHint: 'time',
    default: '30s',
    description: 'after so long without a sign of life a trial goes to another worker; the same for all',
  },
  idle: { type: 'string', valueHint: 'time', description: 'end after so long without a trial' },
  folder: {
    type: 'string',
    valueHint: 'folder',
    description: "where trials are written while they run (the system's)",
  },
  json: { type: 'boolean', default: false, description: 'print what happens as JSON, a line each' },
};

/** `gelu-lab worker`. */
export const workerCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'worker',
    description: 'take the trials of studies from a queue, on any machine',
    examples: [
      ['worker --queue redis://10.0.0.5', 'as many trials at once as there are cores, until Ctrl-C'],
      [
        'worker --queue-file queue.url --concurrency 4 --idle 10m',
        'with a password; a rented machine ends when nothing is left',
      ],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const address = requireAddress(given);
    const { concurrency, data, folder } = given;
    const slots =
      concurrency === undefined ? availableParallelism() : numberOption('concurrency', concurrency, 1, 200, true);
    const checkpointSeconds = timeOption('checkpoint', given.checkpoint, { least: 1 });
    const lockSeconds = timeOption('lock', given.lock, { least: 1 });
    const idleSeconds = given.idle === undefined ? Number.POSITIVE_INFINITY : timeOption('idle', given.idle);
    const places = data === undefined ? [] : listOption('data', data);
    const tell = (text: string): void => {
      if (given.json) process.stdout.write(`${toJson({ time: new Date().toISOString(), text })}\n`);
      else show(text);
    };
    requirePackages('worker', ['@jax-js/jax', 'bullmq', 'ioredis']);
    const [{ connect }, { selfTest }, { TrialWorker }, { admit }, { DataFinder }, { scratchFolder }] =
      await Promise.all([
        import('../../queue/connect.js'),
        import('../../queue/self-test.js'),
        import('../../queue/worker.js'),
        import('../../queue/admission.js'),
        import('../../queue/find-data.js'),
        import('../../queue/run-trial.js'),
      ]);
    const me = await selfTest();
    const connection = await connect(address, 'worker', tell, 1000 * lockSeconds);
    const scratch = scratchFolder(folder);
    try {
      tell(
        `Worker of ${address.text}: ${slots} at once; ${me.version}${connection.remark && `; ${connection.remark}`}`,
      );
      const means = { me, finder: new DataFinder(places), scratch, checkpointSeconds };
      const options = { me, slots, lockSeconds, checkpointSeconds, idleSeconds, tell };
      await new TrialWorker(connection, { ...options, admit: (info) => admit(info, means) }).run();
    } finally {
      connection.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
});
