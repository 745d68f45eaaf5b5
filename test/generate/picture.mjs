/** Runs the demo, and draws what it prints of the service as docs/demo.svg: `pnpm picture`. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawTerminal } from './terminal-picture.mjs';

const root = new URL('../../', import.meta.url);
const bin = fileURLToPath(new URL('packages/cli/dist/bin.js', root));
const output = execFileSync(process.execPath, [bin, 'demo'], {
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [service = ''] = output.split(/\n[^\n]*published packages/u);
const prompt = '\u001b[2m$\u001b[22m npx -y pnpm@10 demo\n';
const title = 'What `npx -y pnpm@10 demo` prints: a table of the lines of a small service, with what the linter said, what the guard saw and what it did; then what is better after the linter’s suggestions.';
writeFileSync(new URL('docs/demo.svg', root), drawTerminal(prompt + service, title));
