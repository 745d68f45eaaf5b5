import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { problem, type Problem } from '../problem.ts';
import { isCode } from './code.ts';
import { ignoreFilesAbove } from './ignore-files.ts';
import { causeOf, obstacleTo } from './obstacle.ts';
import { walk } from './walk.ts';

/** The files a check reads, and what became of the rest. */
export interface Found {
  /** Absolute paths, each once, in the order they were named. */
  readonly files: readonly string[];
  readonly skipped: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Turns what was written on the command line into files.
 *
 * A named file is always taken, wherever it lies; a named folder is walked without the
 * `node_modules`, dot folders and git-ignored paths below it; anything else is a glob.
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<Found> {
  const files = new Set<string>();
  const skipped: string[] = [];
  const problems: Problem[] = [];

  for (const named of paths) {
    const target = path.resolve(cwd, named);
    const kind = await kindOf(target);
    if (kind === 'folder') {
      const walked = await walk(target, ignoreFilesAbove(target));
      walked.files.forEach((file) => files.add(file));
      skipped.push(...walked.skipped);
      for (const { path: unreadable, cause } of walked.unreadable) {
        problems.push(problem('LIFEGUARD_PATH_UNREADABLE', shown(unreadable, cwd), cause));
      }
    } else if (kind === 'missing') {
      const matches = await matchesOf(named, cwd);
      matches.forEach((file) => files.add(file));
      if (matches.length === 0) {
        problems.push(problem('LIFEGUARD_PATH_NOT_FOUND', named));
      }
    } else if (!isCode(target)) {
      problems.push(problem('LIFEGUARD_NOT_CODE', named));
    } else {
      const cause = await obstacleTo(target);
      if (cause === undefined) {
        files.add(target);
      } else {
        problems.push(problem('LIFEGUARD_PATH_UNREADABLE', named, cause));
      }
    }
  }
  return { files: [...files], skipped, problems };
}

async function kindOf(target: string): Promise<'folder' | 'file' | 'missing'> {
  try {
    return (await stat(target)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const cause = causeOf(error);
    return cause === 'ENOENT' || cause === 'ENOTDIR' ? 'missing' : 'file';
  }
}

async function matchesOf(pattern: string, cwd: string): Promise<string[]> {
  const portable = pattern.replaceAll('\\', '/');
  if (!isDynamicPattern(portable)) {
    return [];
  }
  const ignore = portable.includes('node_modules') ? [] : ['**/node_modules/**'];
  const matches = await glob(portable, { cwd, ignore, absolute: true, expandDirectories: false });
  return matches.filter(isCode).map((match) => path.normalize(match)).sort();
}

function shown(target: string, cwd: string): string {
  return path.relative(cwd, target) || '.';
}
