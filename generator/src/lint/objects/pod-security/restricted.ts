import type { PodTemplate } from '../pods.ts';
import type { Breach } from './breach.ts';
import { containerBreaches } from './container-fields.ts';
import { inheritedBreaches } from './inherited.ts';
import { podBreaches } from './pod-fields.ts';
import { securityContextBreaches } from './security-context.ts';

/** What a pod breaks of the Pod Security Standard `restricted`, but for hostPath volumes. */
export function restrictedBreaches(pod: PodTemplate): Breach[] {
  return [
    ...podBreaches(pod),
    ...securityContextBreaches(pod),
    ...inheritedBreaches(pod),
    ...containerBreaches(pod),
  ];
}
