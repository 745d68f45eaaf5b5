import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drivers } from '../../packages/catalogue/src/index.ts';
import { driversPage, driversPath } from '../generate/drivers.ts';

const page = driversPage(drivers);

describe('the page of drivers', () => {
  it('is what the catalogue says; `pnpm generate` writes it anew', () => {
    const file = fileURLToPath(new URL(`../../${driversPath}`, import.meta.url));
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('has a section for every driver, and shows what is not proved', () => {
    for (const { name, unproved } of drivers) {
      expect(page).toContain(`\n## ${name}\n`);
      for (const claim of unproved) expect(page).toContain(`- ${claim}\n`);
    }
  });

  it('warns of the dispose that commits and of the one that throws', () => {
    expect(page).toContain('**commits**, then releases');
    expect(page).toContain('**throws** and gives nothing back');
  });
});
