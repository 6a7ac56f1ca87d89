import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packFiles } from '../../../generator/src/archive/pack.ts';
import { readArchive } from '../../../generator/src/archive/read.ts';
import { unpackArchive } from '../../../generator/src/archive/unpack.ts';
import { archiveOf, chartYaml } from './fixture.ts';
import { FOREIGN_CASES } from './foreign-cases.ts';

const LIMITS = { seed: 1, numRuns: 2000, interruptAfterTimeLimit: 5000 };

/** An archive or a typed error, nothing else; the same from both readers. */
function expectTyped(bytes: Uint8Array): void {
  const errors = [readArchive, unpackArchive].map((read) => {
    try {
      read(bytes, 'x.tgz');
    } catch (error) {
      expect(error).toMatchObject({ name: 'UserError', code: 'ARCHIVE_INVALID' });
      return true;
    }
    return false;
  });
  // What cannot be unpacked has no metadata.
  expect(errors).not.toEqual([false, true]);
}

/** Bytes with some of them changed, and maybe cut off. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 8,
  });
  return fc.tuple(changes, fc.integer({ min: 0, max: bytes.length })).map(([list, cut]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of list) copy[at] = value;
    // Most often whole: damage further down is to be reached.
    return cut % 4 === 0 ? copy.subarray(0, cut) : copy;
  });
}

test('random bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), expectTyped), LIMITS);
  const zipped = fc.uint8Array({ maxLength: 4096 }).map((bytes) => gzipSync(bytes, { level: 1 }));
  fc.assert(fc.property(zipped, expectTyped), LIMITS);
});

test('damaged archives', async () => {
  const { bytes } = await archiveOf();
  fc.assert(fc.property(damaged(bytes), expectTyped), LIMITS);
});

test('damaged tar archives', () => {
  const tars = FOREIGN_CASES.filter(({ refused }) => refused === undefined).map(({ bytes }) =>
    gunzipSync(bytes),
  );
  const zipped = fc
    .constantFrom(...tars)
    .chain((tar) => damaged(tar.subarray(0, 2048)))
    .map((tar) => gzipSync(Buffer.concat([tar, Buffer.alloc(1024)]), { level: 1 }));
  fc.assert(fc.property(zipped, expectTyped), LIMITS);
});

const name = fc.stringMatching(/^[a-zé_-]{1,120}$/);
const path = fc
  .array(name, { minLength: 1, maxLength: 3 })
  .map((parts) => `files/${parts.join('/')}`);

test('what is packed is read, and unpacked to the same files', async () => {
  const contents = fc.dictionary(path, fc.uint8Array({ maxLength: 2000 }), { maxKeys: 5 });
  const version = fc.tuple(fc.nat(99), fc.nat(99)).map(([minor, patch]) => `1.${minor}.${patch}+b`);
  await fc.assert(
    fc.asyncProperty(contents, version, async (others, chartVersion) => {
      const files = new Map<string, Uint8Array>([
        ['Chart.yaml', Buffer.from(chartYaml('demo', chartVersion))] as const,
        ...Object.entries(others),
      ]);
      const packed = await packFiles(files, 'demo');
      expect(readArchive(packed.bytes, 'x.tgz')).toEqual(packed);
      const unpacked = unpackArchive(packed.bytes, 'x.tgz');
      const hex = (set: ReadonlyMap<string, Uint8Array>) =>
        Object.fromEntries([...set].map(([at, bytes]) => [at, Buffer.from(bytes).toString('hex')]));
      expect(hex(unpacked)).toEqual(hex(files));
    }),
    { seed: 1, numRuns: 100, interruptAfterTimeLimit: 5000 },
  );
});
