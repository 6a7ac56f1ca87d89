import { Ajv } from 'ajv';
import type { Problem } from '../errors.ts';
import { defaultValues } from './defaults.ts';
import { toDraft07 } from './draft07.ts';
import { explainErrors } from './explain.ts';
import { kubernetesDefinitions } from './kubernetes.ts';
import { locateDefault, nodeLocation, problemAt } from './locations.ts';
import type { LocatedNode } from './locations.ts';

/** Finds properties without a description, and values without a default. */
export function checkProperties(root: LocatedNode, problems: Problem[]): void {
  const visit = (node: LocatedNode, path: string, isValue: boolean) => {
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      const propertyPath = `${path}${name}`;
      const location = nodeLocation(property);
      const details = { path: propertyPath, at: 'key' } as const;
      if (location && property.description === undefined) {
        problems.push(problemAt(location, `"${name}" has no description`, details));
      }
      if (location && isValue && defaultValues(property) === undefined) {
        problems.push(problemAt(location, `"${name}" has no default`, details));
      }
      visit(property, `${propertyPath}.`, isValue);
    }
    for (const entry of [node.items, node.additionalProperties]) {
      if (typeof entry === 'object') visit(entry, `${path}*.`, false);
    }
  };
  visit(root, '', true);
}

let loaded: Ajv | undefined;

function ajv(): Ajv {
  loaded ??= new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    code: { optimize: false },
    schemas: [kubernetesDefinitions()],
  });
  return loaded;
}

/** Checks what a model defaults to against the model itself. */
export function checkDefaults(root: LocatedNode, problems: Problem[]): void {
  const validate = ajv().compile(toDraft07(root, 'kubernetes.json#/definitions/'));
  if (validate(defaultValues(root))) return;
  for (const { path, at, message, hint } of explainErrors(validate.errors ?? [], 'key')) {
    const location = locateDefault(root, path);
    if (!location) continue;
    const details = { path: path.join('.'), at, ...(hint === undefined ? {} : { hint }) };
    problems.push(problemAt(location, `the default does not fit: ${message}`, details));
  }
}
