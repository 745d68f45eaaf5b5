// One run of ESLint in a process of its own over the files that standard input names: `nothing`, or `recommended`.
// Prints the processor time of all of it in ms, with what it takes to load ESLint and the plugin.
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';

const files = /** @type {string[]} */ (JSON.parse(readFileSync(0, 'utf8')));
const nothing = { plugins: { base: { rules: { nothing: { create: () => ({}) } } } }, rules: { 'base/nothing': 'error' } };
const config = process.argv[2] === 'recommended' ? (await import('../../packages/eslint-plugin/dist/index.js')).default.configs.recommended : nothing;
const eslint = new ESLint({
  overrideConfigFile: true,
  baseConfig: [
    { ignores: ['!**/node_modules/'] },
    { files: ['**/*.js'], linterOptions: { reportUnusedDisableDirectives: 'off' } },
    /** @type {import('eslint').Linter.Config} */ (config),
  ],
});
const results = await eslint.lintFiles(files);
if (results.length !== files.length) throw new Error(`${results.length} of ${files.length} files were linted.`);
const { user, system } = process.cpuUsage();
console.log((user + system) / 1_000);
