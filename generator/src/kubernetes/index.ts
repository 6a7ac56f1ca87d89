export type { Path, SchemaProblem, SchemaProblemKind } from './problem.ts';
export { loadKubernetesSchemas, type KubernetesSchemas } from './schemas.ts';
