import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { readArchive } from '../../generator/src/archive/read.ts';
import { findTool } from '../../generator/src/helm/find.ts';
import { useTools } from '../support/tools.ts';
import { FOREIGN_CASES } from '../unit/archive/foreign-cases.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';

useTools('helm-3', 'helm-4');

/** The chart as Helm loads it, undefined where it refuses to. */
async function showChart(tool: 'helm-3' | 'helm-4', archive: string): Promise<unknown> {
  const helm = await findTool(tool, console.log);
  try {
    return load((await promisify(execFile)(helm, ['show', 'chart', archive])).stdout);
  } catch {
    return undefined;
  }
}

test.each(FOREIGN_CASES)(
  '$what: what is read is what Helm loads',
  async ({ bytes, refused, stricter }) => {
    const archive = join(temporaryFolder(), 'x.tgz');
    await writeFile(archive, bytes);
    const shown = [await showChart('helm-3', archive), await showChart('helm-4', archive)];
    if (refused !== undefined && stricter === undefined)
      expect(shown).toEqual([undefined, undefined]);
    // Where we are stricter, one of them at least is not.
    else if (refused !== undefined) expect(shown.filter(Boolean)).not.toEqual([]);
    else {
      const { metadata } = readArchive(bytes, 'x.tgz');
      expect(shown).toEqual([metadata, metadata]);
    }
  },
);
