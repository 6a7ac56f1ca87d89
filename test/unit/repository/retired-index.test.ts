import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restoredUrl, retiredUrl } from '../../../generator/src/repository/retired-index.ts';

const INDEX = 'https://example.com/charts/index.yaml';
const RETIRED = 'https://example.com/charts/archive/index.yaml';

test.each([
  ['demo-1.0.0.tgz', '../demo-1.0.0.tgz'],
  ['sub/demo-1.0.0.tgz', '../sub/demo-1.0.0.tgz'],
  ['../demo-1.0.0.tgz', '../../demo-1.0.0.tgz'],
  ['https://example.com/demo-1.0.0.tgz', 'https://example.com/demo-1.0.0.tgz'],
  ['oci://example.com/demo', 'oci://example.com/demo'],
  ['//example.com/demo-1.0.0.tgz', '//example.com/demo-1.0.0.tgz'],
  ['/charts/demo-1.0.0.tgz', '/charts/demo-1.0.0.tgz'],
])('%s becomes %s, and the other way round', (url, retired) => {
  expect([retiredUrl(url), restoredUrl(retired)]).toEqual([retired, url]);
});

test('a url that somebody wrote into the retired index is found from the index', () => {
  expect(restoredUrl('demo-1.0.0.tgz')).toBe('archive/demo-1.0.0.tgz');
});

test('every url means the same from where it goes, and is the same when it comes back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webPath(), fc.webUrl(), fc.string()), (url) => {
      expect(restoredUrl(retiredUrl(url))).toBe(url);
      if (!URL.canParse(url, INDEX) || /^\s|[?#\\]|^$/.test(url)) return;
      expect(URL.parse(retiredUrl(url), RETIRED)?.href).toBe(URL.parse(url, INDEX)?.href);
    }),
    { numRuns: 200 },
  );
});
