import { expect, test } from 'vitest';
import { formatGithub } from '../../../../generator/src/lint/formats/github.ts';
import { cellsOf, finding, reportOf } from './report.ts';

function lines(...findings: Parameters<typeof reportOf>[0]): string[] {
  return formatGithub(reportOf(findings), '/project').split('\n');
}

test('a finding becomes an annotation of its line', () => {
  expect(lines(finding({ cells: cellsOf('ha') }))).toEqual([
    '::warning file=charts/a/templates/pod.yaml,line=4,col=5,title=image-tag::nginx has no tag%0Ain case ha%0AName a version.',
    '1 chart, 2 cases on 2 Kubernetes versions: 0 errors, 1 warning, 0 notes',
  ]);
});

test.each([
  ['error', '::error '],
  ['warning', '::warning '],
  ['info', '::notice '],
] as const)('%s is the command %s', (severity, command) => {
  expect(lines(finding({ severity }))[0]).toMatch(new RegExp(`^${command}`));
});

test('what would end a command or a property is escaped', () => {
  const [line] = lines(
    finding({
      file: 'templates/a,b:c%.yaml',
      message: '100%\r\n::error::, and \u001B[2J',
      cells: [],
      hint: 'a:b,c',
    }),
  );
  expect(line).toBe(
    '::warning file=charts/a/templates/a%2Cb%3Ac%25.yaml,line=4,col=5,title=image-tag::100%25%0D%0A::error::, and \uFFFD[2J%0Aa:b,c',
  );
});

test('files are named from the working folder', () => {
  const [inside] = lines(finding({ chart: '/project/charts/a' }));
  expect(inside).toContain(' file=charts/a/templates/pod.yaml,');
  const [outside] = lines(finding({ chart: '../a' }));
  expect(outside).toContain(' file=../a/templates/pod.yaml,');
});

test('an archive is the file itself; what is elsewhere has none', () => {
  const [archive] = lines(finding({ chart: 'a-1.0.0.tgz', cells: [] }));
  expect(archive).toMatch(
    /^::warning file=a-1.0.0.tgz,title=image-tag::templates\/pod.yaml:4:5: nginx has no tag%0A/,
  );
  const [pulled] = lines(finding({ chart: 'oci://example.com/a:1.0.0', cells: [] }));
  expect(pulled).toMatch(
    /^::warning title=image-tag::oci:\/\/example.com\/a:1.0.0: templates\/pod.yaml:4:5: nginx/,
  );
});

test('a finding of several charts is one annotation', () => {
  const report = reportOf([finding(), finding({ chart: 'charts/b' })]);
  expect(formatGithub(report, '/project').split('\n')).toEqual([
    expect.stringMatching(/::nginx has no tag%0Aalso in charts\/b%0A/) as unknown,
    expect.stringContaining('0 errors, 1 warning') as unknown,
  ]);
});

test('what GitHub will not show is told', () => {
  const findings = Array.from({ length: 12 }, (_, index) => finding({ line: index + 1 }));
  expect(lines(...findings.slice(0, 10)).at(-1)).toContain('10 warnings');
  const all = lines(...findings, finding({ severity: 'error' }));
  expect(all).toHaveLength(15);
  expect(all.at(-1)).toBe(
    'GitHub shows 10 errors, warnings and notices of a step each; 2 further findings can be read in this log only',
  );
});
