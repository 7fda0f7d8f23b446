import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type CommandDef, defineCommand } from 'citty';
import { count, duration } from '../../console/figures.js';
import { numberOption } from '../../console/options.js';
import { progress } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { requireAddress } from '../../queue/address.js';
import { connect } from '../../queue/connect.js';
import { QUEUE_ARGS, type QueueArgs } from '../../queue/options.js';
import { addressMessage, simulate } from '../../queue/simulate.js';
import { toJson } from '../../run/json.js';

type Text = { type: 'string'; description: string; valueHint: string; default: string };
type Args = QueueArgs &
  Record<'trials' | 'workers' | 'concurrency' | 'bytes', Text> & {
    json: { type: 'boolean'; default: boolean; description: string };
  };

const args: Args = {
  ...QUEUE_ARGS,
  trials: { type: 'string', valueHint: 'n', default: '10000', description: 'how many trials' },
  workers: {
    type: 'string',
    valueHint: 'n',
    default: '8',
    description: 'how many workers take them, in up to 8 processes',
  },
  concurrency: { type: 'string', valueHint: 'n', default: '1', description: 'trials at once in each of them' },
  bytes: {
    type: 'string',
    valueHint: 'n',
    default: '0',
    description: 'the size of a checkpoint that each trial leaves',
  },
  json: { type: 'boolean', default: false, description: 'print the figures as JSON' },
};

const PROCESSES = 8;
/** Beside the code that runs; the tests run the sources, with the built process. */
const PROCESS = fileURLToPath(new URL('../../../dist/queue/simulated-worker.js', import.meta.url));

/** `gelu-lab queue simulate`. */
export const simulateCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'simulate',
    description: 'send trials that do nothing through the queue: what a sweep asks of its server and of the starter',
    examples: [['queue simulate --queue redis://127.0.0.1', '10,000 trials with 8 workers on this machine']],
  },
  args,
  run: async ({ args: given }) => {
    const address = requireAddress(given);
    const trials = numberOption('trials', given.trials, 1, 10_000_000, true);
    const workers = numberOption('workers', given.workers, 1, 5000, true);
    const slots = numberOption('concurrency', given.concurrency, 1, 10_000, true);
    const bytes = numberOption('bytes', given.bytes, 0, 2 ** 28, true);
    const connection = await connect(address, 'queue', show);
    const children: ChildProcess[] = [];
    const bar = progress('simulated');
    try {
      const processes = Math.min(workers, PROCESSES);
      for (let i = 0; i < processes; i++) {
        // The address goes by the channel between the processes: nobody else can read it.
        const child = fork(PROCESS, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        const count = Math.floor((workers + i) / processes);
        child.send({ address: addressMessage(address), count, slots, bytes });
        children.push(child);
      }
      const found = await simulate(connection, trials, workers, (done) =>
        bar.update(done / trials, `${count(done)} trials`),
      );
      bar.stop();
      if (given.json) process.stdout.write(`${toJson({ trials, workers, slots, bytes, ...found }, 2)}\n`);
      else
        show(
          [
            `${count(trials)} trials, ${workers} workers: ${duration(found.seconds)}, ${count(trials / found.seconds)} trials a second`,
            `lost: ${found.lost}; counted twice: ${found.twice}`,
            `of the server, a trial: ${count(found.commands)} commands, ${count(found.bytesIn)} bytes in, ${count(found.bytesOut)} bytes out, ${count(found.microseconds)} µs of its processor`,
            `the server's memory at most: ${count(found.serverMiB)} MiB more than before, ${count(found.keysLeft)} keys left`,
            `the starter's memory after a tenth and in the end: ${count(found.heapMiB[0])} and ${count(found.heapMiB[1])} MiB`,
          ].join('\n'),
        );
      if (found.lost > 0 || found.twice > 0) process.exitCode = 1;
    } finally {
      bar.stop();
      await Promise.all(children.map((child) => ended(child)));
      connection.close();
    }
  },
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}
