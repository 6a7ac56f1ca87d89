import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { Problem } from '../errors.ts';
import { defaultValues } from './defaults.ts';
import { chartSchema } from './draft07.ts';
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

/** A check of values of a chart, as Helm does it with values.schema.json. */
export type ValuesCheck = ValidateFunction;

/** A check of values by the values model of a chart; its errors say where in the sources a rule is. */
export function compileValuesCheck(root: LocatedNode): ValuesCheck {
  return ajv().compile(chartSchema(root, 'kubernetes.json#/definitions/'));
}

/** Checks what a model defaults to against the model itself. @returns true when it fits. */
export function checkDefaults(root: LocatedNode, check: ValuesCheck, problems: Problem[]): boolean {
  if (check(defaultValues(root))) return true;
  const writtenAt = (path: string[]) => {
    const location = locateDefault(root, path);
    return location?.source.written(location.path);
  };
  for (const { path, at, message, hint } of explainErrors(check.errors ?? [], 'key', writtenAt)) {
    const location = locateDefault(root, path);
    if (!location) continue;
    const details = { path: path.join('.'), at, ...(hint === undefined ? {} : { hint }) };
    problems.push(problemAt(location, `the default does not fit: ${message}`, details));
  }
  return false;
}
