import { expect, test } from 'vitest';
import { commitMessage } from '../../../../generator/src/repository/git/commit-message.ts';

test.each([
  [['demo-1.0.0.tgz'], 'Publish demo-1.0.0\n'],
  [['demo-1.0.0.tgz', 'demo-1.0.0.tgz.prov'], 'Publish demo-1.0.0\n'],
  [
    ['demo-1.0.0+b.tgz', 'a.tgz-1.0.0.tgz', 'demo-1.0.0+b.tgz.prov'],
    'Publish 2 chart versions\n\n- demo-1.0.0+b\n- a.tgz-1.0.0\n',
  ],
])('%o', (files, message) => {
  expect(commitMessage(files)).toBe(message);
});
