import type { Rule } from 'eslint';
import type { ReportingDescriptor } from 'sarif';
import { syntaxError } from '../finding/finding.ts';
import { weaknessOf } from './weakness.ts';

/** Describes a rule to whoever shows the findings. */
export function sarifRule(id: string, meta: Rule.RuleMetaData | undefined): ReportingDescriptor {
  const weakness = weaknessOf(id);
  const description = describe(id, meta);
  const url = meta?.docs?.url;
  const see = url === undefined ? '' : ` See ${url}.`;
  return {
    id,
    name: pascalCase(id.replace('lifeguard/', '')),
    shortDescription: { text: description },
    fullDescription: { text: description },
    help: {
      text: `${description}${see}`,
      markdown: url === undefined ? description : `${description}\n\n[Documentation](${url})`,
    },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: 'error' },
    properties: {
      precision: 'high',
      'problem.severity': 'error',
      tags: [
        'reliability',
        ...(weakness === undefined ? [] : ['security']),
        ...(weakness?.cwe ?? []).map((number) => `external/cwe/cwe-${number}`),
      ],
      ...(weakness === undefined ? {} : { 'security-severity': weakness.severity }),
    },
  };
}

function describe(id: string, meta: Rule.RuleMetaData | undefined): string {
  if (id === syntaxError) {
    return 'The file cannot be parsed, so nothing in it was checked.';
  }
  const text = meta?.docs?.description ?? `A finding of ${id}`;
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
