import { type Config, Errors } from '@oclif/core';
import { type Problem, UserError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/** What oclif's parser errors carry beside their text (@oclif/core/lib/parser/errors.d.ts). */
interface ParseError extends Errors.CLIError {
  flags?: unknown;
  parse?: { input?: { flags?: Record<string, { char?: string }> } };
}

/** oclif's complaints about the command line as a {@link UserError}; undefined for other errors. */
export function usageError(error: unknown, config: Config): UserError | undefined {
  if (!(error instanceof Errors.CLIError) || error instanceof Errors.ExitError) return undefined;
  const name = error.constructor.name;
  const next = `Run ${config.bin} --help, or ${config.bin} COMMAND --help.`;
  if (name === 'NonExistentFlagsError') {
    return new UserError('USAGE', 'unknown flag', { problems: unknownFlags(error), next });
  }
  const [, command] = /^command (\S+) not found/i.exec(error.message) ?? [];
  if (command !== undefined) {
    const typed = command.replaceAll(':', ' ');
    const hint = didYouMean(
      typed,
      config.commandIDs.map((id) => id.replaceAll(':', ' ')),
    );
    const problem = { message: typed, ...(hint === undefined ? {} : { hint }) };
    return new UserError('USAGE', 'there is no such command', { problems: [problem], next });
  }
  const [first = '', ...rest] = error.message
    .replace('\nSee more help with --help', '')
    .split('\n');
  // "The following error occurred:" and then what it is.
  const message = first.endsWith('occurred:')
    ? rest.map((line) => line.trim()).join('; ')
    : error.message;
  return new UserError('USAGE', message, { next });
}

function unknownFlags({ flags, parse }: ParseError): Problem[] {
  const known = Object.keys(parse?.input?.flags ?? {}).map((flag) => `--${flag}`);
  return (Array.isArray(flags) ? flags : []).map((flag) => {
    const hint = didYouMean(String(flag), known);
    return { message: String(flag), ...(hint === undefined ? {} : { hint }) };
  });
}
