import type { Json } from '../model/types.ts';
import { checkValue } from './check-value.ts';
import { customKinds, isCustomResourceDefinition } from './custom-resources.ts';
import { hasIdentity, identityProblems } from './identity.ts';
import { kindKey, readLibrary, type Library } from './library.ts';
import { lifecycleProblem } from './lifecycle.ts';
import { carefulMatcher, matchKnown, type Matcher } from './pattern.ts';
import type { SchemaProblem } from './problem.ts';
import type { Kind, Schema } from './schema.ts';
import { unknownKind } from './unknown-kind.ts';
import { nearestMinor } from './versions.ts';

/** What objects of the Kubernetes API must look like. */
export interface KubernetesSchemas {
  /** The minor versions whose API is known, the oldest first. */
  minors: readonly string[];
  /**
   * What the API server would refuse or warn of, with `fieldValidation: Strict`. Not what only a
   * cluster knows: other objects, defaults, admission, conditions in CEL.
   * @param object one object, no `List`.
   * @param kubeVersion `1.31`, `v1.31.4`; the nearest of {@link minors} where it is none of them.
   * @throws UserError `USAGE` for what is no version.
   */
  checkObject(object: Json, kubeVersion: string): SchemaProblem[];
  /**
   * The same with the kinds that CustomResourceDefinitions of a chart bring, which win over known
   * ones. Objects of other kinds are passed over, and definitions that are not valid themselves.
   */
  withCustomResources(objects: readonly Json[]): KubernetesSchemas;
}

/** The schema of a custom kind that a chart brings; what stands in the library has a name. */
type KnownKind = Kind & { ownSchema?: Schema };

let loaded: KubernetesSchemas | undefined;

/** The schemas that come with the program; files are read when they are first needed. */
export function loadKubernetesSchemas(): KubernetesSchemas {
  if (loaded === undefined) {
    const library = readLibrary();
    loaded = schemasOf(library, library.kinds);
  }
  return loaded;
}

function schemasOf(library: Library, kinds: ReadonlyMap<string, KnownKind>): KubernetesSchemas {
  const { minors } = library;
  const matchOwn = carefulMatcher();
  const schemas: KubernetesSchemas = {
    minors,
    checkObject(object, kubeVersion) {
      const minor = nearestMinor(kubeVersion, minors);
      if (!hasIdentity(object)) return identityProblems(object);
      const { apiVersion, kind: name } = object;
      const kind = kinds.get(kindKey(apiVersion, name));
      if (kind === undefined) return [unknownKind(apiVersion, name, kinds.values())];
      const lifecycle = lifecycleProblem(kind, kubeVersion, minor);
      const found = lifecycle ? [lifecycle] : [];
      if (lifecycle !== undefined && lifecycle.kind !== 'api-deprecated') return found;
      return [...found, ...checkFields(library, object, kind, minor, matchOwn)];
    },
    withCustomResources(objects) {
      const newest = minors.at(-1) ?? '';
      const own = objects
        .filter(isCustomResourceDefinition)
        .filter((object) => !schemas.checkObject(object, newest).some(isOfShape))
        .flatMap(customKinds)
        .map(
          ({ kind, schema }) =>
            [kindKey(kind.apiVersion, kind.kind), { ...kind, ownSchema: schema }] as const,
        );
      return own.length === 0 ? schemas : schemasOf(library, new Map([...kinds, ...own]));
    },
  };
  return schemas;
}

function isOfShape({ kind }: SchemaProblem): boolean {
  return kind === 'wrong-type' || kind === 'missing-field' || kind === 'invalid-value';
}

function checkFields(
  library: Library,
  object: Json,
  kind: KnownKind,
  minor: string,
  matchOwn: Matcher,
): SchemaProblem[] {
  const builtIn = library.builtIn(minor);
  const { ownSchema, project, schema: name } = kind;
  const custom = project === undefined ? undefined : library.custom(project);
  const resolve = (definition: string) => custom?.get(definition) ?? builtIn.get(definition);
  const schema = ownSchema ?? (name === undefined ? undefined : resolve(name));
  if (schema === undefined)
    return [
      {
        kind: 'unchecked-kind',
        path: ['kind'],
        message: `no Kubernetes from ${library.minors[0] ?? ''} on has ${kind.apiVersion} ${kind.kind}: its fields are not checked`,
      },
    ];
  const isCustom = ownSchema !== undefined || project !== undefined;
  const problems: SchemaProblem[] = [];
  const matches = ownSchema === undefined ? matchKnown : matchOwn;
  const root = isCustom ? { ...schema, 'x-kubernetes-embedded-resource': true } : schema;
  checkValue({ resolve, matches, path: [], problems, closed: true }, object, root);
  return problems;
}
