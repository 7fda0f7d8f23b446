import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { FORMS, type Ready } from './forms.js';

/** A process that works when it is asked to. */
export interface Participant {
  readonly implementation: string;
  readonly version: string;
  /** What it can be asked for. */
  readonly forms: readonly string[];
  /** Seconds that a pass takes. */
  time(form: number): Promise<number>;
  end(): void;
}

const PROGRAM = new URL('../../../../dist/commands/bench/native/child.js', import.meta.url);

/** Our kernels: 'off' are those in WebAssembly. */
export function kernels(name: string, elements: number): Promise<Participant> {
  const implementation = `gelu, ${name === 'off' ? 'WebAssembly' : name}`;
  return start(implementation, FORMS, ['kernels', `${elements}`], { GELU_NATIVE: name });
}

/** ONNX Runtime. With more threads than one in Node's pool its allocator makes most rounds ten times as slow. */
export const onnxRuntime = (elements: number): Promise<Participant> =>
  start('ONNX Runtime node', ['none'], ['onnx', `${elements}`], {});

/** `TypedArray.set`. */
export const memoryCopy = (elements: number): Promise<Participant> =>
  start('memory copy', ['TypedArray.set'], ['copy', `${elements}`], {});

async function start(
  implementation: string,
  forms: readonly string[],
  argv: string[],
  variables: { [name: string]: string },
): Promise<Participant> {
  const child = fork(PROGRAM, argv, { env: { ...process.env, UV_THREADPOOL_SIZE: '1', ...variables } });
  const { version } = await answer<Ready>(child, implementation);
  return {
    implementation,
    version,
    forms,
    time: (form) => {
      child.send(form);
      return answer<number>(child, implementation);
    },
    end: () => void child.kill(),
  };
}

/** The next message of a child, or why there is none. */
async function answer<T>(child: ChildProcess, name: string): Promise<T> {
  const ended = new AbortController();
  const signal = ended.signal;
  try {
    const [message, code] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => [undefined, code]),
    ]);
    if (message === undefined) throw new Error(`${name} ended with ${code}`);
    return message as T;
  } finally {
    ended.abort();
  }
}
