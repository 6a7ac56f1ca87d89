import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  PASSPHRASE_VARIABLE,
  readPassphrase,
} from '../../../generator/src/provenance/passphrase.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { errorOf } from './fixture.ts';

describe('readPassphrase', () => {
  const environment = { [PASSPHRASE_VARIABLE]: 'from the environment' };

  test.each([
    ['one line', 's3cret\n', 's3cret'],
    ['no line end', 's3cret', 's3cret'],
    ['more lines', 's3 cret \r\nmore\n', 's3 cret '],
    ['nothing', '', ''],
  ])('is the first line of a file with %s', async (_, text, expected) => {
    const file = join(temporaryFolder(), 'passphrase');
    write(file, text);
    expect(await readPassphrase(file, environment)).toBe(expected);
  });

  test('is that of the environment without a file, if there is one', async () => {
    expect(await readPassphrase(undefined, environment)).toBe('from the environment');
    expect(await readPassphrase(undefined, {})).toBeUndefined();
  });

  test('is the first line of standard input for -', () => {
    const module = new URL('../../../generator/src/provenance/passphrase.ts', import.meta.url).href;
    const script = `import { readPassphrase } from ${JSON.stringify(module)}; process.stdout.write(await readPassphrase('-'));`;
    const input = 'püped\nmore\n';
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { input });
    expect(said.toString()).toBe('püped');
  });

  test('tells a file that is not there', async () => {
    expect(await errorOf(readPassphrase('/nothing/here'))).toMatchObject({ code: 'FILE_SYSTEM' });
  });
});
