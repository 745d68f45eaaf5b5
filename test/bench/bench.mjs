// What the rules cost beside a rule that does nothing, in processor time, within one run.
// JavaScript, because Node 20 runs no TypeScript. Prints tables; asserts nothing.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import typescriptParser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
// @ts-expect-error: it has no types.
import promise from 'eslint-plugin-promise';
import typescript from 'typescript-eslint';
import lifeguard from '../../packages/eslint-plugin/dist/index.js';
import { conditionalAliases, nestedInFinally, nestedInTry, nestedReactions, statements, unreleased } from './programs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = 5;

/** @typedef {{ readonly filename: string, readonly text: string }} Source */
/** @typedef {import('eslint').Linter.Config} Config */

/** @type {Config} */
const nothing = {
  plugins: { base: { rules: { nothing: { create: () => ({}) } } } },
  rules: { 'base/nothing': 'error' },
};
const plugin = /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (lifeguard));

/** @type {Record<string, Config>} */
const contestants = {
  'lifeguard recommended': { plugins: { lifeguard: plugin }, rules: rulesOf(lifeguard.configs.recommended) },
  'lifeguard strict': { plugins: { lifeguard: plugin }, rules: rulesOf(lifeguard.configs.strict) },
  'promise recommended': {
    plugins: { promise: /** @type {import('eslint').ESLint.Plugin} */ (promise) },
    rules: rulesOf(promise.configs['flat/recommended']),
  },
  'core code-path rules': {
    rules: Object.fromEntries(
      ['no-unreachable', 'getter-return', 'no-fallthrough', 'require-atomic-updates', 'consistent-return', 'array-callback-return', 'no-useless-return', 'constructor-super', 'no-this-before-super'].map((id) => [id, 'error']),
    ),
  },
};

const corpora = {
  'no pools: eslint, commander, ajv': [
    ...sourcesIn('node_modules/eslint/lib/rules', 120),
    ...sourcesIn('node_modules/ajv/lib', 40),
    ...sourcesIn('packages/cli/node_modules/commander/lib', 20),
  ],
  'pools: typeorm, pg-boss, graphile-worker, knex': [
    ...sourcesIn('packages/cli/node_modules/typeorm/query-runner', 40),
    ...sourcesIn('packages/cli/node_modules/typeorm/query-builder', 40),
    ...sourcesIn('packages/cli/node_modules/typeorm/migration', 20),
    ...sourcesIn('packages/cli/node_modules/pg-boss/src', 20),
    ...sourcesIn('packages/cli/node_modules/graphile-worker/dist', 40),
    ...sourcesIn('packages/cli/node_modules/knex/lib/execution', 20),
    ...sourcesIn('packages/cli/node_modules/knex/lib/dialects', 60),
  ],
};

console.log(`Node ${process.version}; median of ${rounds} rounds of processor time, less a run of one rule that does nothing`);
/** What the recommended preset may cost, as a ratio. */
const limits = [1.03, 1.1];
for (const [index, [title, sources]] of Object.entries(corpora).entries()) await compare(title, sources, contestants, false, limits[index]);
compareCold();
await shareOnMixedTree();
await compareTyped();
table('A function of n statements, ms', await grow([100, 1_000, 10_000], statements));
table('try { … } nested n deep, ms', await grow([1, 2, 4, 8, 16, 32, 64], nestedInTry));
table('finally { … } nested n deep, ms', await grow([1, 2, 4, 8, 12, 16, 32, 64], nestedInFinally));
table('.finally(() => …) nested n deep, ms', await grow([1, 2, 4, 8, 16, 32], nestedReactions));
table('n variables that a client may be in, ms', await grow([4, 8, 16, 32, 64], conditionalAliases));
table('n acquires that nobody releases in one function, ms', await grow([10, 50, 100, 200, 400, 800], unreleased));

/**
 * @param {string} title
 * @param {readonly Source[]} sources
 * @param {Record<string, Config>} configs
 * @param {boolean} isTyped
 * @param {number} [limit] Of the recommended preset.
 */
