import { isFalse, isMisfiled, isMissed, type Finding } from './compare.ts';

/** The share of acquires that may be reported although no run loses them. */
export const allowedNoise = 0.01;

/** Counts over all programs of one policy. */
export class Tally {
  programs = 0;
  sites = 0;
  leaks = 0;
  missed = 0;
  misfiled = 0;
  /** The programs with a report no run bears out, shortest first. */
  readonly falseReports: string[] = [];

  add(findings: readonly Finding[], text: () => string): void {
    this.programs++;
    const reached = findings.filter(({ truth }) => truth !== 'unreached');
    this.sites += reached.length;
    this.leaks += reached.filter(({ truth }) => truth !== 'clean').length;
    this.missed += findings.filter(isMissed).length;
    this.misfiled += findings.filter(isMisfiled).length;
    for (const finding of findings) if (isFalse(finding)) this.falseReports.push(text());
  }

  /** False reports per acquire. */
  get noise(): number {
    return this.falseReports.length / Math.max(1, this.sites);
  }

  /** A sample of the false reports, the shortest ones. */
  shortest(count: number): string[] {
    return [...this.falseReports].sort((a, b) => a.length - b.length).slice(0, count);
  }

  toString(): string {
    const { programs, sites, leaks, missed, misfiled, falseReports } = this;
    return (
      `${programs} programs, ${sites} acquires, ${leaks} leaks, ${missed} missed, ` +
      `${falseReports.length} false reports, ${misfiled} under the other rule`
    );
  }
}
