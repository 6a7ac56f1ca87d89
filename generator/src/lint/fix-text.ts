import type { Finding } from './finding.ts';

export type FixableFinding = Finding & Required<Pick<Finding, 'file' | 'line' | 'fix'>>;

type Edit = Pick<FixableFinding, 'line' | 'excerpt' | 'fix'>;

/**
 * A text with fixes applied, and why others were not. A line must be as it was when the finding was
 * made, and hold what is to be replaced exactly once; the same fix twice is one.
 */
export function fixText<T extends Edit>(
  text: string,
  findings: readonly T[],
): { text: string; refusals: ReadonlyMap<T, string> } {
  const lines = text.split('\n');
  const original = lines.map((line, index) => (index === 0 ? line.replace(/^\uFEFF/, '') : line));
  const refusals = new Map<T, string>();
  const done = new Set<string>();
  // Each replaces a line in its own place, so that several new lines move none of the others.
  for (const finding of findings) {
    const { line, excerpt = '', fix } = finding;
    const edit = JSON.stringify([line, fix.old, fix.new]);
    if (done.has(edit)) continue;
    const before = original[line - 1]?.replace(/\r$/, '');
    const parts = lines[line - 1]?.split(fix.old) ?? [];
    if (before !== excerpt) refusals.set(finding, 'the line was changed since it was linted');
    else if (parts.length !== 2) refusals.set(finding, `the line does not hold "${fix.old}" once`);
    else {
      const isWindows = original[line - 1]?.endsWith('\r') === true;
      lines[line - 1] = parts.join(isWindows ? fix.new.replaceAll('\n', '\r\n') : fix.new);
      done.add(edit);
    }
  }
  return { text: lines.join('\n'), refusals };
}
