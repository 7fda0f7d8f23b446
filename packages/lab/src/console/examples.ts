import type { CommandDef } from 'citty';

/** A call without `gelu-lab`, and what it does. */
export type Example = readonly [call: string, what: string];

declare module 'citty' {
  interface CommandMeta {
    /** What --help shows below the options; a test holds them to these. */
    examples?: readonly Example[];
  }
}

/** The examples of a command. */
// biome-ignore lint/suspicious/noExplicitAny: citty's own type for commands with different options
export function examplesOf({ meta }: CommandDef<any>): readonly Example[] {
  return (meta !== undefined && 'examples' in meta ? meta.examples : undefined) ?? [];
}

/** The examples as text; '' for none. */
export function examplesText(examples: readonly Example[]): string {
  if (examples.length === 0) return '';
  return `\nEXAMPLES\n${examples.map(([call, what]) => `\n  gelu-lab ${call}\n      ${what}\n`).join('')}`;
}
