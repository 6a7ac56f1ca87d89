import { prerelease } from 'semver';
import { Document, Scalar } from 'yaml';
import type { ChartModel, Json } from '../model/types.ts';
import { blockYaml, HELM_YAML } from './yaml.ts';

/**
 * Chart.yaml of API version 2 (https://helm.sh/docs/topics/charts/#the-chartyaml-file) with
 * Artifact Hub's annotations (https://artifacthub.io/docs/topics/annotations/helm/).
 */
export function emitChartYaml(model: ChartModel): string {
  const { catalog, source } = model;
  const document = new Document(
    {
      apiVersion: 'v2',
      name: model.name,
      description: source.description,
      type: 'application',
      version: model.version,
      appVersion: model.appVersion,
      kubeVersion: `>=${catalog.kubernetes.oldest}.0-0`,
      ...(source.icon !== undefined && { icon: source.icon }),
      home: catalog.home,
      sources: catalog.sources,
      ...(source.keywords.length > 0 && { keywords: source.keywords }),
      maintainers: catalog.maintainers,
      annotations: annotations(model),
    },
    HELM_YAML,
  );
  const appVersion = document.get('appVersion', true);
  if (appVersion instanceof Scalar) appVersion.type = 'QUOTE_DOUBLE';
  return document.toString(HELM_YAML);
}

function annotations({ catalog, source, version, line }: ChartModel): Record<string, string> {
  const { signKey } = catalog.repository;
  const lists: [string, Json[]][] = [
    ['images', [{ name: 'spark', image: `docker.io/apache/spark:${line.image.tag}` }]],
    ['links', source.links],
    ['changes', source.changes],
  ];
  return Object.fromEntries([
    ...(source.category === undefined ? [] : [['artifacthub.io/category', source.category]]),
    ['artifacthub.io/license', catalog.license],
    ...(signKey ? [['artifacthub.io/signKey', `${blockYaml(signKey)}\n`]] : []),
    ...(prerelease(version) ? [['artifacthub.io/prerelease', 'true']] : []),
    ...lists
      .filter(([, entries]) => entries.length > 0)
      .map(([name, entries]) => [`artifacthub.io/${name}`, `${blockYaml(entries)}\n`]),
  ]) as Record<string, string>;
}
