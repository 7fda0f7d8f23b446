import { SingleBar } from 'cli-progress';

/** Shows how much is done and the time left. */
export interface Progress {
  step(): void;
  stop(): void;
}

/** On the error stream: a bar on a terminal, else a line for every tenth. */
export function progress(total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(total, stream) : lines(total, (line) => stream.write(`${line}\n`));
}

function bar(total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new SingleBar({ format: '{bar} {percentage} %  {duration_formatted}, {eta_formatted} left', stream });
  shown.start(total, 0);
  return { step: () => shown.increment(), stop: () => shown.stop() };
}

/** One line for every tenth of `total` steps. */
export function lines(total: number, write: (line: string) => void): Progress {
  const start = performance.now();
  let done = 0;
  return {
    step: () => {
      done++;
      if (Math.floor((10 * done) / total) === Math.floor((10 * (done - 1)) / total)) return;
      const seconds = (performance.now() - start) / 1000;
      const left = (seconds / done) * (total - done);
      write(`${Math.round((100 * done) / total)} %, ${seconds.toFixed(0)} s, ${left.toFixed(0)} s left`);
    },
    stop: () => {},
  };
}
