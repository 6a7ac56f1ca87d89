import { type Case, chart, file, other } from './foreign-case.ts';

/** Names, links and kinds of entries. */
export const NAMES: readonly Case[] = [
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
];
