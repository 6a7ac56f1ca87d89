import { gzipSync } from 'node:zlib';
import { chartYaml } from './fixture.ts';
import { END, paxRecord, rawArchive, rawEntries, type RawEntry } from './raw-tar.ts';

/** An archive as nobody should make it. */
export interface ForeignCase {
  what: string;
  bytes: Buffer;
  /** Part of the message where it is refused. */
  refused?: string;
  /** Why it is, although Helm loads it. */
  stricter?: string;
  /** What differs from the chart `demo` where it is read. */
  metadata?: Record<string, unknown>;
}

const chart: RawEntry = { name: 'demo/Chart.yaml', body: chartYaml() };
const other: RawEntry = { name: 'demo/Chart.yaml', body: chartYaml('other') };
const file = (name: string): RawEntry => ({ name, body: 'a: 1\n' });
const dependencies =
  'dependencies:\n- {name: sub, version: 1.0.0, repository: "https://example.com"}\n';
const declared = {
  dependencies: [{ name: 'sub', version: '1.0.0', repository: 'https://example.com' }],
};
const gzip = (...parts: Uint8Array[]) => gzipSync(Buffer.concat(parts));
const plain = rawEntries([chart]);

type Case = Omit<ForeignCase, 'bytes'> & { entries?: RawEntry[]; bytes?: Buffer };

