import { expect, test } from 'vitest';
import { packFiles } from '../../../generator/src/archive/pack.ts';
import { unpackSubcharts } from '../../../generator/src/lint/packed-subcharts.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function pack(name: string, files: Record<string, string | Uint8Array> = {}) {
  const chart = `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
  const all = Object.entries({ 'Chart.yaml': chart, ...files });
  const packed = await packFiles(
    new Map(all.map(([path, file]) => [path, typeof file === 'string' ? bytes(file) : file])),
    name,
  );
  return packed.bytes;
}

test('packed subcharts stand in folders of their names, those inside them too', async () => {
  const inner = await pack('inner', { 'templates/a.yaml': 'a' });
  const outer = await pack('outer', { 'charts/x.tgz': inner, 'values.yaml': 'b: 1' });
  const files = unpackSubcharts(
    new Map([
      ['values.yaml', bytes('c')],
      ['charts/some-1.0.0.tgz', outer],
      ['files/other.tgz', inner],
    ]),
  );
  expect([...files.keys()].toSorted()).toEqual([
    'charts/outer/Chart.yaml',
    'charts/outer/charts/inner/Chart.yaml',
    'charts/outer/charts/inner/templates/a.yaml',
    'charts/outer/values.yaml',
    'files/other.tgz',
    'values.yaml',
  ]);
});

test.each([
  ['no archive', () => Promise.resolve(bytes('no archive'))],
  ['half an archive', async () => (await pack('a')).subarray(0, 60)],
])('%s stays packed', async (_, make) => {
  const files = new Map([['charts/a.tgz', await make()]]);
  expect([...unpackSubcharts(files).keys()]).toEqual(['charts/a.tgz']);
});
