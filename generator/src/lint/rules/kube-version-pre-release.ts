import type { Observation, Rule } from '../rule.ts';
import { dataFile } from '../values/values-file.ts';

/** `1.31.0-0`; the hyphen of a range such as `1.31 - 1.36` stands between blanks. */
const PRE_RELEASE = /\d-[0-9A-Za-z]/;
/** The one form that can be mended without thinking. */
const MINIMUM = /^>=\s*v?\d+(?:\.\d+){0,2}$/;

/** A constraint on the Kubernetes version that cloud providers' versions do not meet. */
export const kubeVersionPreRelease: Rule = {
  id: 'kube-version-pre-release',
  severity: 'warning',
  summary: 'kubeVersion in Chart.yaml refuses versions such as `v1.33.4-gke.1245000`.',
  reason:
    'Clusters of cloud providers have versions that semver takes for pre-releases, and a constraint without one refuses them all at install.',
  remedy: 'Write the lower bound with `-0` at its end: `>=1.31.0-0`.',
  source: 'https://github.com/Masterminds/semver#working-with-prerelease-versions',
  chart(chart) {
    const file = dataFile(chart, 'Chart.yaml');
    const constraint = file?.data.kubeVersion;
    if (!file || typeof constraint !== 'string' || constraint.trim() === '') return [];
    const refuses = constraint.split('||').some((part) => !PRE_RELEASE.test(part));
    if (!refuses) return [];
    const observation: Observation = {
      message: `kubeVersion ${constraint} refuses the versions of cloud providers, such as v1.33.4-gke.1245000`,
      place: file.placeOf(['kubeVersion']),
    };
    const [minimum] = MINIMUM.exec(constraint.trim()) ?? [];
    if (minimum === undefined) return [observation];
    const missing = ['.0', '.0'].slice(minimum.split('.').length - 1).join('');
    return [{ ...observation, fix: { old: minimum, new: `${minimum}${missing}-0` } }];
  },
};
