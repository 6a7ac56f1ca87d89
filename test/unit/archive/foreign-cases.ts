import { gzipSync } from 'node:zlib';
import { type Case, chart, file, type ForeignCase, other } from './foreign-case.ts';
import { HEADERS } from './foreign-headers.ts';
import { NAMES } from './foreign-names.ts';
import { END, rawArchive, rawEntries } from './raw-tar.ts';

const dependencies =
  'dependencies:\n- {name: sub, version: 1.0.0, repository: "https://example.com"}\n';
const declared = {
  dependencies: [{ name: 'sub', version: '1.0.0', repository: 'https://example.com' }],
};
const gzip = (...parts: Uint8Array[]) => gzipSync(Buffer.concat(parts));
const plain = rawEntries([chart]);

/** Files that Helm reads in a way of its own, and where an archive ends. */
const WHOLES: readonly Case[] = [
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
export const FOREIGN_CASES: readonly ForeignCase[] = [...NAMES, ...HEADERS, ...WHOLES].map(
  ({ entries = [], bytes, ...rest }) => ({
    ...rest,
    bytes: bytes ?? rawArchive(entries),
  }),
);
