import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Helm, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { useTools } from '../support/tools.ts';
import { chartYaml } from '../unit/archive/fixture.ts';
import {
  dependentChart,
  digestIn,
  type Repository,
  startRepository,
  update,
  versionsOf,
} from '../unit/dependencies/fixture.ts';
import { temporaryFolder, textsIn, write } from '../unit/fileset/fixture.ts';

useTools('helm-4', 'helm-3');

interface LockFile {
  dependencies: { name: string; repository: string; version: string }[];
  digest: string;
}

function lockOf(chart: string, file = 'Chart.lock'): LockFile {
  return load(readFileSync(join(chart, file), 'utf8')) as LockFile;
}

async function succeed(helm: Helm, args: readonly string[]): Promise<string> {
  const result = await runHelm(helm, args);
  expect(result.exitCode, `helm ${args.join(' ')}\n${result.stdout}${result.stderr}`).toBe(0);
  return result.stdout;
}

const RANGES = [
  ...['1.2.3', '=1.2.3', '1.2', '1', '1.x', '1.2.x', '*', 'x', '>0', '>1', '>1.2', '>=1.2 <2'],
  ...[
    '<2',
    '<=1.2',
    '<=1',
    '=<1.2.3',
    '=>1.2.3',
    '!=2.x',
    '!=2.0.0',
    '~1.2.3',
    '~1.2',
    '~1',
    '~>1.2',
  ],
  ...['^1.2.3', '^1', '^0', '^0.2', '^0.2.3', '^0.0.3', '>=1, <2', '1.0 - 1.2', '1.2.0 - 2'],
  ...[
    '<1 || >=2',
    '1.0.0||0.0.3',
    '>=1.0.0-0',
    '^2.1.0-0',
    '~2.1.0-rc.1',
    '2.1.0-rc.1',
    '<2.1.0-rc.2',
  ],
  ...['v1.2.3', '1.2.3+one', '>=0.0.0-0 <1.0.0', '~0.0.0', '^1.2.x', '>=v1.2'],
];
const VERSIONS = [
  ...['0.0.3', '0.0.4', '0.2.3', '0.2.9', '0.3.0', '1.0.0', '1.0.9', '1.2.0', '1.2.3', '1.2.10'],
  ...['1.10.0', '2.0.0', '2.0.1', '2.1.0-rc.1', '2.1.0-rc.2'],
];

/** One chart as often as there are ranges. */
function rangesChart({ url }: Repository): string {
  return dependentChart(
    RANGES.map((version, index) => ({
      name: 'lib',
      version,
      repository: url,
      alias: `lib-${index}`,
    })),
  );
}

describe.each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test('a range comes to the version that Helm takes, and to the same digest', async () => {
    const repository = await startRepository(await versionsOf('lib', VERSIONS));
    const ours = rangesChart(repository);
    const theirs = rangesChart(repository);
    await update(ours);
    await withHelm(name, silent, (helm) => succeed(helm, ['dependency', 'update', theirs]));
    const versions = ({ dependencies }: LockFile) =>
      dependencies.map(({ version }, index) => `${RANGES[index] ?? ''} → ${version}`);
    expect(versions(lockOf(ours))).toEqual(versions(lockOf(theirs)));
    const lines = (chart: string) => textsIn(chart)['Chart.lock']?.replace(/^generated: .*/m, '');
    expect(lines(ours)).toBe(lines(theirs));
    expect(readdirSync(join(ours, 'charts')).toSorted()).toEqual(
      readdirSync(join(theirs, 'charts')).toSorted(),
    );
  });

  test('takes what was vendored and locked here', async () => {
    const repository = await startRepository([
      ...(await versionsOf('lib', VERSIONS)),
      ...(await versionsOf('app', ['0.1.0'])),
    ]);
    const shared = join(temporaryFolder(), 'shared');
    write(join(shared, 'Chart.yaml'), chartYaml('shared', '3.2.1'));
    const chart = dependentChart(
      [
        {
          name: 'lib',
          version: '>=1.0.0 <2',
          repository: repository.url,
          condition: 'lib.enabled',
          tags: ['a & b', '<c>'],
          'import-values': ['data', { child: 'x', parent: 'y' }],
          alias: 'library',
        },
        { name: 'app', version: '~0.1', repository: `${repository.url}/` },
        { name: 'shared', version: '^3', repository: `file://${shared}` },
        { name: 'own', version: '1.x', repository: '' },
      ],
      { 'charts/own/Chart.yaml': chartYaml('own', '1.5.0') },
    );
    await update(chart);
    const vendored = readdirSync(join(chart, 'charts')).toSorted();
    expect(vendored).toEqual(['app-0.1.0.tgz', 'lib-1.10.0.tgz', 'own', 'shared-3.2.1.tgz']);
    const lock = readFileSync(join(chart, 'Chart.lock'), 'utf8');
    await withHelm(name, silent, async (helm) => {
      const list = await succeed(helm, ['dependency', 'list', chart]);
      expect(
        list
          .split('\n')
          .slice(1)
          .filter((line) => /\S/.test(line)),
      ).toHaveLength(4);
      for (const line of list.split('\n').slice(1, 4)) expect(line).toMatch(/ok\s*$/);
      expect(list).toMatch(/own.*unpacked\s*$/m);
      rmSync(join(chart, 'charts', 'lib-1.10.0.tgz'));
      await succeed(helm, ['repo', 'add', 'ours', repository.url]);
      await succeed(helm, ['dependency', 'build', chart]);
      expect(readdirSync(join(chart, 'charts')).toSorted()).toEqual(vendored);
      await succeed(helm, ['dependency', 'update', chart]);
      // Nothing new, so Helm leaves the lock as it is.
      expect(readFileSync(join(chart, 'Chart.lock'), 'utf8')).toBe(lock);
    });
  });

  test('locks made by Helm are taken, also those of v1 charts', async () => {
    const repository = await startRepository(await versionsOf('lib', ['1.0.0', '1.1.0']));
    const dependencies = [{ name: 'lib', version: '1.x', repository: repository.url }];
    const v2 = dependentChart(dependencies);
    const v1 = dependentChart([], {
      'Chart.yaml': 'apiVersion: v1\nname: demo\nversion: 1.0.0\n',
      'requirements.yaml': JSON.stringify({ dependencies }),
    });
    for (const [chart, file] of [
      [v2, 'Chart.lock'],
      [v1, 'requirements.lock'],
    ] as const) {
      await withHelm(name, silent, (helm) => succeed(helm, ['dependency', 'update', chart]));
      const digest = digestIn(chart, file);
      // By its lock it would be this one alone.
      const newer = await versionsOf('lib', ['1.0.0', '1.1.0', '1.2.0']);
      for (const { fileName, bytes } of newer) repository.files.set(`/charts/${fileName}`, bytes);
      await update(chart);
      expect(digestIn(chart, file)).toBe(digest);
      expect(readdirSync(join(chart, 'charts'))).toEqual(['lib-1.1.0.tgz']);
      // And what is locked here Helm takes.
      rmSync(join(chart, file));
      await update(chart);
      await withHelm(name, silent, async (helm) => {
        await succeed(helm, ['repo', 'add', 'ours', repository.url]);
        await succeed(helm, ['dependency', 'build', chart]);
      });
    }
  });
});
