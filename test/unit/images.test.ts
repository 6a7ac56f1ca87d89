import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartImages } from '../../generator/src/images.ts';
import { silent } from '../../generator/src/progress.ts';
import { runCli } from '../support/cli.ts';
import { useTools } from '../support/tools.ts';
import { temporaryFolder, write } from './fileset/fixture.ts';

useTools('helm-engine');

const WORKLOADS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      initContainers: [{ name: wait, image: docker.io/library/busybox:1 }]
      containers: [{ name: web, image: "{{ .Values.image }}" }, { name: none }]
      volumes: [{ name: jars, image: { reference: example.com/jars:2 } }]
---
apiVersion: v1
kind: Pod
metadata: { name: check, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: check, image: "{{ .Values.image }}" }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: other }
data: { image: docker.io/library/not-this:1 }
`;

function chart(workloads = WORKLOADS): string {
  const folder = join(temporaryFolder(), 'web');
  write(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  write(join(folder, 'values.yaml'), 'image: docker.io/library/web:1\n');
  write(join(folder, 'templates', 'all.yaml'), workloads);
  write(join(folder, 'other.yaml'), 'image: example.com/web@sha256:abc\n');
  return folder;
}

const options = { valuesFiles: [], progress: silent };

describe('chartImages', () => {
  it('lists the images of containers, hooks and volumes once, sorted, with what needs them', async () => {
    const path = chart();
    expect(await chartImages([path], options)).toEqual([
      {
        chart: path,
        images: [
          {
            image: 'docker.io/library/busybox:1',
            usedBy: ['init container wait of Deployment/web'],
          },
          {
            image: 'docker.io/library/web:1',
            usedBy: ['container web of Deployment/web', 'container check of Pod/check'],
          },
          { image: 'example.com/jars:2', usedBy: ['volume jars of Deployment/web'] },
        ],
      },
    ]);
  });

  it('says why a chart does not render', async () => {
    const path = chart('{{ fail "set image" }}');
    await expect(chartImages([path], options)).rejects.toMatchObject({
      code: 'CHART_INVALID',
      message: expect.stringContaining('set image') as string,
    });
  });
});

describe('spark-charts images', () => {
  it('prints one image a line, with the given values', async () => {
    const path = chart();
    const { stdout, exitCode } = await runCli(['images', path, '-f', join(path, 'other.yaml')]);
    expect(stdout.split('\n')).toEqual([
      'docker.io/library/busybox:1',
      'example.com/jars:2',
      'example.com/web@sha256:abc',
      '',
    ]);
    expect(exitCode).toBe(0);
  });

  it('prints data with --json', async () => {
    const path = chart();
    const { stdout } = await runCli(['images', path, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ charts: [{ chart: path, images: { length: 3 } }] });
  });

  it('refuses a values file that is not there', async () => {
    const { stderr, exitCode } = await runCli(['images', chart(), '-f', 'nowhere.yaml']);
    expect(stderr).toContain('nowhere.yaml');
    expect(exitCode).toBe(2);
  });
});
