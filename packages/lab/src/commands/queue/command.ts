import { type CommandDef, defineCommand } from 'citty';

/** `gelu-lab queue`. */
export const queueCommand: CommandDef = defineCommand({
  meta: { name: 'queue', description: 'the queue through which studies reach workers: show it, hold it, measure it' },
  subCommands: {
    status: async () => (await import('./status.js')).statusCommand,
    pause: async () => (await import('./control.js')).pauseCommand,
    resume: async () => (await import('./control.js')).resumeCommand,
    cancel: async () => (await import('./control.js')).cancelCommand,
    simulate: async () => (await import('./simulate.js')).simulateCommand,
  },
});
