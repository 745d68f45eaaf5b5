import { expect, it } from 'vitest';
import { absolute } from '../generate/generate.ts';
import { readPage, type Page } from './page.ts';
import { steady } from './program.ts';
import { runCommand, writeProject } from './project.ts';

const page = readPage('docs/report.md');
const files = page.samples.filter(({ file }) => file?.includes('/') === true);
const commands = page.samples.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.trim().split('\n'));

it('the commands of the page about reports print what it shows; `pnpm generate` writes it anew', async () => {
  // The page shows a file that is cut off: it has no last line end.
  const cwd = writeProject('report', Object.fromEntries(files.map(({ file = '', code }) => [file, code.trimEnd()])));
  let { text } = page;
  for (const [name, command, code] of [['report', commands[0], 0], ['check', commands[3], 1]] as const) {
    expect(command).toContain(`lifeguard ${name} `);
    const ended = await runCommand(command ?? '', cwd);
    expect(ended.code, ended.output).toBe(code);
    const before = shown(page, name);
    if (steady(before) !== steady(ended.output)) {
      text = text.replace(`\`\`\`text ${name}\n${before}\`\`\``, () => `\`\`\`text ${name}\n${ended.output}\`\`\``);
    }
  }
  await expect(text).toMatchFileSnapshot(absolute('docs/report.md'));
});

it.each(commands.slice(1, 3))('%s runs as well', async (command) => {
  const cwd = writeProject('report-formats', Object.fromEntries(files.map(({ file = '', code }) => [file, code])));
  const { code, output } = await runCommand(command.replaceAll("'", ''), cwd);
  expect(output).toMatch(command.includes('sarif') ? /"ruleId": "lifeguard\/runtime-leak"/u : /leaked once since 2026-11-04/u);
  expect(code).toBe(0);
});

function shown({ samples }: Page, name: string): string {
  const code = samples.find(({ language, file }) => language === 'text' && file === name)?.code ?? '';
  return code.trim() === '' ? '' : code;
}
