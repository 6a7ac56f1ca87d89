import { loadKubernetesSchemas } from '../../kubernetes/schemas.ts';
import { nearestMinor, versionNumber } from '../../kubernetes/versions.ts';
import type { Rule } from '../rule.ts';

/** A Kubernetes version whose schemas are not here. */
export const kubernetesUnknownVersion: Rule = {
  id: 'kubernetes-unknown-version',
  severity: 'info',
  summary: 'The API of a Kubernetes version is not known here; the nearest known one is used.',
  reason: 'What that version added, changed or removed is not seen.',
  remedy: 'Use a newer spark-charts, or a version that it knows.',
  source: 'https://kubernetes.io/releases/',
  rendering({ kubeVersions }) {
    const { minors } = loadKubernetesSchemas();
    return kubeVersions.flatMap((version) => {
      const nearest = nearestMinor(version, minors);
      if (versionNumber(nearest) === versionNumber(version)) return [];
      const message = `the API of Kubernetes ${version} is not known; that of ${nearest} is used`;
      return [{ message, place: { file: 'Chart.yaml' }, kubeVersions: [version] }];
    });
  },
};
