import { describe, expect, it } from 'vitest';
import { mendsOf } from './mend.ts';

const programs: readonly (readonly [string, string, string])[] = [
  [
    'A guard clause drops the body before it leaves.',
    `
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}
`,
    `
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(response.statusText);
  }
  return response.json();
}
`,
  ],
  [
    'A guard clause that reads the body stays as it is.',
    `
import { request } from 'undici';
export async function load(url) {
  const { statusCode, body } = await request(url);
  if (statusCode > 400) throw new Error(await body.text());
  if (statusCode === 204) {
    return null;
  }
  return await body.json();
}
`,
    `
import { request } from 'undici';
export async function load(url) {
  const { statusCode, body } = await request(url);
  if (statusCode > 400) throw new Error(await body.text());
  if (statusCode === 204) {
    await body.dump();
    return null;
  }
  return await body.json();
}
`,
  ],
  [
    'A body that nothing reads is dropped at once.',
    `
export async function tag(url) {
  const response = await fetch(url);
  return response.headers.get('etag');
}
`,
    `
export async function tag(url) {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.headers.get('etag');
}
`,
  ],
];

describe('A suggested drop of a body.', () => {
  it.each(programs)('%s', (_title, before, after) => {
    expect(mendsOf(before, 'espree', 'body')).toEqual([after]);
    expect(mendsOf(before, 'typescript', 'body')).toEqual([after]);
  });
});

const refused: readonly (readonly [string, string])[] = [
  [
    'A branch that reads it on some path only.',
    `
export async function load(url) {
  const response = await fetch(url);
  if (response.ok) {
    if (url) await response.text();
  }
  return url;
}
`,
  ],
  [
    'A pattern that leaves the body out.',
    `
import { request } from 'undici';
export async function load(url) {
  const { statusCode } = await request(url);
  return statusCode;
}
`,
  ],
];

describe('No drop of a body is suggested for', () => {
  it.each(refused)('%s', (_title, program) => {
    expect(mendsOf(program, 'espree', 'body')).toEqual([]);
  });
});
