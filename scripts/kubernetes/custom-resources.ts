import { loadAll } from 'js-yaml';
import type { Kind, Schema } from '../../generator/src/kubernetes/schema.ts';
import { definitionFiles, type CustomResourceSource } from './definition-files.ts';
import { strip } from './strip.ts';

interface CustomResourceDefinition {
  kind?: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: {
      name: string;
      served: boolean;
      deprecated?: boolean;
      schema: { openAPIV3Schema: Schema };
    }[];
  };
}

/** A kind of a project, with its schema less what nobody checks. */
export interface CustomKind {
  kind: Kind & { schema: string };
  schema: Schema;
}

/** The kinds of a project's CustomResourceDefinitions, by name. */
export function readCustomKinds(source: CustomResourceSource): CustomKind[] {
  return definitionFiles(source)
    .flatMap((text) => loadAll(text))
    .map((document) => document as CustomResourceDefinition)
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .flatMap((definition) => kindsOf(source.project, definition))
    .sort((a, b) => (a.kind.schema < b.kind.schema ? -1 : 1));
}

function kindsOf(project: string, { spec }: CustomResourceDefinition): CustomKind[] {
  const { kind } = spec.names;
  return spec.versions.map(({ name, served, deprecated = false, schema }) => ({
    kind: {
      apiVersion: `${spec.group}/${name}`,
      kind,
      project,
      schema: `${spec.group}/${name}.${kind}`,
      ...(deprecated && { deprecated: true }),
      ...(!served && { removed: true }),
    },
    schema: strip(schema.openAPIV3Schema),
  }));
}
