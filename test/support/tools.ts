import { beforeAll } from 'vitest';
import { findTool } from '../../generator/src/helm/find.ts';
import type { ToolName } from '../../generator/src/helm/tools.ts';

const HALF_AN_HOUR = 1_800_000;

/** Has tools built before the tests of a file begin: the first time that takes minutes. */
export function useTools(...names: ToolName[]): void {
  beforeAll(async () => {
    for (const name of names) await findTool(name, console.log);
  }, HALF_AN_HOUR);
}
