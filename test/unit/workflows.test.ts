import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTool } from '../../generator/src/helm/find.ts';
import { run } from '../../generator/src/helm/process.ts';
import { useTools } from '../support/tools.ts';

useTools('actionlint');

test('actionlint finds nothing in the workflows', async () => {
  const directory = '.github/workflows';
  const files = (await readdir(directory)).map((name) => join(directory, name));
  expect(files).not.toEqual([]);
  const { exitCode, stdout } = await run(await findTool('actionlint'), ['-no-color', ...files]);
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});
