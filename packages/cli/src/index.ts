export { check } from './check/check.ts';
export type { CheckOptions } from './check/options.ts';
export type { Outcome } from './finding/outcome.ts';
export type {
  Confirmation,
  FileFindings,
  Finding,
  Place,
  Step,
  SuppressedFinding,
} from './finding/finding.ts';
export { type Format, type FormatName, formats } from './format/format.ts';
export { type Paint, paintFor, plain } from './format/paint.ts';
export type { Configuration } from './lint/configuration.ts';
export { type ReportFormat, type ReportFormatName, reportFormats, type Showing } from './report/format/format.ts';
export { type ProductionReport, report, type ReportOptions } from './report/report.ts';
export { LifeguardError, type Problem, type ProblemCode } from './problem.ts';
