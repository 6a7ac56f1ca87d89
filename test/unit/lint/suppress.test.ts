import { describe, expect, test } from 'vitest';
import { UserError } from '../../../generator/src/errors.ts';
import type { LintedChart } from '../../../generator/src/lint/chart.ts';
import type { Finding } from '../../../generator/src/lint/finding.ts';
import { suppress } from '../../../generator/src/lint/suppress.ts';
import { endsSoon } from '../../support/ends-soon.ts';

const CONFIGURATION = '.spark-charts-lint.yaml';

function chart(files: Record<string, string>): LintedChart {
  return {
    path: 'charts/demo',
    digest: '',
    isArchive: false,
    files: new Map(Object.entries(files)),
    cases: [],
  };
}

const PROBE: Finding = {
  rule: 'missing-probe',
  severity: 'warning',
  chart: 'charts/demo',
  cells: [],
  file: 'templates/test/pod.yaml',
  line: 3,
  object: 'Pod/demo-test',
  path: 'spec.containers[0]',
  message: 'no probe',
};
const TAG: Finding = { ...PROBE, rule: 'image-tag', severity: 'error', message: 'no tag' };

/** What is left, and why the others are not. */
function outcome(files: Record<string, string>, findings = [PROBE, TAG]) {
  const { findings: left, suppressed } = suppress(chart(files), findings);
  return {
    left: left.map(({ rule, severity, file, line, column, message }) =>
      [severity, rule, file, line, column, message].filter((part) => part !== undefined).join(' '),
    ),
    suppressed: suppressed.map(({ rule, reason }) => `${rule}: ${reason}`),
  };
}

const LEFT_PROBE = 'warning missing-probe templates/test/pod.yaml 3 no probe';
const LEFT_TAG = 'error image-tag templates/test/pod.yaml 3 no tag';

test('without anything to ignore all is left', () => {
  expect(outcome({ 'templates/test/pod.yaml': 'kind: Pod\n' })).toEqual({
    left: [LEFT_PROBE, LEFT_TAG],
    suppressed: [],
  });
});

test('the file that says to ignore it is told', () => {
  const files = {
    'templates/test/pod.yaml': '# lint-ignore missing-probe: It ends.',
    [CONFIGURATION]: 'ignore: [{ rule: image-tag, reason: Known. }]',
  };
  const { suppressed } = suppress(chart(files), [PROBE, TAG]);
  expect(suppressed).toEqual([
    { ...PROBE, reason: 'It ends.', ignoredIn: 'templates/test/pod.yaml' },
    { ...TAG, reason: 'Known.', ignoredIn: CONFIGURATION },
  ]);
});

describe('comments', () => {
  test.each([
    '{{/* lint-ignore missing-probe: It ends. */}}',
    '{{- /* lint-ignore missing-probe: It ends. */ -}}',
    '{{- /*\n  lint-ignore missing-probe:\n    It ends.\n*/}}',
    '# lint-ignore missing-probe: It ends.',
    'kind: Pod # lint-ignore missing-probe: It ends.',
    '  ## lint-ignore missing-probe: It ends.\r',
  ])('%s', (comment) => {
    expect(outcome({ 'templates/test/pod.yaml': `a: b\n${comment}\n` })).toEqual({
      left: [LEFT_TAG],
      suppressed: ['missing-probe: It ends.'],
    });
  });

  test('of several rules, errors among them; a reason may hold colons', () => {
    const comment = '{{/* lint-ignore missing-probe, image-tag: See: there. */}}';
    expect(outcome({ 'templates/test/pod.yaml': comment })).toEqual({
      left: [],
      suppressed: ['missing-probe: See: there.', 'image-tag: See: there.'],
    });
  });

  test('count for their own file only, and say so when nothing is found in it', () => {
    expect(
      outcome({
        'templates/other.yaml': 'a: b\n  # lint-ignore missing-probe: It ends.',
        'values.yaml': '# lint-ignore mising-probe: It ends.',
        'templates/NOTES.txt': '# lint-ignore image-tag: No comment here.',
        'README.md': '{{/* lint-ignore image-tag: Nor here. */}}',
      }),
    ).toEqual({
      left: [
        LEFT_PROBE,
        LEFT_TAG,
        'warning unused-ignore templates/other.yaml 2 5 nothing is found that this would ignore for missing-probe',
        'warning unused-ignore values.yaml 1 3 there is no rule "mising-probe" to ignore',
      ],
      suppressed: [],
    });
  });

  test.each([
    ['# lint-ignore missing-probe', 'does not say why to ignore missing-probe'],
    ['# lint-ignore missing-probe:  ', 'does not say why to ignore missing-probe'],
    ['# lint-ignore: reason', 'names no rule to ignore'],
  ])('%s has no effect', (comment, message) => {
    expect(outcome({ 'templates/test/pod.yaml': comment })).toEqual({
      left: [
        LEFT_PROBE,
        LEFT_TAG,
        `error ignore-without-reason templates/test/pod.yaml 1 3 ${message}`,
      ],
      suppressed: [],
    });
  });

  test('a misspelt rule comes with the right one', () => {
    const { findings } = suppress(chart({ 'a.yaml': '# lint-ignore mising-probe: a' }), []);
    expect(findings.map(({ hint }) => hint)).toEqual(['did you mean "missing-probe"?']);
  });

  test('many that are not closed do not take long', () => {
    const text = '{{/* lint-ignore a '.repeat(50_000);
    endsSoon(() => outcome({ 'templates/test/pod.yaml': text }));
  });
});

