import { describe, expect, it } from 'vitest';
import { parseHelmIgnore } from '../../../generator/src/archive/helmignore.ts';
import { emitChart } from '../../../generator/src/emit/chart.ts';
import { UserError } from '../../../generator/src/errors.ts';
import { ruleTemplates } from '../../../generator/src/emit/rules.ts';
import { resolveChart } from '../../../generator/src/model/resolve.ts';
import { catalogWith, edited } from '../model/sources.ts';
import { chartModel } from './models.ts';

const text = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
  Buffer.from(files.get(path) ?? []).toString();

/** `line:column` of the problems of an error, as far as their excerpt has the value there. */
function placesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ line = 0, column = 0, excerpt = '' }) => {
      expect(excerpt.slice(column - 1)).toMatch(/^\.Values/);
      return `${line}:${column}`;
    });
  }
  return [];
}

describe('emitChart', () => {
  it('has all files of a chart', () => {
    expect([...emitChart(chartModel()).keys()].sort()).toEqual([
      '.helmignore',
      'Chart.yaml',
      'README.md',
      'ci/default-values.yaml',
      'templates/NOTES.txt',
      'templates/_rules.tpl',
      'templates/common/_names.tpl',
      'templates/rules.yaml',
      'templates/worker/statefulset.yaml',
      'values.schema.json',
      'values.yaml',
    ]);
  });

  it('has what its lint passes over, which is not packed', () => {
    const lint = { 'charts/spark/lint.yaml': 'ignore: [{ rule: host-path, reason: Meant. }]\n' };
    const files = emitChart(resolveChart(catalogWith(lint), 'spark', '4.1'));
    expect(text(files, '.spark-charts-lint.yaml')).toBe(lint['charts/spark/lint.yaml']);
    const ignores = parseHelmIgnore(text(files, '.helmignore'), '.helmignore');
    expect(ignores('.spark-charts-lint.yaml', false)).toBe(true);
    expect(ignores('values.yaml', false)).toBe(false);
  });

  it('puts the text of the author into the README', () => {
    const files = emitChart(resolveChart(catalogWith(), 'spark', '3.9'));
    expect(text(files, 'README.md')).toContain('## Install\n\nhelm install spark-3-9\n');
  });

  it('is the same every time', () => {
    expect(emitChart(chartModel())).toEqual(emitChart(chartModel()));
  });

  it('refuses a rule about a value that the model lacks', () => {
    const rules = edited(
      'components/worker/rules.yaml',
      '.Values.worker.replicas)',
      '.Values.worker.replica)',
    );
    const model = resolveChart(catalogWith(rules), 'spark', '4.1');
    expect(() => emitChart(model)).toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        problems: [
          {
            message: '.Values.worker.replica is not in the values model',
            hint: 'did you mean "replicas"?',
            path: 'no-workers',
            file: 'charts-src/components/worker/rules.yaml',
            line: 2,
            column: 17,
            excerpt: '  warn: eq (int .Values.worker.replica) 0',
          },
        ],
      }) as Error,
    );
  });

  it.each([
    ['message', '({{ .Values.worker.replicas', '({{ .Values.worker.replica', '3:32'],
    [
      'folded condition',
      'eq (int .Values.worker.replicas) 0',
      '>-\n    eq\n    (int .Values.worker.replica) 0',
      '4:10',
    ],
    [
      'quoted condition',
      'eq (int .Values.worker.replicas) 0',
      '"eq (int .Values.worker.replica) 0"',
      '2:18',
    ],
    [
      'literal message',
      'worker.replicas ({{ .Values.worker.replicas }})',
      '|\n    There are\n      {{ .Values.worker.replica }}',
      '5:10',
    ],
  ])('says where in a rule a mistake is: %s', (_, from, to, place) => {
    const rules = edited('components/worker/rules.yaml', from, to);
    const model = resolveChart(catalogWith(rules), 'spark', '4.1');
    expect(placesOf(() => emitChart(model))).toEqual([place]);
  });
});

describe('ruleTemplates', () => {
  it('collects broken rules under their ids', () => {
    const rules = text(emitChart(chartModel()), 'templates/_rules.tpl');
    expect(rules).toContain(`{{- define "spark.rules.refused" }}
{{- if not .Values.worker.virtualThreads }}
  - [only-new] Virtual threads are needed.
{{- end }}
{{- end }}`);
    expect(rules).toContain(`{{- define "spark.rules.warned" }}
{{- if eq (int .Values.worker.replicas) 0 }}
  - [no-workers] worker.replicas ({{ .Values.worker.replicas }}) is 0.
{{- end }}
{{- end }}`);
  });

  it('repeats the rules that are for each of several', () => {
    const source = edited('components/worker/rules.yaml', 'refuse:', 'each: groups\n  refuse:');
    const model = resolveChart(catalogWith(source), 'spark', '4.1');
    const rules = text(emitChart(model), 'templates/_rules.tpl');
    expect(rules).toContain(`{{- define "spark.rules.refused" }}
{{- include "spark.groups" (dict "root" . "template" "spark.rules.refused.groups") }}
{{- end }}

{{- define "spark.rules.refused.groups" }}
{{- if `);
  });

  it('defines all templates even without rules, because notes call them', () => {
    const [templates] = ruleTemplates([]);
    expect(templates?.content.toString().match(/define "[^"]*"/g)).toHaveLength(4);
  });

  it('aligns the lines of a long message', () => {
    const [templates] = ruleTemplates([
      {
        id: 'a',
        level: 'warn',
        condition: 'true\n',
        placeOf: () => ({}),
        message: 'One\n  two\n',
        description: '',
      },
    ]);
    expect(templates?.content.toString()).toContain(
      '{{- if true }}\n  - [a] One\n    two\n{{- end }}',
    );
  });
});
