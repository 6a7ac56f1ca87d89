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
data:
  colour: {{ .Values.colour | quote }}
`,
};

/** The sound chart with other or further files, in a folder that is gone after the test. */
export async function writeChart(files: Record<string, string> = {}): Promise<string> {
  const chart = join(await temporaryFolder(), 'demo');
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) {
    await mkdir(dirname(join(chart, path)), { recursive: true });
    await writeFile(join(chart, path), text);
  }
  return chart;
}
