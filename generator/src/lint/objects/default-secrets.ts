import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { LintedChart } from '../chart.ts';
import type { Place } from '../rule.ts';
import { dataFile } from '../values/values-file.ts';
import { isSecretName, isSecretText } from './secret-names.ts';

/** A secret that a chart brings along as the default of a value. */
export interface DefaultSecret {
  /** `auth.password` */
  name: string;
  text: string;
  /** In the `values.yaml` of the chart or of a subchart. */
  place: Place;
}

const VALUES = /^(?:charts\/[^/]+\/)*values\.yaml$/;

const known = new WeakMap<LintedChart, DefaultSecret[]>();

/** The defaults of a chart and its subcharts that are secrets by their names. */
export function defaultSecrets(chart: LintedChart): DefaultSecret[] {
  const secrets =
    known.get(chart) ?? [...chart.files.keys()].flatMap((file) => inFile(chart, file));
  known.set(chart, secrets);
  return secrets;
}

function inFile(chart: LintedChart, file: string): DefaultSecret[] {
  const source = VALUES.test(file) ? dataFile(chart, file) : undefined;
  if (source === undefined) return [];
  return secretsIn(source.data, []).map(({ path, text }) => ({
    name: path.join('.'),
    text,
    place: source.placeOf(path),
  }));
}

function secretsIn(values: Json, path: string[]): { path: string[]; text: string }[] {
  if (!isObject(values)) return [];
  return Object.entries(values).flatMap(([name, value]) => {
    const below = [...path, name];
    // A password of digits only is a number in YAML.
    if (typeof value !== 'string' && typeof value !== 'number') return secretsIn(value, below);
    const text = String(value);
    return isSecretName(name) && isSecretText(text) ? [{ path: below, text }] : [];
  });
}
