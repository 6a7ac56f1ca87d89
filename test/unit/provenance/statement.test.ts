import { load } from 'js-yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMetadata } from '../../../generator/src/archive/metadata.ts';
import { ProvenanceError } from '../../../generator/src/provenance/provenance-error.ts';
import { readStatement } from '../../../generator/src/provenance/read-statement.ts';
import { statementOf } from '../../../generator/src/provenance/statement.ts';
import { chartYaml } from '../archive/fixture.ts';

const DIGEST = 'ab'.repeat(32);

function statement(name: string, more: string): string {
  const source = { file: 'Chart.yaml', code: 'CHART_INVALID' } as const;
  const metadata = parseMetadata(Buffer.from(chartYaml('demo', '1.0.0', more)), source);
  return statementOf({ fileName: name, digest: DIGEST, metadata });
}

describe('statementOf', () => {
  test('is the Chart.yaml and the digest, as Helm writes them', () => {
    expect(statement('demo-1.0.0.tgz', 'keywords: [a]\n')).toBe(
      `apiVersion: v2\nkeywords:\n  - a\nname: demo\nversion: 1.0.0\n\n...\nfiles:\n  demo-1.0.0.tgz: sha256:${DIGEST}\n`,
    );
  });

  test('comes back whatever a chart says', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '-',
        ' ',
        '\t',
        '.',
        '\n',
        '\r',
        '#',
        'ü',
        '\u0085',
        '\u2028',
        ':',
        '"',
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (description) => {
        const made = statement('demo-1.0.0.tgz', `description: ${JSON.stringify(description)}\n`);
        // What a clear-signed message does not keep must not matter.
        expect(made).not.toMatch(/[ \t]\n|[\r\u0085\u2028]/);
        const [metadata = ''] = made.split('\n...\n');
        const { description: read = '' } = load(metadata) as { description?: string };
        expect(read).toBe(description);
        expect([...readStatement(made)]).toEqual([['demo-1.0.0.tgz', `sha256:${DIGEST}`]]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['#-1.tgz', '*a-1.tgz', '{-1.tgz', '"-1.tgz', 'ü-1.tgz'])('names %s', (name) => {
    expect([...readStatement(statement(name, '')).keys()]).toEqual([name]);
  });
});

describe('readStatement', () => {
  test('names all files, whatever they are called', () => {
    const files = 'files:\n  __proto__: a\n  constructor: b\n  b-1.tgz: sha256:1\nimages: {}\n';
    expect([...readStatement(`x\n...\n${files}`)]).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['b-1.tgz', 'sha256:1'],
    ]);
    expect(readStatement('x\n...\nfiles: {}\n').get('toString')).toBeUndefined();
  });

  test('reads the second document only, as Helm does', () => {
    const text = 'files: {a: b}\n...\nfiles: {c: d}\n...\nfiles: {e: f}\n';
    expect([...readStatement(text)]).toEqual([['c', 'd']]);
  });

  test.each([
    ['one document', 'files: {a: b}\n', 'does not name any file'],
    ['no files', 'x\n...\nimages: {a: b}\n', 'does not name any file'],
    ['a list', 'x\n...\n- a\n', 'does not name any file'],
    ['no YAML', 'x\n...\nfiles: {a\n', 'no YAML'],
    ['a name that stands twice', 'x\n...\nfiles:\n  a: b\n  a: c\n', 'no YAML'],
    ['aliases', 'x\n...\nfiles: &a\n  b: *a\n', 'no YAML'],
  ])('refuses %s', (_, text, reason) => {
    expect(() => readStatement(text)).toThrow(ProvenanceError);
    expect(() => readStatement(text)).toThrow(reason);
  });
});
