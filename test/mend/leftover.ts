import { lint, type Finding, type Parser } from './mend.ts';

const siblings = ['require-release', 'require-release-on-throw'];

/** What is wrong with the suggestions for a program: nothing, if all is well. */
export function leftovers(text: string, parser: Parser): readonly string[] {
  return suggestionsOf(text, parser).flatMap(({ finding, title, after }) => {
    const before = lint(text, parser);
    const rules = siblings.includes(finding.rule) ? siblings : [finding.rule];
    const left = (one: Finding): boolean => rules.includes(one.rule);
    const kept = after.filter((one) => left(one) && one.line === finding.line);
    // Another acquire may stand on the line of one that is gone.
    const isGone = title.startsWith('Call ') && after.filter(left).length < before.filter(left).length;
    const broken = after.filter(
      (one) =>
        one.line === finding.line &&
        siblings.includes(finding.rule) &&
        !before.some(({ rule, line }) => rule === one.rule && line === one.line),
    );
    if (isGone || (kept.length === 0 && broken.length === 0)) return [];
    return [`${finding.rule}@${finding.line}: ${title} → ${[...kept, ...broken].map(({ rule }) => rule).join(' ')}`];
  });
}

/** Every suggestion for a program, with what the rules say once it is applied. */
export function suggestionsOf(
  text: string,
  parser: Parser,
): readonly { readonly finding: Finding; readonly title: string; readonly after: readonly Finding[] }[] {
  return lint(text, parser).flatMap((finding) =>
    finding.mended.map(({ title, text: changed }) => ({ finding, title, after: lint(changed, parser) })),
  );
}
