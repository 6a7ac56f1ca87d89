/** The library behind the command line. */
export { ERROR_CODES, UserError } from './errors.ts';
export type { ErrorCode, Problem } from './errors.ts';
export { apply, diff, differences, plan } from './fileset/index.ts';
export type { ChartPlan, Charts, FileSet, PlanOptions } from './fileset/index.ts';
export { generateCharts } from './generate.ts';
export type { Progress } from './progress.ts';
