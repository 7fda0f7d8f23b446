import { type CommandDef, defineCommand } from 'citty';

/** `gelu-lab tfjs`. */
export const tfjsCommand: CommandDef = defineCommand({
  meta: {
    name: 'tfjs',
    description: 'find GELU, SiLU, Mish, HardSwish in a graph model of TensorFlow.js, rewrite them',
  },
  subCommands: {
    inspect: async () => (await import('./inspect.js')).inspectCommand,
    rewrite: async () => (await import('./rewrite.js')).rewriteCommand,
  },
});
