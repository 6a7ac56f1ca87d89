import { loadAll } from 'js-yaml';
import {
  customKinds,
  isCustomResourceDefinition,
  type CustomKind,
} from '../../generator/src/kubernetes/custom-resources.ts';
import type { Json } from '../../generator/src/model/types.ts';
import { definitionFiles, type CustomResourceSource } from './definition-files.ts';
import { strip } from './strip.ts';

/** A kind of a project, with its schema less what nobody checks. */
interface ProjectKind extends CustomKind {
  kind: CustomKind['kind'] & { schema: string };
}

/** The kinds of a project's CustomResourceDefinitions, by name. */
export function readCustomKinds(source: CustomResourceSource): ProjectKind[] {
  return definitionFiles(source)
    .flatMap((text) => loadAll(text) as Json[])
    .filter(isCustomResourceDefinition)
    .flatMap(customKinds)
    .map((custom) => ofProject(source.project, custom))
    .sort((a, b) => (a.kind.schema < b.kind.schema ? -1 : 1));
}

function ofProject(project: string, { kind: custom, schema }: CustomKind): ProjectKind {
  const { apiVersion, kind, ...life } = custom;
  const name = `${apiVersion}.${kind}`;
  return { kind: { apiVersion, kind, project, schema: name, ...life }, schema: strip(schema) };
}
