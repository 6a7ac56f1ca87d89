import type { Observation, Rule } from '../rule.ts';
import { dataFile } from '../values/values-file.ts';

/** Defaults that break the chart's own schema, unseen because every case sets other values. */
export const defaultsFailSchema: Rule = {
  id: 'defaults-fail-schema',
  severity: 'warning',
  summary:
    'The defaults alone break values.schema.json, and no case in `ci` tries them. Advice where only values are missing.',
  reason: '`helm install` without values is refused, and Helm names a value nobody has set.',
  remedy: 'Give the value a default that the schema admits, or let the schema admit the default.',
  source: 'https://helm.sh/docs/topics/charts/#schema-files',
  async asked(chart, engine) {
    // Helm's own lint says it of a case without values.
    const areHidden = chart.cases.every(({ valuesFiles }) => valuesFiles.length > 0);
    if (!areHidden || !chart.files.has('values.schema.json')) return [];
    const values = dataFile(chart, 'values.yaml');
    const errors = await engine.validate(chart, { valuesFiles: [] });
    return errors.map(({ chart: subchart, path, message }): Observation => ({
      message: `the defaults break values.schema.json: ${message}`,
      severity: message.includes(': missing propert') ? 'info' : 'warning',
      place: values
        ? values.placeOf(subchart === undefined ? path : [subchart, ...path])
        : { file: 'values.yaml' },
    }));
  },
};
