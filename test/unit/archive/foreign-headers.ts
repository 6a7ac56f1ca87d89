import { chartYaml } from './fixture.ts';
import { type Case, chart, file } from './foreign-case.ts';
import { paxRecord } from './raw-tar.ts';

/** Headers of entries, and those of PAX and GNU before them. */
export const HEADERS: readonly Case[] = [
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
];
