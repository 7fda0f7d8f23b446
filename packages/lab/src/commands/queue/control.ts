import { type CommandDef, defineCommand } from 'citty';
import { UsageError } from '../../console/errors.js';
import { show } from '../../console/screen.js';
import { requireAddress } from '../../queue/address.js';
import { type Connection, connect } from '../../queue/connect.js';
import { QUEUE_ARGS, type QueueArgs } from '../../queue/options.js';
import { cancel, queueOf } from '../../queue/queue.js';
import { listRuns } from '../../queue/runs.js';
import { toJson } from '../../run/json.js';

type Args = QueueArgs & {
  run: { type: 'positional'; required: false; description: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  ...QUEUE_ARGS,
  run: { type: 'positional', required: false, description: "the study: how its run begins, or 'all'" },
  json: { type: 'boolean', default: false, description: 'print the runs as JSON' },
};

type Act = (connection: Connection, run: string) => Promise<void>;

/** `gelu-lab queue pause`. */
export const pauseCommand: CommandDef<Args> = controlCommand(
  'pause',
  'give out no more trials; those that run go on to their end',
  'paused',
  async (connection, run) => withQueue(connection, run, (queue) => queue.pause()),
);

/** `gelu-lab queue resume`. */
export const resumeCommand: CommandDef<Args> = controlCommand(
  'resume',
  'give out trials again',
  'resumed',
  async (connection, run) => withQueue(connection, run, (queue) => queue.resume()),
);

/** `gelu-lab queue cancel`. */
export const cancelCommand: CommandDef<Args> = controlCommand(
  'cancel',
  'take a study out of the queue; what has been collected stays in its folder',
  'cancelled',
  cancel,
);

function controlCommand(name: string, description: string, done: string, act: Act): CommandDef<Args> {
  return defineCommand({
    meta: {
      name,
      description,
      examples: [
        [`queue ${name} 1f0c2a9b --queue redis://10.0.0.5`, 'the study whose run begins like that; see queue status'],
        [`queue ${name} all --queue-file queue.url`, 'every study'],
      ],
    },
    args,
    run: async ({ args: given }) => {
      const address = requireAddress(given);
      if (given.run === undefined)
        throw new UsageError(`Which study? The beginning of its run, or 'all'; see queue status`);
      const connection = await connect(address, 'queue', show);
      try {
        const all = [...(await listRuns(connection.redis)).keys()];
        const runs = all.filter((run) => given.run === 'all' || run.startsWith(given.run!));
        if (runs.length === 0 && given.run !== 'all')
          throw new UsageError(`No study in the queue begins with '${given.run}'`);
        if (runs.length > 1 && given.run !== 'all')
          throw new UsageError(`'${given.run}' is the beginning of several runs`);
        for (const run of runs) await act(connection, run);
        if (given.json) process.stdout.write(`${toJson({ [done]: runs })}\n`);
        else show(runs.length === 0 ? 'No study is in the queue.' : runs.map((run) => `${done}: ${run}`).join('\n'));
      } finally {
        connection.close();
      }
    },
  });
}

async function withQueue(
  connection: Connection,
  run: string,
  act: (queue: ReturnType<typeof queueOf>) => Promise<void>,
): Promise<void> {
  const queue = queueOf(connection, run);
  try {
    await act(queue);
  } finally {
    await queue.close();
  }
}
