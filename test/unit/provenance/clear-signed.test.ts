import fc from 'fast-check';
import { createCleartextMessage } from 'openpgp';
import { describe, expect, test } from 'vitest';
import { readClearSigned } from '../../../generator/src/provenance/clear-signed.ts';
import { ProvenanceError } from '../../../generator/src/provenance/provenance-error.ts';

const SIGNATURE = '-----BEGIN PGP SIGNATURE-----\n\naGk=\n-----END PGP SIGNATURE-----\n';
const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n';

const read = (text: string) => readClearSigned(Buffer.from(text));

describe('readClearSigned', () => {
  test('gives the text that is signed, and the signature', () => {
    const text = 'name: demo  \n- - a\n- ---\n\n...\nend\t\n';
    expect(read(`${BEGIN}${text}${SIGNATURE}`)).toEqual({
      text: 'name: demo\n- a\n---\n\n...\nend',
      signature: SIGNATURE,
    });
  });

  test('takes the line ends of Windows, several hashes and none', () => {
    const message = `${BEGIN}a\nb\n${SIGNATURE}`;
    const ours = read(message);
    expect(ours.text).toBe('a\nb');
    expect(read(message.replaceAll('\n', '\r\n'))).toEqual(ours);
    expect(read(message.replace('Hash: SHA512', 'Hash: SHA256, SHA512'))).toEqual(ours);
    expect(read(message.replace('Hash: SHA512\n', ''))).toEqual(ours);
  });

  test.each([
    ['nothing', '', /does not begin/],
    ['a text without a message', 'name: demo\n', /does not begin/],
    ['text before the message', `x\n${BEGIN}a\n${SIGNATURE}`, /does not begin/],
    ['a byte order mark', `\uFEFF${BEGIN}a\n${SIGNATURE}`, /does not begin/],
    ['text behind the message', `${BEGIN}a\n${SIGNATURE}x`, /does not end/],
    ['a second message', `${BEGIN}a\n${SIGNATURE}${BEGIN}b\n${SIGNATURE}`, /does not end/],
    ['no signature', `${BEGIN}a\n`, /no signature/],
    ['half a signature', `${BEGIN}a\n${SIGNATURE.slice(0, 40)}`, /does not end/],
    ['no empty line', `${BEGIN.trimEnd()}\n${SIGNATURE.replace('\n\n', '\n')}`, /no signature/],
    ['another header', BEGIN.replace('\n\n', '\nComment: x\n\n') + SIGNATURE, /header/],
    ['a bare dash', `${BEGIN}-a\n${SIGNATURE}`, /line 4 begins with a dash/],
    [
      'a carriage return within a line',
      `${BEGIN}a\rb\n${SIGNATURE}`,
      /carriage return stands within line 4/,
    ],
  ])('refuses %s', (_, text, reason) => {
    expect(() => read(text)).toThrow(ProvenanceError);
    expect(() => read(text)).toThrow(reason);
  });

  test('reads a line of any white space in no time', () => {
    const { text } = read(`${BEGIN}${' \t'.repeat(500_000)}x \t\n${SIGNATURE}`);
    expect(text).toHaveLength(1_000_001);
  }, 5000);

  test('refuses what is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(BEGIN), Buffer.of(0xff), Buffer.from(SIGNATURE)]);
    expect(() => readClearSigned(bytes)).toThrow('not UTF-8');
  });

  test('reads any text that another program has written', async () => {
    const line = fc.string({
      unit: fc.constantFrom('-', ' ', '\t', '.', 'a', 'ü', '\n'),
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const message = await createCleartextMessage({ text });
        expect(read(message.armor()).text).toBe(message.getText());
      }),
      { numRuns: 200 },
    );
  });

  test('says why of any bytes, by one kind of error', () => {
    const parts = fc.constantFrom(
      BEGIN,
      SIGNATURE,
      '\n...\n',
      '- ',
      '-',
      'files:\n',
      '\r',
      '\n',
      'x',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        try {
          expect(typeof read(pieces.join('')).text).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(ProvenanceError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
