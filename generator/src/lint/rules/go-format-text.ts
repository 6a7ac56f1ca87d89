import type { Observation } from '../finding.ts';
import type { Manifest } from '../manifests.ts';

/** What Go prints for a value that is not there (`<nil>`) or of the wrong type (`%!d(string=a)`). */
const GO_FORMAT_TEXT = /<nil>|%!(?:[a-zA-Z]?\(|\(NOVERB)/;

/** Text that Go's formatting leaves where a template was given no value or a wrong one. */
export function goFormatText(manifests: readonly Manifest[]): Observation[] {
  return manifests.flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => GO_FORMAT_TEXT.test(line))
      .map((line) => ({
        rule: 'go-format-text',
        severity: 'error' as const,
        file,
        message: `renders a value that is not set or of the wrong type: ${line.trim()}`,
      })),
  );
}
