import javascript from '@eslint/js';
import lifeguard from './packages/eslint-plugin/dist/index.js';
import typescript from 'typescript-eslint';

const typescriptFiles = ['**/*.ts'];
const javascriptFiles = ['**/*.js', '**/*.cjs', '**/*.mjs'];

export default [
  {
    name: 'what others wrote, or leaks on purpose',
    ignores: [
      '**/dist/',
      'packages/cli/demo/',
      'test/clean/',
      'test/fixtures/',
      'test/graph/programs/',
      'test/leaks/',
      'test/oracle/found/',
      'test/twins/wrong/',
    ],
  },
  javascript.configs.recommended,
  ...typescript.configs.strictTypeChecked.map((config) => ({ ...config, files: typescriptFiles })),
  {
    name: 'types',
    files: typescriptFiles,
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers read well in a template.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => done()` says that nothing is returned.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // The kinds of nodes are compared with strings, as ESTree has them.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { name: 'scripts of Node', files: javascriptFiles, languageOptions: { globals: nodeGlobals() } },
  { ...lifeguard.configs.recommended, files: [...typescriptFiles, ...javascriptFiles] },
  {
    name: 'tests',
    files: ['test/**'],
    rules: {
      // Fake servers and callbacks that must do nothing.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Promises that nobody waits for, and methods that are no longer recommended, have to be tried too.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    name: 'tests of foreign libraries, whose types say `any` or promise too much',
    files: ['test/{contract,guard,runtimes,servers}/**'],
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // A release that was taken out of its connection is a way of drivers.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'tests that use drivers as nobody should',
    files: ['test/contract/**', 'test/guard/**', 'test/oracle/**'],
    rules: Object.fromEntries(Object.keys(lifeguard.rules).map((id) => [`lifeguard/${id}`, 'off'])),
  },
];

function nodeGlobals() {
  return Object.fromEntries(['console', 'performance', 'process', 'setImmediate', 'setTimeout', 'URL'].map((name) => [name, 'readonly']));
}
