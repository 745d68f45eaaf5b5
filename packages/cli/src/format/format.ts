import type { Outcome } from '../finding/outcome.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { Paint } from './paint.ts';
import { sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

/** Turns what a check found out into text; touches nothing else. */
export type Format = (outcome: Outcome, paint: Paint) => string;

/** The formats by the name the command line knows. */
export const formats = { stylish, json, sarif, github, markdown } satisfies Record<string, Format>;

/** The name of a format. */
export type FormatName = keyof typeof formats;
