import type { TSESTree } from '@typescript-eslint/utils';
import type { View } from '../read/sites.ts';
import { bare } from '../read/syntax.ts';
import { withoutBase, withTokens, type State } from './state.ts';
import { tokenOf, type Run } from './run.ts';
import { narrow } from './values.ts';
import { variableOf } from './variable.ts';

/** Gives a pattern a value: its variables lead to the value's parts, and to nothing else. */
export function bindPattern(
  run: Run,
  state: State,
  pattern: TSESTree.Node | null | undefined,
  views: readonly View[],
): State {
  if (pattern === null || pattern === undefined) return state;
  switch (pattern.type) {
    case 'Identifier': {
      const variable = variableOf(pattern, run.module);
      if (variable === undefined) return state;
      const cleared = withoutBase(state, variable);
      return withTokens(cleared, views.map((view) => tokenOf(run, variable, view)));
    }
    case 'VariableDeclaration':
      return bindPattern(run, state, pattern.declarations[0].id, views);
    case 'AssignmentPattern':
      return bindPattern(run, state, pattern.left, views);
    case 'TSParameterProperty':
      return bindPattern(run, state, pattern.parameter, views);
    case 'RestElement':
      return bindPattern(run, state, pattern.argument, views.filter((view) => view.path !== ''));
    case 'ObjectPattern':
      return pattern.properties.reduce((reached, property) => {
        if (property.type === 'RestElement') return bindPattern(run, reached, property, views);
        const key = bare(property.key);
        const name = key.type === 'Identifier' ? key.name : undefined;
        return bindPattern(run, reached, property.value, narrow(run, views, name));
      }, state);
    case 'ArrayPattern':
      return pattern.elements.reduce(
        (reached, element, index) =>
          bindPattern(run, reached, element, narrow(run, views, String(index))),
        state,
      );
    default:
      return state;
  }
}
