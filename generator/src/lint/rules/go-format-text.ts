import type { Observation, Place, Rule } from '../rule.ts';

/** What Go prints for a value that is not there (`<nil>`) or of the wrong type (`%!d(string=a)`). */
const GO_FORMAT_TEXT = /<nil>|%!(?:[a-zA-Z]?\(|\(NOVERB)|\[object Object\]/;

/** Text that formatting leaves where a template was given no value or a wrong one. */
export const goFormatText: Rule = {
  id: 'go-format-text',
  severity: 'error',
  summary: 'The output holds `<nil>`, `%!s(…)` or `[object Object]`.',
  reason: 'A template printed a value that is not set or is of the wrong type.',
  remedy: 'Guard the value with `if` or `with`, give it a default, or print it with `toYaml`.',
  source: 'https://pkg.go.dev/fmt#hdr-Format_errors',
  rendering({ manifests, notes }) {
    return [
      ...manifests.flatMap((manifest) => linesWith(manifest.text, (line) => ({ manifest, line }))),
      ...linesWith(notes, () => ({ file: 'templates/NOTES.txt' })),
    ];
  },
};

function linesWith(text: string, placeOf: (line: number) => Place): Observation[] {
  return text.split('\n').flatMap((line, index) =>
    GO_FORMAT_TEXT.test(line)
      ? [
          {
            message: `renders a value that is not set or of the wrong type: ${line.trim()}`,
            place: placeOf(index + 1),
          },
        ]
      : [],
  );
}
