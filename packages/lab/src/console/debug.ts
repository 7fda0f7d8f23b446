/** With it, errors are printed with where they came from. */
export const DEBUG = '--debug';

/** Whether this process was asked for it. */
export const debugging: boolean = process.argv.includes(DEBUG);

/** An error that is none of the lab's own as one line, or with its stack. */
export function unexpected(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  const line = `${error.name}: ${error.message}`.replaceAll(/\s*\n\s*/g, ' ');
  return withStack ? (error.stack ?? line) : `${line} (${DEBUG} shows where it came from)`;
}
