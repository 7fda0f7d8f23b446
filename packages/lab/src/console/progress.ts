import { SingleBar } from 'cli-progress';

/** Shows how far a stage of the work is and the time it will still take. */
export interface Progress {
  /** `fraction` of the work is done: 0 … 1. */
  update(fraction: number, label: string): void;
  /** Makes room for other output until the next update. */
  pause(): void;
  stop(): void;
}

/** On the error stream: a bar on a terminal, elsewhere a line for every tenth. */
export function progress(stage: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(stage, stream) : lines(stage, (line) => void stream.write(`${line}\n`));
}

/** Says at once, to who waits at a terminal, that a command has begun, while what it needs is loaded. */
export async function loading<T>(
  stage: string,
  load: () => Promise<T>,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<T> {
  if (!stream.isTTY) return load();
  stream.write(`${stage}: loading …`);
  try {
    return await load();
  } finally {
    stream.write('\r\x1b[K'); // the line is free again
  }
}

/** Nothing shown. */
export const silent: Progress = { update: () => {}, pause: () => {}, stop: () => {} };

const TICKS = 1000;

function bar(stage: string, stream: NodeJS.WriteStream): Progress {
  const left = timeLeft();
  const bar = new SingleBar({
    format: `${stage.padEnd(9)} {bar} {percentage} %  {left}{label}`,
    stream,
    barsize: 24,
    hideCursor: true,
    gracefulExit: false, // the interruption is handled once, for all
    clearOnComplete: true,
  });
  const stop = (): void => {
    if (bar.isActive) bar.stop();
  };
  return {
    update: (fraction, label) => {
      const ticks = Math.floor(fraction * TICKS);
      const payload = { left: left(fraction), label };
      if (bar.isActive) bar.update(ticks, payload);
      else bar.start(TICKS, ticks, payload);
    },
    pause: stop,
    stop,
  };
}

/** One line for every tenth, made to be searched: `training: 40 %, 31 s left, step 480 of 1200`. */
export function lines(stage: string, write: (line: string) => void): Progress {
  const left = timeLeft();
  let tenth = -1;
  return {
    update: (fraction, label) => {
      if (Math.floor(10 * fraction) <= tenth) return;
      tenth = Math.floor(10 * fraction);
      write(`${stage}: ${Math.round(100 * fraction)} %, ${left(fraction)}${label}`);
    },
    pause: () => {},
    stop: () => {},
  };
}

/** Less of the work than this tells nothing of its pace: it may all have been preparation. */
const TELLING = 0.005;

/** The time left at the pace since the first call, whose fraction may be work done earlier. */
function timeLeft(): (fraction: number) => string {
  const start = performance.now();
  let first: number | null = null;
  return (fraction) => {
    first ??= fraction;
    const seconds = (performance.now() - start) / 1000;
    const done = fraction - first;
    return done > TELLING && fraction < 1 ? `${left((seconds / done) * (1 - fraction))} left, ` : '';
  };
}

function left(seconds: number): string {
  if (seconds < 600) return `${Math.ceil(seconds)} s`;
  return seconds < 36_000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
