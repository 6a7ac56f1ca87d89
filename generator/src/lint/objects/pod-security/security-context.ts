import { containersOf, valueAt, type PodTemplate } from '../pods.ts';
import {
  containerSubject,
  isWindows,
  podSubject,
  userNamespaceRelief,
  type Breach,
  type Subject,
} from './breach.ts';
import { SETTINGS, type Setting } from './settings.ts';

/** Fields of security contexts that hold what a restricted pod may not have. */
export function securityContextBreaches(pod: PodTemplate): Breach[] {
  const containers = containersOf(pod).map(containerSubject);
  const settings = SETTINGS.filter(({ isFreeOnWindows }) => !isFreeOnWindows || !isWindows(pod));
  return settings.flatMap((setting) => {
    const relief = setting.isFreeInUserNamespace ? userNamespaceRelief(pod) : {};
    const subjects = setting.ofPods ? [podSubject(pod), ...containers] : containers;
    return subjects.flatMap((subject) => settingBreach(setting, subject, relief));
  });
}

function settingBreach(
  { control, field, wanted, isAllowed }: Setting,
  { name, path, body }: Subject,
  relief: Pick<Breach, 'before'>,
): Breach[] {
  const below = ['securityContext', ...field];
  if (isAllowed(valueAt(body, below) ?? undefined)) return [];
  const where = { subject: name, field: below.join('.'), path: [...path, ...below] };
  return [{ control, ...where, wanted, ...relief }];
}
