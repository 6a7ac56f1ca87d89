import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { FakeGitHub } from './fake.ts';

const CHILD = fileURLToPath(new URL('publish-child.ts', import.meta.url));
const AT_ONCE = 8;

/** An archive with provenance, as a file. */
export async function archiveFile(version = '1.0.0'): Promise<string> {
  const { fileName, bytes, provenance } = signed(await archiveOf('demo', version));
  const file = join(temporaryFolder(), fileName);
  writeFileSync(`${file}.prov`, provenance);
  writeFileSync(file, bytes);
  return file;
}

/** @param args of publish-child.ts; `ORIGIN` in one is where GitHub is. */
export function publishInChild(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
): ChildProcess {
  const origin = environment.GITHUB_SERVER_URL ?? '';
  const full = args.map((argument) => argument.replace('ORIGIN', origin));
  return spawn(process.execPath, [CHILD, ...full], { env: environment, stdio: 'inherit' });
}

export async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** What is published, and how it looks then. */
export interface Scenario {
  /** As {@link publishInChild} takes them. */
  args: readonly string[];
  /** What is there before. */
  prepare?: (fake: FakeGitHub) => void;
  /** All that people see, without where it is listening. */
  stateOf: (fake: FakeGitHub) => unknown;
  /** What holds at any time. */
  expectWhole: (fake: FakeGitHub) => void;
}

/**
 * Runs a process that is killed when it makes a request, before that has any effect, and then
 * another one to its end.
 * @returns the line of that request, undefined where the process made fewer, and what is there then.
 */
async function killAt(scenario: Scenario, request: number) {
  const lines: string[] = [];
  let isOver = false;
  const fake = new FakeGitHub({
    intercept: (line, _, response) => {
      if (isOver) return false;
      lines.push(line);
      if (lines.length < request) return false;
      child.kill('SIGKILL');
      response.destroy();
      return true;
    },
  });
  scenario.prepare?.(fake);
  const environment = await fake.listen();
  const child = publishInChild(environment, scenario.args);
  await once(child, 'close');
  isOver = true;
  scenario.expectWhole(fake);
  expect(await exitOf(publishInChild(environment, scenario.args))).toBe(0);
  return { line: lines[request - 1], state: scenario.stateOf(fake) };
}

/**
 * Kills a process at each request that it makes; run again, it ends as one that was not killed.
 * @returns that end, and the requests without numbers and queries.
 */
export async function killAtEachRequest(
  scenario: Scenario,
): Promise<{ expected: unknown; lines: string[] }> {
  const clean = new FakeGitHub();
  scenario.prepare?.(clean);
  expect(await exitOf(publishInChild(await clean.listen(), scenario.args))).toBe(0);
  const expected = scenario.stateOf(clean);
  const lines: string[] = [];
  let next = 1;
  const work = async () => {
    for (let isKilled = true; isKilled;) {
      const number = next;
      next += 1;
      const { line, state } = await killAt(scenario, number);
      expect(state, `killed at request ${number}, ${line}`).toEqual(expected);
      isKilled = line !== undefined;
      if (line !== undefined) lines.push(line.replace(/[?/]\d.*|\?.*/, ''));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { expected, lines };
}
