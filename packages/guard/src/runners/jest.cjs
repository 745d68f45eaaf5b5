/* global __filename */
// Jest runs tests in a realm with a loader of its own, which takes no ES modules in CommonJS, and replaces `module` and
// `process.getBuiltinModule` there. What runs in this context reaches the realm outside, in which Node requires ES
// modules: there the guard is loaded, once per process.
const load = require('node:vm').runInThisContext('process').getBuiltinModule('node:module').createRequire(__filename);

const api = load('./circus.js').connect(globalThis);

// Nobody requires what Jest itself loads as a set-up file; whoever does has to say what he wants.
if (module.parent === null || module.parent === undefined) api.failOnLeaks();

module.exports = api;
