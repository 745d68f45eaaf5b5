import { Command, CommanderError } from 'commander';
import { checkCommand } from './check/command.ts';
import { type ExitCode, exitCodes } from './check/exit-code.ts';
import { demoCommand } from './demo/command.ts';
import { LifeguardError, problem, reasonOf } from './problem.ts';
import { reportCommand } from './report/command.ts';
import { complain, openTerminal, type Terminal } from './terminal.ts';
import { version } from './version.ts';

/** Runs the command line and says how it ended; never throws. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal();
  let exitCode: ExitCode = exitCodes.clean;
  const program = lifeguard(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.clean : exitCodes.wrongUse;
    }
    complain(
      error instanceof LifeguardError
        ? error
        : problem('LIFEGUARD_UNEXPECTED', process.env['DEBUG'] ? stackOf(error) : reasonOf(error)),
      terminal,
    );
    return exitCodes.wrongUse;
  }
}

function lifeguard(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('lifeguard')
    .description('Keeps connection pools from drowning.')
    .version(version)
    .addCommand(checkCommand(terminal, done))
    .addCommand(reportCommand(terminal, done))
    .addCommand(demoCommand(terminal, done));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      outputError: (text) => {
        const [sentence = '', ...more] = text.replace(/^error: /, '').trim().split('\n');
        const whole = sentence.replace(/^\w/, upperCase).replace(/[^.!?]$/, '$&.');
        const message = [whole, ...more].join(' ');
        complain(problem('LIFEGUARD_WRONG_USE', message), terminal);
      },
    });
  }
  return program;
}

function upperCase(letter: string): string {
  return letter.toUpperCase();
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
