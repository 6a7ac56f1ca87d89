import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likelyChanges, together } from '../../../../generator/src/lint/objects/likely-changes.ts';
import type { Json } from '../../../../generator/src/model/types.ts';
import { renderingOf } from '../rendering.ts';

function changesOf(values: Record<string, Json>, chartYaml = '') {
  return likelyChanges({ ...renderingOf('', { files: { 'Chart.yaml': chartYaml } }), values });
}

test.each([
  ['1.2.3', '1.2.4'],
  ['1.2.9-rc1', '1.2.9-rc2'],
  ['v9', 'v10'],
  ['90071992547409925', '90071992547409926'],
  ['latest', 'latest-1'],
  ['', '1.0.0-1'],
])('the tag after "%s" is %s', (tag, next) => {
  const [, , change] = changesOf({ image: { tag } });
  expect(change).toEqual({
    what: 'the value image.tag',
    group: 'tags',
    isUpgrade: false,
    changes: { values: { image: { tag: next } } },
  });
});

test('the versions of the chart and the application go up, and replicas by one', () => {
  const changes = changesOf(
    { worker: { replicas: 2 }, replicaCount: 1, name: 'a', list: [{ tag: 'a' }] },
    'version: 1.0.9\nappVersion: "4.1"\n',
  );
  expect(changes.map(({ what }) => what)).toEqual([
    'the version of the chart',
    'the version of the application',
    'the value worker.replicas',
    'the value replicaCount',
  ]);
  expect(together(changes)).toEqual({
    chartVersion: '1.0.10',
    appVersion: '4.2',
    values: { worker: { replicas: 3 }, replicaCount: 2 },
  });
});

test('what is global is changed once', () => {
  const values = { global: { tag: 'a' }, sub: { global: { tag: 'a' }, tag: 'b' } };
  expect(changesOf(values).map(({ what }) => what)).toEqual([
    'the version of the chart',
    'the version of the application',
    'the value global.tag',
    'the value sub.tag',
  ]);
});

test('values of many names are changed together without touching others', () => {
  const name = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'tag');
  const path = fc.array(name, { maxLength: 3 });
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 5, selector: String }), (paths) => {
      const leaves = paths
        .filter((one) => !one.includes('tag'))
        .map((one) => one.reduceRight<Json>((inner, key) => object([[key, inner]]), { tag: 'a1' }));
      for (const leaf of leaves) {
        const changes = changesOf(leaf as Record<string, Json>).slice(2);
        const expected = JSON.stringify(leaf).replace('a1', 'a2');
        expect(JSON.stringify(together(changes).values)).toBe(expected);
      }
    }),
  );
});

test('values that are laid over each other all stay', () => {
  const values = JSON.parse(
    '{"a": {"tag": "1", "b": {"tag": "3"}}, "__proto__": {"tag": "5"}}',
  ) as Record<string, Json>;
  expect(JSON.stringify(together(changesOf(values)).values)).toBe(
    '{"a":{"tag":"2","b":{"tag":"4"}},"__proto__":{"tag":"6"}}',
  );
});

function object(entries: [string, Json][]): Json {
  return Object.fromEntries(entries);
}
