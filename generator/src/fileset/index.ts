export { apply } from './apply.ts';
export { diff } from './diff.ts';
export type { FileSet } from './fileset.ts';
export { differences, isUnchanged, plan, refuseForeignFiles } from './plan.ts';
export type { ChartPlan, Charts, PlanOptions } from './plan.ts';
