import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../../generator/src/model/load-catalog.ts';
import { edited, catalogWith, SOURCES } from './sources.ts';

const CHART = 'charts/spark/chart.yaml';

describe('loadCatalog', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  it('reads a folder', async () => {
    for (const [path, text] of Object.entries(SOURCES)) await write(`charts-src/${path}`, text);
    await write('charts-src/charts/spark/.notes.txt.hbs.swp', 'an editor was here');
    await write(
      'charts-src/charts/spark/lint.yaml',
      'ignore: [{ rule: host-path, reason: It is meant. }]\n',
    );
    const catalog = await loadCatalog(join(folder, 'charts-src'));
    expect(catalog.directory).toBe(join(folder, 'charts-src'));
    expect(catalog.lines.map(({ version }) => version)).toEqual(['4.1.2', '3.9.0']);
    expect([...catalog.components.keys()]).toEqual(['common', 'worker']);
    expect(catalog.charts[0]?.files.map(({ target, rendered }) => [target, rendered])).toEqual([
      ['ci/default-values.yaml', false],
      ['.spark-charts-lint.yaml', false],
      ['templates/NOTES.txt', true],
      ['README.md', true],
    ]);
  });

  it('says which folder is missing', async () => {
    const loading = loadCatalog(join(folder, 'nowhere'));
    await expect(loading).rejects.toMatchObject({
      code: 'FILE_SYSTEM',
      message: expect.stringContaining('nowhere') as string,
    });
  });
});

describe('a catalog', () => {
  it('gives components their title, text, rules and files', () => {
    const worker = catalogWith().components.get('worker');
    expect(worker).toMatchObject({ title: 'Worker', readme: 'Workers of a cluster.' });
    expect(worker?.rules).toEqual([
      {
        id: 'no-workers',
        placeOf: expect.any(Function) as unknown,
        level: 'warn',
        condition: 'eq (int .Values.worker.replicas) 0',
        message: 'worker.replicas ({{ .Values.worker.replicas }}) is 0.',
        description: 'worker.replicas is 0.',
      },
      {
        id: 'only-new',
        placeOf: expect.any(Function) as unknown,
        level: 'refuse',
        condition: 'not .Values.worker.virtualThreads',
        message: 'Virtual threads are needed.',
        description: 'Virtual threads are needed.',
        lines: '>=4.0.0',
      },
    ]);
    expect(worker?.files).toMatchObject([
      {
        source: 'components/worker/templates/statefulset.yaml',
        target: 'templates/worker/statefulset.yaml',
        rendered: false,
      },
    ]);
  });

  it('gives a chart all lines where it names none, in the order of the catalog', () => {
    expect(catalogWith().charts[0]?.lines).toEqual(['4.1', '3.9']);
    const some = edited(CHART, 'components:', 'lines: ["3.9", "4.1"]\ncomponents:');
    expect(catalogWith(some).charts[0]?.lines).toEqual(['4.1', '3.9']);
  });
});
