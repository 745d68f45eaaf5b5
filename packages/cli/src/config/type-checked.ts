import type { Linter } from 'eslint';
import { builtinTypeChecked } from './builtin.ts';

const configuration: Linter.Config[] = builtinTypeChecked();

export default configuration;
