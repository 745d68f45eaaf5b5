// Prints what an import loads: modules by a hook, CommonJS by its cache.
import Module, { createRequire, register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';

const [target = ''] = process.argv.slice(2);
const loaded = new Set();
const { port1, port2 } = new MessageChannel();
port1.on('message', (url) => loaded.add(url));
const hook = `
  let port;
  export function initialize(data) { port = data; }
  export async function load(url, context, next) { port.postMessage(url); return next(url, context); }
`;
register(`data:text/javascript,${encodeURIComponent(hook)}`, { data: port2, transferList: [port2] });

await import(target);
await new Promise((resolve) => setImmediate(resolve));
port1.close();
for (const file of Object.keys(createRequire(import.meta.url).cache)) loaded.add(file);
// Modules of the loader's own start are no part of the target.
console.log(JSON.stringify([...loaded].filter((one) => !one.startsWith('node:') && !Module.isBuiltin(one))));
