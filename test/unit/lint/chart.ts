import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../helm/temporary-folder.ts';

/** A chart that has no finding. */
const SOUND: Readonly<Record<string, string>> = {
  'Chart.yaml': `apiVersion: v2
name: demo
version: 1.0.0
icon: https://example.com/icon.svg
`,
  'values.yaml': 'colour: red\n',
  'templates/map.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: demo
  labels:
    app.kubernetes.io/name: demo
    app.kubernetes.io/instance: {{ .Release.Name | quote }}
    app.kubernetes.io/managed-by: {{ .Release.Service }}
    app.kubernetes.io/version: "1"
    helm.sh/chart: demo-1.0.0
data:
  colour: {{ .Values.colour | quote }}
`,
};

/** A chart with other or further files, in a folder that is gone after the test. */
export async function writeChart(
  files: Record<string, string> = {},
  base: Readonly<Record<string, string>> = SOUND,
): Promise<string> {
  const chart = join(await temporaryFolder(), 'demo');
  for (const [path, text] of Object.entries({ ...base, ...files })) {
    await mkdir(dirname(join(chart, path)), { recursive: true });
    await writeFile(join(chart, path), text);
  }
  return chart;
}
