import type { LintedChart } from '../chart.ts';
import type { Finding } from '../finding.ts';
import { nameOf, type Manifest } from '../manifests.ts';
import type { ObjectPath, Observation, Place, Rule } from '../rule.ts';
import { placesInYaml, type YamlPlaces } from './rendered-line.ts';
import { alignTemplate, type FindTemplateLine } from './template-line.ts';

/** What an observation is but for the renderings it is true of. */
export type Located = Omit<Finding, 'cells'>;

/** An observation as a finding, with the place in the chart's own files that it comes from. */
export function locate(
  chart: LintedChart,
  rule: Pick<Rule, 'id' | 'severity' | 'remedy'>,
  observation: Observation,
): Located {
  const { message, place, severity = rule.severity, hint = rule.remedy, fix } = observation;
  const located: FilePlace & Pick<Finding, 'excerpt'> = place
    ? withExcerpt(chart, placeIn(chart, place))
    : {};
  // The line may be one that calls what is to be mended.
  const isFixable = fix !== undefined && located.excerpt?.split(fix.old).length === 2;
  return {
    rule: rule.id,
    severity,
    chart: chart.path,
    ...located,
    message,
    ...(hint !== '' && { hint }),
    ...(isFixable && { fix }),
  };
}

type FilePlace = Pick<Finding, 'file' | 'line' | 'column' | 'object' | 'path'>;

function placeIn(chart: LintedChart, place: Place): FilePlace {
  if ('file' in place) return place;
  if ('manifest' in place) return inTemplate(chart, place.manifest, place.line);
  const { object, path = [], at = 'key' } = place;
  const rendered = placesOf(object.manifest).find([...object.root, ...path], at);
  return {
    ...inTemplate(chart, object.manifest, rendered?.line, path.at(-1)),
    object: nameOf(object),
    ...(path.length > 0 && { path: formatPath(path) }),
  };
}

/** @param key is marked where the template's line has it. */
function inTemplate(
  chart: LintedChart,
  manifest: Manifest,
  renderedLine?: number,
  key?: string | number,
): FilePlace {
  const { file } = manifest;
  const template = chart.files.get(file);
  if (template === undefined || renderedLine === undefined) return { file };
  const line = templateLinesOf(manifest, template)(renderedLine);
  if (line === undefined) return { file };
  const content = lineOf(template, line);
  const at = typeof key === 'string' ? content.indexOf(`${key}:`) : -1;
  return { file, line, column: 1 + (at === -1 ? content.length - content.trimStart().length : at) };
}

const places = new WeakMap<Manifest, YamlPlaces>();

function placesOf(manifest: Manifest): YamlPlaces {
  const known = places.get(manifest) ?? placesInYaml(manifest.text);
  places.set(manifest, known);
  return known;
}

const templateLines = new WeakMap<Manifest, FindTemplateLine>();

function templateLinesOf(manifest: Manifest, template: string): FindTemplateLine {
  const known = templateLines.get(manifest) ?? alignTemplate(template, manifest.text);
  templateLines.set(manifest, known);
  return known;
}

/** With the line of the file, where there is one. */
export function withExcerpt<T extends FilePlace>(
  chart: LintedChart,
  place: T,
): T & Pick<Finding, 'excerpt'> {
  const text = place.file === undefined ? undefined : chart.files.get(place.file);
  if (text === undefined || place.line === undefined) return place;
  const excerpt = lineOf(text, place.line);
  return excerpt === '' ? place : { ...place, excerpt };
}

function lineOf(text: string, line: number): string {
  return text.split('\n', line)[line - 1]?.replace(/\r$/, '') ?? '';
}

/** `spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]` as jsonpath has it. */
export function formatPath(path: ObjectPath): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
