import type { Style } from '../../excerpt.ts';
import type { LintReport } from '../lint.ts';

export const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];

export interface FormatOptions {
  /** The working folder, from which files are named. */
  directory: string;
  /** The version of this program. */
  version: string;
  style: Style;
}

/** A report in a format, of which only the code is loaded that it takes. */
export async function formatReport(
  format: Format,
  report: LintReport,
  { directory, version, style }: FormatOptions,
): Promise<string> {
  switch (format) {
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'pretty':
      return (await import('./pretty.ts')).formatPretty(report, style);
    case 'sarif':
      return (await import('./sarif.ts')).formatSarif(report, { directory, version });
    case 'junit':
      return (await import('./junit.ts')).formatJunit(report, directory);
    case 'github':
      return (await import('./github.ts')).formatGithub(report, directory);
  }
}
