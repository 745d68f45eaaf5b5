'use strict';

// Wraps what is required, as tracers do: the function that makes pools, and a method of a class.
const Module = require('node:module');

const { require: original } = Module.prototype;
const wrapped = new WeakSet();
const calls = [];

Module.prototype.require = function (id) {
  const exported = Reflect.apply(original, this, [id]);
  if (id !== 'mysql2' && id !== 'pg-pool') return exported;
  const [on, name] = id === 'mysql2' ? [exported, 'createPool'] : [exported.prototype, 'connect'];
  if (wrapped.has(on)) return exported;
  wrapped.add(on);
  const before = on[name];
  on[name] = function (...args) {
    calls.push(name);
    return Reflect.apply(before, this, args);
  };
  return exported;
};
process.on('exit', () => console.log(`calls: ${calls.join(', ')}`));
