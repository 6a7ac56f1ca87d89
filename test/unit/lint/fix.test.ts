import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixText } from '../../../generator/src/lint/fix-text.ts';
import { fixFindings } from '../../../generator/src/lint/fix.ts';
import { formatFixes } from '../../../generator/src/lint/formats/fixes.ts';
import { silent } from '../../../generator/src/progress.ts';
import { writeChart } from './chart.ts';
import { finding } from './formats/report.ts';

const TEXT = 'kind: Pod\nimage: {{ .Values.image }}\nname: x\n';

function edit(line: number, excerpt: string, before: string, after: string) {
  return { line, excerpt, fix: { old: before, new: after } };
}

describe('in a text', () => {
  const quoted = edit(2, 'image: {{ .Values.image }}', '.image }}', '.image | quote }}');

  test('a line is changed', () => {
    const { text, refusals } = fixText(TEXT, [quoted]);
    expect(text).toBe('kind: Pod\nimage: {{ .Values.image | quote }}\nname: x\n');
    expect(refusals.size).toBe(0);
  });

  test('a change of several lines moves no other', () => {
    const { text } = fixText(TEXT, [
      edit(1, 'kind: Pod', 'Pod', 'Job\nspec: {}'),
      edit(3, 'name: x', 'x', 'y'),
      quoted,
    ]);
    expect(text).toBe('kind: Job\nspec: {}\nimage: {{ .Values.image | quote }}\nname: y\n');
  });

  test('two changes of a line are both made, the same one once', () => {
    const { text, refusals } = fixText(TEXT, [
      quoted,
      edit(2, quoted.excerpt, 'image:', 'picture:'),
      { ...quoted },
    ]);
    expect(text).toContain('\npicture: {{ .Values.image | quote }}\n');
    expect(refusals.size).toBe(0);
  });

  test('line ends and a byte order mark stay', () => {
    const { text } = fixText('\uFEFFa: 1\r\nb: 2\r\n', [
      edit(1, 'a: 1', '1', '2\nc: 3'),
      edit(2, 'b: 2', '2', '4'),
    ]);
    expect(text).toBe('\uFEFFa: 2\r\nc: 3\r\nb: 4\r\n');
  });

  test.each([
    ['the line was changed since it was linted', edit(2, 'image: old', '.image', 'x')],
    ['the line was changed since it was linted', edit(99, 'image: old', '.image', 'x')],
    ['the line does not hold "absent" once', edit(1, 'kind: Pod', 'absent', 'x')],
    ['the line does not hold "m" once', edit(2, quoted.excerpt, 'm', 'x')],
  ])('%s', (why, wrong) => {
    const { text, refusals } = fixText(TEXT, [wrong]);
    expect(text).toBe(TEXT);
    expect([...refusals]).toEqual([[wrong, why]]);
  });

  test('only the lines of the changes change', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), fc.string(), (all, at, added) => {
        const lines = [...all.map((line) => line.replaceAll(/[\r\n\uFEFF]/g, '')), 'a: @mark@'];
        const index = at % lines.length;
        const marked = lines.with(index, 'b: @mark@');
        const { text } = fixText(marked.join('\n'), [
          edit(index + 1, 'b: @mark@', '@mark@', added),
        ]);
        expect(text).toBe(marked.with(index, `b: ${added}`).join('\n'));
      }),
    );
  });
});

const MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: demo
data:
  colour: {{ .Values.colour | quote }}
`;

/** Raises the colour in the chart of the tests. */
function colourFix(chart: string, file = 'templates/map.yaml') {
  const excerpt = '  colour: {{ .Values.colour | quote }}';
  const fix = { old: '| quote', new: '| upper | quote' };
  return finding({ rule: 'upper', chart, file, line: 6, excerpt, fix });
}

describe('in a chart', () => {
  test('a file is changed once, whatever is run again', async () => {
    const chart = await writeChart({ 'templates/map.yaml': MAP });
    const file = join(chart, 'templates/map.yaml');
    const before = await readFile(file, 'utf8');
    const place = { rule: 'upper', chart, file: 'templates/map.yaml', line: 6 };
    expect(await fixFindings([colourFix(chart), finding({ chart })], silent)).toEqual([place]);
    const after = await readFile(file, 'utf8');
    expect(after).toBe(before.replace('| quote', '| upper | quote'));
    const refusal = 'the line was changed since it was linted';
    expect(await fixFindings([colourFix(chart)], silent)).toEqual([{ ...place, refusal }]);
    expect(await readFile(file, 'utf8')).toBe(after);
  });

  async function refusalOf(chart: string, file?: string) {
    return (await fixFindings([colourFix(chart, file)], silent)).map(({ refusal }) => refusal);
  }

  test('what the generator wrote is left alone', async () => {
    const chart = await writeChart({ 'templates/map.yaml': MAP });
    await mkdir(join(dirname(chart), '.generated'));
    await writeFile(join(dirname(chart), '.generated', basename(chart)), '');
    expect(await refusalOf(chart)).toEqual([
      'the chart is generated; mend its source in charts-src',
    ]);
    expect(await readFile(join(chart, 'templates/map.yaml'), 'utf8')).not.toContain('upper');
  });

  test('an archive, a chart elsewhere and a dependency are left alone', async () => {
    expect(await refusalOf('a-1.0.0.tgz')).toEqual(['an archive is not changed']);
    expect(await refusalOf('oci://example.com/a')).toEqual(['an archive is not changed']);
    const file = 'charts/sub/templates/map.yaml';
    const chart = await writeChart({ [file]: MAP });
    expect(await refusalOf(chart, file)).toEqual([
      'the file is of a dependency; mend it where it comes from',
    ]);
    expect(await readFile(join(chart, file), 'utf8')).toBe(MAP);
  });

  test('a link, a file that is gone and one that is no text are left alone', async () => {
    const chart = await writeChart({ 'templates/map.yaml': MAP });
    const file = join(chart, 'templates/map.yaml');
    const outside = join(dirname(chart), 'outside.yaml');
    await rename(file, outside);
    expect(await refusalOf(chart)).toEqual(['the file is gone']);
    await symlink(outside, file);
    expect(await refusalOf(chart)).toEqual(['the file is a link']);
    expect(await refusalOf(chart, '../outside.yaml')).toEqual(['the file is not in the chart']);
    await writeFile(join(chart, 'templates/latin.yaml'), Buffer.from([0xe4]));
    expect(await refusalOf(chart, 'templates/latin.yaml')).toEqual(['the file is not UTF-8 text']);
    expect(await readFile(outside, 'utf8')).not.toContain('upper');
  });
});

test('people are told what was done and why not', () => {
  const place = { rule: 'upper', chart: 'a', file: 'b.yaml', line: 3 };
  expect(formatFixes([place, { ...place, refusal: 'it is gone\u0007' }]))
    .toBe(`mended  a/b.yaml:3  upper
left    a/b.yaml:3  upper: it is gone\uFFFD
1 finding mended, 1 left`);
  expect(formatFixes([])).toBe('0 findings mended, 0 left');
});
