import { expect, test } from 'vitest';
import { compareKeys } from '../../../../generator/src/repository/index-file/key-order.ts';

// Each list is in the order in which go-yaml v2.4.4 writes these keys.
test.each([
  [['annotations', 'apiVersion', 'appVersion', 'created', 'urls', 'version']],
  [['', '0', '1', '9', '10', 'A', 'Z', 'a', 'app', 'app2', 'app10', 'appx', 'z']],
  [['a-b', 'a.b', 'a/b', 'a_b', 'a1', 'ab']],
  [['a1', 'a01', 'a2', 'a02']],
  [['x10', 'x100', 'x101']],
  [['a', 'é', '日']],
])('%j', (keys) => {
  for (const [i, left] of keys.entries())
    for (const [j, right] of keys.entries())
      expect(Math.sign(compareKeys(left, right)), `${left} ${right}`).toBe(Math.sign(i - j));
});