const CASES: readonly Case[] = [
  { what: 'one file', entries: [chart] },
  {
    what: 'a folder entry with a size',
    entries: [{ name: 'demo/', type: '5', size: '00000001000\0' }, chart],
  },
  { what: 'an old folder entry', entries: [{ name: 'demo/templates/', type: '\0' }, chart] },
  {
    what: 'a file whose mode is that of a folder',
    entries: [{ ...chart, mode: '0040755\0' }],
    refused: 'no Chart.yaml',
  },
  {
    what: 'a second Chart.yaml with a slash at its end',
    entries: [chart, { ...other, name: 'demo/Chart.yaml/' }],
    refused: 'more than one Chart.yaml',
    stricter: 'Helm merges them',
  },
  { what: './ in front', entries: [{ ...chart, name: './Chart.yaml' }] },
  {
    what: './ in front of the folder',
    entries: [{ ...chart, name: './demo/Chart.yaml' }],
    refused: 'no Chart.yaml',
  },
  { what: 'two top folders', entries: [chart, file('more/values.yaml')] },
  {
    what: 'two charts',
    entries: [chart, { ...other, name: 'other/Chart.yaml' }],
    refused: 'more than one Chart.yaml',
    stricter: 'Helm merges them',
  },
  { what: 'one path twice', entries: [chart, file('demo/values.yaml'), file('demo/values.yaml')] },
  {
    what: 'backslashes',
    entries: [{ ...chart, name: 'demo\\Chart.yaml' }, file('demo\\templates\\a.yaml')],
  },
  {
    what: 'backslashes out of the chart',
    entries: [chart, file('demo\\..\\..\\a')],
    refused: 'out of the chart',
  },
  {
    what: 'a path out of the chart',
    entries: [chart, file('demo/../../a')],
    refused: 'out of the chart',
  },
  {
    what: 'a name with two dots in front',
    entries: [chart, file('demo/..data/a')],
    refused: 'out of the chart',
  },
  {
    what: 'dots that stay inside',
    entries: [chart, file('demo/a/../b')],
    refused: 'out of the chart',
    stricter: 'nothing needs them',
  },
  {
    what: 'an absolute path',
    entries: [chart, file('/etc/passwd')],
    refused: 'absolute path',
    stricter: 'tar can unpack it there',
  },
  {
    what: 'an absolute path in the chart',
    entries: [chart, file('demo//etc/passwd')],
    refused: 'absolute path',
  },
  {
    what: 'a drive',
    entries: [chart, file('C:/windows/a')],
    refused: 'a drive',
    stricter: 'tar on Windows can unpack it there',
  },
  { what: 'a drive in the chart', entries: [chart, file('demo/c:/a')], refused: 'a drive' },
  {
    what: 'a folder out of the chart',
    entries: [chart, { name: 'demo/../../a/', type: '5' }],
    refused: 'out of the chart',
    stricter: 'unpacking makes it',
  },
  { what: 'a file beside the folder', entries: [chart, file('values.yaml')], refused: 'beside' },
  { what: 'an empty name', entries: [chart, file('')], refused: 'beside' },
  { what: 'no Chart.yaml', entries: [file('demo/values.yaml')], refused: 'no Chart.yaml' },
  { what: 'nothing', entries: [], refused: 'no Chart.yaml' },
  {
    what: 'a link inside',
    entries: [chart, { name: 'demo/a/b', type: '2', link: '../values.yaml' }],
  },
  {
    what: 'a link out',
    entries: [chart, { name: 'demo/a/b', type: '2', link: '../../../etc/passwd' }],
    refused: 'a link out of the chart',
    stricter: 'tar unpacks it',
  },
  {
    what: 'an absolute link',
    entries: [chart, { name: 'demo/a', type: '2', link: '/etc/passwd' }],
    refused: 'a link out of the chart',
    stricter: 'tar unpacks it',
  },
  {
    what: 'a hard link inside',
    entries: [chart, { name: 'demo/a', type: '1', link: 'demo/Chart.yaml' }],
  },
  {
    what: 'a hard link out',
    entries: [chart, { name: 'demo/a', type: '1', link: '/etc/passwd' }],
    refused: 'absolute path',
    stricter: 'tar unpacks it',
  },
  {
    what: 'a link with a size',
    refused: 'claims to have content',
    entries: [{ name: 'demo/a', type: '2', link: 'b', size: '00000001000\0' }, chart],
  },
  {
    what: 'a link for a Chart.yaml',
    entries: [{ ...chart, type: '2', link: 'a', body: '' }],
    refused: 'no file',
  },
  {
    what: 'a device',
    entries: [chart, { name: 'demo/a', type: '3' }],
    refused: 'no file, folder or link',
    stricter: 'tar makes it',
  },
  {
    what: 'a pipe',
    entries: [chart, { name: 'demo/a', type: '6' }],
    refused: 'no file, folder or link',
    stricter: 'tar makes it',
  },
  {
    what: 'an unknown type',
    entries: [chart, { name: 'demo/a', type: 'V' }],
    refused: 'no file, folder or link',
    stricter: 'nobody knows what it is',
  },
  {
    what: 'a sparse file of PAX',
    entries: [{ name: 'x', type: 'x', body: paxRecord('GNU.sparse.major', '9') }, chart],
    refused: 'a sparse file',
    stricter: 'nobody packs a chart so',
  },
  {
    what: 'a global header',
    entries: [{ name: 'pax_global_header', type: 'g', body: paxRecord('comment', 'abc') }, chart],
  },
  {
    what: 'a global header that is damaged',
    entries: [{ name: 'g', type: 'g', body: 'abc' }, chart],
    refused: 'damaged PAX header',
  },
  ...['99 comment=x\n', '13 uname=a\0b\n', '13 gname=a\0b\n'].map((body) => ({
    what: `the PAX record ${JSON.stringify(body)}`,
    entries: [{ name: 'x', type: 'x', body }, chart],
    refused: 'damaged PAX header',
  })),
  {
    what: 'a global path',
    entries: [{ name: 'g', type: 'g', body: paxRecord('path', 'demo/a') }, chart],
  },
  {
    what: 'a PAX path',
    entries: [
      { name: 'x', type: 'x', body: paxRecord('path', 'demo/Chart.yaml') },
      { ...chart, name: 'short' },
    ],
  },
  {
    what: 'an empty PAX path',
    entries: [
      { name: 'x', type: 'x', body: paxRecord('path', 'demo/a') + paxRecord('path', '') },
      chart,
    ],
  },
  {
    what: 'a PAX path that a global header takes back',
    entries: [
      { name: 'x', type: 'x', body: paxRecord('path', 'demo/a') },
      { name: 'g', type: 'g', body: paxRecord('a', 'b') },
      chart,
    ],
  },
  {
    what: 'a PAX size',
    entries: [
      { name: 'x', type: 'x', body: paxRecord('size', String(chartYaml().length)) },
      { ...chart, size: '00000000000\0' },
    ],
  },
  {
    what: 'an endless PAX size',
    entries: [{ name: 'x', type: 'x', body: paxRecord('size', '9'.repeat(30)) }, chart],
    refused: 'out of bounds',
  },
  {
    what: 'a negative PAX size',
    entries: [{ name: 'x', type: 'x', body: paxRecord('size', '-1') }, chart],
    refused: 'out of bounds',
  },
  {
    what: 'a GNU long name',
    entries: [
      { name: '././@LongLink', type: 'L', body: 'demo/Chart.yaml\0' },
      { ...chart, name: 'short', magic: 'ustar  \0' },
    ],
  },
  {
    what: 'a GNU long name beside one of PAX',
    entries: [
      { name: 'L', type: 'L', body: 'demo/Chart.yaml\0' },
      { name: 'x', type: 'x', body: paxRecord('path', 'demo/a') },
      chart,
    ],
  },
  { what: 'a USTAR prefix', entries: [{ ...chart, name: 'Chart.yaml', fields: { 345: 'demo' } }] },
  {
    what: 'a prefix where GNU has times',
    entries: [{ ...chart, name: 'Chart.yaml', magic: 'ustar  \0', fields: { 345: 'demo' } }],
    refused: 'damaged tar header',
    stricter: 'only an early Go wrote such',
  },
  { what: 'a header of 1979', entries: [{ ...chart, magic: '\0\0\0\0\0\0\0\0' }] },
  {
    what: 'a binary size',
    entries: [
      { ...chart, size: `\x80${'\0'.repeat(10)}${String.fromCharCode(chartYaml().length)}` },
    ],
  },
  {
    what: 'a negative binary size',
    entries: [{ ...chart, size: '\xff'.repeat(12) }],
    refused: 'out of bounds',
  },
  {
    what: 'a size behind zeros',
    entries: [{ ...chart, size: `\0\0\0\0\0\0\0\0\0${chartYaml().length.toString(8)}\0` }],
  },
  {
    what: 'a size that is no number',
    entries: [{ ...chart, size: '0000000009z\0' }],
    refused: 'damaged tar header',
  },
  {
    what: 'a time that is no number',
    entries: [{ ...chart, fields: { 136: '0000000009z\0' } }],
    refused: 'damaged tar header',
  },
  {
    what: 'a size beyond the end',
    entries: [chart, { ...file('demo/a'), size: '00000100000\0' }],
    refused: 'cut off',
  },
  {
    what: 'requirements.yaml',
    entries: [chart, { name: 'demo/requirements.yaml', body: dependencies }],
    metadata: declared,
  },
  {
    what: 'requirements.yaml in front',
    entries: [{ name: 'demo/requirements.yaml', body: dependencies }, chart],
    metadata: declared,
  },
  {
    what: 'requirements.yaml with a version',
    entries: [chart, { name: 'demo/requirements.yaml', body: 'version: 9.0.0\n' }],
    metadata: { version: '9.0.0' },
  },
  {
    what: 'an empty requirements.yaml',
    entries: [chart, { name: 'demo/requirements.yaml', body: '' }],
  },
  {
    what: 'two of requirements.yaml',
    entries: [
      chart,
      { name: 'demo/requirements.yaml', body: '' },
      { name: 'demo/requirements.yaml', body: '' },
    ],
    refused: 'more than one requirements.yaml',
    stricter: 'Helm merges them',
  },
  { what: 'several gzip members', bytes: Buffer.concat([gzipSync(plain), gzipSync(END)]) },
  { what: 'zeros after the end', bytes: Buffer.concat([gzip(plain, END), Buffer.alloc(100)]) },
  {
    what: 'garbage after the end',
    bytes: Buffer.concat([gzip(plain, END), Buffer.from('garbage')]),
    refused: 'incorrect header check',
    stricter: 'it is not what was packed',
  },
  { what: 'a tar archive after the end of one', bytes: gzip(plain, END, rawEntries([other]), END) },
  { what: 'one empty block at the end', bytes: gzip(plain, END.subarray(0, 512)) },
  { what: 'no end', bytes: gzip(plain), refused: 'cut off', stricter: 'more may be missing' },
  {
    what: 'an empty block between entries',
    bytes: gzip(plain, END.subarray(0, 512), rawEntries([file('demo/a')]), END),
    refused: 'damaged tar header',
  },
];

/** What Helm refuses, skips or accepts, each in an archive; checked against Helm in test/helm. */
export const FOREIGN_CASES: readonly ForeignCase[] = CASES.map(
  ({ entries = [], bytes, ...rest }) => ({
    ...rest,
    bytes: bytes ?? rawArchive(entries),
  }),
);
