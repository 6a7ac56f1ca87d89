import { nameOf } from '../manifests.ts';
import { scaledBy } from '../objects/scaling.ts';
import { valueAt } from '../objects/pods.ts';
import type { Rule } from '../rule.ts';

/** A number of replicas that an autoscaler and the chart both set. */
export const autoscaledReplicas: Rule = {
  id: 'autoscaled-replicas',
  severity: 'warning',
  summary: 'A workload that an autoscaler scales sets `replicas` as well.',
  reason: 'Each upgrade takes the number of pods back to what the chart says, under load too.',
  remedy: 'Leave `replicas` out while autoscaling is on.',
  source:
    'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  rendering({ objects }) {
    return objects.flatMap((object) => {
      const scaler = scaledBy(object, objects);
      const replicas = valueAt(object.body, ['spec', 'replicas']);
      if (scaler === undefined || replicas === undefined || replicas === null) return [];
      return [
        {
          message: `${nameOf(object)} sets replicas, which ${nameOf(scaler)} is to change`,
          place: { object, path: ['spec', 'replicas'] },
        },
      ];
    });
  },
};
