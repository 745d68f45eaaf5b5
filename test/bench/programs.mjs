const head = "import { Pool } from 'pg';\nconst pool = new Pool({ connectionTimeoutMillis: 1000 });\n";

/** A function of `count` statements that holds a client. @param {number} count */
export function statements(count) {
  const lines = Array.from({ length: count }, (_, index) => {
    if (index % 10 === 0) return `    if (rows${Math.max(0, index - 10)} > ${index}) log(${index});\n    const rows${index} = await client.query('SELECT ${index}');`;
    return index % 3 === 0 ? `    await client.query('SELECT ${index}');` : `    log(${index});`;
  });
  return `${head}const rows0_ = 0;\nexport async function run(log) {\n  const client = await pool.connect();\n  try {\n    const rows0 = 0;\n${lines.slice(1).join('\n')}\n  } finally {\n    client.release();\n  }\n}\n`;
}

/** `try` in `try`, each with an acquire, a query and a release. @param {number} depth */
export function nestedInTry(depth) {
  let body = "await pool.query('SELECT 1');";
  for (let level = depth; level > 0; level -= 1) {
    body = `const c${level} = await pool.connect();\ntry {\n  await c${level}.query('a');\n  ${body}\n} finally {\n  c${level}.release();\n}`;
  }
  return `${head}export async function run() {\n${body}\n}\n`;
}

/** `try` in `finally`, which a graph that copies `finally` makes exponential. @param {number} depth */
export function nestedInFinally(depth) {
  let body = 'client.release();';
  for (let level = depth; level > 0; level -= 1) {
    body = `try {\n  await client.query('a${level}');\n  if (flag) return ${level};\n} finally {\n  ${body}\n}`;
  }
  return `${head}export async function run(flag) {\nconst client = await pool.connect();\n${body}\n}\n`;
}

/** Clients that nobody releases, one after the other: each has a finding. @param {number} count */
export function unreleased(count) {
  const lines = Array.from({ length: count }, (_, index) => `  const c${index} = await pool.connect();\n  await c${index}.query('SELECT ${index}');`);
  return `${head}export async function run() {\n${lines.join('\n')}\n}\n`;
}

/** A client that each of many variables leads to under a condition of its own. @param {number} count */
export function conditionalAliases(count) {
  const lines = Array.from({ length: count }, (_, index) => `  let v${index};\n  if (flags[${index}]) v${index} = client;`);
  return `${head}export async function run(flags) {\n  const client = await pool.connect();\n${lines.join('\n')}\n  client.release();\n}\n`;
}

/** `.finally(() => … .finally(() => …))`, each run after a success and after a failure. @param {number} depth */
export function nestedReactions(depth) {
  const chain = `${'.finally(() => step()'.repeat(depth)}.finally(() => client.release())${')'.repeat(depth)}`;
  return `${head}export function run(step) {\n  return pool.connect().then((client) => step()${chain});\n}\n`;
}
