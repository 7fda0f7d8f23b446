import { endWithReader } from './console/closed.js';
import { debugging, unexpected } from './console/debug.js';
import { runCli } from './main.js';
import { resolveFurther } from './run/packages.js';

endWithReader();
resolveFurther();
// What is thrown outside of a command's own promise, as by a callback of a framework.
process.on('uncaughtException', (error) => {
  process.stderr.write(`gelu-lab: ${unexpected(error, debugging)}\n`);
  process.exit(1);
});
process.exitCode = await runCli(process.argv.slice(2));
