'use strict';
// The compiled module: what `node-gyp` made of the sources here, else a prebuilt one. `gelu/native` calls it.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const prebuilt = join(__dirname, 'prebuilds', `${process.platform}-${process.arch}`, 'node.napi.node');
if (existsSync(prebuilt) && !existsSync(join(__dirname, 'build'))) {
  // As node-gyp-build would find it, in half of its time.
  module.exports = require(prebuilt);
  module.exports.path = prebuilt;
} else {
  const load = require('node-gyp-build');
  module.exports = load(__dirname);
  /** The file, for other threads. */
  module.exports.path = load.resolve(__dirname);
}
