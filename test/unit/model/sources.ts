import { resolve } from 'node:path';
import { expect } from 'vitest';
import { UserError } from '../../../generator/src/errors.ts';
import type { Problem } from '../../../generator/src/errors.ts';
import { parseCatalog } from '../../../generator/src/model/load-catalog.ts';
import type { Catalog } from '../../../generator/src/model/catalog.ts';

/** A small charts-src: two lines, two components, one chart. */
export const SOURCES: Readonly<Record<string, string>> = {
  'catalog.yaml': `repository: { name: charts, url: https://charts.example.com }
home: https://example.com
sources: [https://example.com/source]
license: Apache-2.0
maintainers:
  - name: someone
kubernetes: { oldest: "1.31", newest: "1.36" }
lines: ["4.1", "3.9"]
charts: [spark]
`,
  'lines/4.1.yaml': line('4.1', '4.1.2'),
  'lines/3.9.yaml': line('3.9', '3.9.0'),
  'model/probe.yaml': `type: object
description: Timing of a probe.
properties:
  periodSeconds:
    type: integer
    minimum: 1
    default: 10
    description: Seconds between two probes.
  override:
    x-kubernetes: core/v1.Probe
    description: A whole probe.
$defs:
  labels:
    type: object
    additionalProperties: { type: string }
    default: {}
    description: Labels.
`,
  'components/common/README.md': '# Common\n\nNames and labels.\n',
  'components/common/model.yaml': `properties:
  nameOverride:
    x-section: Common
    type: string
    default: ""
    description: Stands in for the name.
  commonLabels:
    $ref: model/probe.yaml#/$defs/labels
    description: Labels of every object.
`,
  'components/common/templates/_names.tpl.hbs':
    '{{- define "<% chart.name %>.fullname" }}{{ .Values.nameOverride }}{{ end -}}\n',
  'components/worker/README.md': '# Worker\n\nWorkers of a cluster.\n',
  'components/worker/model.yaml': `properties:
  worker:
    x-section: Workers
    type: object
    description: The workers.
    properties:
      replicas:
        type: integer
        minimum: 0
        default: 2
        description: Number of workers.
      memory:
        type: [string, "null"]
        description: Memory of a worker.
        examples: [1g]
      startupProbe:
        $ref: model/probe.yaml
        description: Holds back the other probes.
        properties:
          periodSeconds:
            default: 3
      tolerations:
        type: array
        items:
          x-kubernetes: core/v1.Toleration
        description: Taints that the pods tolerate.
      virtualThreads:
        x-lines: ">=4.0.0"
        type: boolean
        default: true
        description: Whether to use virtual threads.
`,
  'components/worker/rules.yaml': `- id: no-workers
  warn: eq (int .Values.worker.replicas) 0
  message: worker.replicas ({{ .Values.worker.replicas }}) is 0.
- id: only-new
  refuse: not .Values.worker.virtualThreads
  message: Virtual threads are needed.
  x-lines: ">=4.0.0"
`,
  'components/worker/templates/statefulset.yaml': `{{- $all := list .Values.commonLabels .Values.worker }}
`,
  'charts/spark/chart.yaml': `name: spark
version: 0.1.0
description: A cluster.
components: [common, worker]
defaults:
  worker: { replicas: 3 }
`,
  'charts/spark/ci/default-values.yaml': '{}\n',
  'charts/spark/notes.txt.hbs':
    'Welcome to <% chart.name %>.{{ include "<% chart.name %>.rules.warn" . }}\n',
  'charts/spark/readme.hbs': '## Install\n\nhelm install <% chart.name %>\n',
};

function line(name: string, version: string): string {
  return `line: "${name}"
version: ${version}
image: { tag: ${version}, java: 21, scala: "2.13" }
recoveryModes: [NONE]
defaults: { restServer: true }
gates: {}
`;
}

/** The small charts-src with some files changed, added, or left out (undefined). */
function sourcesWith(changes: Record<string, string | undefined> = {}): Map<string, Buffer> {
  return new Map(
    Object.entries({ ...SOURCES, ...changes })
      .flatMap(([path, text]) => (text === undefined ? [] : [[path, Buffer.from(text)] as const]))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A file of the small charts-src with one place of its text replaced. */
export function edited(path: string, from: string, to: string): Record<string, string> {
  const text = SOURCES[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  return { [path]: text.replace(from, () => to) };
}

export function catalogWith(changes: Record<string, string | undefined> = {}): Catalog {
  return parseCatalog(resolve('charts-src'), sourcesWith(changes));
}

/** The mistakes that loading the changed charts-src reports. */
export function problemsWith(changes: Record<string, string | undefined>): readonly Problem[] {
  try {
    catalogWith(changes);
  } catch (error) {
    if (error instanceof UserError && error.code === 'SOURCE_INVALID') return error.problems;
    throw error;
  }
  return [];
}

/** What a change of the sources is called, the change, and what is said of it: place, message, hint. */
export type Mistake = [
  what: string,
  changes: Record<string, string | undefined>,
  place: string,
  message: string,
  hint?: string,
];

/** Expects one problem, at its place. */
export function expectMistake([, changes, place, message, hint]: Mistake): void {
  const problems = problemsWith(changes);
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  expect(`${problem?.file ?? ''}:${problem?.line ?? ''}:${problem?.column ?? ''}`).toBe(
    `charts-src/${place}`,
  );
  expect(problem?.message).toEqual(message);
  expect(problem?.hint).toBe(hint);
}
