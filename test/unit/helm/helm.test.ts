import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { renderChart, runHelm, withHelm } from '../../../generator/src/helm/helm.ts';
import { useTools } from '../../support/tools.ts';
import { temporaryFolder } from './temporary-folder.ts';

useTools('helm-4', 'helm-3');

const HELMS = ['helm-4', 'helm-3'] as const;

afterEach(() => {
  vi.unstubAllEnvs();
});

async function chart(directory: string): Promise<string> {
  await mkdir(join(directory, 'templates'), { recursive: true });
  await writeFile(join(directory, 'Chart.yaml'), 'apiVersion: v2\nname: demo\nversion: 1.0.0\n');
  await writeFile(join(directory, 'values.yaml'), 'colour: red\n');
  await writeFile(
    join(directory, 'templates/map.yaml'),
    `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }
data:
  colour: {{ required "a colour is needed" .Values.colour }}
  kubernetes: {{ .Capabilities.KubeVersion.Version }}
`,
  );
  return directory;
}

test.each(HELMS)('%s renders with values, release, namespace and Kubernetes', async (name) => {
  // A comma and a quote are special in Helm's --values.
  const folder = join(await temporaryFolder(), 'a,"b"');
  const path = await chart(folder);
  const values = join(folder, 'blue.yaml');
  await writeFile(values, 'colour: blue\n');
  const rendering = await withHelm(name, console.log, (helm) =>
    renderChart(helm, path, {
      valuesFiles: [values],
      kubeVersion: '1.31',
      releaseName: 'mine',
      namespace: 'here',
    }),
  );
  expect(rendering).toEqual({
    ok: true,
    warnings: [],
    manifests: `---
# Source: demo/templates/map.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: mine, namespace: here }
data:
  colour: blue
  kubernetes: v1.31
`,
  });
});

test.each(HELMS)('%s says why it refuses', async (name) => {
  const path = await chart(await temporaryFolder());
  await writeFile(join(path, 'values.yaml'), '');
  const rendering = await withHelm(name, console.log, (helm) => renderChart(helm, path));
  expect(rendering).toMatchObject({
    ok: false,
    message: expect.stringContaining('a colour is needed') as string,
  });
});

test('the user’s Helm and cluster settings do not reach it', async () => {
  const folder = await temporaryFolder();
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(
    kubeconfig,
    'apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts: [{ name: c, context: { cluster: c, namespace: theirs } }]\n',
  );
  vi.stubEnv('KUBECONFIG', kubeconfig);
  vi.stubEnv('HELM_NAMESPACE', 'theirs');
  vi.stubEnv('HELM_REPOSITORY_CONFIG', join(folder, 'repositories.yaml'));
  const settings = await withHelm('helm-4', console.log, (helm) => runHelm(helm, ['env']));
  expect(settings.stdout).toContain('HELM_NAMESPACE="default"');
  expect(settings.stdout).not.toContain(folder);
});
