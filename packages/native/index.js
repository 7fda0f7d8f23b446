'use strict';
// The compiled module: a prebuilt one, or what `node-gyp` made of the sources. `gelu/native` calls it.
const load = require('node-gyp-build');

module.exports = load(__dirname);
/** The file, for other threads. */
module.exports.path = load.resolve(__dirname);
