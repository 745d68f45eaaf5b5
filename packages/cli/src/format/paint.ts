import pc from 'picocolors';

/** Colours, or none. */
export type Paint = ReturnType<typeof pc.createColors>;

/** The paint for a stream: colours on a terminal, unless `NO_COLOR` or `FORCE_COLOR` say. */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const forced = env['FORCE_COLOR'];
  if (env['NO_COLOR']) {
    return pc.createColors(false);
  }
  if (forced !== undefined && forced !== '') {
    return pc.createColors(forced !== '0' && forced !== 'false');
  }
  return pc.createColors(stream.isTTY === true && env['TERM'] !== 'dumb');
}

/** No colours. */
export const plain: Paint = pc.createColors(false);
