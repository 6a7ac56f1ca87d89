import { type Problem, UserError } from '../errors.ts';

/** What Helm 3 refuses to load: a file above 5 MiB, a chart of 100 MiB or more (pkg/chart/loader). */
export const MAX_FILE_SIZE = 5 * 1024 * 1024;
export const MAX_CHART_SIZE = 100 * 1024 * 1024;

/** Ours: no real Chart.yaml comes near it, and it bounds what a hostile one can cost. */
export const MAX_CHART_YAML_SIZE = 1024 * 1024;

/**
 * Refuses to make what Helm would refuse to load.
 * @throws UserError CHART_INVALID
 */
export function assertSizes(chart: string, files: Iterable<{ path: string; size: number }>): void {
  const problems = [];
  let total = 0;
  for (const { path, size } of files) {
    total += size;
    if (size > MAX_FILE_SIZE)
      problems.push({
        message: `${size} bytes; Helm takes at most ${MAX_FILE_SIZE} a file`,
        file: path,
      });
  }
  if (total >= MAX_CHART_SIZE)
    problems.push({ message: `${total} bytes in all; Helm takes less than ${MAX_CHART_SIZE}` });
  if (problems.length > 0) throw tooLarge(chart, problems);
}

/**
 * Refuses to make an archive that would not be read again: there the headers of its files count as
 * well, and no more is taken packed than unpacked.
 * @param size in bytes.
 * @throws UserError CHART_INVALID
 */
export function assertArchiveSize(chart: string, size: number): void {
  if (size <= MAX_CHART_SIZE) return;
  const message = `${size} bytes as an archive; at most ${MAX_CHART_SIZE} are read`;
  throw tooLarge(chart, [{ message }]);
}

function tooLarge(chart: string, problems: Problem[]): UserError {
  const next = 'List what the chart does not need in its .helmignore.';
  return new UserError('CHART_INVALID', `${chart} is too large for Helm`, { problems, next });
}
