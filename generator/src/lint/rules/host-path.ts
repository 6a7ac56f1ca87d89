import { groupOf, nameOf } from '../manifests.ts';
import { ownPods } from '../objects/own-pods.ts';
import { objectOf, objectsIn, valueAt } from '../objects/pods.ts';
import type { Observation, Rule } from '../rule.ts';

/** Volumes that are folders of the node. */
export const hostPath: Rule = {
  id: 'host-path',
  severity: 'warning',
  summary: 'A volume is a folder of the node.',
  reason:
    'A pod that writes to its node can take it over, the data is gone once the pod runs on another node, and the Pod Security Standard `baseline` refuses it.',
  remedy: 'Use a PersistentVolumeClaim, an emptyDir or a CSI driver.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  rendering(rendering) {
    return [
      ...ownPods(rendering).flatMap(({ object, path, spec }): Observation[] =>
        objectsIn(spec.volumes)
          .filter(({ item }) => item.hostPath != null)
          .map(({ item, index }) => ({
            message: `volume ${textOf(item.name)} of ${nameOf(object)} is ${textOf(objectOf(item.hostPath).path)} of the node`,
            place: { object, path: [...path, 'spec', 'volumes', index, 'hostPath'] },
          })),
      ),
      ...rendering.objects
        .filter((object) => object.kind === 'PersistentVolume' && groupOf(object) === '')
        .filter(({ body }) => valueAt(body, ['spec', 'hostPath']) != null)
        .map((object) => ({
          message: `${nameOf(object)} is ${textOf(valueAt(object.body, ['spec', 'hostPath', 'path']))} of the node`,
          place: { object, path: ['spec', 'hostPath'] },
        })),
    ];
  },
};

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '?';
}
