export { sourceTextOf } from '../lease/source-map.ts';
