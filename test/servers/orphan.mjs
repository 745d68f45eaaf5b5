// Starts a server, says where it is, and is left by whoever started it. $1: its module, $2: its start.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const [module = '', start = ''] = process.argv.slice(2);
const vite = await createViteServer({ configFile: false, logLevel: 'error', optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, ws: false } });
const loaded = await vite.ssrLoadModule(fileURLToPath(new URL(module, import.meta.url)));
const { pid, folder } = await loaded[start]();
console.log(JSON.stringify({ pid, folder }));
setTimeout(() => {}, 600_000);
