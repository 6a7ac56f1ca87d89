import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder, textsIn, write } from '../fileset/fixture.ts';
import { SOURCES } from '../model/sources.ts';

test('a version that is published with other bytes is refused before lint and tests', async () => {
  const cwd = temporaryFolder();
  for (const [path, text] of Object.entries(SOURCES)) write(join(cwd, 'charts-src', path), text);
  await runCli(['generate'], { cwd });
  await runCli(['publish'], { cwd });
  const before = textsIn(join(cwd, 'dist', 'repository'));
  write(join(cwd, 'charts-src/charts/spark/readme.hbs'), '## Install\n\nhelm install it\n');
  const { exitCode, stderr } = await runCli(['build'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('raise `version` in charts-src/charts/<chart>/chart.yaml');
  expect(stderr).not.toMatch(/^(linted|tested)/m);
  expect(textsIn(join(cwd, 'dist', 'repository'))).toEqual(before);
  expect(readFileSync(join(cwd, 'dist/charts/spark/README.md'), 'utf8')).toContain('install it');
});

test('sources that are not there are told', async () => {
  const { exitCode, stderr } = await runCli(['build', '--source', 'nope']);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^Error: nope is no folder\n/)]);
});
