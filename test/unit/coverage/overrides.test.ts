import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countOverrides,
  mergeValues,
  overridesOf,
  resetOverride,
  valueInMaps,
  type Values,
} from '../../../generator/src/coverage/overrides.ts';
import { isObject } from '../../../generator/src/model/json.ts';
import type { Json } from '../../../generator/src/model/types.ts';

const KEY = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const { values: VALUES } = fc.letrec<{ values: Values; value: Json }>((tie) => ({
  values: fc
    .array(fc.tuple(KEY, tie('value')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, 0, 1, '', 'text'),
    fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
    tie('values'),
  ),
}));

/** As templates see values: null takes a key away. */
function withoutNulls(values: Values): Values {
  const entries = Object.entries(values).flatMap(([key, value]): [string, Json][] => {
    if (value === null) return [];
    return [[key, isObject(value) ? withoutNulls(value) : value]];
  });
  return Object.fromEntries(entries);
}

test('overrides turn the defaults into the values', () => {
  fc.assert(
    fc.property(VALUES, VALUES, (defaults, values) => {
      const merged = mergeValues(defaults, overridesOf(defaults, values));
      expect(withoutNulls(merged)).toEqual(withoutNulls(values));
    }),
  );
});

test('values that are the defaults override nothing', () => {
  fc.assert(
    fc.property(VALUES, (values) => {
      expect(overridesOf(values, structuredClone(values))).toEqual({});
    }),
  );
});

test('a value that is reset is the default again, and all others stay', () => {
  fc.assert(
    fc.property(VALUES, VALUES, fc.array(KEY, { minLength: 1, maxLength: 3 }), (a, b, path) => {
      const overrides = overridesOf(a, b);
      const reset = resetOverride(overrides, path);
      expect(valueInMaps(reset, path)).toBeUndefined();
      const lost = countOverrides(overrides) - countOverrides(reset);
      const at = valueInMaps(overrides, path);
      expect(lost).toBe(at === undefined ? 0 : countOverrides({ at }));
    }),
  );
});

test('a list is one value, and so is what takes a default away', () => {
  const overrides = overridesOf({ list: [1, 2], gone: { a: 1 } }, { list: [1, 2, 3], gone: {} });
  expect(overrides).toEqual({ list: [1, 2, 3], gone: { a: null } });
  expect(countOverrides(overrides)).toBe(2);
});

test('a global value is reset for subcharts too, another value is not', () => {
  const overrides = { global: { a: 1 }, a: 1, sub: { a: 1, global: { a: 1, b: 2 } } };
  expect(resetOverride(overrides, ['global', 'a'])).toEqual({
    a: 1,
    sub: { a: 1, global: { b: 2 } },
  });
  expect(resetOverride(overrides, ['a'])).toEqual({
    global: { a: 1 },
    sub: { a: 1, global: { a: 1, b: 2 } },
  });
});