describe('the configuration', () => {
  test.each([
    ['', true],
    ['path: templates/test/pod.yaml', true],
    ['path: templates/*', true],
    ['path: "*/pod.yaml"', true],
    ['path: templates', false],
    ['object: Pod/*-test', true],
    ['object: Job/*', false],
    ['field: spec.containers*', true],
    ['field: spec.containers[1]', false],
    ['path: templates/*\n    object: Job/*', false],
  ])('%s', (line, isSuppressed) => {
    const entry = `ignore:\n  - rule: missing-probe\n    reason: It ends.\n    ${line}\n`;
    const unused = `warning unused-ignore ${CONFIGURATION} 2 5 nothing is found that this would ignore for missing-probe`;
    expect(outcome({ [CONFIGURATION]: entry })).toEqual(
      isSuppressed
        ? { left: [LEFT_TAG], suppressed: ['missing-probe: It ends.'] }
        : { left: [LEFT_PROBE, LEFT_TAG, unused], suppressed: [] },
    );
  });

  test('findings without an object or a path are not those of an object or a path', () => {
    const text = `ignore:\n  - { rule: image-tag, object: '*', reason: a }\n  - { rule: image-tag, field: '*', reason: a }\n`;
    const finding: Finding = { ...TAG };
    delete finding.object;
    delete finding.path;
    expect(outcome({ [CONFIGURATION]: text }, [finding]).suppressed).toEqual([]);
  });

  test('an entry is used although a comment says the same', () => {
    expect(
      outcome({
        'templates/test/pod.yaml': '# lint-ignore missing-probe: It ends.',
        [CONFIGURATION]: 'ignore: [{ rule: missing-probe, reason: Known. }]',
      }),
    ).toEqual({ left: [LEFT_TAG], suppressed: ['missing-probe: It ends.'] });
  });

  test('nothing is said of unused entries when a case is not rendered', () => {
    const failed: Finding = { ...PROBE, rule: 'helm-template', message: 'failed' };
    const text = 'ignore: [{ rule: host-path, reason: a }]';
    expect(outcome({ [CONFIGURATION]: text }, [failed]).left).toEqual([
      'warning helm-template templates/test/pod.yaml 3 failed',
    ]);
  });

  test.each([
    ['ignore: [{ rule: missing-probe }]', '"reason" is missing', 1, 10],
    ['ignore:\n  - { rule: mising-probe, reason: a }', 'there is no rule "mising-probe"', 2, 13],
    ['ignore:\n  - { rule: [a], reason: a }', 'must be a string, not an array', 2, 13],
    ['ignore: [{ rule: host-path, reason: " " }]', '" " is not a sentence that says why', 1, 37],
    ['ignore: [{ rule: host-path, reason: a, paths: b }]', 'unknown key "paths"', 1, 40],
    ['__proto__: 1\nignore: [{ rule: host-path, reason: a }]', 'unknown key "__proto__"', 1, 1],
    ['ignore: [', undefined, 1, 10],
    ['', undefined, 1, 1],
  ])('refuses %s', (text, message, line, column) => {
    expect.assertions(3);
    try {
      suppress(chart({ [CONFIGURATION]: text }), []);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      const { code, problems } = error as UserError;
      expect(code).toBe('CHART_INVALID');
      const file = `charts/demo/${CONFIGURATION}`;
      const words = message === undefined ? {} : { message };
      expect(problems[0]).toMatchObject({ file, line, column, ...words });
    }
  });
});
