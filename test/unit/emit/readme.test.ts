import { describe, expect, it } from 'vitest';
import { emitReadme } from '../../../generator/src/emit/readme.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';
import { chartModel, withValues } from './models.ts';

/** The row of a value in the table of parameters. */
function row(node: SchemaNode): string {
  const lines = emitReadme(withValues({ value: node }), '').split('\n');
  return lines.find((line) => line.includes('`value`')) ?? '';
}

describe('emitReadme', () => {
  it('reads well', () => {
    expect(emitReadme(chartModel(), '\n## Install\n\nhelm install spark\n')).toBe(`# spark

A cluster.

Chart 0.1.0 · Apache Spark 4.1.2 (Java 21, Scala 2.13) · Kubernetes 1.31 or newer

- **Common**: Names and labels.
- **Worker**: Workers of a cluster.

## Install

helm install spark

## Parameters

### Common

| Parameter | Description | Default |
| --- | --- | --- |
| <a id="nameOverride"></a>\`nameOverride\` | Stands in for the name. | \`""\` |
| <a id="commonLabels"></a>\`commonLabels\` | Labels of every object. | \`{}\` |

### Workers

| Parameter | Description | Default |
| --- | --- | --- |
| <a id="worker"></a>\`worker\` | The workers. |  |
| <a id="worker.replicas"></a>\`worker.replicas\` | Number of workers. | \`3\` |
| <a id="worker.memory"></a>\`worker.memory\` | Memory of a worker. | \`null\` |
| <a id="worker.startupProbe"></a>\`worker.startupProbe\` | Holds back the other probes. |  |
| <a id="worker.startupProbe.periodSeconds"></a>\`worker.startupProbe.periodSeconds\` | Seconds between two probes. | \`3\` |
| <a id="worker.startupProbe.override"></a>\`worker.startupProbe.override\` | A whole probe. | \`{}\` |
| <a id="worker.tolerations"></a>\`worker.tolerations\` | Taints that the pods tolerate. | \`[]\` |
| <a id="worker.virtualThreads"></a>\`worker.virtualThreads\` | Whether to use virtual threads. | \`true\` |

## Rules

What a schema cannot say is checked when the chart is installed or upgraded.

| Rule | When broken | Description |
| --- | --- | --- |
| \`no-workers\` | a warning | worker.replicas is 0. |
| \`only-new\` | refused | Virtual threads are needed. |

## License

Apache-2.0. Source: <https://example.com>.
`);
  });

  it('lists features once, with links to all their values', () => {
    const replicas: SchemaNode = { type: 'integer', default: 1, 'x-feature': 'Sizes <a|b>' };
    const part = { type: 'object', 'x-feature': 'Parts', properties: { replicas } };
    expect(emitReadme(withValues({ a: part, b: part }), '')).toContain(`## Features

| Feature | Values |
| --- | --- |
| Parts | [\`a\`](#a), [\`b\`](#b) |
| Sizes &lt;a\\|b&gt; | [\`a.replicas\`](#a.replicas), [\`b.replicas\`](#b.replicas) |

## Parameters
`);
  });

  it('shows long defaults on several lines', () => {
    const value = { requests: { cpu: '1', memory: '<2Gi>' }, limits: { memory: '8Gi' } };
    expect(row({ description: 'A', default: value })).toMatch(
      '| <pre>requests:<br>  cpu: "1"<br>  memory: &lt;2Gi&gt;<br>limits:<br>  memory: 8Gi</pre> |',
    );
  });

  it('escapes what would break the table or the page', () => {
    expect(row({ description: 'a|b <c> `<d>|e`', default: '|' })).toMatch(
      '| a\\|b &lt;c&gt; `<d>\\|e` | `"\\|"` |',
    );
  });

  it('marks age, choices and lines', () => {
    expect(
      row({
        description: 'A\n\nB',
        default: 'a',
        enum: ['a', 'b'],
        deprecated: true,
        'x-since': '0.2.0',
      }),
    ).toMatch('| **Deprecated.**<br>A<br>B<br>One of: a, b.<br>Since 0.2.0. | `a` |');
  });

  it('shows a default with a grave accent', () => {
    expect(row({ description: 'A', default: 'a`b' })).toMatch('| <pre>a`b</pre> |');
  });
});
