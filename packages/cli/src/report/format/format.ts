import type { Paint } from '../../format/paint.ts';
import type { ProductionReport } from '../report.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { table } from './table.ts';

/** How a report is shown to people. */
export interface Showing {
  readonly paint: Paint;
  /** How many sites are shown. */
  readonly limit: number;
}

/** Turns what the reports say into text. */
export type ReportFormat = (report: ProductionReport, showing: Showing) => string;

/** The formats by the name the command line knows. */
export const reportFormats = { table, json, markdown, sarif } satisfies Record<string, ReportFormat>;

/** The name of a format. */
export type ReportFormatName = keyof typeof reportFormats;
