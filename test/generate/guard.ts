import { fileURLToPath } from 'node:url';
import { Declarations, type Declared } from './declarations.ts';
import { table } from './table.ts';

/** Where the pages stand, from the root of the repository. */
export const eventsPath = 'docs/events.md';
export const optionsPath = 'docs/options.md';

const source = (path: string): string => fileURLToPath(new URL(`../../packages/guard/src/${path}`, import.meta.url));

let read: Declarations | undefined;
function declarations(): Declarations {
  read ??= new Declarations(['index.ts', 'config.ts', 'sinks/logger.ts', 'sinks/report-file.ts', 'lease/notice.ts', 'runners/options.ts'].map(source));
  return read;
}

/** The page of events, from the TSDoc of their union. */
export function eventsPage(): string {
  const types = declarations().membersOf('Evidence');
  const shapes = shapesUsed(types.flatMap(({ name }) => declarations().membersOfMember('Evidence', name)), declarations().membersOf('EventBase'));
  return `${[
    '<!-- Generated from the TSDoc of packages/guard/src/event by `pnpm generate`. Do not edit. -->',
    '# Events',
    'Everything that [the guard](guard.md) notices is an event: a plain object that can be written as JSON, published with `node:diagnostics_channel` on the channel `lifeguard:<type>`. What nobody listens to is not even made. `subscribe(listener, types?)` of `@lifeguard/guard` listens for you; [`logger`](guard.md#a-log) and [`reportFile`](guard.md#a-report) are made with it.',
    table(['type', 'says'], types.map(({ name, text }) => [`[\`${name}\`](#${name})`, text])),
    '## Every event',
    `Besides its \`type\`, an event tells this. ${absent}`,
    members(declarations().membersOf('EventBase')),
    ...types.flatMap(({ name, text }) => {
      const own = declarations().membersOfMember('Evidence', name);
      return [`## ${name}`, text, ...(own.length === 0 ? [] : [members(own)])];
    }),
    '## Shapes',
    ...shapes.flatMap((name) => [`### ${name}`, declarations().textOf(name), members(declarations().membersOf(name))]),
  ].join('\n\n')}\n`;
}

const absent = 'What stands with a `?` may be absent.';

/** The interfaces that stand in the types of members, in the order in which they are met. */
function shapesUsed(...lists: readonly (readonly Declared[])[]): readonly string[] {
  const found = new Set<string>();
  const visit = (list: readonly Declared[]): void => {
    for (const { type } of list) {
      for (const name of type.match(/\b[A-Z]\w+/gu) ?? []) {
        if (found.has(name) || !declarations().has(name)) continue;
        found.add(name);
        visit(declarations().membersOf(name));
      }
    }
  };
  lists.forEach(visit);
  return [...found];
}

function members(list: readonly Declared[]): string {
  return table(['member', 'type', 'tells'], list.map(({ name, type, isOptional, text }) => [`\`${name}${isOptional ? '?' : ''}\``, `\`${type}\``, text]));
}

/** An option as its TSDoc says: «What it does. Default X.» */
export interface DocumentedOption {
  readonly name: string;
  readonly type: string;
  /** What stands after `Default`; `undefined` where the text names none. */
  readonly default: string | undefined;
  readonly text: string;
}

/** The options of one of the guard's functions, by the name of their interface. */
export function documentedOptions(name: string): readonly DocumentedOption[] {
  return declarations().membersOf(name).map(({ name: option, type, text }) => {
    const said = / ?Default:? (?<value>.+?)\.(?= |$)/u.exec(text);
    return { name: option, type, default: said?.groups?.['value'], text: said === null ? text : text.replace(said[0], '').trim() };
  });
}

const pages: readonly (readonly [title: string, name: string, before: string])[] = [
  ['guard(pool, options)', 'GuardOptions', 'What is left out has its default. An option that does not exist, or is out of range, throws at once: [`LIFEGUARD_BAD_OPTION`](errors.md#lifeguard_bad_option). Times are in milliseconds.'],
  ['reclaim', 'ReclaimOptions', 'By the evidence for the leak, as [the guide](guard.md#how-a-verdict-is-reached) tells them apart. One word for all is `reclaim: \'off\'` or `reclaim: \'destroy\'`.'],
  ['ping', 'PingOptions', 'What a connection must pass before it is lent.'],
  ['scope(label, options, run)', 'ScopeOptions', 'A piece of work with a beginning and an end.'],
  ['logger(to, options)', 'LoggerOptions', 'From `@lifeguard/guard/logger`.'],
  ['reportFile(path, options)', 'ReportFileOptions', 'From `@lifeguard/guard/report-file`.'],
  ['expectNoLeaks(options)', 'LeakOptions', 'From `@lifeguard/guard/vitest`, `/jest`, `/node-test` and `/mocha`, as [leaks in tests](testing.md) has it; `failOnLeaks(options)` takes the same.'],
  ['faults', 'Faults', 'What a test lets go wrong on purpose, as [leaks in tests](testing.md#error-paths) has it.'],
];

/** The page of options, from their TSDoc. */
export function optionsPage(): string {
  return `${[
    '<!-- Generated from the TSDoc of packages/guard/src by `pnpm generate`. Do not edit. -->',
    '# Options of the guard',
    'What to switch on where, and what it costs, stands in [the guide](guard.md#what-to-switch-on). `LIFEGUARD=off` in the environment makes `guard` return its pool untouched.',
    ...pages.flatMap(([title, name, before]) => [
      `## ${title}`,
      before,
      table(
        ['option', 'type', 'default', 'what it does'],
        documentedOptions(name).map((option) => [`\`${option.name}\``, `\`${option.type}\``, option.default ?? '–', option.text]),
      ),
    ]),
  ].join('\n\n')}\n`;
}