async function compare(title, sources, configs, isTyped, limit) {
  const all = Object.entries({ 'nothing': nothing, ...configs });
  /** @type {Map<string, number[]>} */
  const times = new Map(all.map(([name]) => [name, []]));
  const runs = all.map(([name, config]) => /** @type {const} */ ([name, runnerOf(config, isTyped)]));
  for (let round = 0; round < 2; round += 1) for (const [, run] of runs) await run(sources);
  // Taken in turn, so that a slow spell of the machine meets everyone; each goes first once, and pays for another's garbage.
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of [...runs.slice(round % runs.length), ...runs.slice(0, round % runs.length)]) times.get(name)?.push(await run(sources));
  }
  const base = median(times.get('nothing') ?? []);
  table(
    `${title} (${sources.length} files)`,
    [...times].map(([rules, taken]) => {
      const ratio = median(taken) / base;
      const isLimited = limit !== undefined && rules === 'lifeguard recommended';
      return {
        rules,
        ms: Math.round(median(taken)),
        ratio: ratio.toFixed(3),
        limit: isLimited ? limit.toFixed(2) : '',
        holds: isLimited ? String(ratio <= limit) : '',
      };
    }),
  );
}

/** The same for a process that lints each file once, as a command line does: everything is loaded, read and compiled anew. */
function compareCold() {
  const rows = Object.entries(corpora).map(([title, sources]) => {
    const input = JSON.stringify(sources.map(({ filename }) => filename));
    /** @param {string} rules @returns {number} */
    const run = (rules) => Number(execFileSync(process.execPath, [path.join(root, 'test/bench/cold.mjs'), rules], { cwd: root, input, encoding: 'utf8' }));
    /** @type {Record<string, number[]>} */
    const times = { nothing: [], recommended: [] };
    for (let round = 0; round < rounds; round += 1) for (const [rules, taken] of Object.entries(times)) taken.push(run(rules));
    const [base, ours] = [median(times['nothing'] ?? []), median(times['recommended'] ?? [])];
    return { corpus: title, 'nothing, ms': Math.round(base), 'recommended, ms': Math.round(ours), ratio: (ours / base).toFixed(3) };
  });
  table('One process, each file once', rows);
}

/** The time inside our rules, of a run of ESLint's own recommended rules and ours over both corpora. */
async function shareOnMixedTree() {
  const sources = Object.values(corpora).flat();
  const inside = { ms: 0 };
  const rules = Object.fromEntries(Object.entries(lifeguard.rules).map(([id, rule]) => [id, timed(/** @type {import('eslint').Rule.RuleModule} */ (/** @type {unknown} */ (rule)), inside)]));
  /** @type {Config} */
  const config = { plugins: { lifeguard: { rules } }, rules: { ...js.configs.recommended.rules, ...rulesOf(lifeguard.configs.recommended) } };
  const run = runnerOf(config, false);
  /** @type {number[]} */
  const shares = [];
  for (let round = 0; round <= rounds; round += 1) {
    inside.ms = 0;
    const start = performance.now();
    await run(sources);
    shares.push((100 * inside.ms) / (performance.now() - start));
  }
  const share = median(shares.slice(1));
  table(`Mixed tree, beside ESLint's recommended rules (${sources.length} files)`, [{ what: 'inside our rules, % of the run', share: share.toFixed(1), limit: 2, holds: String(share <= 2) }]);
}

/**
 * A rule whose time is taken, as ESLint's TIMING does.
 * @param {import('eslint').Rule.RuleModule} rule
 * @param {{ ms: number }} inside
 * @returns {import('eslint').Rule.RuleModule}
 */
function timed(rule, inside) {
  /** @template T @param {() => T} run @returns {T} */
  const take = (run) => {
    const start = performance.now();
    const value = run();
    inside.ms += performance.now() - start;
    return value;
  };
  return {
    ...(rule.meta === undefined ? {} : { meta: rule.meta }),
    create: (context) => {
      const listeners = take(() => rule.create(context));
      const all = /** @type {[string, (node: never) => void][]} */ (Object.entries(listeners));
      return /** @type {import('eslint').Rule.RuleListener} */ (Object.fromEntries(all.map(([selector, listen]) => [selector, (/** @type {never} */ node) => { take(() => { listen(node); }); }])));
    },
  };
}

