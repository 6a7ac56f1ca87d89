import type { Problem } from '../../../generator/src/errors.ts';
import { UserError } from '../../../generator/src/errors.ts';
import type { SourceFile } from '../../../generator/src/model/catalog.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';
import type { ChartModel } from '../../../generator/src/model/types.ts';
import { renderFiles } from '../../../generator/src/render/index.ts';

const COMPONENT = { title: '', readme: '', values: {}, rules: [], files: [] };

/** A chart `spark-4-2` of the components `master` and `worker`; the catalogue also has `connect`. */
export function modelOf(options: {
  files?: SourceFile[];
  partials?: Record<string, string>;
  values?: SchemaNode;
}): ChartModel {
  const line = {
    line: '4.2',
    version: '4.2.1',
    image: { tag: '4.2.1', java: 21, scala: '2.13' },
    recoveryModes: ['NONE', 'ROCKSDB'],
    defaults: { cleanup: true, server: false, ports: 0 },
    gates: { text: '' },
  };
  const source = {
    directory: '/charts-src/charts/spark',
    name: 'spark',
    version: '0.1.0',
    description: 'A "cluster" & <more>',
    keywords: [],
    components: ['master', 'worker'],
    lines: ['4.2'],
    defaults: {},
    links: [],
    changes: [],
    files: [],
  };
  const partials = Object.entries(options.partials ?? {}).map(
    ([name, text]) => [name, { ...template(text), source: `partials/${name}.hbs` }] as const,
  );
  return {
    catalog: {
      directory: '/charts-src',
      repository: { name: 'spark', url: 'https://charts.example.org' },
      home: 'https://example.org',
      sources: [],
      license: 'Apache-2.0',
      maintainers: [],
      kubernetes: { oldest: '1.31', newest: '1.35' },
      lines: [line],
      charts: [source],
      components: new Map(
        ['master', 'worker', 'connect'].map((name) => [name, { name, ...COMPONENT }]),
      ),
      partials: new Map(),
    },
    source,
    line,
    name: 'spark-4-2',
    newest: false,
    version: '0.1.0',
    appVersion: '4.2.1',
    components: [],
    values: options.values ?? { type: 'object', additionalProperties: true },
    rules: [],
    files: options.files ?? [],
    partials: new Map(partials),
  };
}

/** A template `x.yaml.hbs` of the component `worker`; a last line feed is added where it is missing. */
export function template(text: string): SourceFile {
  return {
    source: 'x.yaml.hbs',
    target: 'templates/worker/x.yaml',
    content: Buffer.from(text.replace(/[^\n]$/, '$&\n')),
    rendered: true,
  };
}

/** What one template renders to. */
export function render(text: string, partials: Record<string, string> = {}): string | undefined {
  const files = renderFiles(modelOf({ files: [template(text)], partials }));
  return files.get('templates/worker/x.yaml')?.toString();
}

/** `file:line:column message (hint)` of each mistake; empty when there is none. */
export function mistakes(model: ChartModel): string[] {
  try {
    renderFiles(model);
    return [];
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'TEMPLATE_INVALID') throw error;
    return error.problems.map(describeProblem);
  }
}

function describeProblem({ file, line, column, message, hint }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const text = `${place} ${message}${hint === undefined ? '' : ` (${hint})`}`;
  return text.replaceAll('charts-src/', '');
}
