import { expect, test } from 'vitest';
import { retainedVersions } from '../../../../generator/src/repository/care/retention.ts';

test.each([
  [
    'the newest of each series',
    1,
    ['1.0.0', '1.0.1', '1.1.0', '2.0.0'],
    ['1.0.1', '1.1.0', '2.0.0'],
  ],
  ['as many as asked for', 2, ['1.0.9', '1.0.10', '1.0.2'], ['1.0.10', '1.0.9']],
  ['no pre-release that was overtaken', 5, ['1.0.0-rc.1', '1.0.0', '1.0.1'], ['1.0.0', '1.0.1']],
  [
    'pre-releases apart from stable versions',
    1,
    ['1.0.0', '1.0.1-rc.1', '1.0.1-rc.2'],
    ['1.0.0', '1.0.1-rc.2'],
  ],
  ['pre-releases where nothing is stable', 1, ['1.0.0-a', '1.0.0-b'], ['1.0.0-b']],
  [
    'pre-releases of a series though a later one is stable',
    1,
    ['1.2.0-rc.1', '1.3.0'],
    ['1.2.0-rc.1', '1.3.0'],
  ],
  ['the highest build of equal versions', 1, ['1.0.0+1', '1.0.0+2'], ['1.0.0+2']],
  ['what is no version', 1, ['latest', '1.0.0', '1.0.1', ''], ['latest', '1.0.1', '']],
  ['v1.2 as 1.2.0', 1, ['v1.2', '1.2.1'], ['1.2.1']],
])('%s', (_, keep, versions, retained) => {
  expect([...retainedVersions(versions, keep)].toSorted()).toEqual(retained.toSorted());
});
