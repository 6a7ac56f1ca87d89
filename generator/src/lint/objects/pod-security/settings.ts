import { isObject } from '../../../model/json.ts';
import type { Json } from '../../../model/types.ts';

/** A field of a `securityContext` and what it may hold. */
export interface Setting {
  control: string;
  field: readonly string[];
  wanted: string;
  /** @param value undefined where the field is not set. */
  isAllowed: (value: Json | undefined) => boolean;
  /** Pods have the field as well. */
  ofPods?: true;
  isFreeOnWindows?: true;
  isFreeInUserNamespace?: true;
}

const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** Those of the levels `baseline` and `restricted` that stand in a `securityContext`. */
export const SETTINGS: readonly Setting[] = [
  {
    control: 'HostProcess',
    field: ['windowsOptions', 'hostProcess'],
    wanted: 'false or unset',
    isAllowed: (value) => value !== true,
    ofPods: true,
  },
  {
    control: 'Privileged Containers',
    field: ['privileged'],
    wanted: 'false or unset',
    isAllowed: (value) => value !== true,
  },
  {
    control: 'AppArmor',
    field: ['appArmorProfile'],
    wanted: 'of type RuntimeDefault or Localhost, or unset',
    isAllowed: (value) => value === undefined || isContained(value),
    ofPods: true,
  },
  {
    control: 'SELinux',
    field: ['seLinuxOptions', 'type'],
    wanted: `${SELINUX_TYPES.join(', ')} or unset`,
    isAllowed: (value) => isUnset(value) || isOneOf(SELINUX_TYPES, value),
    ofPods: true,
  },
  {
    control: 'SELinux',
    field: ['seLinuxOptions', 'user'],
    wanted: 'unset',
    isAllowed: isUnset,
    ofPods: true,
  },
  {
    control: 'SELinux',
    field: ['seLinuxOptions', 'role'],
    wanted: 'unset',
    isAllowed: isUnset,
    ofPods: true,
  },
  {
    control: '/proc Mount Type',
    field: ['procMount'],
    wanted: 'Default or unset',
    isAllowed: (value) => value === undefined || value === 'Default',
  },
  {
    control: 'Privilege Escalation',
    field: ['allowPrivilegeEscalation'],
    wanted: 'false',
    isAllowed: (value) => value === false,
    isFreeOnWindows: true,
  },
  {
    control: 'Running as Non-root user',
    field: ['runAsUser'],
    wanted: 'other than 0 or unset',
    isAllowed: (value) => value !== 0,
    ofPods: true,
    isFreeInUserNamespace: true,
  },
  {
    control: 'Capabilities',
    field: ['capabilities', 'drop'],
    wanted: '["ALL"]',
    isAllowed: (value) => Array.isArray(value) && value.includes('ALL'),
    isFreeOnWindows: true,
  },
  {
    control: 'Capabilities',
    field: ['capabilities', 'add'],
    wanted: '["NET_BIND_SERVICE"] or unset',
    isAllowed: (value) =>
      !Array.isArray(value) || value.every((capability) => capability === 'NET_BIND_SERVICE'),
    isFreeOnWindows: true,
  },
];

/** Whether a seccomp or AppArmor profile is one of those that contain a process. */
export function isContained(profile: Json): boolean {
  return isObject(profile) && isOneOf(['RuntimeDefault', 'Localhost'], profile.type);
}

function isOneOf(names: readonly string[], value: Json | undefined): boolean {
  return typeof value === 'string' && names.includes(value);
}

function isUnset(value: Json | undefined): boolean {
  return value === undefined || value === '';
}
