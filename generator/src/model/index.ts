export { defaultValues } from './defaults.ts';
export { loadCatalog } from './load-catalog.ts';
export { findNode, leafPaths } from './paths.ts';
export { resolveChart, resolveCharts } from './resolve.ts';
export type * from './catalog.ts';
export type * from './rule.ts';
export type * from './schema-node.ts';
export type * from './types.ts';
