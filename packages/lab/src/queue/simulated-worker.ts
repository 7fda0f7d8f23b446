import { LabError } from '../console/errors.js';
import { resolveFurther } from '../run/packages.js';
import { connect } from './connect.js';
import { addressOf, nothing, SIMULATED } from './simulate.js';
import { TrialWorker } from './worker.js';

/** Workers of `queue simulate`: told by their channel where the queue is and how many they are, they end with the channel. */
interface Order {
  address: Record<string, unknown>;
  count: number;
  slots: number;
  bytes: number;
}

resolveFurther();
process.setMaxListeners(0); // each listens for signals
process.once('message', ({ count, ...order }: Order) => {
  for (let i = 0; i < count; i++) void work(order);
});
process.on('disconnect', () => process.emit('SIGTERM'));

async function work({ address, slots, bytes }: Omit<Order, 'count'>): Promise<void> {
  const tell = (): void => {};
  const connection = await connect(addressOf(address), 'queue simulate', tell);
  const runner = nothing(bytes);
  const worker = new TrialWorker(connection, {
    me: SIMULATED,
    slots,
    lockSeconds: 30,
    checkpointSeconds: 60,
    idleSeconds: Number.POSITIVE_INFINITY,
    admit: async ({ version }) => {
      if (version !== SIMULATED.version) throw new LabError('it is no simulation');
      return runner;
    },
    tell,
  });
  await worker.run().catch(() => {});
  connection.close();
}
