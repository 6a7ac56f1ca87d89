import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../generator/src/kubernetes/schema.ts';
import { goModule } from './go-module.ts';
import { nameOf } from './kinds.ts';
import { LIFECYCLE_MODULES } from './pins.ts';

const FILE = 'zz_generated.prerelease-lifecycle.go';
/** `func (in *CronJob) APILifecycleRemoved() (major, minor int) {`, and what it returns. */
const METHOD = /^func \(in \*(\w+)\) APILifecycle(\w+)\(\) .*\{\n\treturn (.+)$/gm;
const REPLACEMENT = /Group: "(.*)", Version: "(.*)", Kind: "(.*)"/;

/**
 * When API versions of Kubernetes were deprecated and removed and what replaces them, from the
 * code that makes the API server warn of them (k8s.io/code-generator, prerelease-lifecycle-gen).
 */
export function readLifecycles(): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { module, version, folder } of LIFECYCLE_MODULES)
    for (const directory of versionFolders(join(goModule(module, version), folder)))
      for (const kind of kindsIn(directory)) kinds.set(nameOf(kind), kind);
  return [...kinds.values()].filter(({ deprecated }) => deprecated !== undefined);
}

/** `<group>/<version>` folders that have the generated file. */
function versionFolders(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(root, name)).map((inner) => join(root, name, inner)))
    .filter((directory) => existsSync(join(directory, FILE)));
}

function kindsIn(directory: string): Kind[] {
  const group = groupOf(directory);
  const apiVersion = [group, directory.replace(/^.*\//, '')]
    .filter((part) => part !== '')
    .join('/');
  const kinds = new Map<string, Kind>();
  for (const [, kind = '', method, returned = ''] of readFileSync(
    join(directory, FILE),
    'utf8',
  ).matchAll(METHOD)) {
    const known = kinds.get(kind) ?? { apiVersion, kind };
    if (method === 'Deprecated') known.deprecated = returned.replace(', ', '.');
    if (method === 'Removed') known.removed = returned.replace(', ', '.');
    if (method === 'Replacement') known.replacement = replacement(returned, kind);
    kinds.set(kind, known);
  }
  return [...kinds.values()];
}

/** The API's group, which register.go says; the folder is called after a part of it. */
function groupOf(directory: string): string {
  for (const folder of [directory, join(directory, '..')]) {
    const file = join(folder, 'register.go');
    const [, group] =
      /GroupName\s+= "(.*)"/.exec(existsSync(file) ? readFileSync(file, 'utf8') : '') ?? [];
    if (group !== undefined) return group;
  }
  throw new Error(`${directory} does not say its group`);
}

function replacement(returned: string, kind: string): string {
  const [, group = '', version = '', name = ''] = REPLACEMENT.exec(returned) ?? [];
  const apiVersion = group === '' ? version : `${group}/${version}`;
  // The source names a list as the replacement of IngressClass.
  return nameOf({ apiVersion, kind: name === `${kind}List` ? kind : name });
}
