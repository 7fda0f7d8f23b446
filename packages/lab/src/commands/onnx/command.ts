import { type CommandDef, defineCommand } from 'citty';

/** `gelu-lab onnx`. */
export const onnxCommand: CommandDef = defineCommand({
  meta: { name: 'onnx', description: 'find the GELUs in an ONNX model, rewrite them, time them in ONNX Runtime' },
  subCommands: {
    inspect: async () => (await import('./inspect.js')).inspectCommand,
    rewrite: async () => (await import('./rewrite.js')).rewriteCommand,
    bench: async () => (await import('./bench.js')).benchCommand,
  },
});
