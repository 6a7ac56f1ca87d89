import { resolve } from 'node:path';
import { findTool } from '../../generator/src/helm/find.ts';
import type { Command } from './measure.ts';

/** Where generated charts are. */
export const CHARTS = resolve('dist/charts');

/** What the benchmarks of one part of the program share. */
export interface Bench {
  /** A path in a folder that is removed afterwards. */
  place: (name: string) => string;
  /** A call of this tool. */
  ours: (args: readonly string[], environment?: NodeJS.ProcessEnv) => Command;
  /** A call of Helm 4. */
  helm: (...args: string[]) => Command;
}

/** @param work an empty folder. */
export async function createBench(work: string): Promise<Bench> {
  const helm = await findTool('helm-4', console.error);
  return {
    place: (name) => resolve(work, name),
    ours: (args, environment) => ({
      program: process.execPath,
      args: [resolve('generator/bin/run.js'), ...args],
      ...(environment && { environment }),
    }),
    helm: (...args) => ({ program: helm, args }),
  };
}
