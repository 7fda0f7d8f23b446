import { vi } from 'vitest';
import { runCli } from '../../src/main.js';

/** What a call of the command line gave. */
export interface Called {
  code: number;
  out: string;
  err: string;
}

/** Calls the command line in this process. */
export async function called(...argv: string[]): Promise<Called> {
  const result = { code: 0, out: '', err: '' };
  const spies = (['out', 'err'] as const).map((stream) =>
    vi.spyOn(process[`std${stream}`], 'write').mockImplementation((text) => {
      result[stream] += text;
      return true;
    }),
  );
  try {
    result.code = await runCli(argv);
    return result;
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = 0;
  }
}
