import { expect, test } from 'vitest';
import { unpackArchive } from '../../../generator/src/archive/unpack.ts';
import { chartYaml, foreignArchive } from './fixture.ts';
import { FOREIGN_CASES } from './foreign-cases.ts';

test('files come with their paths in the chart, a link as an empty one', async () => {
  const bytes = await foreignArchive([
    { name: 'demo/', type: 'directory' },
    { name: 'demo/Chart.yaml', body: chartYaml() },
    { name: 'demo/charts/sub/Chart.yaml', body: chartYaml('sub') },
    { name: 'demo/link', type: 'symlink', linkname: 'Chart.yaml' },
    { name: `demo/${'long/'.repeat(40)}file`, body: 'x' },
  ]);
  const texts = [...unpackArchive(bytes, 'x.tgz')].map(([path, content]) => [
    path,
    Buffer.from(content).toString(),
  ]);
  expect(texts).toEqual([
    ['Chart.yaml', chartYaml()],
    ['charts/sub/Chart.yaml', chartYaml('sub')],
    ['link', ''],
    [`${'long/'.repeat(40)}file`, 'x'],
  ]);
});

const hostile = FOREIGN_CASES.filter(({ refused = '' }) =>
  /out of|absolute|a drive|cut off|damaged|no file,/.test(refused),
);

test.each(hostile)('$what is refused', ({ bytes, refused }) => {
  expect(() => unpackArchive(bytes, 'x.tgz')).toThrow(
    expect.objectContaining({ code: 'ARCHIVE_INVALID' }),
  );
  expect(() => unpackArchive(bytes, 'x.tgz')).toThrow(refused);
});
