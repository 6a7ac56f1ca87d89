import type { AuthoredFiles } from './authored-files.ts';
import { checkKeywords } from './check-keywords.ts';
import { definitionNames, ReferenceResolver } from './references.ts';
import type { AuthoredNode } from './references.ts';
import type { YamlSource } from './yaml-source.ts';

/** The fragments of charts-src/model, each with its references checked, ready to refer to. */
export function loadFragments(files: AuthoredFiles): ReferenceResolver {
  const fragments = new Map(
    files.names('model').map((name) => [`model/${name}.yaml`, loadFragment(files, name)]),
  );
  const references = new ReferenceResolver(fragments, files.problems);
  for (const source of fragments.values()) {
    if (!source) continue;
    const root = source.data as AuthoredNode;
    references.resolve(root, { source, path: [] });
    for (const name of definitionNames(source)) {
      references.resolve(root.$defs?.[name] ?? {}, { source, path: ['$defs', name] });
    }
  }
  return references;
}

function loadFragment(files: AuthoredFiles, name: string): YamlSource | undefined {
  const fragment = files.yaml<AuthoredNode>(`model/${name}.yaml`, 'fragment');
  if (!fragment) return undefined;
  const location = { source: fragment.source, path: [] };
  return checkKeywords(fragment.data, location, files.problems) ? fragment.source : undefined;
}
