import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const guard = new URL('../../../packages/guard/dist/index.js', import.meta.url).href;
const tarn = import.meta.resolve('tarn');

const program = `import { guard, holders } from '${guard}';
import tarn from '${tarn}';

interface Thing { readonly id: number }

const pool = guard(new tarn.Pool<Thing>({ min: 0, max: 1, create: async () => ({ id: 1 }), destroy: () => {} }));
async function take(): Promise<Thing> {
  return await pool.acquire().promise;
}
const thing = await take();
console.log(JSON.stringify(holders(pool).map(({ site }) => site)));
pool.release(thing);
await pool.destroy();
`;

test.each([{ flags: [] }, { flags: ['--enable-source-maps'] }])('a compiled program is named by the lines of its source (node $flags)', ({ flags }) => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeguard-source-map-'));
  try {
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, sourceMap: true };
    const { outputText, sourceMapText = '' } = ts.transpileModule(program, { fileName: 'program.mts', compilerOptions: options });
    writeFileSync(join(folder, 'program.mjs'), outputText);
    writeFileSync(join(folder, 'program.mjs.map'), sourceMapText);
    const printed = execFileSync(process.execPath, [...flags, join(folder, 'program.mjs')], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
    expect(JSON.parse(printed)).toMatchObject([{ file: join(folder, 'program.mts'), line: 8, function: 'take' }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
