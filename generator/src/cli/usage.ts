import { stripVTControlCharacters } from 'node:util';
import type { Config } from '@oclif/core/config';
import * as Errors from '@oclif/core/errors';
import { type Problem, UserError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/** What oclif's parser errors carry beside their text (@oclif/core/lib/parser/errors.d.ts). */
interface ParseError extends Errors.CLIError {
  flags?: unknown;
  parse?: { input?: { flags?: Record<string, { char?: string }> } };
}

/** oclif's ways of saying things, and ours. */
const WORDING: readonly [RegExp, string][] = [
  [/\s*See more help with --help\s*$/, ''],
  [/^The following errors? occurred:\s*/, ''],
  [/^Parsing (\S+)\s+Expected (.*) but received: /s, '$1 takes $2, not '],
  [/^Missing \d+ required args?:\s*(\S+).*$/s, 'the argument "$1" is missing'],
  [
    /--([\w-]+)(?:=.*)? cannot also be provided when using (--\S+)/g,
    '$2 and --$1 exclude each other',
  ],
  [/\s*\n\s*/g, '; '],
];

/**
 * oclif's complaints about the command line as a {@link UserError}; undefined for other errors.
 * @param argv what the program was called with.
 */
export function usageError(
  error: unknown,
  config: Config,
  argv: readonly string[],
): UserError | undefined {
  if (!(error instanceof Errors.CLIError) || error instanceof Errors.ExitError) return undefined;
  const commands = config.commandIDs.map((id) => id.replaceAll(':', ' '));
  const next = `Run ${[config.bin, ...calledCommand(commands, argv), '--help'].join(' ')}.`;
  if (error.constructor.name === 'NonExistentFlagsError') {
    return new UserError('USAGE', 'unknown flag', { problems: unknownFlags(error), next });
  }
  const [, command] = /^command (\S+) not found/i.exec(error.message) ?? [];
  if (command !== undefined) {
    const problem = suggest(command.replaceAll(':', ' '), commands);
    return new UserError('USAGE', 'there is no such command', { problems: [problem], next });
  }
  const message = WORDING.reduce(
    (text, [theirs, ours]) => text.replace(theirs, ours),
    stripVTControlCharacters(error.message),
  );
  return new UserError('USAGE', message, { next });
}

/** The command in `argv`, where there is one. */
function calledCommand(commands: readonly string[], argv: readonly string[]): string[] {
  return commands.filter((command) => `${argv.join(' ')} `.startsWith(`${command} `)).slice(0, 1);
}

function unknownFlags({ flags, parse }: ParseError): Problem[] {
  const known = Object.keys(parse?.input?.flags ?? {}).map((flag) => `--${flag}`);
  return (Array.isArray(flags) ? flags : []).map((flag) => suggest(String(flag), known));
}

function suggest(typed: string, known: readonly string[]): Problem {
  const hint = didYouMean(typed, known);
  return { message: typed, ...(hint === undefined ? {} : { hint }) };
}
