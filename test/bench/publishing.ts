import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { fillRepository, versionsOf } from './archives.ts';
import { type Bench, CHARTS } from './bench.ts';
import { compare } from './comparison.ts';
import { startRegistry } from './registry.ts';

const COUNT = 100;
const AUTHOR = {
  GIT_AUTHOR_NAME: 'Benchmark',
  GIT_AUTHOR_EMAIL: 'benchmark@example.com',
  GIT_COMMITTER_NAME: 'Benchmark',
  GIT_COMMITTER_EMAIL: 'benchmark@example.com',
};

/** Publishing many charts at once, to a registry and to a branch of git. */
export async function benchPublishing({ place, ours, helm }: Bench): Promise<void> {
  const folder = place('packed');
  await fillRepository(folder, versionsOf(COUNT, 1), [join(CHARTS, 'spark')]);
  const archives = (await readdir(folder)).map((name) => join(folder, name));
  const remote = place('remote.git');
  const branch = `git+${pathToFileURL(remote).href}#gh-pages`;
  const registry = await startRegistry();
  const forget = async () => {
    await rm(remote, { recursive: true, force: true });
    await promisify(execFile)('git', ['init', '--quiet', '--bare', remote]);
  };
  const target = `oci://${registry.host}/charts`;
  try {
    await compare({
      what: `publish ${COUNT} charts`,
      rounds: 5,
      prepare: registry.restart,
      theirs: {
        name: '`helm push`, one after the other',
        pipelines: archives.map((archive) => [helm('push', archive, target, '--plain-http')]),
        atOnce: 1,
      },
      ours: [
        {
          name: '`publish` to a registry',
          run: [ours(['publish', ...archives, '--to', target])],
          prepare: registry.restart,
        },
        {
          name: '`publish` to a branch of git',
          run: [ours(['publish', ...archives, '--to', branch], AUTHOR)],
          prepare: forget,
        },
      ],
    });
  } finally {
    registry.stop();
  }
}
