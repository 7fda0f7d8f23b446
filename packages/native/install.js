'use strict';
// Compiles the sources where no prebuilt module fits. Where that cannot be, `gelu` works as without this package.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, 'scripts', 'build.mjs'))) process.exit(0); // in the repository, which builds it by that
const bin = join(require.resolve('node-gyp-build/package.json'), '..', 'bin.js');
const { status } = spawnSync(process.execPath, [bin], { cwd: __dirname, stdio: 'inherit' });
if (status !== 0) console.warn('gelu-native: not compiled here; gelu works without it, by WebAssembly');
