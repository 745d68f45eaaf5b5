import { Command } from 'commander';
import { type ExitCode, exitCodes } from '../check/exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { demonstrate } from './demo.ts';
import { closeOnSignal } from './interrupt.ts';
import { unprivileged } from './machine/account.ts';
import { openWorkplace } from './machine/workplace.ts';
import { findNeeded } from './modules.ts';
import { lookAtPublished } from './published/look.ts';
import { Steps } from './steps.ts';

/** The command `lifeguard demo`: findings are what it is for, so they do not fail it. */
export function demoCommand(terminal: Terminal, done: (code: ExitCode) => void): Command {
  return new Command('demo')
    .description('Lint a small leaky service, run it under the guard, mend it, and compare.')
    .option('--keep', 'leave the folder with the service and its copy to look at')
    .action(async ({ keep = false }: { readonly keep?: boolean }) => {
      done(await run(keep, terminal));
    });
}

async function run(isKept: boolean, terminal: Terminal): Promise<ExitCode> {
  const needed = findNeeded();
  const steps = new Steps(terminal);
  const workplace = openWorkplace(unprivileged(), isKept);
  const interrupt = closeOnSignal(async () => {
    await workplace.close();
    tellKept();
  });
  try {
    const isWhole = await interrupt.orElse(demonstrate(needed, workplace, terminal, steps));
    await workplace.close();
    const isRead = await interrupt.orElse(lookAtPublished(terminal, steps));
    return isWhole && isRead ? exitCodes.clean : exitCodes.wrongUse;
  } finally {
    await workplace.close();
    interrupt.stop();
    tellKept();
  }

  function tellKept(): void {
    if (isKept) {
      terminal.stdout.write(`\nLeft for you to look at: ${workplace.path}\n`);
    }
  }
}
