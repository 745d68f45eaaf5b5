import type { Acquire, Driver, Release, Scope, TypeFacts } from '../../packages/catalogue/src/index.ts';

/** Where the page stands, from the root of the repository. */
export const driversPath = 'docs/drivers.md';

/** The page of drivers: what the catalogue says, in tables. */
export function driversPage(drivers: readonly Driver[]): string {
  return `${[
    '<!-- Generated from packages/catalogue/src/drivers by `pnpm generate`. Do not edit. -->',
    '# Drivers',
    'What Lifeguard knows of each driver. The linter and the guard read the same facts, and [a test](../test/contract) checks against the real packages that modules, exports, methods, members, dispose symbols and option names exist, how a resource arrives and what a second release does. What of that no test proves stands under **Not proved**. Whether to await, the defaults of options and what an option does are read in the drivers\' sources.',
    'A fact that is missing or wrong for you can be added in `settings.lifeguard.drivers`, in the shape of [a record](../packages/catalogue/src/driver.ts).',
    overview(drivers),
    ...drivers.flatMap(section),
  ].join('\n\n')}\n`;
}

function overview(drivers: readonly Driver[]): string {
  return table(
    ['driver', 'versions', 'lends', 'an acquire waits', 'dispose', 'pings', 'not proved'],
    drivers.map((driver) => [
      `[${driver.name}](#${anchor(driver.name)})`,
      unique(driver.packages.map(({ versions }) => versions ?? 'built in')).join(', '),
      lentTypes(driver).map(code).join(', ') || 'to functions only',
      waitsOf(driver),
      unique(Object.values(driver.types).map(disposes).filter((one) => one !== '')).join(', ') || '–',
      driver.pings === undefined ? '–' : 'yes',
      driver.unproved.length === 0 ? '–' : String(driver.unproved.length),
    ]),
  );
}

function section(driver: Driver): readonly string[] {
  return [
    `## ${driver.name}`,
    `Modules: ${driver.packages.map(({ module, versions, global }) => (global === true ? `the global ${code(module)}` : `${code(module)} ${versions ?? ''}`)).join(', ')}`,
    ...acquires(driver),
    ...releases(driver),
    ...scopes(driver),
    ...timeouts(driver),
    ...list('The driver\'s own options', (driver.native ?? []).map(({ option, does }) => `${code(option)}: ${does}`)),
    ...list('A connection is lost', fatal(driver)),
    ...list('Good to know', driver.evidence.map(({ fact, source }) => `${fact} (${source})`)),
    ...list('Not proved', driver.unproved),
  ];
}

function acquires(driver: Driver): readonly string[] {
  if (driver.acquires.length === 0) return ['It lends to functions only: nothing needs to be given back.'];
  const rows = driver.acquires.map((acquire) => [code(callOf(acquire)), arrivalOf(acquire), code(acquire.gives)]);
  return ['### Acquires', table(['call', 'arrives', 'lends'], rows)];
}

function callOf({ of, method, arrives, when, then }: Acquire): string {
  const isCallback = arrives === 'callback' || when === 'callback';
  const parameters = isCallback ? 'callback' : argumentOf(when);
  if (method === 'new') return `new ${of}(…)`;
  const chain = then === undefined ? '' : `.${then}()`;
  if (method === '()') return `${lower(of)}(${parameters})`;
  return `${of === 'module' ? '' : `${lower(of)}.`}${method}(${parameters})${chain}`;
}

function argumentOf(when: string | undefined): string {
  const [kind, name = ''] = (when ?? '').split(':');
  if (kind === 'instance') return `new ${name}(…)`;
  return kind === 'option' ? `{ ${name} }` : '';
}

function arrivalOf({ arrives, property, callback, lazy }: Acquire): string {
  const place = property === undefined ? '' : `, at ${code(property)}`;
  const words = {
    promise: 'promise',
    return: 'at once',
    receiver: 'the receiver becomes it',
    callback: `callback argument ${callback?.resource ?? 1}${callback?.release === undefined ? '' : `, its release is argument ${callback.release}`}`,
  };
  return `${words[arrives]}${place}${lazy === true ? ', held from its first use' : ''}`;
}

