// The built command line in a process that takes one call after the other (fork it, see lab.ts): what is loaded and
// compiled once serves all of them. When the channel is closed it ends, unless a command has left something open.
import { checkCall, runCli } from '../../dist/main.js';

const streams = { out: process.stdout, err: process.stderr };

process.on('message', async ({ argv, check }) => {
  const told = { code: 0, out: '', err: '' };
  for (const [name, stream] of Object.entries(streams))
    stream.write = (text) => {
      told[name] += text;
      return true;
    };
  try {
    if (check) await checkCall(argv);
    else told.code = await runCli(argv);
  } catch (error) {
    told.code = 2;
    told.err = error.message;
  }
  if ('Worker' in globalThis) told.err += 'a global Worker is left behind, with which jax-js does not start';
  for (const stream of Object.values(streams)) delete stream.write; // the prototype's again
  process.exitCode = 0;
  process.send(told);
});
