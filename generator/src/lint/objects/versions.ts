import type { LintedChart } from '../chart.ts';
import { placesInYaml } from '../locate/rendered-line.ts';
import type { KubernetesObject } from '../manifests.ts';
import { containersOf, podTemplate } from './pods.ts';
import type { Requirement, Selector } from './selectors.ts';

/** What Chart.yaml says; empty where it says nothing. */
export interface ChartVersions {
  version: string;
  appVersion: string;
}

/** Labels that are versions by what they mean. */
const VERSION_LABELS: ReadonlySet<string> = new Set(['app.kubernetes.io/version', 'helm.sh/chart']);

/** Versions of the chart, or of the subchart, that a template belongs to. */
export function versionsOf(chart: LintedChart, template: string): ChartVersions {
  const end = template.lastIndexOf('templates/');
  const folder = end === -1 ? '' : template.slice(0, end);
  const places = placesInYaml(chart.files.get(`${folder}Chart.yaml`) ?? '');
  return {
    version: textOf(places.get(['version'])),
    appVersion: textOf(places.get(['appVersion'])),
  };
}

/** The conditions of a selector that hold a version of the chart, the application or an image. */
export function versionRequirements(
  chart: LintedChart,
  object: KubernetesObject,
  { requirements }: Selector,
): Requirement[] {
  const { version, appVersion } = versionsOf(chart, object.manifest.file);
  const pod = podTemplate(object);
  const tags = pod ? containersOf(pod).map(({ body }) => tagOf(textOf(body.image))) : [];
  // A version without a dot is just a number.
  const versions = [version, appVersion, ...tags].filter((text) => text.includes('.'));
  return requirements.filter(
    ({ key, values }) =>
      VERSION_LABELS.has(key) || values.some((value) => versions.some((v) => holds(value, v))),
  );
}

/** `1.2.0`, `v1.2.0`, `demo-1.2.0`; `+` is no character of labels. */
function holds(label: string, version: string): boolean {
  const plain = version.replaceAll('+', '_');
  return label === plain || label === `v${plain}` || label.endsWith(`-${plain}`);
}

function tagOf(image: string): string {
  return /:([\w.-]+)(?:@.*)?$/.exec(image)?.[1] ?? '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
