/**
 * The environment of a program of the demo: that of the shell, without what it says to every client
 * and server of PostgreSQL (`PGSSLMODE`, `PGDATA`).
 */
export function environmentWith(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^PG/iu.test(name));
  return { ...Object.fromEntries(others), ...more };
}
