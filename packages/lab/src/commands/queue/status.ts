import { type CommandDef, defineCommand } from 'citty';
import { count, percent } from '../../console/figures.js';
import { show } from '../../console/screen.js';
import { textTable } from '../../console/text-table.js';
import { requireAddress } from '../../queue/address.js';
import { connect } from '../../queue/connect.js';
import { QUEUE_ARGS, type QueueArgs } from '../../queue/options.js';
import { queueState, type StudyState } from '../../queue/state.js';
import { toJson } from '../../run/json.js';

type Args = QueueArgs & { json: { type: 'boolean'; default: boolean; description: string } };

const args: Args = {
  ...QUEUE_ARGS,
  json: { type: 'boolean', default: false, description: 'print it as JSON' },
};

/** `gelu-lab queue status`. */
export const statusCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'status',
    description: 'the studies in the queue and the workers that are alive',
    examples: [['queue status --queue redis://10.0.0.5', 'what waits, what runs, and where']],
  },
  args,
  run: async ({ args: given }) => {
    const connection = await connect(requireAddress(given), 'queue', show);
    try {
      const state = await queueState(connection);
      if (given.json) process.stdout.write(`${toJson(state, 2)}\n`);
      else show(text(state));
    } finally {
      connection.close();
    }
  },
});

function text({ studies, workers, remark }: Awaited<ReturnType<typeof queueState>>): string {
  const lines: string[] = [];
  if (studies.length === 0) lines.push('No study is in the queue.');
  else
    lines.push(
      textTable(
        [
          ['run', 'study', 'begun in', 'state', 'waiting', 'running', 'ended', 'of'],
          ...studies.map((s) => [s.run.slice(0, 8), s.study, s.from, stateText(s), ...counts(s)]),
        ],
        4,
      ),
      ...studies.flatMap(({ run, refused }) => refused.map((reason) => `${run.slice(0, 8)} is refused: ${reason}`)),
    );
  if (workers.length === 0) lines.push('', 'No worker is alive.');
  else
    lines.push(
      '',
      textTable(
        [
          ['worker', 'at work', 'trials'],
          ...workers.map(({ host, pid, slots, running }) => [
            `${host} ${pid}`,
            `${running.length} of ${slots}`,
            running.map(({ job, fraction }) => `${job.replace(/_\d+$/, '')} ${percent(fraction)}`).join(', ') || '–',
          ]),
        ],
        3,
      ),
    );
  if (remark !== '') lines.push('', `The server: ${remark}.`);
  return lines.join('\n');
}

const counts = ({ waiting, running, ended, trials }: StudyState): string[] =>
  [waiting, running, ended, trials].map((n) => count(n));

function stateText({ paused, owner }: StudyState): string {
  if (paused) return 'paused';
  return owner === null ? 'nobody collects' : `collected by ${owner}`;
}