async function compareTyped() {
  const folder = path.join(root, 'packages/cli/src');
  const sources = sourcesIn('packages/cli/src', 60);
  /** @type {Config} */
  const languageOptions = { languageOptions: { parser: typescriptParser, parserOptions: { project: path.join(folder, '../tsconfig.json') } } };
  const floating = { plugins: { '@typescript-eslint': typescript.plugin } };
  await compare(
    'typed: our command line',
    sources,
    {
      'lifeguard recommendedTypeChecked': { plugins: { lifeguard: plugin }, rules: rulesOf(lifeguard.configs.recommendedTypeChecked), ...languageOptions },
      'no-floating-promises': /** @type {Config} */ ({ ...floating, rules: { '@typescript-eslint/no-floating-promises': 'error' }, ...languageOptions }),
      'no rule, types loaded': { ...nothing, ...languageOptions },
    },
    true,
  );
}

/**
 * What lints sources with one configuration, as the command line does, and gives the processor time it took in ms.
 * @param {Config} config
 * @param {boolean} isTyped
 * @returns {(sources: readonly Source[]) => Promise<number>}
 */
function runnerOf(config, isTyped) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    baseConfig: [
      { ignores: ['!**/node_modules/'] },
      { files: ['**/*.js', '**/*.mjs', '**/*.ts'], linterOptions: { reportUnusedDisableDirectives: 'off' } },
      ...(isTyped ? [{ files: ['**/*.ts'], languageOptions: { parser: typescriptParser } }] : []),
      config,
    ],
  });
  return async (sources) => {
    const start = process.cpuUsage();
    for (const { filename, text } of sources) {
      const [result] = await eslint.lintText(text, { filePath: filename });
      const first = result?.messages[0];
      if (first !== undefined && first.ruleId === null) throw new Error(`${filename}: ${first.message}`);
    }
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
}

/**
 * Ends early where the next step would take minutes: a missing row says so.
 * @param {readonly number[]} sizes
 * @param {(n: number) => string} program
 */
async function grow(sizes, program) {
  const rows = [];
  for (const n of sizes) {
    const row = await growth(n, program(n));
    rows.push(row);
    if (Number(row.ours) > 2_000) break;
  }
  return rows;
}

/**
 * @param {number} n
 * @param {string} text
 */
async function growth(n, text) {
  const sources = [{ filename: path.join(root, 'program.js'), text }];
  const time = async (/** @type {Config} */ config) => {
    const run = runnerOf(config, false);
    /** @type {number[]} */
    const times = [];
    for (let round = 0; round < rounds; round += 1) times.push(await run(sources));
    return median(times);
  };
  const base = await time(nothing);
  const ours = await time(contestants['lifeguard recommended'] ?? nothing);
  return { n, nothing: base.toFixed(1), ours: ours.toFixed(1), 'ours per n': ((ours - base) / n).toFixed(3) };
}

/**
 * @param {string} folder
 * @param {number} count
 * @returns {Source[]}
 */
function sourcesIn(folder, count) {
  const base = path.join(root, folder);
  const found = readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.(?:js|ts)$/u.test(file))
    .sort()
    .slice(0, count)
    // ESLint takes `.js` for a module unless told; CommonJS parses as one.
    .map((file) => ({ filename: path.join(base, file), text: readFileSync(path.join(base, file), 'utf8') }));
  return found.filter(({ filename, text }) => filename.endsWith('.ts') ? folder.startsWith('packages/cli/src') : !/^with\s*\(/mu.test(text));
}

/** @param {object} config @returns {import('eslint').Linter.RulesRecord} */
function rulesOf(config) {
  return 'rules' in config ? /** @type {import('eslint').Linter.RulesRecord} */ (config.rules) : {};
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * @param {string} title
 * @param {readonly object[]} rows
 */
function table(title, rows) {
  console.log(`\n${title}`);
  console.table(rows);
}
