/** Milliseconds of this process on a processor: what else the machine does now is not what it will do later. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The processor time that some work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = processorTime();
  await work();
  return processorTime() - start;
}
