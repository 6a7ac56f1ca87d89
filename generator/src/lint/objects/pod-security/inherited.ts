import type { Json } from '../../../model/types.ts';
import { containersOf, valueAt, type PodTemplate } from '../pods.ts';
import {
  containerSubject,
  isWindows,
  podSubject,
  userNamespaceRelief,
  type Breach,
  type Subject,
} from './breach.ts';
import { isContained } from './settings.ts';

/** A field that has to be set: for the pod, or for each of its containers. */
interface Requirement {
  control: string;
  field: string;
  wanted: string;
  isAllowed: (value: Json) => boolean;
}

const NON_ROOT: Requirement = {
  control: 'Running as Non-root',
  field: 'runAsNonRoot',
  wanted: 'true',
  isAllowed: (value) => value === true,
};

const SECCOMP: Requirement = {
  control: 'Seccomp',
  field: 'seccompProfile',
  wanted: 'of type RuntimeDefault or Localhost',
  isAllowed: isContained,
};

/** What a restricted pod or its containers have to set and do not, or set wrongly. */
export function inheritedBreaches(pod: PodTemplate): Breach[] {
  const relief = userNamespaceRelief(pod);
  return [
    ...breachesOf(NON_ROOT, pod).map((breach) => ({ ...breach, ...relief })),
    ...(isWindows(pod) ? [] : breachesOf(SECCOMP, pod)),
  ];
}

function breachesOf({ control, field, wanted, isAllowed }: Requirement, pod: PodTemplate) {
  const below = ['securityContext', field];
  const valueOf = ({ body }: Subject) => valueAt(body, below) ?? undefined;
  const isWrong = (subject: Subject) => {
    const value = valueOf(subject);
    return value !== undefined && !isAllowed(value);
  };
  const whole = podSubject(pod);
  const containers = containersOf(pod).map(containerSubject);
  const wrong = [whole, ...containers].filter(isWrong);
  const unset = containers.filter((container) => valueOf(container) === undefined);
  return [...wrong, ...missing()].map(({ name, path }): Breach => {
    return { control, subject: name, field: below.join('.'), wanted, path: [...path, ...below] };
  });

  /** Where no container has the field, one line in the pod mends all. */
  function missing(): Subject[] {
    if (valueOf(whole) !== undefined) return [];
    return unset.length === containers.length && unset.length > 0 ? [whole] : unset;
  }
}
