import type { Linter } from 'eslint';
import { builtin } from './builtin.ts';

const configuration: Linter.Config[] = builtin('strict');

export default configuration;