function releases(driver: Driver): readonly string[] {
  const rows = lentTypes(driver).flatMap((name) => {
    const facts = driver.types[name];
    if (facts === undefined) return [];
    const destroys = new Set(facts.destroys);
    const ways = [...(facts.releases ?? []), ...(facts.destroys ?? [])].map((release) => [
      code(name),
      code(givenBack(name, release)),
      destroys.has(release) ? 'destroys' : 'releases',
      awaited[release.settles],
      twice[release.twice],
    ]);
    const iteration = facts.consumedByIteration === true ? [[code(name), '`for await`', 'releases', '–', '–']] : [];
    const using = disposes(facts);
    return [...ways, ...iteration, ...(using === '' ? [] : [[code(name), using, disposeEffect(facts), '–', '–']])];
  });
  if (rows.length === 0) return [];
  return ['### Goes back', table(['type', 'by', 'does', 'await?', 'a second time'], rows)];
}

function givenBack(name: string, { on, method, then, argument }: Release): string {
  const parameter = argument === 'true' ? 'true' : argument?.replace(/^\{(\w+)\}$/u, '{ $1: true }') ?? '';
  if (on === 'handle') return `${method}(${parameter})`;
  if (on === 'owner') return `pool.${method}(${lower(name)})`;
  return `${lower(name)}.${method}(${parameter})${then === undefined ? '' : `.${then}()`}`;
}

const awaited: Readonly<Record<Release['settles'], string>> = {
  sync: 'no',
  promise: '**yes**',
  callback: 'callback',
  either: '**yes**, or a callback',
};

const twice: Readonly<Record<Release['twice'], string>> = {
  throws: 'throws',
  ignored: 'is ignored',
  rejects: 'rejects',
  corrupts: '**two owners get it**',
  unknown: 'unknown',
};

function disposes({ disposes: symbols }: TypeFacts): string {
  if (symbols === undefined) return '';
  return [symbols.sync === undefined ? '' : '`using`', symbols.async === undefined ? '' : '`await using`'].filter(Boolean).join(' and ');
}

function disposeEffect({ disposes: symbols }: TypeFacts): string {
  const effect = symbols?.async ?? symbols?.sync;
  if (effect === 'commit') return '**commits**, then releases';
  if (effect === 'throws') return '**throws** and gives nothing back';
  return effect === 'rollback' ? 'rolls back and releases' : 'releases';
}

function scopes(driver: Driver): readonly string[] {
  return list('Scopes, which acquire and release by themselves', driver.scopes.map(scopeOf));
}

function scopeOf({ of, method, callback, lends, wantsPromise }: Scope): string {
  const name = method === '()' ? lower(of) : `${of === 'module' ? '' : `${lower(of)}.`}${method}`;
  const call = callback === undefined ? `${name}(…)` : `${name}(${lends === undefined ? 'function' : `(${lower(lends)}) => …`})`;
  return `${code(call)}${wantsPromise === true ? ': the function must return a native promise' : ''}`;
}

function timeouts({ waits = [], statementTimeouts = [] }: Driver): readonly string[] {
  const rows = [
    ...waits.map((wait) => ['an acquire', code(wait.maker), wait.option === undefined ? wait.advice ?? '–' : code(wait.option), duration(wait.defaultMs)]),
    ...statementTimeouts.map((limit) => [
      limit.cancels === 'server' ? 'a statement' : 'a statement (the connection stays busy)',
      code(limit.maker),
      limit.option === undefined ? limit.advice ?? '–' : code(limit.option),
      duration(limit.defaultMs),
    ]),
  ];
  return rows.length === 0 ? [] : ['### Waits', table(['what', 'maker', 'option', 'default'], rows)];
}

function fatal({ fatal: errors = [] }: Driver): readonly string[] {
  const words = { closed: 'it is closed', shutdown: 'the server shuts down', 'read-only': 'it must not serve writes' };
  return (['closed', 'shutdown', 'read-only'] as const).flatMap((means) => {
    const codes = errors.filter((one) => one.means === means).map((one) => code(String(one.code)));
    return codes.length === 0 ? [] : [`${words[means]}: ${codes.join(', ')}`];
  });
}

function waitsOf({ waits = [] }: Driver): string {
  return unique(waits.map(({ defaultMs }) => duration(defaultMs))).join(', ') || '–';
}

function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '**for ever**';
  return `${milliseconds / 1000} s`;
}

function lentTypes(driver: Driver): readonly string[] {
  return unique(driver.acquires.map(({ gives }) => gives));
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.map((line) => `- ${line}`).join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}

function code(text: string): string {
  return `\`${text}\``;
}

function lower(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

function anchor(name: string): string {
  return name.toLowerCase();
}
